package main

import (
	"errors"
	"net"
	"os"
	"strings"
)

// kind of failure is why a request has no reply.
const (
	// kindConnect: there was no connection, so that no byte was written.
	kindConnect = "connect"
	kindRead    = "read"
	kindWrite   = "write"
	kindTimeout = "timeout"
	// kindUnsent: the load was over before the request could go. No byte was written.
	kindUnsent = "unsent"
)

const mark = "podium-failure="

// failure is in a form that survives vegeta, which keeps only texts. They bear no port, so that
// vegeta's set of different texts stays small.
type failure struct {
	kind  string
	cause error
}

func (f failure) Error() string { return mark + f.kind + " " + f.cause.Error() }

// failed says of which kind a failure is; one that a deadline made is a timeout.
func failed(kind string, cause error) failure {
	if kind != kindConnect && errors.Is(cause, os.ErrDeadlineExceeded) {
		kind = kindTimeout
	}
	var operation *net.OpError
	if errors.As(cause, &operation) {
		cause = operation.Err
	}
	return failure{kind, cause}
}

// kindOf reads the kind out of a text. What bears none never came to the transport.
func kindOf(text string) string {
	_, rest, found := strings.Cut(text, mark)
	if !found {
		return kindUnsent
	}
	kind, _, _ := strings.Cut(rest, " ")
	return kind
}
