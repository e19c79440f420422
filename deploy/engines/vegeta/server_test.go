package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"
)

// server answers with a handler of the test, and counts the complete requests that it has read.
type server struct {
	listener    net.Listener
	requests    atomic.Int64
	connections atomic.Int64
	// lines holds the request targets in the order of their arrival.
	lines chan string
}

// handler answers the n-th request, from 0; it returns false to close the connection.
type handler func(n int64, to *net.TCPConn, request *http.Request) bool

func serve(t *testing.T, handler handler) *server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	made := &server{listener: listener, lines: make(chan string, 100_000)}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			accepted, err := listener.Accept()
			if err != nil {
				return
			}
			made.connections.Add(1)
			go made.handle(accepted.(*net.TCPConn), handler)
		}
	}()
	return made
}

func (s *server) handle(with *net.TCPConn, handler handler) {
	defer with.Close()
	in := bufio.NewReader(with)
	for {
		request, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		if _, err := io.Copy(io.Discard, request.Body); err != nil {
			return
		}
		number := s.requests.Add(1) - 1
		s.lines <- request.RequestURI
		if !handler(number, with, request) {
			return
		}
	}
}

func respond(text string) handler {
	return func(_ int64, to *net.TCPConn, _ *http.Request) bool {
		_, err := io.WriteString(to, text)
		return err == nil
	}
}

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

func answer(n int64, to *net.TCPConn, request *http.Request) bool {
	if request.Method == http.MethodHead {
		return respond("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")(n, to, request)
	}
	return respond(ok)(n, to, request)
}

func end(int64, *net.TCPConn, *http.Request) bool { return false }

func reset(_ int64, to *net.TCPConn, _ *http.Request) bool {
	// Closing without lingering sends RST.
	_ = to.SetLinger(0)
	return false
}

func endInBody(n int64, to *net.TCPConn, request *http.Request) bool {
	respond("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")(n, to, request)
	return false
}

func hang(int64, *net.TCPConn, *http.Request) bool { return true }

// every uses one handler for each n-th request, and another for the others.
func every(n int64, special, usual handler) handler {
	return func(number int64, to *net.TCPConn, request *http.Request) bool {
		if number%n == n-1 {
			return special(number, to, request)
		}
		return usual(number, to, request)
	}
}

// load returns a plan of GET requests for one second.
func (s *server) load(rate int64) plan {
	get := request{Method: "GET", Path: []part{{Text: "/"}}, Weight: 1}
	return plan{
		URL:            "http://" + s.listener.Addr().String(),
		DurationMicros: 1_000_000,
		TimeoutMicros:  2_000_000,
		FromRate:       rate,
		ToRate:         rate,
		Workers:        1,
		Threads:        1,
		KeepAlive:      true,
		Seconds:        true,
		Measured:       sequence{First: 1, Stride: 1},
		Requests:       []request{get},
		maxInFlight:    maxConnections,
	}
}

// apply runs a load to its end.
func apply(t *testing.T, plan plan) (*phase, *shared) {
	t.Helper()
	counters := &shared{}
	_, phases, err := newPhases(plan, counters)
	if err != nil {
		t.Fatal(err)
	}
	for _, phase := range phases {
		phase.start(time.Now())
		<-phase.done
	}
	return phases[len(phases)-1], counters
}

func expect(t *testing.T, what string, got, want int64) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %d, not %d", what, got, want)
	}
}
