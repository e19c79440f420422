package main

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

func TestPlansExactlyTheRateForAllWorkers(t *testing.T) {
	for _, workers := range []int64{1, 2, 3, 7, 20, 100} {
		for _, rate := range []int64{100, 101, 999, 50_000} {
			// Given
			length := 7 * time.Second
			var planned uint64
			// When
			for worker := range workers {
				planned += newSchedule(rate, rate, worker, workers, length).planned
			}
			// Then
			if planned != uint64(rate)*7 {
				t.Errorf("%d workers plan %d requests at %d/s in 7 s", workers, planned, rate)
			}
		}
	}
}

func TestPlansTheMeanRateOfARamp(t *testing.T) {
	// Given
	var planned uint64
	// When
	for worker := range int64(4) {
		planned += newSchedule(100, 2000, worker, 4, 10*time.Second).planned
	}
	// Then
	if planned != 10_500 {
		t.Errorf("planned %d", planned)
	}
}

func TestDueTimesIncreaseWithinTheLength(t *testing.T) {
	for range 200 {
		// Given
		from, to := 1+rand.Int64N(20_000), 1+rand.Int64N(20_000)
		workers := 1 + rand.Int64N(20)
		length := time.Duration(1+rand.IntN(5)) * time.Second
		schedule := newSchedule(from, to, rand.Int64N(workers), workers, length)
		last := time.Duration(-1)
		for k := range schedule.planned {
			// When
			due := schedule.due(k)
			// Then
			if due <= last || due > length+time.Microsecond {
				t.Fatalf("%d to %d/s, %d workers: request %d of %d is due at %v, after %v",
					from, to, workers, k, schedule.planned, due, last)
			}
			last = due
		}
	}
}

func TestSpacesRequestsEvenlyAtAConstantRate(t *testing.T) {
	// Given
	schedule := newSchedule(1000, 1000, 1, 4, time.Second)
	for k := uint64(1); k < schedule.planned; k++ {
		// When
		due := schedule.due(k)
		// Then: 250 per second, a quarter of an interval after those of the first worker
		want := float64(k)*4e6 + 1e6
		if math.Abs(float64(due)-want) > 1 {
			t.Fatalf("request %d is due at %v", k, due)
		}
	}
}

func TestStopsAfterTheEndOfTheSchedule(t *testing.T) {
	// Given
	pacer := pacer{newSchedule(10, 10, 0, 1, time.Second), time.Now().Add(-2 * time.Second)}
	// When
	_, stop := pacer.Pace(0, 3)
	// Then
	if !stop {
		t.Error("still sends after the end")
	}
}
