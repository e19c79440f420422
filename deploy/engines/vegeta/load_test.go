package main

import (
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"
)

// attempted excludes requests that were skipped because this process was late on a busy machine.
func attempted(phase *phase) int64 {
	return int64(phase.schedule.planned) - int64(len(phase.tally.unsent))
}

// expectSums checks that each planned request is counted once and as often as the server has read it.
func expectSums(t *testing.T, phase *phase, counters *shared, server *server) {
	t.Helper()
	tally := phase.tally
	var failed int64
	for _, count := range tally.failures {
		failed += count
	}
	var inSeconds int64
	for _, second := range tally.seconds {
		if second != nil {
			inSeconds += second.histogram.TotalCount()
		}
	}
	var inSeries int64
	for _, count := range tally.series.counts {
		inSeries += count
	}
	expect(t, "the server's requests", server.requests.Load(), tally.sent)
	expect(t, "sent while in flight", counters.sent.Load(), tally.sent)
	expect(t, "replies while in flight", counters.replies.Load(), tally.replies)
	expect(t, "sent and failed", tally.sent-tally.replies, failed-tally.failures[kindConnect])
	expect(t, "replies with a latency", tally.due.histogram.TotalCount(), tally.replies)
	expect(t, "lost with a latency", tally.lost.histogram.TotalCount(), failed)
	expect(t, "send delays", tally.sendDelay.histogram.TotalCount(), tally.sent)
	expect(t, "latencies by the second", inSeconds, tally.replies+failed)
	expect(t, "replies in the series", inSeries, tally.replies)
	timeout := phase.tally.timeout.Microseconds()
	if failed > 0 && tally.lost.sum < failed*timeout {
		t.Errorf("%d lost requests wait %d us, with a timeout of %d", failed, tally.lost.sum, timeout)
	}
}

func TestSendsEachRequestOnce(t *testing.T) {
	plain := map[string][]part{}
	safe := map[string][]part{"Idempotency-Key": {{Text: "x"}}}
	for _, each := range []struct {
		method  string
		headers map[string][]part
		broken  string
		handler handler
	}{
		{"GET", plain, "end", end}, {"GET", plain, "reset", reset}, {"GET", plain, "half", endInBody},
		{"HEAD", plain, "end", end}, {"OPTIONS", plain, "reset", reset},
		{"POST", safe, "end", end}, {"POST", plain, "reset", reset},
	} {
		t.Run(each.method+" "+each.broken, func(t *testing.T) {
			t.Parallel()
			// Given
			server := serve(t, every(10, each.handler, answer))
			plan := server.load(400)
			plan.Requests[0].Method, plan.Requests[0].Headers = each.method, each.headers
			// When
			phase, counters := apply(t, plan)
			// Then
			expect(t, "sent", phase.tally.sent, attempted(phase))
			expect(t, "broken", phase.tally.failures[kindRead], phase.tally.sent/10)
			expect(t, "replies", phase.tally.replies, phase.tally.sent-phase.tally.sent/10)
			expectSums(t, phase, counters, server)
		})
	}
}

func TestCountsMatchTheServer(t *testing.T) {
	for range 8 {
		seed := rand.Uint64()
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			// Given
			random := rand.New(rand.NewPCG(seed, 0))
			handlers := []handler{answer, end, reset, endInBody, hang}
			kinds := make([]int, 300)
			for i := range kinds {
				kinds[i] = max(0, random.IntN(12)-7)
			}
			var given [5]atomic.Int64
			server := serve(t, func(n int64, to *net.TCPConn, request *http.Request) bool {
				kind := kinds[int(n)%len(kinds)]
				given[kind].Add(1)
				return handlers[kind](n, to, request)
			})
			plan := server.load(int64(len(kinds)))
			plan.KeepAlive = random.IntN(2) == 0
			// When
			phase, counters := apply(t, plan)
			// Then
			expect(t, "sent", phase.tally.sent, attempted(phase))
			expect(t, "replies", phase.tally.replies, given[0].Load())
			expect(t, "broken", phase.tally.failures[kindRead],
				given[1].Load()+given[2].Load()+given[3].Load())
			expect(t, "timeouts", phase.tally.failures[kindTimeout], given[4].Load())
			expectSums(t, phase, counters, server)
		})
	}
}

