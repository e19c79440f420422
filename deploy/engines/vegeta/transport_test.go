package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func transportTo(t *testing.T, server *server, timeout time.Duration) *transport {
	t.Helper()
	plan := server.load(1)
	plan.TimeoutMicros = timeout.Microseconds()
	pool, err := newPool(plan)
	if err != nil {
		t.Fatal(err)
	}
	made := newTransport(plan, measured, pool, &shared{})
	made.gate = time.Now()
	made.ends = made.gate.Add(time.Hour)
	return made
}

// send returns the status or the kind of the failure.
func send(t *testing.T, over *transport, method string, headers ...string) (int, string) {
	t.Helper()
	request, err := http.NewRequest(method, "http://"+over.pool.address+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header["User-Agent"] = []string{""}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	reply, err := over.RoundTrip(request)
	if err != nil {
		return 0, kindOf(err.Error())
	}
	return reply.StatusCode, ""
}

func TestReadsRepliesOfAllForms(t *testing.T) {
	const length = "Content-Length: 2\r\n\r\n"
	closing := func(text string) handler {
		return func(n int64, to *net.TCPConn, request *http.Request) bool {
			respond(text)(n, to, request)
			return false
		}
	}
	for name, each := range map[string]struct {
		method  string
		handler handler
		status  int
		kind    string
		reused  bool
	}{
		"length":          {"GET", respond(ok), 200, "", true},
		"none":            {"GET", respond("HTTP/1.1 204 No Content\r\n\r\n"), 204, "", true},
		"not modified":    {"GET", respond("HTTP/1.1 304 Not Modified\r\n" + length), 304, "", true},
		"head":            {"HEAD", respond("HTTP/1.1 200 OK\r\n" + length), 200, "", true},
		"chunked":         {"GET", respond("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"), 200, "", true},
		"interim":         {"GET", respond("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + ok), 200, "", true},
		"old, reused":     {"GET", respond("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" + length + "ok"), 200, "", true},
		"redirect":        {"GET", respond("HTTP/1.1 302 Found\r\nLocation: /b\r\n" + length + "ok"), 302, "", true},
		"odd redirect":    {"GET", respond("HTTP/1.1 301 Moved\r\nLocation: :%\r\n" + length + "ok"), 301, "", true},
		"until the end":   {"GET", closing("HTTP/1.1 200 OK\r\n\r\nok"), 200, "", false},
		"old":             {"GET", respond("HTTP/1.0 200 OK\r\n" + length + "ok"), 200, "", false},
		"last":            {"GET", respond("HTTP/1.1 200 OK\r\nConnection: close\r\n" + length + "ok"), 200, "", false},
		"switched":        {"GET", respond("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"), 101, "", false},
		"more than asked": {"GET", respond(ok + "HTTP/1.1"), 200, "", false},
		"nothing":         {"GET", end, 0, kindRead, false},
		"reset":           {"GET", reset, 0, kindRead, false},
		"half":            {"GET", endInBody, 0, kindRead, false},
		"half a chunk":    {"GET", closing("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nok"), 0, kindRead, false},
		"half a head":     {"GET", closing("HTTP/1.1 200 OK\r\nContent-"), 0, kindRead, false},
		"interim only":    {"GET", closing("HTTP/1.1 100 Continue\r\n\r\n"), 0, kindRead, false},
		"no HTTP":         {"GET", respond("SSH-2.0-OpenSSH_9.2\r\n"), 0, kindRead, false},
		"status 0":        {"GET", respond("HTTP/1.1 000 None\r\n" + length + "ok"), 0, kindRead, false},
		"status 42":       {"GET", respond("HTTP/1.1 042 Odd\r\n" + length + "ok"), 0, kindRead, false},
		"endless head":    {"GET", endlessHead, 0, kindRead, false},
		"hangs":           {"GET", hang, 0, kindTimeout, false},
		"hangs in body":   {"GET", respond("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"), 0, kindTimeout, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// Given
			server := serve(t, each.handler)
			over := transportTo(t, server, 3*time.Second)
			// When
			status, kind := send(t, over, each.method)
			// Then
			if status != each.status || kind != each.kind {
				t.Errorf("status %d, failure %q", status, kind)
			}
			if reused := len(over.pool.idle) == 1; reused != each.reused {
				t.Errorf("the connection is reused: %v", reused)
			}
			expect(t, "sent", over.counters.sent.Load(), 1)
			expect(t, "the server's requests", server.requests.Load(), 1)
		})
	}
}

func endlessHead(_ int64, to *net.TCPConn, _ *http.Request) bool {
	line := "X: " + strings.Repeat("x", 1000) + "\r\n"
	_, err := io.WriteString(to, "HTTP/1.1 200 OK\r\n")
	for err == nil {
		_, err = io.WriteString(to, line)
	}
	return false
}

// awaitEnd waits until the client can detect what the server did to an idle connection.
func awaitEnd(t *testing.T, over *transport) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); over.pool.idle[0].reusable(); {
		if time.Now().After(deadline) {
			t.Fatal("the connection is still open")
		}
	}
}

