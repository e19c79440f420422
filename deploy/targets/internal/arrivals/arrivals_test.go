package arrivals

import (
	"strconv"
	"testing"
	"time"
)

func TestRecordsARequestAfterSilence(t *testing.T) {
	start := time.Now()
	at := func(ms int) time.Time { return start.Add(time.Duration(ms) * time.Millisecond) }
	type seen struct {
		client, path string
		ms           int
	}
	cases := []struct {
		given string
		seen  []seen
		then  []int // the arrivals' milliseconds
	}{
		{"nothing", nil, nil},
		{"a first request", []seen{{"a", "/json", 0}}, []int{0}},
		{"steady load", []seen{{"a", "/json", 0}, {"a", "/json", 299}, {"a", "/json", 598}}, []int{0}},
		{"load, silence, load", []seen{{"a", "/json", 0}, {"a", "/json", 10}, {"a", "/json", 310}}, []int{0, 310}},
		{"two clients", []seen{{"a", "/json", 0}, {"b", "/json", 5}, {"a", "/json", 9}}, []int{0, 5}},
		{"clients out of order", []seen{{"a", "/json", 5}, {"b", "/json", 0}}, []int{0, 5}},
		{"a late report of an earlier request", []seen{{"a", "/json", 5}, {"a", "/json", 0}, {"a", "/json", 304}}, []int{5}},
		{"probes", []seen{{"a", "/healthz", 0}, {"a", "/metrics", 1}, {"a", "/debug/counts", 2}}, nil},
		{"probes during silence", []seen{{"a", "/json", 0}, {"a", "/healthz", 200}, {"a", "/json", 400}}, []int{0, 400}},
		{"a path that only looks like a probe's", []seen{{"a", "/debugger", 0}}, []int{0}},
	}
	for _, c := range cases {
		t.Run(c.given, func(t *testing.T) {
			// When
			recorder := NewRecorder()
			for _, s := range c.seen {
				recorder.Observe(s.client, s.path, at(s.ms))
			}
			// Then
			got := recorder.Arrivals()
			if got == nil || len(got) != len(c.then) {
				t.Fatalf("arrivals %v, want at %v ms", got, c.then)
			}
			for i, ms := range c.then {
				if got[i].UnixNanos != at(ms).UnixNano() {
					t.Errorf("arrival %d at %d, want %d ms", i, got[i].UnixNanos, ms)
				}
			}
		})
	}
}

func TestDropsTheOldestArrivalsBeyondTheLimit(t *testing.T) {
	recorder := NewRecorder()
	for i := range limit + 5 {
		recorder.Observe(strconv.Itoa(i), "/json", time.Unix(0, int64(i)))
	}
	got := recorder.Arrivals()
	if len(got) != limit || got[0].UnixNanos != 5 {
		t.Errorf("%d arrivals, the first at %d", len(got), got[0].UnixNanos)
	}
}

func TestCountsRepeatedPaths(t *testing.T) {
	// Given
	recorder := NewRecorder()
	// When
	for _, path := range []string{"/users/1", "/users/2", "/users/1", "/healthz", "/healthz", "/users/1"} {
		recorder.Observe("a", path, time.Unix(0, 0))
	}
	// Then
	if got, want := recorder.Paths(), (Paths{Distinct: 2, Repeated: 2}); got != want {
		t.Errorf("paths %+v, want %+v", got, want)
	}
}
