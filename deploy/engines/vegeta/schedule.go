package main

import (
	"math"
	"time"
)

// schedule has the send time of each request of a worker, relative to the gate.
//
// All workers send their first request at the gate. The others are interleaved, so that the workers
// together send evenly: worker i of n sends its k-th request when k + i/n requests of its share are due.
type schedule struct {
	from, to float64 // requests per nanosecond of this worker
	phase    float64 // i/n
	length   time.Duration
	planned  uint64
}

func newSchedule(fromRate, toRate, worker, workers int64, length time.Duration) schedule {
	share := 1e9 * float64(workers)
	made := schedule{
		from:   float64(fromRate) / share,
		to:     float64(toRate) / share,
		phase:  float64(worker) / float64(workers),
		length: length,
	}
	due := (made.from + made.to) / 2 * float64(length)
	// Rates are integers, so a deviation from an integer is a rounding error.
	made.planned = uint64(math.Max(1, math.Ceil(due-made.phase-1e-6)))
	return made
}

// due returns the send time of the k-th request, k from 0.
//
// The number of requests due after t is from*t + (to-from)/(2*length) * t^2; this is its inverse.
func (s schedule) due(k uint64) time.Duration {
	if k == 0 {
		return 0
	}
	number := float64(k) + s.phase
	slope := (s.to - s.from) / float64(s.length)
	root := math.Sqrt(math.Max(0, s.from*s.from+2*slope*number))
	return time.Duration(math.Round(2 * number / (s.from + root)))
}

// maxLateness is how long after its end a load may still send, because a busy machine delays it.
const maxLateness = 250 * time.Millisecond

// pacer paces vegeta by a schedule. Requests that could not be sent in time are skipped; the number of
// planned requests then shows that the rate was missed.
type pacer struct {
	schedule schedule
	gate     time.Time
}

func (p pacer) Pace(_ time.Duration, hits uint64) (time.Duration, bool) {
	if hits >= p.schedule.planned || time.Since(p.gate) > p.schedule.length+maxLateness {
		return 0, true
	}
	sleep(p.schedule.due(hits) - time.Since(p.gate))
	return 0, false
}

func (p pacer) Rate(elapsed time.Duration) float64 {
	share := math.Min(1, float64(elapsed)/float64(p.schedule.length))
	return (p.schedule.from + (p.schedule.to-p.schedule.from)*share) * 1e9
}
