package main

import "time"

const (
	shortSlot, longSlot = 100 * time.Millisecond, time.Second
	// maxShortLength is the maximum length of a phase with short slots.
	maxShortLength = 10 * time.Minute
	// maxSlots is a day in seconds; longer phases have no series.
	maxSlots = 86_400
)

// series counts complete replies by the time at which they were read, relative to the gate. Its last
// slot includes those read after the end of the phase.
type series struct {
	slot   time.Duration
	counts []int64
}

func newSeries(length time.Duration) series {
	slot := shortSlot
	if length > maxShortLength {
		slot = longSlot
	}
	slots := (length + slot - 1) / slot
	if slots > maxSlots {
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
