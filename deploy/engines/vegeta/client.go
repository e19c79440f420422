package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"time"
)

// mostConnections is as many as one process may hold, with room for its own files.
const mostConnections = 19_000

// failure is why a request has no reply, in a form that survives vegeta, which keeps only texts.
type failure struct {
	kind  string
	cause error
}

const (
	kindConnect = "connect"
	kindRead    = "read"
	kindWrite   = "write"
	kindTimeout = "timeout"
	mark        = "podium-failure="
)

func (f failure) Error() string { return mark + f.kind + " " + f.cause.Error() }

// kindOf reads the kind out of a text; what bears none broke while a reply was awaited.
func kindOf(text string) string {
	_, rest, found := strings.Cut(text, mark)
	if !found {
		return kindRead
	}
	kind, _, _ := strings.Cut(rest, " ")
	return kind
}

// newClient makes a client that looks the target's name up once, so that no request waits for that,
// and that sends nothing of its own.
func newClient(plan plan, counters *counters) (*http.Client, error) {
	target, err := url.Parse(plan.URL)
	if err != nil {
		return nil, err
	}
	address, err := net.ResolveTCPAddr("tcp", target.Host)
	if err != nil {
		return nil, fmt.Errorf("unable to connect to %s: %w", target.Host, err)
	}
	dialer := net.Dialer{}
	transport := &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			connection, err := dialer.DialContext(ctx, "tcp", address.String())
			if err != nil {
				return nil, failure{kindConnect, err}
			}
			return counted{connection, counters}, nil
		},
		DisableCompression:  true,
		DisableKeepAlives:   !plan.KeepAlive,
		MaxIdleConnsPerHost: mostConnections,
		MaxIdleConns:        mostConnections,
	}
	timeout := time.Duration(plan.TimeoutMicros) * time.Microsecond
	return &http.Client{
		Transport: classified{transport, timeout, counters},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}, nil
}

// counted counts the bytes that come in.
type counted struct {
	net.Conn
	counters *counters
}

func (c counted) Read(into []byte) (int, error) {
	n, err := c.Conn.Read(into)
	c.counters.bytes.Add(int64(n))
	return n, err
}

// classified sends requests bare, gives each the load's timeout, and says of each failure of which
// kind it is.
type classified struct {
	transport http.RoundTripper
	timeout   time.Duration
	counters  *counters
}

func (c classified) RoundTrip(request *http.Request) (*http.Response, error) {
	request.Header.Del("X-Vegeta-Seq")
	c.counters.sent.Add(1)
	ctx, cancel := context.WithTimeout(request.Context(), c.timeout)
	if c.counters.awaitsFirst() {
		ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
			GotConn: func(httptrace.GotConnInfo) { c.counters.firstSent() },
		})
	}
	reply, err := c.transport.RoundTrip(request.WithContext(ctx))
	if err != nil {
		defer cancel()
		return nil, classify(ctx, err)
	}
	reply.Body = &body{ReadCloser: reply.Body, ctx: ctx, cancel: cancel, counters: c.counters}
	return reply, nil
}

func classify(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return failure{kindTimeout, err}
	}
	var known failure
	if errors.As(err, &known) {
		return known
	}
	var operation *net.OpError
	if errors.As(err, &operation) && operation.Op == "write" {
		return failure{kindWrite, err}
	}
	return failure{kindRead, err}
}

// body gives the timeout's timer back and counts the reply once it is read to its end.
type body struct {
	io.ReadCloser
	ctx      context.Context
	cancel   context.CancelFunc
	counters *counters
	whole    bool
}

func (b *body) Read(into []byte) (int, error) {
	n, err := b.ReadCloser.Read(into)
	switch {
	case err == io.EOF && !b.whole:
		b.whole = true
		b.counters.replies.Add(1)
	case err != nil && err != io.EOF:
		err = classify(b.ctx, err)
	}
	return n, err
}

func (b *body) Close() error {
	defer b.cancel()
	return b.ReadCloser.Close()
}
