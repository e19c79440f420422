// Command buffalo is the benchmark target written with Buffalo.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime/debug"
	"slices"

	"github.com/gobuffalo/buffalo"
	"github.com/gobuffalo/buffalo/render"

	"podium.bench/targets/internal/behaviour"
	"podium.bench/targets/internal/metrics"
	"podium.bench/targets/internal/server"
)

func main() { server.Main("buffalo", "github.com/gobuffalo/buffalo", build) }

func build(kit server.Kit) server.Engine {
	app := newApp()
	app.Use(identify)

	layers := slices.Repeat([]buffalo.MiddlewareFunc{layer}, kit.Depth)
	handle := func(add adder, pattern, route string, respond responder) {
		group := app.Group("/") // middleware of its own takes a group of its own
		group.Use(count(kit.Routes.Counter(route)))
		group.Use(layers...)
		exactPath(add(group, pattern, answer(respond)))
	}
	handle((*buffalo.App).GET, "/plaintext", behaviour.RoutePlaintext, func(buffalo.Context) behaviour.Response { return behaviour.Plaintext() })
	handle((*buffalo.App).GET, "/json", behaviour.RouteJSON, func(buffalo.Context) behaviour.Response { return behaviour.JSON() })
	handle((*buffalo.App).GET, "/users/{id}", behaviour.RouteUser, getUser)
	handle((*buffalo.App).PUT, "/users/{id}", behaviour.RouteUser, updateUser)
	handle((*buffalo.App).POST, "/users", behaviour.RouteUsers, createUser)
	handle((*buffalo.App).GET, "/chain", behaviour.RouteChain, func(c buffalo.Context) behaviour.Response { return current(c).Chain() })
	handle((*buffalo.App).GET, "/panic", behaviour.RoutePanic, func(buffalo.Context) behaviour.Response { return behaviour.Panic() })

	healthy := count(kit.Routes.Counter(behaviour.RouteHealth))(answer(func(buffalo.Context) behaviour.Response { return behaviour.Healthy() }))
	exactPath(app.GET("/healthz", healthy))
	exactPath(app.GET("/metrics", foreign(kit.Ops)))
	// Only the methods that profiles need: Buffalo creates a template helper
	// per route for each request.
	app.GET("/debug/{path:.*}", foreign(kit.Ops))
	app.POST("/debug/{path:.*}", foreign(kit.Ops))

	answerErrors(app, kit.Routes.Counter(behaviour.RouteUnmatched))
	return kit.EngineFor(app)
}

// adder is a method of Buffalo that maps a path to a handler.
type adder func(*buffalo.App, string, buffalo.Handler) *buffalo.RouteInfo

func getUser(c buffalo.Context) behaviour.Response { return behaviour.GetUser(c.Param("id")) }

func createUser(c buffalo.Context) behaviour.Response { return behaviour.CreateUser(c.Request().Body) }

func updateUser(c buffalo.Context) behaviour.Response {
	return behaviour.UpdateUser(c.Param("id"), c.Request().Body)
}

type responder func(buffalo.Context) behaviour.Response

// answer writes a response with Buffalo. A failed write is ignored, because it
// means that the client closed the connection.
func answer(respond responder) buffalo.Handler {
	return func(c buffalo.Context) error {
		response := respond(c)
		for _, header := range response.Headers {
			c.Response().Header().Set(header.Name, header.Value)
		}
		_ = c.Render(response.Status, render.Func(response.ContentType, func(w io.Writer, _ render.Data) error {
			_, err := w.Write(response.Body)
			return err
		}))
		return nil
	}
}

// requestKey is the key of the request's record in Buffalo's context.
const requestKey = "podium.request"

func current(c buffalo.Context) *behaviour.Request {
	return c.Value(requestKey).(*behaviour.Request)
}

// identify creates the record of each request and echoes its id.
func identify(next buffalo.Handler) buffalo.Handler {
	return func(c buffalo.Context) error {
		request := &behaviour.Request{ID: c.Request().Header.Get(behaviour.RequestIDHeader)}
		if request.ID != "" {
			c.Response().Header().Set(behaviour.RequestIDHeader, request.ID)
		}
		c.Set(requestKey, request)
		return next(c)
	}
}

func count(counter *metrics.Counter) buffalo.MiddlewareFunc {
	return func(next buffalo.Handler) buffalo.Handler {
		return func(c buffalo.Context) error {
			counter.Inc()
			return next(c)
		}
	}
}

// layer is one layer of the configurable chain.
func layer(next buffalo.Handler) buffalo.Handler {
	return func(c buffalo.Context) error {
		current(c).Depth++
		return next(c)
	}
}

// answerErrors replaces Buffalo's error pages. Buffalo calls these handlers
// without the app's middleware, which is therefore added for unmatched
// requests.
func answerErrors(app *buffalo.App, unmatched *metrics.Counter) {
	serve := identify(count(unmatched)(answer(func(buffalo.Context) behaviour.Response { return behaviour.Unmatched() })))
	for _, status := range []int{http.StatusNotFound, http.StatusMethodNotAllowed} {
		app.ErrorHandlers[status] = func(_ int, _ error, c buffalo.Context) error { return serve(c) }
	}
	app.ErrorHandlers[http.StatusInternalServerError] = answerPanic
}

// answerPanic ends a request whose handler panicked. It logs the stack, which
// Buffalo only passes to listeners of its events; these would be called for two
// events of every other request, too.
func answerPanic(status int, err error, c buffalo.Context) error {
	fmt.Fprintf(os.Stderr, "panic: %v\n%s", err, debug.Stack())
	c.Response().Header().Set(behaviour.RequestIDHeader, current(c).Panicked())
	c.Response().WriteHeader(status)
	return nil
}
