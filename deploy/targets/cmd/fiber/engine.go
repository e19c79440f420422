package main

import (
	"context"
	"errors"
	"net"
	"time"

	"github.com/gofiber/fiber/v3"
	"github.com/valyala/fasthttp"

	"podium.bench/targets/internal/arrivals"
	"podium.bench/targets/internal/server"
)

// engine serves with the fasthttp server that Fiber has set up.
type engine struct{ fast *fasthttp.Server }

// newEngine asks the app for its handler, even where the server has it already:
// that is when Fiber sorts its routes. The recorder is nil unless arrivals are
// recorded, and otherwise sees each request before Fiber does.
func newEngine(app *fiber.App, recorder *arrivals.Recorder) server.Engine {
	fast := app.Server()
	fast.Handler = app.Handler()
	if recorder != nil {
		fast.Handler = observe(recorder, fast.Handler)
	}
	// The last answer on a connection says so, as net/http's does.
	fast.CloseOnShutdown = true
	return engine{fast}
}

func (e engine) Serve(listener net.Listener) error { return e.fast.Serve(listener) }

// Shutdown leaves what is open at the end to the end of the process, which
// follows at once: fasthttp cannot close connections that are in use.
func (e engine) Shutdown(ctx context.Context) error {
	if err := e.fast.ShutdownWithContext(ctx); !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// observe copies the path, which is part of a buffer that fasthttp uses again.
func observe(recorder *arrivals.Recorder, next fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(c *fasthttp.RequestCtx) {
		now := time.Now()
		recorder.Observe(c.RemoteIP().String(), string(c.Path()), now)
		next(c)
	}
}
