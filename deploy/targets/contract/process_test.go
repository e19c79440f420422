package contract

import (
	"bytes"
	"encoding/json"
	"net"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// timeout is the maximum wait for any condition.
const timeout = 10 * time.Second

// process is a started target.
type process struct {
	t      *testing.T
	cmd    *exec.Cmd
	output *output
	exited chan struct{}
	port   int
}

// start runs a target on a free port and waits until it has logged its start.
func start(t *testing.T, name string, environment ...string) *process {
	t.Helper()
	p := launch(t, name, environment...)
	p.await("its start", func() bool { return p.startLine() != nil })
	p.port = int(p.startLine()["port"].(float64))
	return p
}

// launch runs a target without waiting. Later settings override earlier ones
// and the ports that are set here.
func launch(t *testing.T, name string, environment ...string) *process {
	t.Helper()
	readSources()
	p := &process{t: t, cmd: exec.Command(filepath.Join(binaries, name)), output: &output{}, exited: make(chan struct{})}
	p.cmd.Env = append([]string{"PORT=0", "PPROF_PORT=0"}, environment...)
	p.cmd.Stdout, p.cmd.Stderr = p.output, p.output
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.cmd.Wait()
		close(p.exited)
	}()
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		<-p.exited
		if t.Failed() {
			t.Logf("%s printed:\n%s", name, p.output)
		}
	})
	return p
}

// startLine returns the decoded line that a target logs once it listens, or
// nil.
func (p *process) startLine() map[string]any { return p.line("target started") }

// line returns the decoded line that the target logged with this message, or
// nil.
func (p *process) line(message string) map[string]any {
	for line := range strings.Lines(p.output.String()) {
		var fields map[string]any
		if json.Unmarshal([]byte(line), &fields) == nil && fields["msg"] == message {
			return fields
		}
	}
	return nil
}

// terminate sends SIGTERM to the target, as Kubernetes does.
func (p *process) terminate() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
}

// awaitExit waits for the process to end and returns its exit code.
func (p *process) awaitExit(within time.Duration) int {
	p.t.Helper()
	select {
	case <-p.exited:
	case <-time.After(within):
		p.t.Fatalf("still running after %v", within)
	}
	return p.cmd.ProcessState.ExitCode()
}

// await polls until the condition holds, and fails early if the process ended.
func (p *process) await(what string, holds func() bool) {
	p.t.Helper()
	for deadline := time.Now().Add(timeout); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatalf("timed out after %v waiting for %s", timeout, what)
		}
		select {
		case <-p.exited:
			if !holds() {
				p.t.Fatalf("exited while the test waited for %s", what)
			}
			return
		default:
		}
	}
}

// in returns the same target for a subtest.
func (p *process) in(t *testing.T) *process {
	same := *p
	same.t = t
	return &same
}

func (p *process) address() string {
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(p.port))
}

// freePort finds a free port for a program that needs a port number.
func freePort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

// output collects the output of a process while the test reads it.
type output struct {
	mu    sync.Mutex
	bytes bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.bytes.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.bytes.String()
}
