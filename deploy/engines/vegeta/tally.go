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
//
// Each planned request is one of: sent and answered in time; sent and lost; lost for want of a
// connection; left out because this process was late. All but the last have a latency, which counts
// from when the request was due.
type tally struct {
	schedule schedule
	timeout  time.Duration
	// seen counts the requests that vegeta has started; those left out have the numbers after them.
	seen     uint64
	unsent   []uint64 // started after the load had ended
	sent     int64
	replies  int64
	failures map[string]int64
	refused  int64 // replies with a status above 399
	// due holds the latencies of replies, lost the lower bounds of those of lost requests, lag the
	// send delays of sent requests.
	due, lost, lag *latencies
	series         series
	seconds        []*latencies
	// lastReply is when the last reply was read, since the gate.
	lastReply time.Duration
	metrics   vegeta.Metrics
}

func newTally(schedule schedule, timeout time.Duration, seconds bool) *tally {
	made := &tally{
		schedule: schedule,
		timeout:  timeout,
		failures: map[string]int64{},
		due:      newLatencies(),
		lost:     newLatencies(),
		lag:      newLatencies(),
		series:   newSeries(schedule.length),
	}
	if seconds {
		made.seconds = make([]*latencies, int((schedule.length+time.Second-1)/time.Second))
	}
	return made
}

func (t *tally) add(gate time.Time, result *vegeta.Result) {
	t.seen++
	kind := ""
	if result.Code == 0 {
		kind = kindOf(result.Error)
	}
	if kind == kindUnsent {
		t.unsent = append(t.unsent, result.Seq)
		return
	}
	t.metrics.Add(result)
	due := t.schedule.due(result.Seq)
	lag := result.Timestamp.Sub(gate) - due
	if kind != kindConnect {
		t.sent++
		t.lag.add(lag)
	}
	if kind == "" {
		t.reply(due, lag+result.Latency, result.Code)
		return
	}
	t.lose(kind, due, lag+max(t.timeout, result.Latency))
}

func (t *tally) reply(due, latency time.Duration, status uint16) {
	t.replies++
	if status > 399 {
		t.refused++
	}
	t.due.add(latency)
	t.series.add(due + latency)
	t.lastReply = max(t.lastReply, due+latency)
	t.second(due, latency)
}

// lose counts a request without a whole reply in time; its latency is at least this.
func (t *tally) lose(kind string, due, atLeast time.Duration) {
	t.failures[kind]++
	t.lost.add(atLeast)
	t.second(due, atLeast)
}

// finish counts the requests that were left out. Those due before full found all connections in use
// and are lost; the others were left out because this process was late, which is not the target's
// fault.
func (t *tally) finish(full time.Duration) {
	for number := t.seen; number < t.schedule.planned; number++ {
		t.unsent = append(t.unsent, number)
	}
	for _, number := range t.unsent {
		if due := t.schedule.due(number); due <= full {
			t.lose(kindConnect, due, max(t.timeout, t.schedule.length-due))
		}
	}
	t.metrics.Close()
}

// second adds a latency to those of the requests that should have gone in the same second.
func (t *tally) second(due, latency time.Duration) {
	if t.seconds == nil {
		return
	}
	index := min(int(due/time.Second), len(t.seconds)-1)
	if t.seconds[index] == nil {
		t.seconds[index] = newLatencies()
	}
	t.seconds[index].add(latency)
}
