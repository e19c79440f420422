package main

import (
	"time"

	hdr "github.com/HdrHistogram/hdrhistogram-go"
	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// The range and precision of the histograms, which are those of Podium's.
const (
	mostMicros = 60_000_000
	digits     = 3
)

// latencies holds whole microseconds; sum and maximum are exact.
type latencies struct {
	histogram *hdr.Histogram
	sum, max  int64
}

func newLatencies() *latencies {
	return &latencies{histogram: hdr.New(1, mostMicros, digits)}
}

func (l *latencies) add(latency time.Duration) {
	value := min(max(latency.Microseconds(), 0), mostMicros)
	// Cannot fail within the range.
	_ = l.histogram.RecordValue(value)
	l.sum += value
	l.max = max(l.max, value)
}

// tally sums the results of a phase up.
type tally struct {
	schedule schedule
	sent     int64
	replies  int64
	lost     map[string]int64
	refused  int64 // replies with a status above 399
	// due counts from when a request should have gone, lag until when it went.
	due, lag *latencies
	seconds  []*latencies
	// lastReply is when the last reply was read, since the gate.
	lastReply time.Duration
	metrics   vegeta.Metrics
}

func newTally(schedule schedule, seconds bool) *tally {
	made := &tally{
		schedule: schedule,
		lost:     map[string]int64{},
		due:      newLatencies(),
		lag:      newLatencies(),
	}
	if seconds {
		made.seconds = make([]*latencies, int((schedule.length+time.Second-1)/time.Second))
	}
	return made
}

func (t *tally) add(gate time.Time, result *vegeta.Result) {
	t.metrics.Add(result)
	t.sent++
	due := t.schedule.due(result.Seq)
	lag := result.Timestamp.Sub(gate) - due
	t.lag.add(lag)
	if result.Code == 0 {
		t.lost[kindOf(result.Error)]++
		return
	}
	t.replies++
	if result.Code > 399 {
		t.refused++
	}
	latency := lag + result.Latency
	t.due.add(latency)
	t.lastReply = max(t.lastReply, due+latency)
	if t.seconds != nil {
		t.second(due).add(latency)
	}
}

// second holds the latencies of the requests that should have gone in the same second.
func (t *tally) second(due time.Duration) *latencies {
	index := min(int(due/time.Second), len(t.seconds)-1)
	if t.seconds[index] == nil {
		t.seconds[index] = newLatencies()
	}
	return t.seconds[index]
}
