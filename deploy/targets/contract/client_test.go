package contract

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// request is a request of a test; an empty method means GET.
type request struct {
	method, path, body string
	header             map[string]string
	// from is the client's address, any of 127.0.0.0/8; empty means 127.0.0.1.
	from string
}

// answer is a response that was read completely.
type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) decode(t *testing.T, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), into); err != nil {
		t.Fatalf("%v in %q", err, a.body)
	}
}

// get sends a GET and fails the test if no answer comes.
func (p *process) get(path string) answer {
	p.t.Helper()
	return p.send(request{path: path})
}

// send fails the test if no answer comes.
func (p *process) send(r request) answer {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	a, err := p.try(ctx, r)
	if err != nil {
		p.t.Fatal(err)
	}
	return a
}

// try sends the request on a new connection.
func (p *process) try(ctx context.Context, r request) (answer, error) {
	dialer := &net.Dialer{}
	if r.from != "" {
		dialer.LocalAddr = &net.TCPAddr{IP: net.ParseIP(r.from)}
	}
	transport := &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true, DisableCompression: true}
	outgoing, err := http.NewRequestWithContext(ctx, r.method, "http://"+p.address()+r.path, strings.NewReader(r.body))
	if err != nil {
		return answer{}, err
	}
	for name, value := range r.header {
		outgoing.Header.Set(name, value)
	}
	response, err := transport.RoundTrip(outgoing)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, string(body)}, err
}

// converse sends the requests one after another on one connection and returns
// the answers without their dates.
func (p *process) converse(requests []request) []answer {
	p.t.Helper()
	connection := p.dial()
	reader := bufio.NewReader(connection)
	answers := make([]answer, len(requests))
	for i, r := range requests {
		outgoing, err := http.NewRequest(r.method, "http://"+p.address()+r.path, strings.NewReader(r.body))
		if err != nil {
			p.t.Fatal(err)
		}
		for name, value := range r.header {
			outgoing.Header.Set(name, value)
		}
		if err := outgoing.Write(connection); err != nil {
			p.t.Fatal(err)
		}
		answers[i] = p.read(reader)
		answers[i].header.Del("Date")
	}
	return answers
}

// dial opens a connection that is closed at the end of the test; reads and
// writes time out.
func (p *process) dial() net.Conn {
	p.t.Helper()
	connection, err := net.Dial("tcp", p.address())
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { connection.Close() })
	_ = connection.SetDeadline(time.Now().Add(timeout))
	return connection
}

// read reads the next answer from a connection.
func (p *process) read(from *bufio.Reader) answer {
	p.t.Helper()
	response, err := http.ReadResponse(from, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(body)}
}

// requestCounts gets the exact counts of a target.
func (p *process) requestCounts() map[string]uint64 {
	p.t.Helper()
	var counts struct{ Requests map[string]uint64 }
	p.get("/debug/counts").decode(p.t, &counts)
	return counts.Requests
}
