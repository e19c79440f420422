package server

import (
	"errors"

	"podium.bench/targets/internal/env"
)

// MaxDepth is the maximum number of middleware layers. Some frameworks do not
// allow many more handlers per route.
const MaxDepth = 50

// config has the settings of a framework's target from its environment.
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

// Port reads the port of a target; 0 selects any free port, which is logged at
// the start.
func Port() (int, error) {
	return env.Int("PORT", 8080, 0, 65535)
}
