package main

import (
	"time"

	"golang.org/x/sys/unix"
)

// sleepUntil waits by the wall clock, absolutely: a clock that is set meanwhile moves the gate too.
func sleepUntil(gate time.Time) {
	until := unix.NsecToTimespec(gate.UnixNano())
	for unix.ClockNanosleep(unix.CLOCK_REALTIME, unix.TIMER_ABSTIME, &until, nil) == unix.EINTR {
		// Go's own signals interrupt it.
	}
}
