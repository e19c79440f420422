// Command chi is the benchmark target written with chi.
package main

import (
	"context"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"podium.bench/targets/internal/behaviour"
	"podium.bench/targets/internal/metrics"
	"podium.bench/targets/internal/server"
)

func main() { server.Main("chi", "github.com/go-chi/chi/v5", build) }

func build(kit server.Kit) server.Engine {
	router := chi.NewRouter()
	router.Use(middleware.Recoverer, identify)

	layers := slices.Repeat(chi.Middlewares{layer}, kit.Depth)
	handle := func(method, pattern, route string, respond responder) {
		chain := slices.Concat(chi.Middlewares{count(kit.Routes.Counter(route))}, layers)
		router.With(chain...).Method(method, pattern, answer(respond))
	}
	handle(http.MethodGet, "/plaintext", behaviour.RoutePlaintext, func(*http.Request) behaviour.Response { return behaviour.Plaintext() })
	handle(http.MethodGet, "/json", behaviour.RouteJSON, func(*http.Request) behaviour.Response { return behaviour.JSON() })
	handle(http.MethodGet, "/users/{id}", behaviour.RouteUser, getUser)
	handle(http.MethodPut, "/users/{id}", behaviour.RouteUser, updateUser)
	handle(http.MethodPost, "/users", behaviour.RouteUsers, createUser)
	handle(http.MethodGet, "/chain", behaviour.RouteChain, func(r *http.Request) behaviour.Response { return current(r).Chain() })
	handle(http.MethodGet, "/panic", behaviour.RoutePanic, func(*http.Request) behaviour.Response { return behaviour.Panic() })

	router.With(count(kit.Routes.Counter(behaviour.RouteHealth))).
		Get("/healthz", answer(func(*http.Request) behaviour.Response { return behaviour.Healthy() }))
	unmatched := count(kit.Routes.Counter(behaviour.RouteUnmatched))(answer(func(*http.Request) behaviour.Response { return behaviour.Unmatched() }))
	router.NotFound(unmatched.ServeHTTP)
	router.MethodNotAllowed(unmatched.ServeHTTP)
	router.Get("/metrics", kit.Ops.ServeHTTP)
	router.Handle("/debug/*", kit.Ops)
	return kit.EngineFor(router)
}

func getUser(r *http.Request) behaviour.Response { return behaviour.GetUser(chi.URLParam(r, "id")) }

func createUser(r *http.Request) behaviour.Response { return behaviour.CreateUser(r.Body) }

func updateUser(r *http.Request) behaviour.Response {
	return behaviour.UpdateUser(chi.URLParam(r, "id"), r.Body)
}

type responder func(*http.Request) behaviour.Response

// answer writes a response with net/http, which chi uses. A failed write is
// ignored, because it means that the client closed the connection.
func answer(respond responder) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		response := respond(r)
		for _, header := range response.Headers {
			w.Header().Set(header.Name, header.Value)
		}
		w.Header().Set("Content-Type", response.ContentType)
		w.WriteHeader(response.Status)
		_, _ = w.Write(response.Body)
	}
}

// requestKey is the key of the request's record in the request's context.
type requestKey struct{}

func current(r *http.Request) *behaviour.Request {
	return r.Context().Value(requestKey{}).(*behaviour.Request)
}

// identify creates the record of each request and echoes its id. If a handler
// panics, it sets the id while the stack unwinds, because chi's Recoverer,
// which logs the stack and writes the status, does not allow to add a header.
func identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request := &behaviour.Request{ID: r.Header.Get(behaviour.RequestIDHeader)}
		if request.ID != "" {
			w.Header().Set(behaviour.RequestIDHeader, request.ID)
		}
		returned := false
		defer func() {
			if !returned {
				w.Header().Set(behaviour.RequestIDHeader, request.Panicked())
			}
		}()
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestKey{}, request)))
		returned = true
	})
}

func count(counter *metrics.Counter) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			counter.Inc()
			next.ServeHTTP(w, r)
		})
	}
}

// layer is one layer of the configurable chain.
func layer(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		current(r).Depth++
		next.ServeHTTP(w, r)
	})
}
