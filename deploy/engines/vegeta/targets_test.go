package main

import (
	"strconv"
	"testing"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

func TestDrawsTheSameRequestsForTheSameSeed(t *testing.T) {
	// Given
	headers := map[string][]part{}
	for i := range 8 {
		headers["X-Drawn-"+strconv.Itoa(i)] = []part{{Random: true, Low: 0, High: int64(1) << i}}
	}
	headers["x-plan"] = []part{{Text: "own-"}, {Sequence: true}}
	plan := plan{
		URL: "http://target", Seed: 7, Headers: map[string]string{"X-Plan": "common"},
		Requests: []request{{Method: "GET", Path: []part{{Text: "/"}}, Headers: headers, Weight: 1}},
	}
	once, again := drawn(t, plan, 20), drawn(t, plan, 20)
	// When
	same := 0
	for i, target := range once {
		if target.Equal(&again[i]) {
			same++
		}
	}
	// Then
	expect(t, "equal requests", int64(same), 20)
	expect(t, "values of the header in another case", int64(len(once[3].Header["X-Plan"])), 1)
	if value := once[3].Header.Get("X-Plan"); value != "own-4" {
		t.Errorf("the request's own header is %q", value)
	}
	if once[3].Header.Get("X-Drawn-7") == once[4].Header.Get("X-Drawn-7") &&
		once[4].Header.Get("X-Drawn-7") == once[5].Header.Get("X-Drawn-7") {
		t.Error("three requests have the same number")
	}
}

func drawn(t *testing.T, plan plan, count int) []vegeta.Target {
	t.Helper()
	targets, err := newTargets(plan, 0, sequence{First: 1, Stride: 1})
	if err != nil {
		t.Fatal(err)
	}
	drawn := make([]vegeta.Target, count)
	for i := range drawn {
		if err := targets.next(&drawn[i]); err != nil {
			t.Fatal(err)
		}
	}
	return drawn
}