func TestReplacesAClosedConnectionBeforeUse(t *testing.T) {
	for name, then := range map[string]func(*net.TCPConn) bool{
		"ended": func(*net.TCPConn) bool { return false },
		"reset": func(to *net.TCPConn) bool { return reset(0, to, nil) },
		"unexpected": func(to *net.TCPConn) bool {
			return respond("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")(0, to, nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// Given
			read := make(chan struct{}, 21)
			server := serve(t, func(n int64, to *net.TCPConn, request *http.Request) bool {
				answer(n, to, request)
				<-read
				return then(to)
			})
			over := transportTo(t, server, 10*time.Second)
			for range 20 {
				if status, kind := send(t, over, "GET"); status != 200 {
					t.Fatalf("status %d, failure %q", status, kind)
				}
				read <- struct{}{}
				awaitEnd(t, over)
			}
			// When
			status, kind := send(t, over, "GET")
			// Then
			if status != 200 {
				t.Errorf("status %d, failure %q", status, kind)
			}
			expect(t, "reconnects", over.reconnects.Load(), 20)
			expect(t, "connections", server.connections.Load(), 21)
			expect(t, "the server's requests", server.requests.Load(), 21)
			expect(t, "sent", over.counters.sent.Load(), 21)
		})
	}
}

func TestReusesConnectionsWithKeepAlive(t *testing.T) {
	for name, each := range map[string]struct {
		keepAlive   bool
		headers     []string
		connections int64
	}{
		"reused":                {true, nil, 1},
		"not reused":            {false, nil, 10},
		"closed by the request": {true, []string{"Connection", "foo, Close"}, 10},
	} {
		t.Run(name, func(t *testing.T) {
			// Given
			server := serve(t, answer)
			over := transportTo(t, server, 10*time.Second)
			over.keepAlive = each.keepAlive
			// When
			for range 10 {
				if status, kind := send(t, over, "GET", each.headers...); status != 200 {
					t.Fatalf("status %d, failure %q", status, kind)
				}
			}
			// Then
			expect(t, "connections", server.connections.Load(), each.connections)
			expect(t, "sent", over.counters.sent.Load(), 10)
			expect(t, "reconnects", over.reconnects.Load(), 0)
		})
	}
}

func TestSendsExactlyTheConfiguredBytes(t *testing.T) {
	for name, each := range map[string]struct {
		keepAlive bool
		method    string
		body      string
		want      []string
	}{
		"get":        {true, "GET", "", []string{"GET /a?b=c HTTP/1.1", "Host: ADDRESS", "X-Own: 1"}},
		"not reused": {false, "GET", "", []string{"GET /a?b=c HTTP/1.1", "Host: ADDRESS", "Connection: close", "X-Own: 1"}},
		"post":       {true, "POST", "x=y", []string{"POST /a?b=c HTTP/1.1", "Host: ADDRESS", "Content-Length: 3", "X-Own: 1"}},
		"empty":      {true, "POST", "", []string{"POST /a?b=c HTTP/1.1", "Host: ADDRESS", "Content-Length: 0", "X-Own: 1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// Given
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer listener.Close()
			got := make(chan string, 1)
			go func() {
				accepted, err := listener.Accept()
				if err != nil {
					return
				}
				defer accepted.Close()
				// Until the client's timeout.
				all, _ := io.ReadAll(accepted)
				got <- string(all)
			}()
			plan := (&server{listener: listener}).load(1)
			plan.TimeoutMicros = 300_000
			plan.KeepAlive = each.keepAlive
			plan.Requests[0] = request{
				Method: each.method, Path: []part{{Text: "/a?b=c"}}, Body: []part{{Text: each.body}},
				Headers: map[string][]part{"x-own": {{Text: "1"}}}, Weight: 1,
			}
			// When
			apply(t, plan)
			// Then
			address := listener.Addr().String()
			want := strings.ReplaceAll(strings.Join(each.want, "\r\n"), "ADDRESS", address) +
				"\r\n\r\n" + each.body
			if all := <-got; all != want {
				t.Errorf("sent %q, not %q", all, want)
			}
		})
	}
}

func TestSendsNothingIfConnectingTimesOut(t *testing.T) {
	// Given: a listener whose queue is full
	plan := (&server{listener: fullListener(t)}).load(10)
	plan.TimeoutMicros = 500_000
	// When
	phase, counters := apply(t, plan)
	// Then
	expect(t, "without a connection", phase.tally.failures[kindConnect], attempted(phase))
	expect(t, "sent", counters.sent.Load(), 0)
	expect(t, "lost", phase.tally.lost.histogram.TotalCount(), attempted(phase))
}

// fullListener accepts no connections, because its queue is full.
func fullListener(t *testing.T) net.Listener {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	raw, err := listener.(*net.TCPListener).SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	if err := raw.Control(func(descriptor uintptr) { err = unix.Listen(int(descriptor), 0) }); err != nil {
		t.Fatal(err)
	}
	for {
		waiting, err := net.DialTimeout("tcp", listener.Addr().String(), 200*time.Millisecond)
		if err != nil {
			return listener
		}
		t.Cleanup(func() { waiting.Close() })
	}
}

func TestReportDoesNotGrowWithTheReplies(t *testing.T) {
	for name, text := range map[string]string{
		"no HTTP": "%d\r\n\r\n",
		"reasons": "HTTP/1.1 500 %d\r\nContent-Length: 0\r\n\r\n",
		"headers": "HTTP/1.1 200 OK\r\n%d\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// Given
			server := serve(t, func(n int64, to *net.TCPConn, request *http.Request) bool {
				return respond(fmt.Sprintf(text, n))(n, to, request)
			})
			// When
			phase, _ := apply(t, server.load(100))
			// Then
			if errors := phase.tally.metrics.Errors; len(errors) != 1 {
				t.Errorf("errors %q", errors)
			}
		})
	}
}
