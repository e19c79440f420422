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

// The routes' names in metrics and counts. A framework may write its own
// patterns differently; the names stay the same, so that reports can compare.
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

// Request is the one record that a target keeps per request. The framework's
// outermost own middleware puts it where the framework keeps such things, and
// the layers of the configurable chain count themselves in it. That way a
// layer costs a look-up and an increment, and never an allocation, in any
// framework.
type Request struct {
	// ID is what the client sent, or empty: an id is only made up when a
	// failure needs one, to spare the measured paths the cost.
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

// Panicked logs that the request's handler panicked and returns the id to
// answer with, made up if the client sent none. The stack is left to the
// framework's recovery to log.
func (r *Request) Panicked() string {
	if r.ID == "" {
		r.ID = rand.Text()
	}
	slog.Error("handler panicked", "requestId", r.ID)
	return r.ID
}
