// Package arrivals records when load from each client starts to arrive at the
// target, which shows the actual start skew of load generators. It also counts
// requests with the same path, which a load with unique numbers must not have.
package arrivals

import (
	"cmp"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Silence is the minimum time without a request of a client before its next
// request counts as an arrival.
const Silence = 300 * time.Millisecond

// limit bounds the memory; beyond it the oldest arrivals are dropped.
const limit = 10_000

// pathLimit bounds the memory; requests beyond it are ignored.
const pathLimit = 2_000_000

// Paths counts requests by whether their path was new.
type Paths struct {
	Distinct int `json:"distinct"`
	// Repeated counts the requests with the path of an earlier request.
	Repeated int `json:"repeated"`
}

// Arrival is the first request of a client, or the first one after a silence.
type Arrival struct {
	Client    string `json:"client"`
	UnixNanos int64  `json:"unixNanos"`
	Path      string `json:"path"`
}

// Recorder records arrivals of concurrent requests.
type Recorder struct {
	mu       sync.Mutex
	lastSeen map[string]time.Time
	arrivals []Arrival
	paths    map[string]struct{}
	repeated int
}

// NewRecorder returns an empty recorder.
func NewRecorder() *Recorder {
	return &Recorder{lastSeen: map[string]time.Time{}, paths: map[string]struct{}{}}
}

// Observe records a request. The caller reads the clock, so that waiting for
// the lock does not count; silence is measured with the monotonic clock, which
// is never set back.
func (r *Recorder) Observe(client, path string, now time.Time) {
	if !isWorkload(path) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.countPath(path)
	last, known := r.lastSeen[client]
	if !known || now.After(last) {
		r.lastSeen[client] = now
	}
	if known && now.Sub(last) < Silence {
		return
	}
	if len(r.arrivals) == limit {
		r.arrivals = slices.Delete(r.arrivals, 0, 1)
	}
	r.arrivals = append(r.arrivals, Arrival{Client: client, UnixNanos: now.UnixNano(), Path: path})
}

func (r *Recorder) countPath(path string) {
	if len(r.paths) == pathLimit {
		return
	}
	if _, known := r.paths[path]; known {
		r.repeated++
		return
	}
	r.paths[strings.Clone(path)] = struct{}{}
}

// Paths returns the counts of new and repeated paths.
func (r *Recorder) Paths() Paths {
	r.mu.Lock()
	defer r.mu.Unlock()
	return Paths{Distinct: len(r.paths), Repeated: r.repeated}
}

// Arrivals returns the recorded arrivals, oldest first.
func (r *Recorder) Arrivals() []Arrival {
	r.mu.Lock()
	defer r.mu.Unlock()
	sorted := append(make([]Arrival, 0, len(r.arrivals)), r.arrivals...)
	slices.SortStableFunc(sorted, func(a, b Arrival) int { return cmp.Compare(a.UnixNanos, b.UnixNanos) })
	return sorted
}

// Wrap observes every request before it calls next.
func (r *Recorder) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		now := time.Now()
		client, _, err := net.SplitHostPort(request.RemoteAddr)
		if err != nil {
			client = request.RemoteAddr
		}
		r.Observe(client, request.URL.Path, now)
		next.ServeHTTP(w, request)
	})
}

// isWorkload returns whether a path is of the workload, and not of probes or
// scrapers.
func isWorkload(path string) bool {
	return path != "/healthz" && path != "/metrics" && path != "/debug" && !strings.HasPrefix(path, "/debug/")
}
