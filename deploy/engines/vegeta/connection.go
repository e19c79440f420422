package main

import (
	"errors"
	"net"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// maxHeadBytes is the maximum length of the head of a reply, including interim replies before it.
const maxHeadBytes = 10 << 20

var errHeadTooLong = errors.New("the head of the reply is too long")

// connection counts the bytes read from it. It is used by one request at a time.
type connection struct {
	*net.TCPConn
	raw syscall.RawConn
	in  int64
	// maxIn is the value of in at which the head being read is too long; 0 if no head is being read.
	maxIn int64
}

func (c *connection) Read(into []byte) (int, error) {
	if c.maxIn > 0 && c.in >= c.maxIn {
		return 0, errHeadTooLong
	}
	n, err := c.TCPConn.Read(into)
	c.in += int64(n)
	return n, err
}

// reusable returns whether the target has neither closed the connection nor sent unexpected bytes. It
// does not block and consumes no bytes.
func (c *connection) reusable() bool {
	reusable := false
	err := c.raw.Control(func(descriptor uintptr) {
		var one [1]byte
		_, _, err := unix.Recvfrom(int(descriptor), one[:], unix.MSG_PEEK|unix.MSG_DONTWAIT)
		reusable = err == unix.EAGAIN
	})
	return err == nil && reusable
}

// pool holds the idle connections. The one used last is taken first, so that no more connections than
// needed stay in use.
type pool struct {
	address string
	lock    sync.Mutex
	idle    []*connection
}

func (p *pool) take() *connection {
	p.lock.Lock()
	defer p.lock.Unlock()
	last := len(p.idle) - 1
	if last < 0 {
		return nil
	}
	taken := p.idle[last]
	p.idle = p.idle[:last]
	return taken
}

func (p *pool) put(back *connection) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.idle = append(p.idle, back)
}

func (p *pool) dial(deadline time.Time) (*connection, error) {
	// No TCP keep-alive probes: the deadline of a request detects a dead peer.
	dialer := net.Dialer{Deadline: deadline, KeepAlive: -1}
	dialled, err := dialer.Dial("tcp", p.address)
	if err != nil {
		return nil, err
	}
	made := &connection{TCPConn: dialled.(*net.TCPConn)}
	if made.raw, err = made.SyscallConn(); err != nil {
		return nil, errors.Join(err, made.Close())
	}
	return made, nil
}
