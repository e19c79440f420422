package contract

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// briefly is how long a test waits for something that must not happen.
const briefly = 200 * time.Millisecond

// Each fault is checked by its effect on a measured path. Targets that listen
// and answer must be healthy on the readiness path.
func TestFaultAffectsMeasuredPathsOnly(t *testing.T) {
	t.Parallel()
	cases := []struct {
		given []string
		then  func(t *testing.T, target *process)
	}{
		{[]string{"FAULT=none"}, func(t *testing.T, target *process) {
			check(t, target.get("/plaintext"), expected{status: 200, contentType: text, body: "Hello, World!"})
			check(t, target.get("/json"), expected{status: 200, contentType: jsonUTF8, body: `{"message":"Hello, World!"}`})
		}},
		{[]string{"FAULT=hang"}, func(t *testing.T, target *process) {
			for _, r := range []request{{path: "/plaintext"}, post(`{}`)} {
				if _, err := target.tryFor(briefly, r); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("%v, want no answer", err)
				}
			}
		}},
		{[]string{"FAULT=close"}, func(t *testing.T, target *process) {
			for _, r := range []request{{path: "/plaintext"}, post(`{}`)} {
				if _, err := target.tryFor(timeout, r); !errors.Is(err, io.EOF) {
					t.Errorf("%v, want the connection's end", err)
				}
			}
		}},
		{[]string{"FAULT=hangup"}, func(t *testing.T, target *process) {
			connection := target.dial()
			_, _ = io.WriteString(connection, "GET /plaintext HTTP/1.1\r\nHost: target\r\n\r\n")
			reader := bufio.NewReader(connection)
			check(t, target.read(reader), expected{status: 200, contentType: text, body: "Hello, World!"})
			if _, err := reader.ReadByte(); !errors.Is(err, io.EOF) {
				t.Errorf("%v, want the connection's end", err)
			}
		}},
		{[]string{"FAULT=status500"}, func(t *testing.T, target *process) {
			check(t, target.get("/plaintext"), expected{status: 500})
		}},
		{[]string{"FAULT=slow", "DELAY=150ms"}, func(t *testing.T, target *process) {
			if took := target.timeOf("/plaintext"); took < 150*time.Millisecond {
				t.Errorf("answered after %v", took)
			}
		}},
		{[]string{"FAULT=slow-tail", "DELAY=1s", "SLOW_EVERY=3"}, func(t *testing.T, target *process) {
			for n := 1; n <= 4; n++ {
				if took := target.timeOf("/plaintext"); (took >= time.Second) != (n == 3) {
					t.Errorf("request %d answered after %v", n, took)
				}
			}
		}},
		{[]string{"FAULT=freeze", "REQUESTS=3"}, func(t *testing.T, target *process) {
			for range 3 {
				check(t, target.get("/plaintext"), expected{status: 200, contentType: text, body: "Hello, World!"})
			}
			for range 2 {
				if _, err := target.tryFor(briefly, request{path: "/plaintext"}); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("%v, want no answer", err)
				}
			}
		}},
		{[]string{"FAULT=hole", "REQUESTS=3"}, func(t *testing.T, target *process) {
			for n := 1; n <= 6; n++ {
				_, err := target.tryFor(briefly, request{path: "/plaintext"})
				if errors.Is(err, context.DeadlineExceeded) != (n%3 == 0) {
					t.Errorf("request %d: %v", n, err)
				}
			}
		}},
		{[]string{"FAULT=few", "CONNECTIONS=1"}, func(t *testing.T, target *process) {
			served, other := target.dial(), target.dial()
			reader := bufio.NewReader(served)
			for range 2 {
				_, _ = io.WriteString(served, "GET /plaintext HTTP/1.1\r\nHost: target\r\n\r\n")
				check(t, target.read(reader), expected{status: 200, contentType: text, body: "Hello, World!"})
			}
			_, _ = io.WriteString(other, "GET /plaintext HTTP/1.1\r\nHost: target\r\n\r\n")
			_ = other.SetReadDeadline(time.Now().Add(briefly))
			if n, err := other.Read(make([]byte, 1)); n > 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("%d bytes, %v, want no answer", n, err)
			}
		}},
		{[]string{"FAULT=pause", "CRASH_AFTER=100ms", "DELAY=400ms"}, func(t *testing.T, target *process) {
			if took := target.timeOf("/plaintext"); took >= 100*time.Millisecond {
				t.Errorf("the first is answered after %v", took)
			}
			time.Sleep(150 * time.Millisecond)
			if took := target.timeOf("/plaintext"); took < 200*time.Millisecond || took > 400*time.Millisecond {
				t.Errorf("within the pause answered after %v", took)
			}
			if took := target.timeOf("/plaintext"); took >= 100*time.Millisecond {
				t.Errorf("after the pause answered after %v", took)
			}
		}},
		{[]string{"FAULT=crash", "CRASH_AFTER=50ms"}, func(t *testing.T, target *process) {
			check(t, target.get("/plaintext"), expected{status: 200, contentType: text, body: "Hello, World!"})
			if code := target.awaitExit(timeout); code != 1 {
				t.Errorf("exit code %d", code)
			}
		}},
	}
	for _, c := range cases {
		t.Run(c.given[0], func(t *testing.T) {
			t.Parallel()
			target := start(t, "faulty", append(c.given, "READINESS_PATH=/ready")...)
			for range 3 {
				check(t, target.get("/ready"), expected{status: 200, contentType: text, body: "ok"})
			}
			c.then(t, target)
		})
	}
}

