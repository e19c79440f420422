package main

import "time"

const (
	shortSlot, longSlot = 100 * time.Millisecond, time.Second
	// mostShort is how long a phase with short slots may be.
	mostShort = 10 * time.Minute
	// mostSlots is a day by the second; longer phases have no series.
	mostSlots = 86_400
)

// series counts whole replies by the time at which they were read, since the gate. Its last slot
// includes those read after the end of the phase.
type series struct {
	slot   time.Duration
	counts []int64
}

func newSeries(length time.Duration) series {
	slot := shortSlot
	if length > mostShort {
		slot = longSlot
	}
	slots := (length + slot - 1) / slot
	if slots > mostSlots {
		slots = 0
	}
	return series{slot, make([]int64, slots)}
}

func (s series) add(at time.Duration) {
	if len(s.counts) == 0 {
		return
	}
	s.counts[min(max(0, int(at/s.slot)), len(s.counts)-1)]++
}
