// Package behaviour is what every target does, said once: which request gets
// which status, headers and bytes. It knows no framework and no net/http
// handler, so that gin, chi and a fasthttp framework alike can only differ in
// how they get a request here and a Response back.
package behaviour

import (
	"encoding/json"
	"net/http"
)

// The content types are spelled out in full, because frameworks disagree on
// whether to add the charset and the comparison is one of equal bytes.
const (
	TextPlain       = "text/plain; charset=utf-8"
	ApplicationJSON = "application/json; charset=utf-8"
)

// Header is one response header beyond Content-Type.
type Header struct{ Name, Value string }

// Response is an answer for a framework to write as it is. Frameworks do not
// render JSON themselves: some end it with a newline, and some do not.
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

// JSON answers GET /json. The body is serialised anew for each request, as an
// application's would be.
func JSON() Response {
	return encoded(http.StatusOK, Message{Message: "Hello, World!"})
}

// Healthy answers GET /healthz.
func Healthy() Response {
	return Response{Status: http.StatusOK, ContentType: TextPlain, Body: []byte("ok")}
}

// Unmatched answers a path, or a method on a path, that no route has. It is a
// 404 for both: a 405 would have to list the methods allowed, and not every
// router tells them.
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

// encoded cannot fail: every body is one of this package's own plain structs.
func encoded(status int, body any) Response {
	encodedBody, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	return Response{Status: status, ContentType: ApplicationJSON, Body: encodedBody}
}
