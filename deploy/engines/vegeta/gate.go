package main

import (
	"time"

	"golang.org/x/sys/unix"
)

// sleep is more precise than time.Sleep, whose resolution of a millisecond would add half a millisecond
// to each latency. It blocks a thread of the runtime.
func sleep(wait time.Duration) {
	if wait > 0 {
		left := unix.NsecToTimespec(wait.Nanoseconds())
		for unix.Nanosleep(&left, &left) == unix.EINTR {
			// Interrupted by a signal of the Go runtime.
		}
	}
}

// sleepUntil waits for an absolute time of the wall clock, also if the clock is set meanwhile.
func sleepUntil(gate time.Time) {
	until := unix.NsecToTimespec(gate.UnixNano())
	for unix.ClockNanosleep(unix.CLOCK_REALTIME, unix.TIMER_ABSTIME, &until, nil) == unix.EINTR {
		// Interrupted by a signal of the Go runtime.
	}
}
