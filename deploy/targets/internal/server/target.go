// Package server has what all targets share besides the framework: settings,
// ports, operational routes, and a graceful shutdown.
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

// Kit has the components for a framework's target.
type Kit struct {
	// Depth is the number of layers of the workload's routes.
	Depth int
	// Routes has the counter of each route.
	Routes *metrics.Routes
	// Ops serves /metrics and /debug/, which each framework mounts like other
	// net/http handlers.
	Ops http.Handler
	// Arrivals must observe each request before the framework does. It is nil
	// unless RECORD_ARRIVALS is true. EngineFor does this for net/http.
	Arrivals *arrivals.Recorder
}

// EngineFor serves the root handler of a net/http framework, behind the
// recorder of arrivals if there is one.
func (k Kit) EngineFor(handler http.Handler) Engine {
	if k.Arrivals != nil {
		handler = k.Arrivals.Wrap(handler)
	}
	return HTTP(handler)
}

// Main is the main function of a framework's target. The version of the
// framework's module is read from the binary and logged.
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
	// The last line, after all requests, with the counts of /debug/counts.
	lastWord := []any{"target", name, "requests", kit.Routes.Counts()}
	if kit.Arrivals != nil {
		lastWord = append(lastWord, "paths", kit.Arrivals.Paths())
	}
	slog.Info("target stopped", lastWord...)
	return err
}

// UseJSONLog makes each log line of the target a JSON object.
func UseJSONLog() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, nil)))
}

// Fail logs the error to standard error and exits.
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
