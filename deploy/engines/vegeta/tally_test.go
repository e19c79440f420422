package main

import (
	"testing"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

func tallyOf(length, timeout time.Duration) *tally {
	return newTally(newSchedule(10, 10, 0, 1, length), timeout, true)
}

// Request 5 is due after 500 ms.
func TestRecordsLostRequestsFromTheirScheduledTime(t *testing.T) {
	const timeout = 2 * time.Second
	for name, each := range map[string]struct {
		kind       string
		sent, took time.Duration
		want       time.Duration
	}{
		"broken at once":     {kindRead, 500 * time.Millisecond, time.Millisecond, timeout},
		"refused at once":    {kindConnect, 500 * time.Millisecond, time.Millisecond, timeout},
		"sent late, broken":  {kindRead, 800 * time.Millisecond, time.Millisecond, 2300 * time.Millisecond},
		"timeout":            {kindTimeout, 500 * time.Millisecond, 2001 * time.Millisecond, 2001 * time.Millisecond},
		"sent late, timeout": {kindTimeout, time.Second, 2001 * time.Millisecond, 2501 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			// Given
			gate := time.Now()
			tally := tallyOf(time.Second, timeout)
			// When
			tally.add(gate, &vegeta.Result{
				Seq: 5, Timestamp: gate.Add(each.sent), Latency: each.took,
				Error: failure{each.kind, errLate}.Error(),
			})
			// Then
			expect(t, "lost", tally.lost.histogram.TotalCount(), 1)
			expect(t, "waited", tally.lost.sum, each.want.Microseconds())
			expect(t, "in its second", tally.seconds[0].sum, each.want.Microseconds())
			expect(t, "replies", tally.due.histogram.TotalCount(), 0)
		})
	}
}

func TestLosesSkippedRequestsIfAllConnectionsWereInUse(t *testing.T) {
	for name, each := range map[string]struct {
		full time.Duration
		lost int64
		// waited has the waits until the end, and at least 200 ms.
		waited time.Duration
	}{
		"never":         {-1, 0, 0},
		"until the end": {5 * time.Second, 50, 127600 * time.Millisecond},
		"for 1 s":       {time.Second, 11, 49500 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			// Given: 50 are due, at 0, 100, 200 ms ...
			tally := tallyOf(5*time.Second, 200*time.Millisecond)
			gate := time.Now()
			tally.add(gate, &vegeta.Result{Seq: 0, Timestamp: gate, Error: failure{kindUnsent, errEnded}.Error()})
			// When
			tally.finish(each.full)
			// Then
			expect(t, "lost", tally.failures[kindConnect], each.lost)
			expect(t, "sent", tally.sent, 0)
			expect(t, "waited", tally.lost.sum, each.waited.Microseconds())
		})
	}
}

func TestCountsRepliesInTheirSlot(t *testing.T) {
	for name, each := range map[string]struct {
		length time.Duration
		at     time.Duration
		slots  int
		slot   int
	}{
		"first":                  {time.Second, 0, 10, 0},
		"just before the second": {time.Second, 100*time.Millisecond - 1, 10, 0},
		"second":                 {time.Second, 100 * time.Millisecond, 10, 1},
		"after the end":          {time.Second, 3 * time.Second, 10, 9},
		"a part of a slot":       {1050 * time.Millisecond, 1049 * time.Millisecond, 11, 10},
		"ten minutes":            {10 * time.Minute, 599950 * time.Millisecond, 6000, 5999},
		"longer":                 {10*time.Minute + 1, 599950 * time.Millisecond, 601, 599},
		"a day":                  {24 * time.Hour, time.Hour, 86_400, 3600},
	} {
		t.Run(name, func(t *testing.T) {
			// Given
			series := newSeries(each.length)
			// When
			series.add(each.at)
			// Then
			if len(series.counts) != each.slots || series.counts[each.slot] != 1 {
				t.Errorf("%d slots, %d in %d", len(series.counts), series.counts[each.slot], each.slot)
			}
		})
	}
}

func TestHasNoSeriesForMoreThanADay(t *testing.T) {
	// Given
	series := newSeries(24*time.Hour + time.Second)
	// When
	series.add(time.Second)
	// Then
	if len(series.counts) != 0 {
		t.Errorf("%d slots", len(series.counts))
	}
}
