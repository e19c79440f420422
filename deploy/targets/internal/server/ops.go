package server

import (
	"encoding/json"
	"net/http"
	"net/http/pprof"

	"podium.bench/targets/internal/arrivals"
	"podium.bench/targets/internal/metrics"
)

// newOps serves how a target is observed from outside. The recorder is nil when
// arrivals are not recorded, and then its route does not exist.
func newOps(routes *metrics.Routes, recorder *arrivals.Recorder) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", routes.Handler())
	mux.Handle("/debug/pprof/", newPprof())
	mux.HandleFunc("GET /debug/counts", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, map[string]any{"requests": routes.Counts()})
	})
	if recorder != nil {
		mux.HandleFunc("GET /debug/arrivals", func(w http.ResponseWriter, _ *http.Request) {
			writeJSON(w, map[string]any{"arrivals": recorder.Arrivals()})
		})
	}
	return mux
}

// newPprof serves the profiler on a mux of its own, since that of net/http's
// default is open to whatever a dependency may register there.
func newPprof() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}

// writeJSON ignores a failed write: its only cause is a client that went away.
func writeJSON(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(body)
}
