// Command faulty is a target with a configurable fault, for tests. FAULT
// selects the fault; the README lists them.
package main

import (
	"cmp"
	"errors"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"podium.bench/targets/internal/env"
	"podium.bench/targets/internal/server"
)

// The values of FAULT.
const (
	faultNone         = "none"
	faultHang         = "hang"
	faultClose        = "close"
	faultHangup       = "hangup"
	faultStatus500    = "status500"
	faultMute         = "mute"
	faultNotListening = "not-listening"
	faultSlow         = "slow"
	faultSlowTail     = "slow-tail"
	faultFreeze       = "freeze"
	faultHole         = "hole"
	faultFew          = "few"
	faultPause        = "pause"
	faultCrash        = "crash"
	faultHog          = "hog"
	faultForge        = "forge"
)

type config struct {
	port          int
	fault         string
	readinessPath string
	delay         time.Duration
	slowEvery     int
	crashAfter    time.Duration
	crashOnce     bool
	crashBy       string
	crashCode     int
	crashWords    string
	marks         string
	forged        string
	requests      int
	connections   int
}

func main() {
	server.UseJSONLog()
	if err := run(); err != nil {
		server.Fail("faulty", err)
	}
}

func run() error {
	config, err := configFromEnv()
	if err != nil {
		return err
	}
	var measured atomic.Uint64
	services, port, err := serve(config, &measured)
	if err != nil {
		return err
	}
	err = server.Run(func() { logStart(config, port) }, services...)
	logStop(measured.Load())
	return err
}

// serve opens the port, unless the target must not listen.
func serve(config config, measured *atomic.Uint64) ([]server.Service, int, error) {
	if config.fault == faultNotListening {
		return nil, 0, nil
	}
	listener, port, err := server.Listen(config.port)
	if err != nil {
		return nil, 0, err
	}
	var engine server.Engine = &mute{}
	if config.fault != faultMute {
		engine = server.HTTP(newHandler(config, measured))
	}
	return []server.Service{{Engine: engine, Listener: listener}}, port, nil
}

func configFromEnv() (config, error) {
	port, errPort := server.Port()
	fault, errFault := env.OneOf("FAULT", faultNone, faultHang, faultClose, faultHangup, faultStatus500,
		faultMute, faultNotListening, faultSlow, faultSlowTail, faultFreeze, faultHole, faultFew,
		faultPause, faultCrash, faultHog, faultForge)
	readinessPath, errPath := env.Path("READINESS_PATH", "/healthz")
	delay, errDelay := env.Duration("DELAY", 100*time.Millisecond)
	slowEvery, errEvery := env.Int("SLOW_EVERY", 100, 1, 1_000_000)
	crashAfter, errCrash := env.Duration("CRASH_AFTER", time.Second)
	crashOnce, errOnce := env.Bool("CRASH_ONCE")
	crashBy, errBy := env.OneOf("CRASH_BY", crashByExit, crashByPanic, crashBySegv, crashByKill)
	crashCode, errCode := env.Int("CRASH_CODE", 1, 0, 255)
	marks, errMarks := env.Path("MARKS", "/dev/shm")
	requests, errRequests := env.Int("REQUESTS", 1000, 1, 1_000_000_000)
	connections, errConnections := env.Int("CONNECTIONS", 1, 0, 1_000_000)
	return config{port: port, fault: fault, readinessPath: readinessPath, delay: delay, slowEvery: slowEvery,
			crashAfter: crashAfter, crashOnce: crashOnce, crashBy: crashBy, crashCode: crashCode,
			crashWords: cmp.Or(os.Getenv("CRASH_WORDS"), "crashing as configured"), marks: marks, forged: os.Getenv("FORGED"),
			requests: requests, connections: connections},
		errors.Join(errPort, errFault, errPath, errDelay, errEvery, errCrash, errOnce, errBy, errCode, errMarks,
			errRequests, errConnections)
}

// logStart logs port 0 if the target does not listen.
func logStart(config config, port int) {
	slog.Info("target started", "target", "faulty", "fault", config.fault, "port", port,
		"readinessPath", config.readinessPath)
}

// logStop logs the counts like the other targets, but with one count for all
// paths.
func logStop(measured uint64) {
	slog.Info("target stopped", "target", "faulty", "requests", map[string]uint64{"measured": measured})
}
