package contract

import (
	"context"
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
		target.get("/plaintext")
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
		body, rest := io.Pipe()
		status := make(chan int, 1)
		go func() {
			response, err := http.Post("http://"+target.address()+"/users", "application/json", body)
			if err != nil {
				status <- 0
				return
			}
			response.Body.Close()
			status <- response.StatusCode
		}()
		target.await("the request's arrival", func() bool { return target.requestCounts()["/users"] == 1 })

		// When
		target.terminate()
		target.await("the closed port", func() bool { return !target.listens() })
		_, _ = io.WriteString(rest, `{"id":42}`)
		rest.Close()

		// Then
		if got := <-status; got != http.StatusCreated {
			t.Errorf("status %d", got)
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
		for _, sent := range []string{"", "POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"} {
			connection, err := net.Dial("tcp", target.address())
			if err != nil {
				t.Fatal(err)
			}
			defer connection.Close()
			_, _ = io.WriteString(connection, sent)
		}
		target.await("the request's arrival", func() bool { return target.requestCounts()["/users"] == 1 })
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
		connection, err := net.Dial("tcp", target.address())
		if err != nil {
			t.Fatal(err)
		}
		defer connection.Close()
		_, _ = io.WriteString(connection, "POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n")
		want["/users"]++
		target.await("the request's arrival", func() bool { return target.requestCounts()["/users"] == want["/users"] })

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
