package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// mostConnections is as many as one process may hold, with room for its own files.
const mostConnections = 19_000

var (
	errOver = errors.New("the load ended before the request could be sent")
	errLate = errors.New("the reply was complete after the timeout")
	// errMalformed hides what was received: vegeta keeps and prints each distinct error.
	errMalformed = errors.New("malformed HTTP reply")
)

// newPool resolves the target's name once, so that no request waits for DNS.
func newPool(plan plan) (*pool, error) {
	target, err := url.Parse(plan.URL)
	if err != nil {
		return nil, err
	}
	address, err := net.ResolveTCPAddr("tcp", target.Host)
	if err != nil {
		return nil, fmt.Errorf("unable to connect to %s: %w", target.Host, err)
	}
	return &pool{address: address.String()}, nil
}

// transport sends the requests of a phase over HTTP/1.1, each at most once and without headers of
// its own. Go's transport retries idempotent requests on broken connections: the target then serves
// requests that nobody counts.
type transport struct {
	pool      *pool
	keepAlive bool
	timeout   time.Duration
	counters  *shared
	// notesFirst is whether the time of the first request is recorded.
	notesFirst bool
	// most is how many requests can be in flight at once.
	most int64
	// Requests are sent between gate and ends.
	gate, ends time.Time

	inFlight atomic.Int64
	// fullNanos is when most requests were last in flight, since the gate; negative: never.
	fullNanos atomic.Int64
	// bytes read, those of incomplete replies included.
	bytes atomic.Int64
	// reconnects counts idle connections found closed, or with unexpected bytes, before a request was
	// written.
	reconnects atomic.Int64
}

func newTransport(plan plan, kind kind, pool *pool, counters *shared) *transport {
	made := &transport{
		pool:       pool,
		keepAlive:  plan.KeepAlive,
		timeout:    plan.timeout(),
		counters:   counters,
		notesFirst: kind == measured,
		most:       plan.most,
	}
	made.fullNanos.Store(math.MinInt64)
	return made
}

// full is until when all connections were in use, so that no further request could be sent.
func (t *transport) full() time.Duration { return time.Duration(t.fullNanos.Load()) }

// RoundTrip returns after the whole reply was read; the body of what it returns is empty.
func (t *transport) RoundTrip(request *http.Request) (*http.Response, error) {
	start := time.Now()
	if start.After(t.ends) {
		return nil, failed(kindUnsent, errOver)
	}
	t.inFlight.Add(1)
	defer t.leave()

	request.Header.Del("X-Vegeta-Seq")
	request.Close = !t.keepAlive
	buffers := bufferPool.Get().(*buffers)
	defer bufferPool.Put(buffers)
	buffers.out.Reset()
	if err := request.Write(&buffers.out); err != nil {
		return nil, failed(kindUnsent, err)
	}
	deadline := start.Add(t.timeout)
	connection, err := t.connect(deadline)
	if err != nil {
		return nil, failed(kindConnect, err)
	}
	before := connection.in
	reply, err := t.exchange(connection, buffers, request, deadline)
	t.bytes.Add(connection.in - before)
	if err != nil {
		connection.Close()
		return nil, err
	}
	// From here on another goroutine may use the connection.
	t.release(connection, t.keepAlive && keeps(request, reply), buffers.in.Buffered() > 0)
	return reply, nil
}

func (t *transport) leave() {
	if t.inFlight.Add(-1) == t.most-1 {
		t.fullNanos.Store(int64(time.Since(t.gate)))
	}
}

// connect takes an idle connection or dials a new one. A closed one is replaced: nothing of this
// request was written to it.
func (t *transport) connect(deadline time.Time) (*connection, error) {
	for {
		kept := t.pool.take()
		if kept == nil {
			return t.pool.dial(deadline)
		}
		if kept.reusable() {
			return kept, nil
		}
		t.reconnects.Add(1)
		kept.Close()
	}
}

// exchange writes a request and reads its reply. It never retries: a byte may have been written.
func (t *transport) exchange(
	connection *connection, buffers *buffers, request *http.Request, deadline time.Time,
) (*http.Response, error) {
	if err := connection.SetDeadline(deadline); err != nil {
		return nil, failed(kindConnect, err)
	}
	t.counters.sent.Add(1)
	if t.notesFirst && t.counters.firstMicros.Load() == 0 {
		t.counters.firstMicros.CompareAndSwap(0, time.Now().UnixMicro())
	}
	if _, err := connection.Write(buffers.out.Bytes()); err != nil {
		return nil, failed(kindWrite, err)
	}
	buffers.in.Reset(connection)
	reply, err := readReply(connection, buffers.in, request)
	if err != nil {
		return nil, failed(kindRead, err)
	}
	if time.Now().After(deadline) {
		return nil, failed(kindTimeout, errLate)
	}
	t.counters.replies.Add(1)
	return reply, nil
}

// release returns a connection to the pool, unless more bytes than the reply were read from it.
func (t *transport) release(connection *connection, keep, excess bool) {
	if keep && !excess {
		t.pool.put(connection)
		return
	}
	if keep {
		t.reconnects.Add(1)
	}
	connection.Close()
}

// readReply reads a whole reply, and skips interim (1xx) replies before it.
func readReply(connection *connection, in *bufio.Reader, request *http.Request) (*http.Response, error) {
	connection.headEnds = connection.in + mostHeadBytes
	reply, err := readHead(in, request)
	for err == nil && interim(reply.StatusCode) {
		reply, err = readHead(in, request)
	}
	if err != nil {
		return nil, err
	}
	connection.headEnds = 0
	if _, err := io.Copy(io.Discard, reply.Body); err != nil {
		return nil, err
	}
	reply.Body = http.NoBody
	// vegeta keeps each distinct status line of a refused request.
	reply.Status = fmt.Sprint(reply.StatusCode, " ", http.StatusText(reply.StatusCode))
	// Redirects are not followed, and http.Client fails on a Location that it cannot parse.
	reply.Header.Del("Location")
	return reply, nil
}

// readHead accepts statuses from 100 on: vegeta takes 0 for a failure.
func readHead(in *bufio.Reader, request *http.Request) (*http.Response, error) {
	reply, err := http.ReadResponse(in, request)
	var network net.Error
	switch {
	case err == nil && reply.StatusCode < 100:
		return nil, errMalformed
	case err == nil, errors.As(err, &network), errors.Is(err, errHeadTooLong),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return reply, err
	default:
		return nil, errMalformed
	}
}

func interim(status int) bool {
	return status >= 100 && status < 200 && status != http.StatusSwitchingProtocols
}

// keeps is whether neither side asked to close the connection after this reply.
func keeps(request *http.Request, reply *http.Response) bool {
	if reply.Close || reply.StatusCode == http.StatusSwitchingProtocols {
		return false
	}
	for _, value := range request.Header["Connection"] {
		for token := range strings.SplitSeq(value, ",") {
			if strings.EqualFold(strings.TrimSpace(token), "close") {
				return false
			}
		}
	}
	return true
}

// buffers are used by one request while it is in flight.
type buffers struct {
	out bytes.Buffer
	in  *bufio.Reader
}

var bufferPool = sync.Pool{New: func() any { return &buffers{in: bufio.NewReader(nil)} }}
