// Package metrics counts requests per route at a low cost, so that it can be
// used during a measurement, and exposes the counts together with the metrics
// of the Go runtime.
package metrics

import (
	"net/http"
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Counter counts the requests of one route. It is an integer with one atomic
// addition per request; a labelled Prometheus counter would need a hash look-up
// and a float.
type Counter struct{ n atomic.Uint64 }

// Inc counts one request.
func (c *Counter) Inc() { c.n.Add(1) }

// Routes has the counters of one target's routes, which are all created before
// its first request.
type Routes struct {
	registry *prometheus.Registry
	counters map[string]*Counter
}

// NewRoutes returns a set without routes.
func NewRoutes() *Routes {
	registry := prometheus.NewRegistry()
	registry.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	return &Routes{registry: registry, counters: map[string]*Counter{}}
}

// Counter returns the counter of the route, always the same one for a name. It
// must not be called after the first request.
func (r *Routes) Counter(route string) *Counter {
	if counter, known := r.counters[route]; known {
		return counter
	}
	counter := &Counter{}
	r.counters[route] = counter
	r.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{
		Name:        "http_requests_total",
		Help:        "Requests that reached the framework's handler chain, by route.",
		ConstLabels: prometheus.Labels{"route": route},
	}, func() float64 { return float64(counter.n.Load()) }))
	return counter
}

// Counts returns every route's exact count so far.
func (r *Routes) Counts() map[string]uint64 {
	counts := make(map[string]uint64, len(r.counters))
	for route, counter := range r.counters {
		counts[route] = counter.n.Load()
	}
	return counts
}

// Handler serves the metrics in Prometheus' text format.
func (r *Routes) Handler() http.Handler {
	return promhttp.HandlerFor(r.registry, promhttp.HandlerOpts{})
}
