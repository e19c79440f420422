// Command echo is the benchmark target written with Echo.
package main

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"podium.bench/targets/internal/behaviour"
	"podium.bench/targets/internal/metrics"
	"podium.bench/targets/internal/server"
)

func main() { server.Main("echo", "github.com/labstack/echo/v4", build) }

func build(kit server.Kit) server.Engine {
	router := echo.New()
	router.HTTPErrorHandler = answerPanic
	router.Use(middleware.RecoverWithConfig(middleware.RecoverConfig{DisableStackAll: true}), identify)

	layers := slices.Repeat([]echo.MiddlewareFunc{layer}, kit.Depth)
	handle := func(method, pattern, route string, respond responder) {
		chain := slices.Concat([]echo.MiddlewareFunc{count(kit.Routes.Counter(route))}, layers)
		router.Add(method, pattern, answer(respond), chain...)
	}
	handle(http.MethodGet, "/plaintext", behaviour.RoutePlaintext, func(echo.Context) behaviour.Response { return behaviour.Plaintext() })
	handle(http.MethodGet, "/json", behaviour.RouteJSON, func(echo.Context) behaviour.Response { return behaviour.JSON() })
	handle(http.MethodGet, "/users/:id", behaviour.RouteUser, getUser)
	handle(http.MethodPut, "/users/:id", behaviour.RouteUser, updateUser)
	handle(http.MethodPost, "/users", behaviour.RouteUsers, createUser)
	handle(http.MethodGet, "/chain", behaviour.RouteChain, func(c echo.Context) behaviour.Response { return current(c).Chain() })
	handle(http.MethodGet, "/panic", behaviour.RoutePanic, func(echo.Context) behaviour.Response { return behaviour.Panic() })

	router.GET("/healthz", answer(func(echo.Context) behaviour.Response { return behaviour.Healthy() }),
		count(kit.Routes.Counter(behaviour.RouteHealth)))
	unmatched := count(kit.Routes.Counter(behaviour.RouteUnmatched))(answer(func(echo.Context) behaviour.Response { return behaviour.Unmatched() }))
	router.RouteNotFound("/*", unmatched)
	// A parameter at the end of a pattern matches the rest of the path; this
	// route keeps slashes out of an id.
	router.RouteNotFound("/users/:id/*", unmatched)
	echo.NotFoundHandler = unmatched // for a path without a slash, as in GET *
	router.GET("/metrics", echo.WrapHandler(kit.Ops))
	router.Any("/debug/*", echo.WrapHandler(kit.Ops))
	return kit.EngineFor(router)
}

func getUser(c echo.Context) behaviour.Response { return behaviour.GetUser(c.Param("id")) }

func createUser(c echo.Context) behaviour.Response { return behaviour.CreateUser(c.Request().Body) }

func updateUser(c echo.Context) behaviour.Response {
	return behaviour.UpdateUser(c.Param("id"), c.Request().Body)
}

type responder func(echo.Context) behaviour.Response

// answer writes a response with Echo.
func answer(respond responder) echo.HandlerFunc {
	return func(c echo.Context) error {
		response := respond(c)
		for _, header := range response.Headers {
			c.Response().Header().Set(header.Name, header.Value)
		}
		return c.Blob(response.Status, response.ContentType, response.Body)
	}
}

// requestKey is the key of the request's record in Echo's context.
const requestKey = "podium.request"

func current(c echo.Context) *behaviour.Request {
	return c.Get(requestKey).(*behaviour.Request)
}

// identify creates the record of each request and echoes its id.
func identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		request := &behaviour.Request{ID: c.Request().Header.Get(behaviour.RequestIDHeader)}
		if request.ID != "" {
			c.Response().Header().Set(behaviour.RequestIDHeader, request.ID)
		}
		c.Set(requestKey, request)
		return next(c)
	}
}

func count(counter *metrics.Counter) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			counter.Inc()
			return next(c)
		}
	}
}

// layer is one layer of the configurable chain.
func layer(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		current(c).Depth++
		return next(c)
	}
}

// answerPanic ends a request whose handler panicked, after Echo logged the
// stack. Echo also calls it for failed writes; these are ignored, because the
// client closed the connection.
func answerPanic(_ error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	c.Response().Header().Set(behaviour.RequestIDHeader, current(c).Panicked())
	_ = c.NoContent(http.StatusInternalServerError)
}
