// Package server is what all targets share around their framework: settings,
// ports, observation from outside, and an orderly end.
package server

import (
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"

	"podium.bench/targets/internal/arrivals"
	"podium.bench/targets/internal/metrics"
)

// Kit is what a framework's target is built from.
type Kit struct {
	// Depth is how many layers the workload's routes must pass.
	Depth int
	// Routes gives out the counter of each route.
	Routes *metrics.Routes
	// Ops serves /metrics and everything below /debug/, which each framework
	// mounts as it mounts foreign handlers.
	Ops http.Handler
	// Arrivals is to observe each request before the framework does. It is nil
	// unless RECORD_ARRIVALS is on, and EngineFor takes care of it for net/http.
	Arrivals *arrivals.Recorder
}

// EngineFor serves a net/http framework's root handler: bare, so that a
// measurement meets nothing but the framework, or behind the recorder of
// arrivals if there is one.
func (k Kit) EngineFor(handler http.Handler) Engine {
	if k.Arrivals != nil {
		handler = k.Arrivals.Wrap(handler)
	}
	return HTTP(handler)
}

// Main is the whole main function of a framework's target. The module is the
// framework's, whose version is read from the binary itself and logged.
func Main(name, module string, build func(Kit) Engine) {
	UseJSONLog()
	if err := run(name, module, build); err != nil {
		Fail(name, err)
	}
}

func run(name, module string, build func(Kit) Engine) error {
	config, err := configFromEnv()
	if err != nil {
		return err
	}
	kit := Kit{Depth: config.depth, Routes: metrics.NewRoutes()}
	if config.recordArrivals {
		kit.Arrivals = arrivals.NewRecorder()
	}
	kit.Ops = newOps(kit.Routes, kit.Arrivals)

	listener, port, err := Listen(config.port)
	if err != nil {
		return err
	}
	services := []Service{{build(kit), listener}}
	if config.pprofPort != 0 {
		listener, _, err := Listen(config.pprofPort)
		if err != nil {
			return err
		}
		services = append(services, Service{HTTP(newPprof()), listener})
	}
	err = Run(func() {
		slog.Info("target started", "target", name, "version", versionOf(module), "go", runtime.Version(),
			"gomaxprocs", runtime.GOMAXPROCS(0), "port", port, "pprofPort", config.pprofPort,
			"middlewareDepth", config.depth, "recordArrivals", config.recordArrivals)
	}, services...)
	// The last word, once nothing comes in any more: what /debug/counts would say.
	lastWord := []any{"target", name, "requests", kit.Routes.Counts()}
	if kit.Arrivals != nil {
		lastWord = append(lastWord, "paths", kit.Arrivals.Paths())
	}
	slog.Info("target stopped", lastWord...)
	return err
}

// UseJSONLog makes every line that the target itself logs one JSON object.
func UseJSONLog() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, nil)))
}

// Fail ends the process and says why, on standard error and in plain words.
func Fail(name string, err error) {
	fmt.Fprintf(os.Stderr, "target %s cannot run: %v\n", name, err)
	os.Exit(1)
}

func versionOf(module string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, dependency := range info.Deps {
		if dependency.Path == module {
			return dependency.Version
		}
	}
	return "unknown"
}