func TestCrashesInTheConfiguredWay(t *testing.T) {
	t.Parallel()
	cases := []struct {
		given  []string
		code   int
		signal syscall.Signal
		says   string
	}{
		{[]string{"CRASH_CODE=0"}, 0, -1, `"msg":"crashing as configured"`},
		{[]string{"CRASH_CODE=7", "CRASH_WORDS=no more"}, 7, -1, `"msg":"no more"`},
		{[]string{"CRASH_BY=panic", "CRASH_WORDS=no more"}, 2, -1, "panic: no more\n\ngoroutine "},
		{[]string{"CRASH_BY=SIGSEGV"}, -1, syscall.SIGSEGV, `"msg":"crashing as configured"`},
		{[]string{"CRASH_BY=SIGKILL"}, -1, syscall.SIGKILL, `"msg":"crashing as configured"`},
	}
	for _, c := range cases {
		t.Run(c.given[0], func(t *testing.T) {
			t.Parallel()
			// Given
			target := start(t, "faulty", append(c.given, "FAULT=crash", "CRASH_AFTER=50ms")...)
			// When
			target.get("/plaintext")
			code := target.awaitExit(timeout)
			// Then
			ended := target.cmd.ProcessState.Sys().(syscall.WaitStatus)
			if code != c.code || ended.Signal() != c.signal {
				t.Errorf("exit code %d, signal %v", code, ended.Signal())
			}
			if !strings.Contains(target.output.String(), c.says) {
				t.Errorf("it only logs %q", target.output.String())
			}
		})
	}
}

func TestCrashesOnceIfConfigured(t *testing.T) {
	t.Parallel()
	// Given
	settings := []string{"FAULT=crash", "CRASH_AFTER=50ms", "CRASH_ONCE=true", "MARKS=" + t.TempDir()}
	first := start(t, "faulty", settings...)
	first.get("/plaintext")
	if code := first.awaitExit(timeout); code != 1 {
		t.Fatalf("exit code %d", code)
	}
	// When
	again := start(t, "faulty", settings...)
	again.get("/plaintext")
	time.Sleep(briefly)
	// Then
	again.get("/plaintext")
	again.terminate()
	if code := again.awaitExit(stopTime); code != 0 {
		t.Errorf("exit code %d: it has crashed again", code)
	}
}

