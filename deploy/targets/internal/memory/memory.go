// Package memory allocates memory, for tests of targets and workers that are
// OOM-killed.
package memory

import "runtime"

const (
	block = 1 << 20
	// Bounded for machines without a memory limit.
	most = 512
	page = 4096
)

// Fill allocates and writes memory until the process is OOM-killed, or until
// 512 MiB, which it then holds until the process ends.
func Fill() {
	held := make([][]byte, 0, most)
	for range most {
		taken := make([]byte, block)
		for i := 0; i < block; i += page {
			taken[i] = 1
		}
		held = append(held, taken)
	}
	<-make(chan struct{})
	runtime.KeepAlive(held)
}
