package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"podium.bench/targets/internal/behaviour"
	"podium.bench/targets/internal/memory"
)

// newHandler answers the readiness path without a fault, and every other path,
// which it counts as measured, with the fault.
func newHandler(config config, count *atomic.Uint64) http.Handler {
	measured := newFault(config)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == config.readinessPath {
			write(w, behaviour.Healthy())
			return
		}
		count.Add(1)
		measured(w, r)
	})
}

func newFault(config config) http.HandlerFunc {
	switch config.fault {
	case faultHang:
		return hang
	case faultClose:
		return closeUnanswered
	case faultHangup:
		return hangUp
	case faultStatus500:
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }
	case faultSlow:
		return slowEvery(1, config.delay)
	case faultSlowTail:
		return slowEvery(config.slowEvery, config.delay)
	case faultFreeze:
		return freeze(config.requests)
	case faultHole:
		return hole(config.requests)
	case faultFew:
		return few(config.connections)
	case faultPause:
		return pause(config.crashAfter, config.delay)
	case faultCrash:
		if config.crashOnce {
			return after(config.crashAfter, func() { crashUnlessMarked(config) })
		}
		return after(config.crashAfter, func() { crash(config) })
	case faultHog:
		return after(config.crashAfter, memory.Fill)
	case faultForge:
		return after(config.crashAfter, func() { fmt.Println(config.forged) })
	default:
		return answer
	}
}

// answer answers any path without a fault.
func answer(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == behaviour.RouteJSON {
		write(w, behaviour.JSON())
		return
	}
	write(w, behaviour.Plaintext())
}

// hang blocks until the client closes the connection or the target stops. It
// must not return even then, because net/http would send an empty 200.
func hang(_ http.ResponseWriter, r *http.Request) {
	drain(r)
	<-r.Context().Done()
	panic(http.ErrAbortHandler)
}

// closeUnanswered reads the complete request first, so that the connection is
// closed and not reset.
func closeUnanswered(_ http.ResponseWriter, r *http.Request) {
	drain(r)
	panic(http.ErrAbortHandler)
}

// hangUp answers and closes the connection, so that the client opens one for
// each request.
func hangUp(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Connection", "close")
	answer(w, r)
}

// slowEvery delays every n-th request, counted over all connections.
func slowEvery(n int, delay time.Duration) http.HandlerFunc {
	var requests atomic.Uint64
	return func(w http.ResponseWriter, r *http.Request) {
		if requests.Add(1)%uint64(n) == 0 {
			time.Sleep(delay)
		}
		answer(w, r)
	}
}

// after runs the fault some time after the first measured request, while other
// requests are served.
func after(life time.Duration, fault func()) http.HandlerFunc {
	var first sync.Once
	return func(w http.ResponseWriter, r *http.Request) {
		first.Do(func() { time.AfterFunc(life, fault) })
		answer(w, r)
	}
}

// crashUnlessMarked crashes once per pod. It creates a file that a restarted
// container finds: the containers of a pod share /dev/shm, which exists as long
// as the pod.
func crashUnlessMarked(config config) {
	mark, err := os.OpenFile(filepath.Join(config.marks, "faulty-crashed"), os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return
	}
	if err != nil {
		slog.Error("no mark can be left, so this may crash again", "error", err.Error())
	} else {
		_ = mark.Close()
	}
	crash(config)
}

// drain reads the body. Only then does net/http detect that the client closes
// the connection.
func drain(r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) }

func write(w http.ResponseWriter, response behaviour.Response) {
	w.Header().Set("Content-Type", response.ContentType)
	w.WriteHeader(response.Status)
	_, _ = w.Write(response.Body)
}
