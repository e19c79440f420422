package main

import (
	"time"

	hdr "github.com/HdrHistogram/hdrhistogram-go"
	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// The range and precision of the histograms are those of Podium's Java histograms.
const (
	maxMicros = 60_000_000
	digits    = 3
)

// latencies has a resolution of microseconds; sum and maximum are exact.
type latencies struct {
	histogram *hdr.Histogram
	sum, max  int64
}

func newLatencies() *latencies {
	return &latencies{histogram: hdr.New(1, maxMicros, digits)}
}

func (l *latencies) add(latency time.Duration) {
	value := min(max(latency.Microseconds(), 0), maxMicros)
	// Cannot fail within the range.
	_ = l.histogram.RecordValue(value)
	l.sum += value
	l.max = max(l.max, value)
}

// tally aggregates the results of a phase.
//
// Each planned request is one of: sent and answered in time; sent and lost; lost because there was no
// connection; skipped because this process was late. All but the last have a latency, which starts at
// the scheduled send time.
type tally struct {
	schedule schedule
	timeout  time.Duration
	// started counts the requests that vegeta has started; skipped ones have the numbers after them.
	started      uint64
	unsent       []uint64 // started after the load had ended
	sent         int64
	replies      int64
	failures     map[string]int64
	errorReplies int64 // replies with a status above 399
	// due has the latencies of replies, lost the lower bounds of those of lost requests, sendDelay the
	// delays of sent requests.
	due, lost, sendDelay *latencies
	series               series
	seconds              []*latencies
	// lastReply is when the last reply was read, relative to the gate.
	lastReply time.Duration
	metrics   vegeta.Metrics
}

func newTally(schedule schedule, timeout time.Duration, seconds bool) *tally {
	made := &tally{
		schedule:  schedule,
		timeout:   timeout,
		failures:  map[string]int64{},
		due:       newLatencies(),
		lost:      newLatencies(),
		sendDelay: newLatencies(),
		series:    newSeries(schedule.length),
	}
	if seconds {
		made.seconds = make([]*latencies, int((schedule.length+time.Second-1)/time.Second))
	}
	return made
}

func (t *tally) add(gate time.Time, result *vegeta.Result) {
	t.started++
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
	delay := result.Timestamp.Sub(gate) - due
	if kind != kindConnect {
		t.sent++
		t.sendDelay.add(delay)
	}
	if kind == "" {
		t.addReply(due, delay+result.Latency, result.Code)
		return
	}
	t.addLost(kind, due, delay+max(t.timeout, result.Latency))
}

func (t *tally) addReply(due, latency time.Duration, status uint16) {
	t.replies++
	if status > 399 {
		t.errorReplies++
	}
	t.due.add(latency)
	t.series.add(due + latency)
	t.lastReply = max(t.lastReply, due+latency)
	t.addToSecond(due, latency)
}

// addLost counts a request without a complete reply in time; its latency is at least this.
func (t *tally) addLost(kind string, due, atLeast time.Duration) {
	t.failures[kind]++
	t.lost.add(atLeast)
	t.addToSecond(due, atLeast)
}

// finish counts the requests that were not started. Those due before full had no connection, because all
// were in use, and are lost; the others were skipped because this process was late, which is not the
// target's fault.
func (t *tally) finish(full time.Duration) {
	for number := t.started; number < t.schedule.planned; number++ {
		t.unsent = append(t.unsent, number)
	}
	for _, number := range t.unsent {
		if due := t.schedule.due(number); due <= full {
			t.addLost(kindConnect, due, max(t.timeout, t.schedule.length-due))
		}
	}
	t.metrics.Close()
}

// addToSecond adds a latency to the histogram of the second in which the request was due.
func (t *tally) addToSecond(due, latency time.Duration) {
	if t.seconds == nil {
		return
	}
	index := min(int(due/time.Second), len(t.seconds)-1)
	if t.seconds[index] == nil {
		t.seconds[index] = newLatencies()
	}
	t.seconds[index].add(latency)
}
