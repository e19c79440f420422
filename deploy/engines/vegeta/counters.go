package main

import (
	"os"
	"sync/atomic"
	"unsafe"

	"golang.org/x/sys/unix"
)

// shared is the counters file, which the worker can read while this program runs and after it was
// killed. The Java class VegetaCounters has the same layout.
type shared struct {
	// sent counts requests of which a byte may have been written; it is incremented before the first
	// byte of each.
	sent        atomic.Int64
	replies     atomic.Int64 // complete and in time
	firstMicros atomic.Int64 // of the measured part, since the epoch
}

// openCounters maps an existing file of the right size.
func openCounters(path string) (*shared, error) {
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
	return (*shared)(unsafe.Pointer(&memory[0])), nil
}
