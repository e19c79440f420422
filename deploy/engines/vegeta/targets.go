package main

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// targets draws the requests of one phase: the same seed draws the same ones.
type targets struct {
	lock     sync.Mutex
	random   *rand.Rand
	sequence int64
	stride   int64
	plan     plan
	total    int64
	headers  []http.Header
}

// newTargets deals the numbers of the sequence out in turn to phases and workers: each takes every
// stride-th, starting with its own, so that they are unique and stay small.
func newTargets(plan plan, kind kind) *targets {
	made := &targets{
		random:   rand.New(rand.NewPCG(plan.Seed, uint64(plan.Worker)<<1|uint64(kind))),
		sequence: int64(kind)*plan.Workers + plan.Worker + 1,
		stride:   2 * plan.Workers,
		plan:     plan,
	}
	for _, request := range plan.Requests {
		made.total += request.Weight
		made.headers = append(made.headers, header(plan, request))
	}
	return made
}

// header holds what both HTTP clients of Podium send: nothing that was not asked for.
func header(plan plan, request request) http.Header {
	merged := http.Header{"User-Agent": {""}}
	for _, each := range []map[string]string{plan.Headers, request.Headers} {
		for name, value := range each {
			merged.Set(name, value)
		}
	}
	return merged
}

func (t *targets) next(target *vegeta.Target) error {
	t.lock.Lock()
	defer t.lock.Unlock()
	chosen := t.choose()
	request := t.plan.Requests[chosen]
	sequence := t.sequence
	t.sequence += t.stride
	target.Method = request.Method
	target.URL = t.plan.URL + t.expand(request.Path, sequence)
	target.Body = []byte(t.expand(request.Body, sequence))
	target.Header = t.headers[chosen]
	return nil
}

func (t *targets) choose() int {
	if len(t.plan.Requests) == 1 {
		return 0
	}
	left := t.random.Int64N(t.total)
	for i, request := range t.plan.Requests {
		if left < request.Weight {
			return i
		}
		left -= request.Weight
	}
	return len(t.plan.Requests) - 1
}

func (t *targets) expand(parts []part, sequence int64) string {
	if len(parts) == 1 && !parts[0].Random && !parts[0].Sequence {
		return parts[0].Text
	}
	var text strings.Builder
	for _, part := range parts {
		switch {
		case part.Random:
			text.WriteString(strconv.FormatInt(part.Low+t.random.Int64N(part.High-part.Low+1), 10))
		case part.Sequence:
			text.WriteString(strconv.FormatInt(sequence, 10))
		default:
			text.WriteString(part.Text)
		}
	}
	return text.String()
}
