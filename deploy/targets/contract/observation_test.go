package contract

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// visit sends some requests to each route, including failing ones, and returns
// the expected counts.
func visit(target *process) map[string]uint64 {
	visits := map[string][]request{
		"/plaintext":  {{path: "/plaintext"}, {path: "/plaintext"}},
		"/json":       {{path: "/json"}},
		"/users/{id}": {{path: "/users/1"}, {path: "/users/x"}, put("/users/1", `{}`)},
		"/users":      {post(`{}`), post(``)},
		"/chain":      {{path: "/chain"}},
		"/panic":      {{path: "/panic"}},
		"/healthz":    {{path: "/healthz"}},
		"unmatched":   {{path: "/nowhere"}, {path: "/users"}, {method: "DELETE", path: "/json"}, {path: "/"}},
	}
	counts := map[string]uint64{}
	for route, requests := range visits {
		for _, r := range requests {
			target.send(r)
		}
		counts[route] = uint64(len(requests))
	}
	return counts
}

func TestCountsRequestsByRoute(t *testing.T) {
	forEachFramework(t, func(t *testing.T, framework string) {
		// Given
		target := start(t, framework, "MIDDLEWARE_DEPTH=5")
		// When
		want := visit(target)
		// Then
		counts := target.requestCounts()
		metrics := target.get("/metrics").body
		if len(counts) != len(want) {
			t.Errorf("counts %v, want %v", counts, want)
		}
		for route, n := range want {
			if counts[route] != n {
				t.Errorf("count of %s is %d, want %d", route, counts[route], n)
			}
			if line := `http_requests_total{route="` + route + `"} ` + strconv.FormatUint(n, 10) + "\n"; !strings.Contains(metrics, line) {
				t.Errorf("metrics lack %q", line)
			}
		}
	})
}

func TestMetricsDescribeTheProcessWithoutTheEnvironmentID(t *testing.T) {
	forEachFramework(t, func(t *testing.T, framework string) {
		// Given
		target := start(t, framework)
		// When
		target.send(request{path: "/plaintext", header: map[string]string{"X-Env-ID": "env-4711"}})
		got := target.get("/metrics")
		// Then
		if got.status != 200 || !strings.HasPrefix(got.header.Get("Content-Type"), "text/plain") {
			t.Errorf("status %d, Content-Type %q", got.status, got.header.Get("Content-Type"))
		}
		for _, series := range []string{"go_goroutines", "go_gc_duration_seconds", "process_cpu_seconds_total", "process_resident_memory_bytes"} {
			if !regexp.MustCompile(`(?m)^` + series + `\b`).MatchString(got.body) {
				t.Errorf("metrics lack %s", series)
			}
		}
		if strings.Contains(got.body, "env-4711") {
			t.Error("metrics contain the X-Env-ID")
		}
	})
}

func TestServesProfilesOnBothPorts(t *testing.T) {
	forEachFramework(t, func(t *testing.T, framework string) {
		// Given
		pprofPort := freePort(t)
		target := start(t, framework, "PPROF_PORT="+strconv.Itoa(pprofPort))
		for _, port := range []int{target.port, pprofPort} {
			on := *target
			on.port = port
			for _, path := range []string{"/debug/pprof/", "/debug/pprof/heap", "/debug/pprof/goroutine?debug=1", "/debug/pprof/cmdline", "/debug/pprof/profile?seconds=1"} {
				// When
				got := on.get(path)
				// Then
				if got.status != 200 || got.body == "" {
					t.Errorf("%s on port %d: status %d with %d bytes", path, port, got.status, len(got.body))
				}
			}
		}
	})
}

func TestRecordsTheFirstRequestsOfEachClient(t *testing.T) {
	forEachFramework(t, func(t *testing.T, framework string) {
		// Given
		target := start(t, framework, "RECORD_ARRIVALS=true")
		before := time.Now().UnixNano()
		// When probes, and two clients' loads, come in
		for _, r := range []request{
			{path: "/healthz", from: "127.0.0.4"},
			{path: "/metrics", from: "127.0.0.4"},
			{path: "/debug/counts", from: "127.0.0.4"},
			{path: "/json", from: "127.0.0.2"},
			{path: "/plaintext", from: "127.0.0.3"},
		} {
			target.send(r)
		}
		var got struct {
			Arrivals []struct {
				Client, Path string
				UnixNanos    int64
			}
		}
		target.get("/debug/arrivals").decode(t, &got)
		// Then
		if len(got.Arrivals) != 2 {
			t.Fatalf("arrivals %+v, want two", got.Arrivals)
		}
		first, second := got.Arrivals[0], got.Arrivals[1]
		if first.Client != "127.0.0.2" || first.Path != "/json" || second.Client != "127.0.0.3" || second.Path != "/plaintext" {
			t.Errorf("arrivals %+v", got.Arrivals)
		}
		if first.UnixNanos < before || second.UnixNanos < first.UnixNanos || time.Now().UnixNano() < second.UnixNanos {
			t.Errorf("instants %d and %d, asked from %d", first.UnixNanos, second.UnixNanos, before)
		}
	})
}

func TestDoesNotRecordArrivalsByDefault(t *testing.T) {
	forEachFramework(t, func(t *testing.T, framework string) {
		target := start(t, framework)
		target.get("/plaintext")
		if got := target.get("/debug/arrivals"); got.status != 404 {
			t.Errorf("status %d", got.status)
		}
	})
}

func TestEchoesTheRequestIDOnOperationalRoutes(t *testing.T) {
	forEachFramework(t, func(t *testing.T, framework string) {
		target := start(t, framework)
		for _, path := range []string{"/healthz", "/metrics", "/debug/counts", "/debug/pprof/"} {
			got := target.send(request{path: path, header: map[string]string{requestID: "abc"}})
			if got.status != 200 || got.header.Get(requestID) != "abc" {
				t.Errorf("%s: status %d with the id %q", path, got.status, got.header.Get(requestID))
			}
		}
	})
}
