// Package arrivals remembers when load began to arrive from each client, as
// seen by the target: the only witness of how far apart two load generators
// really started. It also tells whether two requests had the same path, which a
// load with unique numbers must never have.
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

// Silence is how long a client must have been quiet for its next request to
// count as an arrival.
const Silence = 300 * time.Millisecond

// limit bounds the memory; beyond it the oldest arrivals are forgotten.
const limit = 10_000

// pathLimit bounds the memory; requests beyond it are not looked at.
const pathLimit = 2_000_000

// Paths is how many requests had a path of their own.
type Paths struct {
	Distinct int `json:"distinct"`
	// Repeated counts the requests whose path an earlier one had.
	Repeated int `json:"repeated"`
}

// Arrival is the first request of a client after its silence, or ever.
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

// NewRecorder returns a recorder that has seen nothing.
func NewRecorder() *Recorder {
	return &Recorder{lastSeen: map[string]time.Time{}, paths: map[string]struct{}{}}
}

// Observe takes note of a request. The caller reads the clock, so that waiting
// for the recorder's lock does not count; silence is measured on the monotonic
// clock, which no time server can turn back.
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

// Paths returns how many requests had a path of their own.
func (r *Recorder) Paths() Paths {
	r.mu.Lock()
	defer r.mu.Unlock()
	return Paths{Distinct: len(r.paths), Repeated: r.repeated}
}

// Arrivals returns what was recorded, oldest first.
func (r *Recorder) Arrivals() []Arrival {
	r.mu.Lock()
	defer r.mu.Unlock()
	sorted := append(make([]Arrival, 0, len(r.arrivals)), r.arrivals...)
	slices.SortStableFunc(sorted, func(a, b Arrival) int { return cmp.Compare(a.UnixNanos, b.UnixNanos) })
	return sorted
}

// Wrap observes every request before next sees it.
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

// isWorkload tells what a load generator sends from what probes and scrapers do.
func isWorkload(path string) bool {
	return path != "/healthz" && path != "/metrics" && path != "/debug" && !strings.HasPrefix(path, "/debug/")
}
