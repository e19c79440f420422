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

// maxConnections is the limit of connections of one process, with some file descriptors left.
const maxConnections = 19_000

var (
	errEnded = errors.New("the load ended before the request could be sent")
	errLate  = errors.New("the reply was complete after the timeout")
	// errMalformed does not contain the received bytes, because vegeta retains each distinct error.
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

// transport sends the requests of a phase over HTTP/1.1, each at most once and without additional
// headers. Go's transport is not used because it retries idempotent requests on broken connections, so
// that the target would serve requests that are not counted.
type transport struct {
	pool      *pool
	keepAlive bool
	timeout   time.Duration
	counters  *shared
	// recordsFirst is whether the time of the first request is recorded.
	recordsFirst bool
	// maxInFlight is the maximum number of requests in flight.
	maxInFlight int64
	// Requests are sent between gate and ends.
	gate, ends time.Time

	inFlight atomic.Int64
	// fullNanos is the last time with the maximum number of requests in flight, relative to the gate;
	// negative if there was none.
	fullNanos atomic.Int64
	// bytes counts bytes read, including those of incomplete replies.
	bytes atomic.Int64
	// reconnects counts idle connections that were found closed or with unexpected bytes before a request
	// was written.
	reconnects atomic.Int64
}

func newTransport(plan plan, kind kind, pool *pool, counters *shared) *transport {
	made := &transport{
		pool:         pool,
		keepAlive:    plan.KeepAlive,
		timeout:      plan.timeout(),
		counters:     counters,
		recordsFirst: kind == measured,
		maxInFlight:  plan.maxInFlight,
	}
	made.fullNanos.Store(math.MinInt64)
	return made
}

// full returns the time until which all connections were in use, so that no more requests could be sent.
func (t *transport) full() time.Duration { return time.Duration(t.fullNanos.Load()) }

// RoundTrip returns after the complete reply was read; the returned reply has an empty body.
func (t *transport) RoundTrip(request *http.Request) (*http.Response, error) {
	start := time.Now()
	if start.After(t.ends) {
		return nil, failed(kindUnsent, errEnded)
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
	// After this another goroutine may use the connection.
	t.release(connection, t.keepAlive && keepsAlive(request, reply), buffers.in.Buffered() > 0)
	return reply, nil
}

func (t *transport) leave() {
	if t.inFlight.Add(-1) == t.maxInFlight-1 {
		t.fullNanos.Store(int64(time.Since(t.gate)))
	}
}

// connect takes an idle connection or dials a new one. A closed connection can be replaced, because
// nothing of this request was written to it.
func (t *transport) connect(deadline time.Time) (*connection, error) {
	for {
		idle := t.pool.take()
		if idle == nil {
			return t.pool.dial(deadline)
		}
		if idle.reusable() {
			return idle, nil
		}
		t.reconnects.Add(1)
		idle.Close()
	}
}

// exchange writes a request and reads its reply. It never retries, because a byte may have been written.
func (t *transport) exchange(
	connection *connection, buffers *buffers, request *http.Request, deadline time.Time,
) (*http.Response, error) {
	if err := connection.SetDeadline(deadline); err != nil {
		return nil, failed(kindConnect, err)
	}
	t.counters.sent.Add(1)
	if t.recordsFirst && t.counters.firstMicros.Load() == 0 {
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

// readReply reads a complete reply and skips interim (1xx) replies before it.
func readReply(connection *connection, in *bufio.Reader, request *http.Request) (*http.Response, error) {
	connection.maxIn = connection.in + maxHeadBytes
	reply, err := readHead(in, request)
	for err == nil && interim(reply.StatusCode) {
		reply, err = readHead(in, request)
	}
	if err != nil {
		return nil, err
	}
	connection.maxIn = 0
	if _, err := io.Copy(io.Discard, reply.Body); err != nil {
		return nil, err
	}
	reply.Body = http.NoBody
	// vegeta retains each distinct status line of an error reply.
	reply.Status = fmt.Sprint(reply.StatusCode, " ", http.StatusText(reply.StatusCode))
	// Redirects are not followed, but http.Client would fail on a malformed Location.
	reply.Header.Del("Location")
	return reply, nil
}

// readHead rejects statuses below 100, because 0 means failure in vegeta.
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

// keepsAlive returns whether neither side asked to close the connection after this reply.
func keepsAlive(request *http.Request, reply *http.Response) bool {
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
