package main

import (
	"bufio"
	"fmt"
	"io"
	"os"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// writeResults leaves what was measured in a file that only appears once it is whole, and vegeta's
// own report on standard output.
func writeResults(path string, phases []*phase, counters *counters) error {
	file, err := os.Create(path + ".new")
	if err != nil {
		return err
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	for _, phase := range phases {
		if phase.kind == warmup {
			fmt.Fprintf(out, "warmup %d %d\n", phase.tally.replies, phase.tally.sent)
		}
	}
	last := phases[len(phases)-1]
	if len(phases) == 1 {
		fmt.Fprintln(out, "warmup 0 0")
	}
	writeMeasured(out, last, counters)
	if err := out.Flush(); err != nil {
		return err
	}
	if err := vegeta.NewTextReporter(&last.tally.metrics).Report(os.Stdout); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

func writeMeasured(out io.Writer, phase *phase, counters *counters) {
	tally := phase.tally
	duration := max(phase.schedule.length, tally.lastReply)
	fmt.Fprintf(out, "duration_us %d\n", duration.Microseconds())
	fmt.Fprintf(out, "planned %d\n", phase.schedule.planned)
	fmt.Fprintf(out, "sent %d\n", tally.sent)
	fmt.Fprintf(out, "requests %d\n", tally.replies)
	fmt.Fprintf(out, "bytes %d\n", counters.measuredBytes())
	fmt.Fprintf(out, "errors %d %d %d %d %d\n", tally.lost[kindConnect], tally.lost[kindRead],
		tally.lost[kindWrite], tally.lost[kindTimeout], tally.refused)
	fmt.Fprintf(out, "first %d\n", counters.firstMicros.Load())
	writeLatencies(out, "due", tally.due)
	writeLatencies(out, "lag", tally.lag)
	fmt.Fprintf(out, "seconds %d\n", len(tally.seconds))
	for _, second := range tally.seconds {
		if second == nil {
			second = newLatencies()
		}
		writeLatencies(out, "second", second)
	}
}

// writeLatencies writes how many buckets there are, the exact sum and maximum, and each bucket that
// is not empty by its lowest value.
func writeLatencies(out io.Writer, name string, latencies *latencies) {
	var filled int
	bars := latencies.histogram.Distribution()
	for _, bar := range bars {
		if bar.Count > 0 {
			filled++
		}
	}
	fmt.Fprintf(out, "%s %d %d %d\n", name, filled, latencies.sum, latencies.max)
	for _, bar := range bars {
		if bar.Count > 0 {
			fmt.Fprintf(out, "%d %d\n", bar.From, bar.Count)
		}
	}
}
