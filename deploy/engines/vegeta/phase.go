package main

import (
	"net/http"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// kind tells the two parts of an attempt apart; no two of them draw the same numbers.
type kind int

const (
	measured kind = iota
	warmup
)

// phase is one part of an attempt.
type phase struct {
	kind     kind
	schedule schedule
	attacker *vegeta.Attacker
	targets  *targets
	tally    *tally
	done     chan struct{}
}

// newPhase makes all that can be made before the gate opens. A ramp begins once the warm-up, which
// holds its lower end, is over.
func newPhase(plan plan, kind kind, client *http.Client) *phase {
	length, to := time.Duration(plan.DurationMicros)*time.Microsecond, plan.ToRate
	if kind == warmup {
		length, to = time.Duration(plan.WarmupMicros)*time.Microsecond, plan.FromRate
	}
	schedule := newSchedule(plan.FromRate, to, plan.Worker, plan.Workers, length)
	return &phase{
		kind:     kind,
		schedule: schedule,
		attacker: vegeta.NewAttacker(
			vegeta.Client(client), vegeta.MaxBody(0), vegeta.MaxWorkers(mostConnections)),
		targets: newTargets(plan, kind),
		tally:   newTally(schedule, plan.Seconds && kind == measured),
		done:    make(chan struct{}),
	}
}

// start begins to send; the gate is the instant that all counts from, which has just passed.
func (p *phase) start(gate time.Time) {
	// With Go's monotonic clock, so that a step of the wall clock changes no latency.
	now := time.Now()
	gate = now.Add(gate.Round(0).Sub(now.Round(0)))
	results := p.attacker.Attack(p.targets.next, pacer{p.schedule, gate}, 0, "")
	go func() {
		defer close(p.done)
		for result := range results {
			p.tally.add(gate, result)
		}
		p.tally.metrics.Close()
	}()
}
