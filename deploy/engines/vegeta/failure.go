package main

import (
	"errors"
	"net"
	"os"
	"strings"
)

// Kinds of failures of requests without a reply.
const (
	// kindConnect: no connection could be made, so no byte was written.
	kindConnect = "connect"
	kindRead    = "read"
	kindWrite   = "write"
	kindTimeout = "timeout"
	// kindUnsent: the load ended before the request could be sent. No byte was written.
	kindUnsent = "unsent"
)

const mark = "podium-failure="

// failure has its kind in its text, because vegeta retains texts only. It contains no addresses, so that
// vegeta's set of distinct errors stays small.
type failure struct {
	kind  string
	cause error
}

func (f failure) Error() string { return mark + f.kind + " " + f.cause.Error() }

// failed classifies an error; one caused by the deadline of a sent request is a timeout.
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

// kindOf extracts the kind from an error text. An error without a kind did not reach the transport.
func kindOf(text string) string {
	_, rest, found := strings.Cut(text, mark)
	if !found {
		return kindUnsent
	}
	kind, _, _ := strings.Cut(rest, " ")
	return kind
}
