package main

import (
	"net/http"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// kind is the part of an attempt; it is part of the random seed.
type kind int

const (
	measured kind = iota
	warmup
)

// phase is one part of an attempt.
type phase struct {
	kind      kind
	schedule  schedule
	transport *transport
	attacker  *vegeta.Attacker
	targets   *targets
	tally     *tally
	done      chan struct{}
}

// newPhase prepares a phase before its start time. The warm-up of a ramp has the constant rate at which
// the ramp starts.
func newPhase(plan plan, kind kind, pool *pool, counters *shared) (*phase, error) {
	length, to, numbers := time.Duration(plan.DurationMicros)*time.Microsecond, plan.ToRate, plan.Measured
	if kind == warmup {
		length, to, numbers = time.Duration(plan.WarmupMicros)*time.Microsecond, plan.FromRate, plan.Warmup
	}
	targets, err := newTargets(plan, kind, numbers)
	if err != nil {
		return nil, err
	}
	schedule := newSchedule(plan.FromRate, to, plan.Worker, plan.Workers, length)
	transport := newTransport(plan, kind, pool, counters)
	return &phase{
		kind:      kind,
		schedule:  schedule,
		transport: transport,
		attacker: vegeta.NewAttacker(vegeta.Client(&http.Client{Transport: transport}),
			vegeta.MaxBody(0), vegeta.MaxWorkers(uint64(plan.maxInFlight))),
		targets: targets,
		tally:   newTally(schedule, plan.timeout(), plan.Seconds && kind == measured),
		done:    make(chan struct{}),
	}, nil
}

// start begins to send. All times are relative to the gate, the start time, which has just passed.
func (p *phase) start(gate time.Time) {
	// Uses Go's monotonic clock, so that a step of the wall clock changes no latency.
	now := time.Now()
	gate = now.Add(gate.Round(0).Sub(now.Round(0)))
	p.transport.gate, p.transport.ends = gate, gate.Add(p.schedule.length+maxLateness)
	results := p.attacker.Attack(p.targets.next, pacer{p.schedule, gate}, 0, "")
	go func() {
		defer close(p.done)
		for result := range results {
			p.tally.add(gate, result)
		}
		p.tally.finish(p.transport.full())
	}()
}
