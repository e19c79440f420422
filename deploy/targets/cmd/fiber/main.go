// Command fiber is the benchmark target written with Fiber.
package main

import (
	"bytes"
	"errors"
	"net/http"
	"slices"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/adaptor"
	recoverer "github.com/gofiber/fiber/v3/middleware/recover"

	"podium.bench/targets/internal/behaviour"
	"podium.bench/targets/internal/metrics"
	"podium.bench/targets/internal/server"
)

func main() { server.Main("fiber", "github.com/gofiber/fiber/v3", build) }

func build(kit server.Kit) server.Engine {
	app := fiber.New(config())
	app.Use(recoverer.New(recoverer.Config{EnableStackTrace: true}), identify)

	layers := slices.Repeat([]any{layer}, kit.Depth)
	handle := func(method, pattern, route string, respond responder) {
		app.Add([]string{method}, pattern, count(kit.Routes.Counter(route)), slices.Concat(layers, []any{answer(respond)})...)
	}
	handle(http.MethodGet, "/plaintext", behaviour.RoutePlaintext, func(fiber.Ctx) behaviour.Response { return behaviour.Plaintext() })
	handle(http.MethodGet, "/json", behaviour.RouteJSON, func(fiber.Ctx) behaviour.Response { return behaviour.JSON() })
	handle(http.MethodGet, "/users/:id", behaviour.RouteUser, getUser)
	handle(http.MethodPut, "/users/:id", behaviour.RouteUser, updateUser)
	handle(http.MethodPost, "/users", behaviour.RouteUsers, createUser)
	handle(http.MethodGet, "/chain", behaviour.RouteChain, func(c fiber.Ctx) behaviour.Response { return current(c).Chain() })
	handle(http.MethodGet, "/panic", behaviour.RoutePanic, func(fiber.Ctx) behaviour.Response { return behaviour.Panic() })

	app.Get("/healthz", count(kit.Routes.Counter(behaviour.RouteHealth)), answer(func(fiber.Ctx) behaviour.Response { return behaviour.Healthy() }))
	app.Get("/metrics", adaptor.HTTPHandler(kit.Ops))
	app.All("/debug/*", adaptor.HTTPHandler(kit.Ops))
	// Last, because routes are matched in order. A route and not Use, because
	// Fiber would also call that for requests that it cannot read, which would
	// then be counted.
	app.All("/*", count(kit.Routes.Counter(behaviour.RouteUnmatched)), answer(func(fiber.Ctx) behaviour.Response { return behaviour.Unmatched() }))
	return newEngine(app, kit.Arrivals)
}

// config configures Fiber for the contract: paths are compared unchanged, HEAD
// is not handled as GET, and bodies are not interpreted.
func config() fiber.Config {
	return fiber.Config{
		CaseSensitive:                true,
		StrictRouting:                true,
		DisableHeadAutoRegister:      true,
		DisablePreParseMultipartForm: true,
		ErrorHandler:                 answerError,
	}
}

func getUser(c fiber.Ctx) behaviour.Response { return behaviour.GetUser(c.Params("id")) }

// createUser uses the raw body, because Body would decode a Content-Encoding.
func createUser(c fiber.Ctx) behaviour.Response {
	return behaviour.CreateUser(bytes.NewReader(c.BodyRaw()))
}

func updateUser(c fiber.Ctx) behaviour.Response {
	return behaviour.UpdateUser(c.Params("id"), bytes.NewReader(c.BodyRaw()))
}

type responder func(fiber.Ctx) behaviour.Response

// answer writes a response with Fiber.
func answer(respond responder) fiber.Handler {
	return func(c fiber.Ctx) error {
		response := respond(c)
		for _, header := range response.Headers {
			c.Set(header.Name, header.Value)
		}
		c.Set(fiber.HeaderContentType, response.ContentType)
		return c.Status(response.Status).Send(response.Body)
	}
}

// requestKey is the key of the request's record in Fiber's context.
type requestKey struct{}

func current(c fiber.Ctx) *behaviour.Request {
	return c.Locals(requestKey{}).(*behaviour.Request)
}

// identify creates the record of each request and echoes its id. The id is part
// of fasthttp's buffer and valid only until the request ends, like the record.
func identify(c fiber.Ctx) error {
	request := &behaviour.Request{ID: c.Get(behaviour.RequestIDHeader)}
	if request.ID != "" {
		c.Set(behaviour.RequestIDHeader, request.ID)
	}
	c.Locals(requestKey{}, request)
	return c.Next()
}

func count(counter *metrics.Counter) fiber.Handler {
	return func(c fiber.Ctx) error {
		counter.Inc()
		return c.Next()
	}
}

// layer is one layer of the configurable chain.
func layer(c fiber.Ctx) error {
	current(c).Depth++
	return c.Next()
}

// answerError ends a request whose handler panicked, after Fiber logged the
// stack. Fiber also calls it for requests that it could not read, which may
// have no record.
func answerError(c fiber.Ctx, err error) error {
	if unreadable := new(fiber.Error); errors.As(err, &unreadable) {
		return fiber.DefaultErrorHandler(c, err)
	}
	c.Set(behaviour.RequestIDHeader, current(c).Panicked())
	c.Status(http.StatusInternalServerError)
	return nil
}
