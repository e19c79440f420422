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

// engine serves with the fasthttp server that Fiber has configured.
type engine struct{ fast *fasthttp.Server }

// newEngine gets the handler from the app even if the server has it already,
// because Fiber sorts its routes then. The recorder is nil unless arrivals are
// recorded; it is called before Fiber.
func newEngine(app *fiber.App, recorder *arrivals.Recorder) server.Engine {
	fast := app.Server()
	fast.Handler = app.Handler()
	if recorder != nil {
		fast.Handler = observe(recorder, fast.Handler)
	}
	// The last reply on a connection has Connection: close, like that of
	// net/http.
	fast.CloseOnShutdown = true
	return engine{fast}
}

func (e engine) Serve(listener net.Listener) error { return e.fast.Serve(listener) }

// Shutdown does not close connections in use, because fasthttp cannot; the
// process ends immediately afterwards.
func (e engine) Shutdown(ctx context.Context) error {
	if err := e.fast.ShutdownWithContext(ctx); !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// observe copies the path, because fasthttp reuses its buffer.
func observe(recorder *arrivals.Recorder, next fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(c *fasthttp.RequestCtx) {
		now := time.Now()
		recorder.Observe(c.RemoteIP().String(), string(c.Path()), now)
		next(c)
	}
}