func TestRecordsUnansweredRequestsWithTheirWait(t *testing.T) {
	t.Parallel()
	// Given
	server := serve(t, every(2, hang, answer))
	plan := server.load(100)
	plan.TimeoutMicros = 500_000
	// When
	phase, counters := apply(t, plan)
	// Then
	expect(t, "timeouts", phase.tally.failures[kindTimeout], attempted(phase)/2)
	expectSums(t, phase, counters, server)
	if wait := phase.tally.lost.histogram.Min(); wait < 499_000 {
		t.Errorf("a lost request of %d us", wait)
	}
	if latency := phase.tally.due.max; latency >= 500_000 {
		t.Errorf("a reply in time of %d us", latency)
	}
}

func TestSendsNothingWithoutAListener(t *testing.T) {
	t.Parallel()
	// Given
	server := serve(t, answer)
	server.listener.Close()
	// When
	phase, counters := apply(t, server.load(50))
	// Then
	expect(t, "without a connection", phase.tally.failures[kindConnect], attempted(phase))
	expect(t, "sent", phase.tally.sent, 0)
	expect(t, "first", counters.firstMicros.Load(), 0)
	expectSums(t, phase, counters, server)
}

func TestLosesRequestsIfAllConnectionsAreInUse(t *testing.T) {
	t.Parallel()
	// Given
	server := serve(t, hang)
	plan := server.load(100)
	plan.maxInFlight = 20
	// When
	phase, counters := apply(t, plan)
	// Then
	expect(t, "sent", phase.tally.sent, 20)
	expect(t, "without a connection", phase.tally.failures[kindConnect], 80)
	expect(t, "timeouts", phase.tally.failures[kindTimeout], 20)
	expectSums(t, phase, counters, server)
}

func TestLosesRequestsThatASlowServerHasNoConnectionFor(t *testing.T) {
	t.Parallel()
	// Given: 4 connections with 10 requests per second each
	server := serve(t, func(n int64, to *net.TCPConn, request *http.Request) bool {
		<-time.After(100 * time.Millisecond)
		return answer(n, to, request)
	})
	plan := server.load(200)
	plan.maxInFlight = 4
	// When
	phase, counters := apply(t, plan)
	// Then: sent for a second and maxLateness
	if sent := phase.tally.sent; sent < 20 || sent > 56 {
		t.Errorf("sent %d", sent)
	}
	expect(t, "planned", phase.tally.sent+phase.tally.failures[kindConnect], 200)
	expect(t, "connections", server.connections.Load(), 4)
	expectSums(t, phase, counters, server)
}

func TestNumbersRequestsBySequence(t *testing.T) {
	t.Parallel()
	// Given
	server := serve(t, answer)
	plan := server.load(100)
	plan.WarmupMicros = 1_000_000
	plan.Warmup, plan.Measured = sequence{1007, 12}, sequence{1001, 12}
	plan.Requests[0].Path = []part{{Text: "/"}, {Sequence: true}}
	// When
	phase, counters := apply(t, plan)
	// Then
	expect(t, "sent", phase.tally.sent, attempted(phase))
	expect(t, "the server's requests", server.requests.Load(), counters.sent.Load())
	expected := map[string]bool{}
	for k := range 100 {
		expected[fmt.Sprint("/", 1001+12*k)], expected[fmt.Sprint("/", 1007+12*k)] = true, true
	}
	for range counters.sent.Load() {
		line := <-server.lines
		if !expected[line] {
			t.Fatalf("%s was sent unexpectedly or twice", line)
		}
		delete(expected, line)
	}
}

func TestRejectsAnInvalidRequestBeforeTheStart(t *testing.T) {
	// Given
	server := serve(t, answer)
	plan := server.load(1)
	plan.Requests[0].Path = []part{{Text: "/\x7f"}}
	// When
	_, _, err := newPhases(plan, &shared{})
	// Then
	if err == nil {
		t.Error("accepted")
	}
}
