package main

import (
	"os"
	"sync/atomic"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// shared is what the load pod can read while this program runs, and after it was killed. Its form
// is that of the Java class VegetaCounters.
type shared struct {
	sent        atomic.Int64
	replies     atomic.Int64
	firstMicros atomic.Int64 // since 1970; of the measured part
}

type counters struct {
	*shared
	bytes    atomic.Int64 // read until now
	before   int64        // of them before the measured part
	measured atomic.Bool
}

// openCounters maps a file that exists and is large enough.
func openCounters(path string) (*counters, error) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	size := int(unsafe.Sizeof(shared{}))
	memory, err := unix.Mmap(int(file.Fd()), 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return nil, err
	}
	return &counters{shared: (*shared)(unsafe.Pointer(&memory[0]))}, nil
}

// begin says that the measured part has begun.
func (c *counters) begin() {
	c.before = c.bytes.Load()
	c.measured.Store(true)
}

func (c *counters) measuredBytes() int64 { return c.bytes.Load() - c.before }

func (c *counters) awaitsFirst() bool { return c.measured.Load() && c.firstMicros.Load() == 0 }

func (c *counters) firstSent() { c.firstMicros.CompareAndSwap(0, time.Now().UnixMicro()) }
