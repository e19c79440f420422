package main

import (
	"os"
	"sync/atomic"
	"unsafe"

	"golang.org/x/sys/unix"
)

// shared is what the worker can read while this program runs, and after it was killed. Its form
// is that of the Java class VegetaCounters.
type shared struct {
	// sent counts the requests of which a byte may have been written, each just before its first.
	sent        atomic.Int64
	replies     atomic.Int64 // whole, and in time
	firstMicros atomic.Int64 // since 1970; of the measured part
}

// openCounters maps a file that exists and is large enough.
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
