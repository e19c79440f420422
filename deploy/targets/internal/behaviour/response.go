// Package behaviour implements the behaviour that all targets share: status,
// headers and body for each request. It depends on no framework and no net/http
// handler, so that targets differ only in how they pass a request to it and
// write its Response.
package behaviour

import (
	"encoding/json"
	"net/http"
)

// The content types are complete, because only some frameworks add the charset,
// and the answers must be equal.
const (
	TextPlain       = "text/plain; charset=utf-8"
	ApplicationJSON = "application/json; charset=utf-8"
)

// Header is one response header beyond Content-Type.
type Header struct{ Name, Value string }

// Response is an answer that a framework writes unchanged. Frameworks do not
// render JSON, because only some add a newline at its end.
type Response struct {
	Status      int
	ContentType string
	Headers     []Header
	Body        []byte
}

// Message is the body of GET /json.
type Message struct {
	Message string `json:"message"`
}

// Failure is the body of every 4xx answer.
type Failure struct {
	Error string `json:"error"`
}

var plaintext = []byte("Hello, World!")

// Plaintext answers GET /plaintext.
func Plaintext() Response {
	return Response{Status: http.StatusOK, ContentType: TextPlain, Body: plaintext}
}

// JSON answers GET /json. The body is serialised for each request, as in an
// application.
func JSON() Response {
	return encoded(http.StatusOK, Message{Message: "Hello, World!"})
}

// Healthy answers GET /healthz.
func Healthy() Response {
	return Response{Status: http.StatusOK, ContentType: TextPlain, Body: []byte("ok")}
}

// Unmatched answers a path, or a method on a path, that no route has. It is a
// 404 for both, because a 405 would have to list the allowed methods, which not
// every router provides.
func Unmatched() Response {
	return failed(http.StatusNotFound, "no such route")
}

// Panic is the handler of GET /panic; it never returns.
func Panic() Response {
	panic("this route always panics")
}

func failed(status int, reason string) Response {
	return encoded(status, Failure{Error: reason})
}

// encoded cannot fail, because every body is a plain struct of this package.
func encoded(status int, body any) Response {
	encodedBody, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	return Response{Status: status, ContentType: ApplicationJSON, Body: encodedBody}
}
