package contract

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// stopTime is what the contract allows between SIGTERM and the end.
const stopTime = 2 * time.Second

func TestStartIsLoggedAsOneLineOfJSON(t *testing.T) {
	forEachFramework(t, func(t *testing.T, framework string) {
		target := start(t, framework, "MIDDLEWARE_DEPTH=5")
		line := target.startLine()
		if line["target"] != framework || line["middlewareDepth"] != 5.0 {
			t.Errorf("start line %v", line)
		}
		if version, _ := line["version"].(string); !strings.HasPrefix(version, "v") {
			t.Errorf("framework's version %q", version)
		}
		// And requests leave no trace in the log.
		for _, path := range []string{"/plaintext", "/users/x", "/nowhere", "/healthz", "/metrics", "/debug/counts", "/debug/pprof/cmdline"} {
			target.get(path)
		}
		if lines := strings.Count(target.output.String(), "\n"); lines != 1 {
			t.Errorf("%d lines logged", lines)
		}
	})
}

func TestPanicIsAnsweredAndSurvived(t *testing.T) {
	forEachFramework(t, func(t *testing.T, framework string) {
		// Given
		target := start(t, framework, "MIDDLEWARE_DEPTH=5")
		for range 3 {
			// When
			got := target.get("/panic")
			// Then
			id := got.header.Get(requestID)
			if got.status != 500 || id == "" {
				t.Errorf("status %d with the id %q", got.status, id)
			}
			target.await("the id in the log", func() bool { return strings.Contains(target.output.String(), id) })
		}
		target.await("the stack in the log", func() bool {
			return strings.Contains(target.output.String(), "behaviour/response.go:")
		})
		if got := target.get("/plaintext"); got.status != 200 {
			t.Errorf("status %d after the panics", got.status)
		}
	})
}

func TestStopLetsTheRequestUnderWayFinish(t *testing.T) {
	forEachFramework(t, func(t *testing.T, framework string) {
		// Given a request whose body is still to come
		target := start(t, framework)
		body := `{"id":42}`
		connection, reader := target.beginPost(len(body))

		// When
		target.terminate()
		target.await("the closed port", func() bool { return !target.listens() })
		_, _ = io.WriteString(connection, body)

		// Then
		if got := target.read(reader); got.status != http.StatusCreated {
			t.Errorf("status %d", got.status)
		}
		if code := target.awaitExit(stopTime); code != 0 {
			t.Errorf("exit code %d", code)
		}
	})
}

func TestStopDoesNotWaitForEver(t *testing.T) {
	forEachFramework(t, func(t *testing.T, framework string) {
		// Given an idle connection, and a request that never ends
		target := start(t, framework)
		target.dial()
		target.beginPost(9)
		// When
		target.terminate()
		// Then
		if code := target.awaitExit(stopTime); code != 0 {
			t.Errorf("exit code %d", code)
		}
	})
}

func TestStopIsLoggedWithTheCounts(t *testing.T) {
	forEachFramework(t, func(t *testing.T, framework string) {
		// Given requests that were answered, and one that never ends
		target := start(t, framework)
		want := visit(target)
		target.beginPost(9)
		if countsBeforeTheBody(framework) {
			want["/users"]++
		}

		// When
		target.terminate()
		target.awaitExit(stopTime)

		// Then
		line := target.line("target stopped")
		counts, _ := line["requests"].(map[string]any)
		if line["target"] != framework || len(counts) != len(want) {
			t.Errorf("stop line %v, want the counts %v", line, want)
		}
		for route, n := range want {
			if counts[route] != float64(n) {
				t.Errorf("count of %s is %v, want %d", route, counts[route], n)
			}
		}
	})
}

// countsBeforeTheBody is what the contract allows Fiber to differ in: fasthttp
// calls the first handler, and so counts a request, once it has all of its body.
func countsBeforeTheBody(framework string) bool { return framework != "fiber" }

// beginPost sends all of a POST but its body, and returns once the target has
// asked for that: it is then busy with the request, whatever its framework.
func (p *process) beginPost(length int) (net.Conn, *bufio.Reader) {
	p.t.Helper()
	connection := p.dial()
	_, _ = fmt.Fprintf(connection, "POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n", length)
	reader := bufio.NewReader(connection)
	if got := p.read(reader); got.status != http.StatusContinue {
		p.t.Fatalf("status %d, want to be asked for the body", got.status)
	}
	return connection, reader
}

// listens tells whether the target still takes new connections.
func (p *process) listens() bool {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	connection, err := (&net.Dialer{}).DialContext(ctx, "tcp", p.address())
	if err != nil {
		return false
	}
	connection.Close()
	return true
}