func TestPrintsTheForgedLines(t *testing.T) {
	t.Parallel()
	// Given
	target := start(t, "faulty", "FAULT=forge", "CRASH_AFTER=1ms", `FORGED={"msg":"forged"}`)
	target.get("/plaintext")
	time.Sleep(briefly)
	// When
	target.terminate()
	target.awaitExit(stopTime)
	// Then
	if !strings.Contains(target.output.String(), `{"msg":"forged"}`) {
		t.Errorf("it only logs %q", target.output.String())
	}
}

func TestHealthzIsTheDefaultReadinessPath(t *testing.T) {
	t.Parallel()
	target := start(t, "faulty", "FAULT=status500")
	check(t, target.get("/healthz"), expected{status: 200, contentType: text, body: "ok"})
}

func TestMuteTargetAcceptsConnectionsAndNeverAnswers(t *testing.T) {
	t.Parallel()
	// Given
	target := start(t, "faulty", "FAULT=mute")
	connection, err := net.Dial("tcp", target.address())
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	// When
	_, _ = io.WriteString(connection, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
	_ = connection.SetReadDeadline(time.Now().Add(briefly))
	n, err := connection.Read(make([]byte, 1))
	// Then
	var timeout net.Error
	if n != 0 || !errors.As(err, &timeout) || !timeout.Timeout() {
		t.Errorf("read %d bytes and %v, want a timeout", n, err)
	}
}

func TestRunsWithoutListening(t *testing.T) {
	t.Parallel()
	// Given
	port := freePort(t)
	target := start(t, "faulty", "FAULT=not-listening", "PORT="+strconv.Itoa(port))
	target.port = port
	// Then
	if target.listens() {
		t.Error("it accepts connections")
	}
	target.terminate()
	if code := target.awaitExit(stopTime); code != 0 {
		t.Errorf("exit code %d: it ended before it was stopped", code)
	}
}

func TestStopsInTimeWithAnyFault(t *testing.T) {
	t.Parallel()
	for _, fault := range []string{"none", "hang", "mute"} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			// Given a request in flight
			target := start(t, "faulty", "FAULT="+fault)
			_, _ = target.tryFor(briefly, request{path: "/plaintext"})
			connection, err := net.Dial("tcp", target.address())
			if err != nil {
				t.Fatal(err)
			}
			defer connection.Close()
			_, _ = io.WriteString(connection, "GET /plaintext HTTP/1.1\r\nHost: x\r\n\r\n")
			// When
			target.terminate()
			// Then
			if code := target.awaitExit(stopTime); code != 0 {
				t.Errorf("exit code %d", code)
			}
		})
	}
}

func TestCountsRequestsOnMeasuredPaths(t *testing.T) {
	for fault, want := range map[string]float64{"none": 3, "status500": 3, "close": 3, "not-listening": 0, "mute": 0} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			// Given
			target := start(t, "faulty", "FAULT="+fault)
			for range int(want) {
				_, _ = target.tryFor(timeout, post(`{}`))
			}
			if want > 0 {
				target.get("/healthz")
			}
			// When
			target.terminate()
			target.awaitExit(stopTime)
			// Then
			counts, _ := target.line("target stopped")["requests"].(map[string]any)
			if len(counts) != 1 || counts["measured"] != want {
				t.Errorf("counts %v, want %v measured", counts, want)
			}
		})
	}
}

func TestExitsWithAMessageForAnUnknownFault(t *testing.T) {
	t.Parallel()
	target := launch(t, "faulty", "FAULT=sulk")
	if code := target.awaitExit(timeout); code == 0 {
		t.Error("exit code 0")
	}
	if sentence := `FAULT must be one of none, hang, `; !strings.Contains(target.output.String(), sentence) {
		t.Errorf("it does not log %q", sentence)
	}
}

func (p *process) tryFor(duration time.Duration, r request) (answer, error) {
	ctx, cancel := context.WithTimeout(context.Background(), duration)
	defer cancel()
	return p.try(ctx, r)
}

func (p *process) timeOf(path string) time.Duration {
	p.t.Helper()
	start := time.Now()
	p.get(path)
	return time.Since(start)
}
