package behaviour

import (
	"crypto/rand"
	"log/slog"
	"net/http"
	"strconv"
)

// The headers of the contract, in the canonical form that net/http expects.
const (
	RequestIDHeader = "X-Request-Id"
	ChainHeader     = "X-Chain"
)

// The names of routes in metrics and counts, independent of the patterns of
// frameworks, so that they can be compared.
const (
	RoutePlaintext = "/plaintext"
	RouteJSON      = "/json"
	RouteUsers     = "/users"
	RouteUser      = "/users/{id}"
	RouteChain     = "/chain"
	RoutePanic     = "/panic"
	RouteHealth    = "/healthz"
	RouteUnmatched = "unmatched"
)

// Request is the record that a target keeps per request. The target's outermost
// middleware stores it in the framework's context, and each layer of the
// configurable chain increments a counter in it. So a layer costs a look-up and
// an increment, but no allocation.
type Request struct {
	// ID is the id sent by the client, or empty. An id is generated only for a
	// failure, to keep its cost out of measured paths.
	ID string
	// Depth is the number of layers passed so far.
	Depth int
}

// Chain answers GET /chain with the number of layers that the request passed.
func (r *Request) Chain() Response {
	return Response{
		Status:      http.StatusOK,
		ContentType: TextPlain,
		Headers:     []Header{{ChainHeader, strconv.Itoa(r.Depth)}},
		Body:        []byte("ok"),
	}
}

// Panicked logs that the request's handler panicked and returns the id for the
// answer, which is generated if the client sent none. The framework's recovery
// logs the stack.
func (r *Request) Panicked() string {
	if r.ID == "" {
		r.ID = rand.Text()
	}
	slog.Error("handler panicked", "requestId", r.ID)
	return r.ID
}
