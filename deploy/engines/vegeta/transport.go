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
	errOver = errors.New("the load was over before it could go")
	errLate = errors.New("the reply was whole too late")
)

// newPool looks the target's name up once, so that no request waits for that.
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

// transport sends the requests of a phase over HTTP/1.1, each bare and at most once: Go's own sends
// some of them again if their connection breaks, which the target has to serve and nobody counts.
type transport struct {
	pool      *pool
	keepAlive bool
	timeout   time.Duration
	counters  *shared
	// notesFirst is whether the instant of the first request is noted.
	notesFirst bool
	// most is how many requests can be under way at once.
	most int64
	// From gate on requests go, until ends.
	gate, ends time.Time

	underWay atomic.Int64
	// fullNanos is when as many as can be were last under way, since the gate; below 0: never.
	fullNanos atomic.Int64
	// bytes were read of replies, of broken ones, too.
	bytes atomic.Int64
	// reconnects counts the kept connections that were found ended before anything was written.
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

// full is until when as many requests as can be were under way, so that no other could go.
func (t *transport) full() time.Duration { return time.Duration(t.fullNanos.Load()) }

// RoundTrip is over when the whole reply was read; what it returns has no body any more.
func (t *transport) RoundTrip(request *http.Request) (*http.Response, error) {
	start := time.Now()
	if start.After(t.ends) {
		return nil, failed(kindUnsent, errOver)
	}
	t.underWay.Add(1)
	defer t.leave()

	request.Header.Del("X-Vegeta-Seq")
	request.Close = !t.keepAlive
	memory := memories.Get().(*memory)
	defer memories.Put(memory)
	memory.out.Reset()
	if err := request.Write(&memory.out); err != nil {
		return nil, failed(kindUnsent, err)
	}
	deadline := start.Add(t.timeout)
	connection, err := t.connect(deadline)
	if err != nil {
		return nil, failed(kindConnect, err)
	}
	before := connection.in
	reply, err := t.exchange(connection, memory, request, deadline)
	t.bytes.Add(connection.in - before)
	if err != nil {
		connection.Close()
		return nil, err
	}
	// Another request may have it at once.
	t.release(connection, t.keepAlive && keeps(request, reply), memory.in.Buffered() > 0)
	return reply, nil
}

func (t *transport) leave() {
	if t.underWay.Add(-1) == t.most-1 {
		t.fullNanos.Store(int64(time.Since(t.gate)))
	}
}

// connect takes a kept connection or makes a new one. One that has ended is replaced: nothing of
// this request was written into it.
func (t *transport) connect(deadline time.Time) (*connection, error) {
	for {
		kept := t.pool.take()
		if kept == nil {
			return t.pool.dial(deadline)
		}
		if kept.silent() {
			return kept, nil
		}
		t.reconnects.Add(1)
		kept.Close()
	}
}

// exchange writes a request and reads its reply. From its first byte on nothing is tried again.
func (t *transport) exchange(
	connection *connection, memory *memory, request *http.Request, deadline time.Time,
) (*http.Response, error) {
	if err := connection.SetDeadline(deadline); err != nil {
		return nil, failed(kindConnect, err)
	}
	t.counters.sent.Add(1)
	if t.notesFirst && t.counters.firstMicros.Load() == 0 {
		t.counters.firstMicros.CompareAndSwap(0, time.Now().UnixMicro())
	}
	if _, err := connection.Write(memory.out.Bytes()); err != nil {
		return nil, failed(kindWrite, err)
	}
	memory.in.Reset(connection)
	reply, err := readReply(connection, memory.in, request)
	if err != nil {
		return nil, failed(kindRead, err)
	}
	if time.Now().After(deadline) {
		return nil, failed(kindTimeout, errLate)
	}
	t.counters.replies.Add(1)
	return reply, nil
}

// release keeps a connection for further requests, unless more came than its reply.
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

// readReply reads a reply to its end, and the interim ones before it.
func readReply(connection *connection, in *bufio.Reader, request *http.Request) (*http.Response, error) {
	connection.headEnds = connection.in + mostHeadBytes
	reply, err := http.ReadResponse(in, request)
	for err == nil && interim(reply.StatusCode) {
		reply, err = http.ReadResponse(in, request)
	}
	if err != nil {
		return nil, err
	}
	connection.headEnds = 0
	if _, err := io.Copy(io.Discard, reply.Body); err != nil {
		return nil, err
	}
	reply.Body = http.NoBody
	// Where a redirect leads is of no interest, and one that Go cannot read is a reply, too.
	reply.Header.Del("Location")
	return reply, nil
}

func interim(status int) bool {
	return status >= 100 && status < 200 && status != http.StatusSwitchingProtocols
}

// keeps is whether both sides leave the connection to further requests.
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

// memory is what a request needs while it is under way.
type memory struct {
	out bytes.Buffer
	in  *bufio.Reader
}

var memories = sync.Pool{New: func() any { return &memory{in: bufio.NewReader(nil)} }}
