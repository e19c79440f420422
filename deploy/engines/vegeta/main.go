// Command podium-vegeta generates open load with vegeta's library: it waits until its start time,
// sends at a constant or linearly changing rate, and writes exact counts. A worker starts it with the
// path of a plan; its output files are written to the directory of the plan.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// exitLate is the exit status if the start time had passed before the program was ready; no request
// was sent.
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

func run(plan plan, dir string) error {
	// The pacer blocks one thread.
	runtime.GOMAXPROCS(plan.Threads + 1)
	counters, err := openCounters(plan.Counters)
	if err != nil {
		return err
	}
	gates, phases, err := newPhases(plan, counters)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "parked"), nil, 0o644); err != nil {
		return err
	}
	if time.Now().After(gates[0]) {
		os.Exit(exitLate)
	}
	for i, phase := range phases {
		sleepUntil(gates[i])
		phase.start(gates[i])
	}
	// The last replies of the warm-up may come during the measured part.
	for _, phase := range phases {
		<-phase.done
	}
	return writeResults(filepath.Join(dir, "results"), phases, counters)
}

// newPhases returns the phases of an attempt and the start time of each.
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
