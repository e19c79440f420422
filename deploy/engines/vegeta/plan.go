package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"
)

// plan is the load to generate, as the worker writes it.
type plan struct {
	URL                string `json:"url"`
	T0Micros           int64  `json:"t0EpochMicros"`
	WarmupMicros       int64  `json:"warmupMicros"`
	MeasuredFromMicros int64  `json:"measuredFromEpochMicros"`
	DurationMicros     int64  `json:"durationMicros"`
	TimeoutMicros      int64  `json:"timeoutMicros"`
	// FromRate and ToRate are in requests per second of all workers together.
	FromRate int64 `json:"fromRate"`
	ToRate   int64 `json:"toRate"`
	Worker   int64 `json:"worker"`
	Workers  int64 `json:"workers"`
	Threads  int   `json:"threads"`
	// KeepAlive allows several requests per connection.
	KeepAlive bool   `json:"keepAlive"`
	Seed      uint64 `json:"seed"`
	Counters  string `json:"counters"`
	// Warmup and Measured are the sequence numbers of each phase.
	Warmup   sequence `json:"warmup"`
	Measured sequence `json:"measured"`
	// Seconds enables a histogram for each second of the measured part.
	Seconds  bool              `json:"seconds"`
	Headers  map[string]string `json:"headers"`
	Requests []request         `json:"requests"`

	// maxInFlight is the maximum number of requests of a phase in flight.
	maxInFlight int64
}

// sequence is the numbers of a phase's requests: First, First+Stride and so on. No other phase or
// process of the run uses any of them.
type sequence struct {
	First  int64 `json:"sequenceFirst"`
	Stride int64 `json:"sequenceStride"`
}

func (p plan) timeout() time.Duration { return time.Duration(p.TimeoutMicros) * time.Microsecond }

// request is the template of one kind of request.
type request struct {
	Method  string            `json:"method"`
	Path    []part            `json:"path"`
	Headers map[string][]part `json:"headers"`
	Body    []part            `json:"body"`
	Weight  int64             `json:"weight"`
}

// part is a part of a template: a text, a random number from low to high, or the next sequence number.
type part struct {
	Text     string `json:"text"`
	Random   bool   `json:"random"`
	Low      int64  `json:"low"`
	High     int64  `json:"high"`
	Sequence bool   `json:"sequence"`
}

func readPlan(path string) (plan, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return plan{}, err
	}
	read := plan{maxInFlight: maxConnections}
	if err := json.Unmarshal(text, &read); err != nil {
		return plan{}, fmt.Errorf("plan %s: %w", path, err)
	}
	if len(read.Requests) == 0 || read.Workers < 1 || read.FromRate < 1 || read.ToRate < 1 {
		return plan{}, fmt.Errorf("plan %s: needs requests, workers and rates", path)
	}
	if read.Measured.Stride < 1 || read.WarmupMicros > 0 && read.Warmup.Stride < 1 {
		return plan{}, fmt.Errorf("plan %s: needs a sequenceStride for each phase", path)
	}
	return read, nil
}
