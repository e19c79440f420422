// Command podium-vegeta applies an open load with vegeta's library: it parks until its gate, sends
// at a constant or ramped rate, and leaves exact counts behind. A worker starts it with the path
// of a plan; the folder of that plan takes what it writes.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// exitLate is the status of a program that came to its gate too late and has sent nothing.
const exitLate = 3

func main() {
	if len(os.Args) != 2 {
		fail(fmt.Errorf("usage: podium-vegeta PLAN"))
	}
	plan, err := readPlan(os.Args[1])
	if err != nil {
		fail(err)
	}
	if err := run(plan, filepath.Dir(os.Args[1])); err != nil {
		fail(err)
	}
}

func run(plan plan, folder string) error {
	// One is held by the pace.
	runtime.GOMAXPROCS(plan.Threads + 1)
	counters, err := openCounters(plan.Counters)
	if err != nil {
		return err
	}
	gates, phases, err := newPhases(plan, counters)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "parked"), nil, 0o644); err != nil {
		return err
	}
	if time.Now().After(gates[0]) {
		os.Exit(exitLate)
	}
	for i, phase := range phases {
		sleepUntil(gates[i])
		phase.start(gates[i])
	}
	// The warm-up's last replies may come while the measured part has begun.
	for _, phase := range phases {
		<-phase.done
	}
	return writeResults(filepath.Join(folder, "results"), phases, counters)
}

// newPhases makes the phases of an attempt and says when each begins.
func newPhases(plan plan, counters *shared) (gates []time.Time, phases []*phase, err error) {
	pool, err := newPool(plan)
	if err != nil {
		return nil, nil, err
	}
	if plan.WarmupMicros > 0 {
		phase, err := newPhase(plan, warmup, pool, counters)
		if err != nil {
			return nil, nil, err
		}
		gates, phases = append(gates, micros(plan.T0Micros)), append(phases, phase)
	}
	phase, err := newPhase(plan, measured, pool, counters)
	if err != nil {
		return nil, nil, err
	}
	return append(gates, micros(plan.MeasuredFromMicros)), append(phases, phase), nil
}

func micros(epoch int64) time.Time { return time.UnixMicro(epoch) }

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
