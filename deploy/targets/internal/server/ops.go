package server

import (
	"encoding/json"
	"net/http"
	"net/http/pprof"

	"podium.bench/targets/internal/arrivals"
	"podium.bench/targets/internal/metrics"
)

// newOps serves the operational routes. The recorder is nil if arrivals are not
// recorded; its route does not exist then.
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

// newPprof serves the profiler with its own mux, because any dependency may
// register handlers on net/http's default mux.
func newPprof() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}

// writeJSON ignores a failed write, because it means that the client closed the
// connection.
func writeJSON(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(body)
}
