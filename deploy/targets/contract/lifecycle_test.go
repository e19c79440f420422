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

// stopTime is the maximum time between SIGTERM and the end in the contract.
const stopTime = 2 * time.Second

func TestLogsItsStartAsOneLineOfJSON(t *testing.T) {
	forEachFramework(t, func(t *testing.T, framework string) {
		target := start(t, framework, "MIDDLEWARE_DEPTH=5")
		line := target.startLine()
		if line["target"] != framework || line["middlewareDepth"] != 5.0 {
			t.Errorf("start line %v", line)
		}
		if version, _ := line["version"].(string); !strings.HasPrefix(version, "v") {
			t.Errorf("framework's version %q", version)
		}
		// And requests are not logged.
		for _, path := range []string{"/plaintext", "/users/x", "/nowhere", "/healthz", "/metrics", "/debug/counts", "/debug/pprof/cmdline"} {
			target.get(path)
		}
		if lines := strings.Count(target.output.String(), "\n"); lines != 1 {
			t.Errorf("%d lines logged", lines)
		}
	})
}

func TestAnswersAndSurvivesAPanic(t *testing.T) {
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

func TestFinishesARequestInFlightWhenStopped(t *testing.T) {
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

func TestStopsDespiteAnEndlessRequest(t *testing.T) {
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

func TestLogsTheCountsWhenStopped(t *testing.T) {
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

// countsBeforeTheBody is a difference of Fiber that the contract allows:
// fasthttp calls the first handler, which counts the request, only after
// reading the complete body.
func countsBeforeTheBody(framework string) bool { return framework != "fiber" }

// beginPost sends a POST without its body, and returns once the target has
// requested the body: the request is then in flight in any framework.
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

// listens returns whether the target accepts new connections.
func (p *process) listens() bool {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	connection, err := (&net.Dialer{}).DialContext(ctx, "tcp", p.address())
	if err != nil {
		return false
	}
	connection.Close()
	return true
}
