// Command gin is the benchmark target written with gin.
package main

import (
	"net/http"
	"os"
	"slices"

	"github.com/gin-gonic/gin"

	"podium.bench/targets/internal/behaviour"
	"podium.bench/targets/internal/metrics"
	"podium.bench/targets/internal/server"
)

func main() { server.Main("gin", "github.com/gin-gonic/gin", build) }

func build(kit server.Kit) server.Engine {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.RedirectTrailingSlash = false
	engine.Use(gin.CustomRecoveryWithWriter(os.Stderr, answerPanic), identify)

	layers := slices.Repeat([]gin.HandlerFunc{layer}, kit.Depth)
	handle := func(method, pattern, route string, respond responder) {
		chain := slices.Concat([]gin.HandlerFunc{count(kit.Routes.Counter(route))}, layers, []gin.HandlerFunc{answer(respond)})
		engine.Handle(method, pattern, chain...)
	}
	handle(http.MethodGet, "/plaintext", behaviour.RoutePlaintext, func(*gin.Context) behaviour.Response { return behaviour.Plaintext() })
	handle(http.MethodGet, "/json", behaviour.RouteJSON, func(*gin.Context) behaviour.Response { return behaviour.JSON() })
	handle(http.MethodGet, "/users/:id", behaviour.RouteUser, getUser)
	handle(http.MethodPut, "/users/:id", behaviour.RouteUser, updateUser)
	handle(http.MethodPost, "/users", behaviour.RouteUsers, createUser)
	handle(http.MethodGet, "/chain", behaviour.RouteChain, func(c *gin.Context) behaviour.Response { return current(c).Chain() })
	handle(http.MethodGet, "/panic", behaviour.RoutePanic, func(*gin.Context) behaviour.Response { return behaviour.Panic() })

	engine.GET("/healthz", count(kit.Routes.Counter(behaviour.RouteHealth)), answer(func(*gin.Context) behaviour.Response { return behaviour.Healthy() }))
	engine.NoRoute(count(kit.Routes.Counter(behaviour.RouteUnmatched)), answer(func(*gin.Context) behaviour.Response { return behaviour.Unmatched() }))
	engine.GET("/metrics", gin.WrapH(kit.Ops))
	engine.Any("/debug/*path", gin.WrapH(kit.Ops))
	return kit.EngineFor(engine)
}

func getUser(c *gin.Context) behaviour.Response { return behaviour.GetUser(c.Param("id")) }

func createUser(c *gin.Context) behaviour.Response { return behaviour.CreateUser(c.Request.Body) }

func updateUser(c *gin.Context) behaviour.Response {
	return behaviour.UpdateUser(c.Param("id"), c.Request.Body)
}

type responder func(*gin.Context) behaviour.Response

// answer writes a response with gin.
func answer(respond responder) gin.HandlerFunc {
	return func(c *gin.Context) {
		response := respond(c)
		for _, header := range response.Headers {
			c.Header(header.Name, header.Value)
		}
		c.Data(response.Status, response.ContentType, response.Body)
	}
}

// requestKey is the key of the request's record in gin's context.
const requestKey = "podium.request"

func current(c *gin.Context) *behaviour.Request {
	return c.MustGet(requestKey).(*behaviour.Request)
}

// identify creates the record of each request and echoes its id.
func identify(c *gin.Context) {
	request := &behaviour.Request{ID: c.GetHeader(behaviour.RequestIDHeader)}
	if request.ID != "" {
		c.Header(behaviour.RequestIDHeader, request.ID)
	}
	c.Set(requestKey, request)
	c.Next()
}

func count(counter *metrics.Counter) gin.HandlerFunc {
	return func(c *gin.Context) {
		counter.Inc()
		c.Next()
	}
}

// layer is one layer of the configurable chain. It calls Next, which is
// optional in gin, because chi's layers are always nested.
func layer(c *gin.Context) {
	current(c).Depth++
	c.Next()
}

// answerPanic ends a request whose handler panicked, after gin logged the stack.
func answerPanic(c *gin.Context, _ any) {
	c.Header(behaviour.RequestIDHeader, current(c).Panicked())
	c.AbortWithStatus(http.StatusInternalServerError)
}
