package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// targets generates the requests of one phase; the same seed gives the same requests.
type targets struct {
	lock     sync.Mutex
	random   *rand.Rand
	sequence int64
	stride   int64
	plan     plan
	total    int64
	// headers are the constant ones of each kind of request, varying those made anew each time.
	headers []http.Header
	varying [][]varyingHeader
}

// newTargets returns an error if a template does not give a valid request.
func newTargets(plan plan, kind kind, numbers sequence) (*targets, error) {
	made := &targets{
		random:   rand.New(rand.NewPCG(plan.Seed, uint64(plan.Worker)<<1|uint64(kind))),
		sequence: numbers.First,
		stride:   numbers.Stride,
		plan:     plan,
	}
	for _, request := range plan.Requests {
		made.total += request.Weight
		made.headers = append(made.headers, header(plan, request))
		made.varying = append(made.varying, varying(request))
	}
	for i := range plan.Requests {
		var example vegeta.Target
		trial := targets{
			random: rand.New(rand.NewPCG(0, 0)), plan: plan, headers: made.headers, varying: made.varying,
		}
		trial.fill(&example, i)
		if _, err := example.Request(); err != nil {
			return nil, fmt.Errorf("request %d of the workload: %w", i, err)
		}
	}
	return made, nil
}

// header merges the configured headers, and suppresses those that Go would add.
func header(plan plan, request request) http.Header {
	merged := http.Header{"User-Agent": {""}}
	for name, value := range plan.Headers {
		merged.Set(name, value)
	}
	for name, value := range request.Headers {
		if text, constant := constant(value); constant {
			merged.Set(name, text)
		}
	}
	return merged
}

// constant is the text of parts that are the same for each request.
func constant(parts []part) (string, bool) {
	var text strings.Builder
	for _, part := range parts {
		if part.Random || part.Sequence {
			return "", false
		}
		text.WriteString(part.Text)
	}
	return text.String(), true
}

// varyingHeader is a header whose value differs from request to request.
type varyingHeader struct {
	name  string
	value []part
}

// varying are such headers by name: a map's own order would draw other numbers each time.
func varying(request request) []varyingHeader {
	var varying []varyingHeader
	for _, name := range slices.Sorted(maps.Keys(request.Headers)) {
		if _, constant := constant(request.Headers[name]); !constant {
			varying = append(varying, varyingHeader{name, request.Headers[name]})
		}
	}
	return varying
}

func (t *targets) header(chosen int, sequence int64) http.Header {
	if len(t.varying[chosen]) == 0 {
		return t.headers[chosen]
	}
	header := t.headers[chosen].Clone()
	for _, each := range t.varying[chosen] {
		header.Set(each.name, t.expand(each.value, sequence))
	}
	return header
}

func (t *targets) next(target *vegeta.Target) error {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.fill(target, t.choose())
	return nil
}

func (t *targets) fill(target *vegeta.Target, chosen int) {
	request := t.plan.Requests[chosen]
	sequence := t.sequence
	t.sequence += t.stride
	target.Method = request.Method
	target.URL = t.plan.URL + t.expand(request.Path, sequence)
	target.Body = []byte(t.expand(request.Body, sequence))
	target.Header = t.header(chosen, sequence)
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
