package server

import (
	"errors"

	"podium.bench/targets/internal/env"
)

// MaxDepth is the deepest chain of middlewares that a target can be given. Some
// frameworks cannot hold many more handlers per route.
const MaxDepth = 50

// config is what a framework's target can be told by its environment.
type config struct {
	port           int // 0 takes any free port
	pprofPort      int // 0 serves pprof on the main port only
	depth          int
	recordArrivals bool
}

func configFromEnv() (config, error) {
	port, errPort := Port()
	pprofPort, errPprof := env.Int("PPROF_PORT", 6060, 0, 65535)
	depth, errDepth := env.Int("MIDDLEWARE_DEPTH", 0, 0, MaxDepth)
	record, errRecord := env.Bool("RECORD_ARRIVALS")
	return config{port: port, pprofPort: pprofPort, depth: depth, recordArrivals: record},
		errors.Join(errPort, errPprof, errDepth, errRecord)
}

// Port reads the port that every target serves on; 0 takes any free port, which
// the line logged at the start then names.
func Port() (int, error) {
	return env.Int("PORT", 8080, 0, 65535)
}
