// Package memory takes memory on purpose, for targets and workers that are to
// be ended for want of it.
package memory

import "runtime"

const (
	block = 1 << 20
	// most is kept within bounds for a machine on which nothing ends the process.
	most = 512
	page = 4096
)

// Fill takes memory, and uses it, until the kernel ends the process; at most
// 512 MiB, which it then holds for as long as the process lives.
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
