package main

import (
	"time"

	"golang.org/x/sys/unix"
)

// sleep waits more exactly than Go does, which looks for timers each millisecond: half of that would be
// in every latency. It holds a thread of the runtime meanwhile.
func sleep(wait time.Duration) {
	if wait > 0 {
		left := unix.NsecToTimespec(wait.Nanoseconds())
		for unix.Nanosleep(&left, &left) == unix.EINTR {
			// Go's own signals interrupt it.
		}
	}
}

// sleepUntil waits by the wall clock, absolutely: a clock that is set meanwhile moves the gate too.
func sleepUntil(gate time.Time) {
	until := unix.NsecToTimespec(gate.UnixNano())
	for unix.ClockNanosleep(unix.CLOCK_REALTIME, unix.TIMER_ABSTIME, &until, nil) == unix.EINTR {
		// Go's own signals interrupt it.
	}
}
