package contract

import (
	"strconv"
	"strings"
	"testing"
)

func TestChainHasTheConfiguredDepth(t *testing.T) {
	forEachFramework(t, func(t *testing.T, framework string) {
		for _, depth := range []int{0, 1, 5, 10, 50} {
			t.Run(strconv.Itoa(depth), func(t *testing.T) {
				// Given
				target := start(t, framework, "MIDDLEWARE_DEPTH="+strconv.Itoa(depth))
				for range 2 { // layers of an earlier request must not count
					// When
					got := target.get("/chain")
					// Then
					if got.status != 200 || got.header.Get("X-Chain") != strconv.Itoa(depth) {
						t.Errorf("status %d with X-Chain %q", got.status, got.header.Get("X-Chain"))
					}
				}
			})
		}
	})
}

func TestExitsWithAMessageForInvalidSettings(t *testing.T) {
	cases := []struct{ given, then string }{
		{"MIDDLEWARE_DEPTH=-1", `MIDDLEWARE_DEPTH must be a whole number from 0 to 50, but it is "-1"`},
		{"MIDDLEWARE_DEPTH=51", `MIDDLEWARE_DEPTH must be a whole number from 0 to 50, but it is "51"`},
		{"MIDDLEWARE_DEPTH=ten", `MIDDLEWARE_DEPTH must be a whole number from 0 to 50, but it is "ten"`},
		{"PORT=http", `PORT must be a whole number from 0 to 65535, but it is "http"`},
		{"PPROF_PORT=70000", `PPROF_PORT must be a whole number from 0 to 65535, but it is "70000"`},
		{"RECORD_ARRIVALS=yes", `RECORD_ARRIVALS must be true or false, but it is "yes"`},
	}
	forEachFramework(t, func(t *testing.T, framework string) {
		for _, c := range cases {
			t.Run(c.given, func(t *testing.T) {
				// When
				target := launch(t, framework, c.given)
				// Then
				if code := target.awaitExit(timeout); code == 0 {
					t.Error("exit code 0")
				}
				if !strings.Contains(target.output.String(), c.then) {
					t.Errorf("it does not log %q", c.then)
				}
			})
		}
	})
}

func TestExitsWithAMessageIfThePortIsInUse(t *testing.T) {
	forEachFramework(t, func(t *testing.T, framework string) {
		// Given
		first := start(t, framework)
		// When
		second := launch(t, framework, "PORT="+strconv.Itoa(first.port))
		// Then
		if code := second.awaitExit(timeout); code == 0 {
			t.Error("exit code 0")
		}
		if sentence := "cannot listen on port " + strconv.Itoa(first.port); !strings.Contains(second.output.String(), sentence) {
			t.Errorf("it does not log %q", sentence)
		}
	})
}
