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

// server answers as a test says, and counts what it was sent: the truth that the counts of a load
// are held against.
type server struct {
	listener    net.Listener
	requests    atomic.Int64
	connections atomic.Int64
	// lines holds the request lines, closed says that this side has ended a connection.
	lines  chan string
	closed chan struct{}
}

// act answers the n-th request, from 0; false: the connection is over.
type act func(n int64, to *net.TCPConn, request *http.Request) bool

func serve(t *testing.T, act act) *server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	made := &server{
		listener: listener, lines: make(chan string, 100_000), closed: make(chan struct{}, 100_000),
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			accepted, err := listener.Accept()
			if err != nil {
				return
			}
			made.connections.Add(1)
			go made.talk(accepted.(*net.TCPConn), act)
		}
	}()
	return made
}

func (s *server) talk(with *net.TCPConn, act act) {
	defer func() {
		with.Close()
		s.closed <- struct{}{}
	}()
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
		if !act(number, with, request) {
			return
		}
	}
}

func say(text string) act {
	return func(_ int64, to *net.TCPConn, _ *http.Request) bool {
		_, err := io.WriteString(to, text)
		return err == nil
	}
}

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

func answer(n int64, to *net.TCPConn, request *http.Request) bool {
	if request.Method == http.MethodHead {
		return say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")(n, to, request)
	}
	return say(ok)(n, to, request)
}

func end(int64, *net.TCPConn, *http.Request) bool { return false }

func reset(_ int64, to *net.TCPConn, _ *http.Request) bool {
	// Without a wait for what is still to be sent, the end is a reset.
	_ = to.SetLinger(0)
	return false
}

func endInBody(n int64, to *net.TCPConn, request *http.Request) bool {
	say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")(n, to, request)
	return false
}

func hang(int64, *net.TCPConn, *http.Request) bool { return true }

// every has one act for each n-th request, and another for the others.
func every(n int64, special, usual act) act {
	return func(number int64, to *net.TCPConn, request *http.Request) bool {
		if number%n == n-1 {
			return special(number, to, request)
		}
		return usual(number, to, request)
	}
}

// load is a second of GETs.
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
		most:           mostConnections,
	}
}

// apply applies a load to its end.
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
