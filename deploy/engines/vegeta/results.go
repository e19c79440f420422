package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

const countsPerLine = 20

// writeResults writes the measurement to a file, which is renamed once it is complete, and vegeta's own
// report to standard output.
func writeResults(path string, phases []*phase, counters *shared) error {
	file, err := os.Create(path + ".new")
	if err != nil {
		return err
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	var warmupTally tally
	if first := phases[0]; first.kind == warmup {
		warmupTally = *first.tally
	}
	fmt.Fprintf(out, "warmup %d %d\n", warmupTally.replies, warmupTally.sent)
	last := phases[len(phases)-1]
	writeCounts(out, last, counters)
	writeAllLatencies(out, last.tally)
	if err := out.Flush(); err != nil {
		return err
	}
	if err := vegeta.NewTextReporter(&last.tally.metrics).Report(os.Stdout); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

func writeCounts(out io.Writer, phase *phase, counters *shared) {
	tally, transport := phase.tally, phase.transport
	duration := max(phase.schedule.length, tally.lastReply)
	fmt.Fprintf(out, "duration_us %d\n", duration.Microseconds())
	fmt.Fprintf(out, "planned %d\n", phase.schedule.planned)
	fmt.Fprintf(out, "sent %d\n", tally.sent)
	fmt.Fprintf(out, "requests %d\n", tally.replies)
	fmt.Fprintf(out, "bytes %d\n", transport.bytes.Load())
	fmt.Fprintf(out, "errors %d %d %d %d %d\n", tally.failures[kindConnect], tally.failures[kindRead],
		tally.failures[kindWrite], tally.failures[kindTimeout], tally.errorReplies)
	fmt.Fprintf(out, "reconnects %d\n", transport.reconnects.Load())
	fmt.Fprintf(out, "first %d\n", counters.firstMicros.Load())
}

func writeAllLatencies(out io.Writer, tally *tally) {
	writeLatencies(out, "due", tally.due)
	writeLatencies(out, "lost", tally.lost)
	writeLatencies(out, "lag", tally.sendDelay)
	writeSeries(out, tally.series)
	fmt.Fprintf(out, "seconds %d\n", len(tally.seconds))
	for _, second := range tally.seconds {
		if second == nil {
			second = newLatencies()
		}
		writeLatencies(out, "second", second)
	}
}

// writeSeries writes the length of a slot, the number of slots, and the count of each slot.
func writeSeries(out io.Writer, series series) {
	fmt.Fprintf(out, "replies %d %d\n", series.slot.Microseconds(), len(series.counts))
	for line := range slices.Chunk(series.counts, countsPerLine) {
		for i, count := range line {
			if i > 0 {
				fmt.Fprint(out, " ")
			}
			fmt.Fprint(out, count)
		}
		fmt.Fprintln(out)
	}
}

// writeLatencies writes the number of non-empty buckets, the exact sum and maximum, and the lowest value
// and the count of each non-empty bucket.
func writeLatencies(out io.Writer, name string, latencies *latencies) {
	var nonEmpty int
	bars := latencies.histogram.Distribution()
	for _, bar := range bars {
		if bar.Count > 0 {
			nonEmpty++
		}
	}
	fmt.Fprintf(out, "%s %d %d %d\n", name, nonEmpty, latencies.sum, latencies.max)
	for _, bar := range bars {
		if bar.Count > 0 {
			fmt.Fprintf(out, "%d %d\n", bar.From, bar.Count)
		}
	}
}
