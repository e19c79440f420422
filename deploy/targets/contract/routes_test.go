package contract

import (
	"reflect"
	"strings"
	"testing"
)

const (
	text      = "text/plain; charset=utf-8"
	jsonUTF8  = "application/json; charset=utf-8"
	requestID = "X-Request-Id"
)

type exchange struct {
	given string
	when  request
	then  expected
}

type expected struct {
	status      int
	contentType string
	body        string            // exactly this,
	bodyNames   string            // or JSON with an error that contains this
	header      map[string]string // and these, among others
}

var exchanges = []exchange{
	{"plain text", request{path: "/plaintext"}, expected{status: 200, contentType: text, body: "Hello, World!"}},
	{"JSON", request{path: "/json"}, expected{status: 200, contentType: jsonUTF8, body: `{"message":"Hello, World!"}`}},
	{"health", request{path: "/healthz"}, expected{status: 200, contentType: text, body: "ok"}},

	{"a user", request{path: "/users/42"}, expected{status: 200, contentType: jsonUTF8, body: user42}},
	{"a user after a query", request{path: "/users/42?verbose=1"}, expected{status: 200, contentType: jsonUTF8, body: user42}},
	{"user zero", request{path: "/users/0"}, failure(404, "no user has the id 0")},
	{"a negative user", request{path: "/users/-7"}, failure(404, "no user has the id -7")},
	{"a user beyond 64 bits", request{path: "/users/99999999999999999999"}, failure(404, "no user has the id 99999999999999999999")},
	{"a user by name", request{path: "/users/alice"}, failure(400, `must be a number, but it is "alice"`)},
	{"a user with a slash too many", request{path: "/users/42/"}, failure(404, "no such route")},
	{"a user's own path", request{path: "/users/42/shoes"}, failure(404, "no such route")},
	{"a user without an id", request{path: "/users/"}, failure(404, "no such route")},
	{"a user by a fraction", request{path: "/users/1.5"}, failure(400, `must be a number, but it is "1.5"`)},

	{"a new user", post(`{"id":42,"name":"Ada"}`), created("/users/42", `{"id":42,"name":"Ada","email":"user-42@example.test"}`)},
	{"a new user without a name", post(`{"id":42}`), created("/users/42", user42)},
	{"a new user without anything", post(`{}`), created("/users/1", `{"id":1,"name":"user-1","email":"user-1@example.test"}`)},
	{"a new user with unknown fields", post(`{"id":42,"shoe":44}`), created("/users/42", user42)},
	{"a new user with a bad id", post(`{"id":0}`), failure(400, "field id must be a positive integer, but it is 0")},
	{"an empty body", post(``), failure(400, "the body is empty")},
	{"a cut body", post(`{"id":`), failure(400, "not JSON at byte 6")},
	{"a body that goes on", post(`{} {}`), failure(400, "not JSON at byte 4")},
	{"null", post(`null`), failure(400, "must be a JSON object, but it is null")},
	{"an array", post(`[1]`), failure(400, "must be a JSON object, but it is a JSON array")},
	{"a word for an id", post(`{"id":"x"}`), failure(400, "field id must be an integer, but it is a JSON string")},
	{"a number for a name", post(`{"name":5}`), failure(400, "field name must be a string, but it is a JSON number")},
	{"a huge body", post(`{"name":"` + strings.Repeat("x", 64<<10) + `"}`), failure(400, "larger than 65536 bytes")},

	// Form handling of frameworks must not affect the answers.
	{"a new user called a form", typed("application/x-www-form-urlencoded", `{"id":42}`), created("/users/42", user42)},
	{"a new user called a form of parts", typed("multipart/form-data; boundary=x", `{"id":42}`), created("/users/42", user42)},
	{"a new user called compressed", request{method: "POST", path: "/users", body: `{"id":42}`, header: map[string]string{"Content-Encoding": "gzip"}}, created("/users/42", user42)},
	{"a new user with another method in the query", request{method: "POST", path: "/users?_method=PUT", body: `{"id":42}`}, created("/users/42", user42)},

	{"a changed user", put("/users/42", `{"name":"Ada"}`), expected{status: 200, contentType: jsonUTF8, body: `{"id":42,"name":"Ada","email":"user-42@example.test"}`}},
	{"a changed user with its id", put("/users/42", `{"id":42}`), expected{status: 200, contentType: jsonUTF8, body: user42}},
	{"a changed user with another's id", put("/users/42", `{"id":43}`), failure(400, "field id is 43, but the path says 42")},
	{"a change of user zero", put("/users/0", `{}`), failure(404, "no user has the id 0")},
	{"a change by name", put("/users/alice", `{}`), failure(400, "must be a number")},
	{"a cut change", put("/users/42", `{`), failure(400, "not JSON")},

	{"an unknown path", request{path: "/nowhere"}, failure(404, "no such route")},
	{"a known path with a slash too many", request{path: "/plaintext/"}, failure(404, "no such route")},
	{"a known path with a slash doubled", request{path: "//plaintext"}, failure(404, "no such route")},
	{"a known path in capitals", request{path: "/PLAINTEXT"}, failure(404, "no such route")},
	{"the root", request{path: "/"}, failure(404, "no such route")},
	{"the head of a known path", request{method: "HEAD", path: "/plaintext"}, expected{status: 404, contentType: jsonUTF8}},
	{"the options of a known path", request{method: "OPTIONS", path: "/plaintext"}, failure(404, "no such route")},
	{"an unknown method", request{method: "DELETE", path: "/plaintext"}, failure(404, "no such route")},

	{"an id of a request", request{path: "/plaintext", header: map[string]string{requestID: "abc"}},
		expected{status: 200, contentType: text, body: "Hello, World!", header: map[string]string{requestID: "abc"}}},
	{"an id of a request that fails", request{path: "/nowhere", header: map[string]string{requestID: "abc"}},
		expected{status: 404, contentType: jsonUTF8, bodyNames: "no such route", header: map[string]string{requestID: "abc"}}},
	{"an id of a request that panics", request{path: "/panic", header: map[string]string{requestID: "abc"}},
		expected{status: 500, header: map[string]string{requestID: "abc"}}},
	{"no id of a request", request{path: "/plaintext"},
		expected{status: 200, contentType: text, body: "Hello, World!", header: map[string]string{requestID: ""}}},
	{"an environment's id", request{path: "/plaintext", header: map[string]string{"X-Env-ID": "env-1"}},
		expected{status: 200, contentType: text, body: "Hello, World!"}},
}

const user42 = `{"id":42,"name":"user-42","email":"user-42@example.test"}`

func post(body string) request { return request{method: "POST", path: "/users", body: body} }

func typed(contentType, body string) request {
	return request{method: "POST", path: "/users", body: body, header: map[string]string{"Content-Type": contentType}}
}

func put(path, body string) request { return request{method: "PUT", path: path, body: body} }

func failure(status int, names string) expected {
	return expected{status: status, contentType: jsonUTF8, bodyNames: names}
}

func created(location, body string) expected {
	return expected{status: 201, contentType: jsonUTF8, body: body, header: map[string]string{"Location": location}}
}

func TestAnswersEachRouteByTheContract(t *testing.T) {
	forEachFramework(t, func(t *testing.T, framework string) {
		target := start(t, framework)
		for _, e := range exchanges {
			t.Run(e.given, func(t *testing.T) {
				check(t, target.in(t).send(e.when), e.then)
			})
		}
	})
}

func check(t *testing.T, got answer, want expected) {
	t.Helper()
	if got.status != want.status {
		t.Errorf("status %d, want %d", got.status, want.status)
	}
	if contentType := got.header.Get("Content-Type"); contentType != want.contentType {
		t.Errorf("Content-Type %q, want %q", contentType, want.contentType)
	}
	for name, value := range want.header {
		if got.header.Get(name) != value {
			t.Errorf("%s %q, want %q", name, got.header.Get(name), value)
		}
	}
	if want.bodyNames == "" {
		if got.body != want.body {
			t.Errorf("body %q, want %q", got.body, want.body)
		}
		return
	}
	var problem struct{ Error string }
	got.decode(t, &problem)
	if !strings.Contains(problem.Error, want.bodyNames) {
		t.Errorf("error %q, want one that names %q", problem.Error, want.bodyNames)
	}
}

// A comparison of frameworks is fair only if they send the same bytes, so an
// additional header is an error.
func TestAnswersOfAllFrameworksAreEqual(t *testing.T) {
	t.Parallel()
	targets := startAll(t)
	all := append([]exchange{{given: "the chain", when: request{path: "/chain"}}}, exchanges...)
	for _, e := range all {
		t.Run(e.given, func(t *testing.T) {
			first := targets[0].in(t).send(e.when)
			first.header.Del("Date")
			for i, target := range targets[1:] {
				other := target.in(t).send(e.when)
				other.header.Del("Date")
				if !reflect.DeepEqual(first, other) {
					t.Errorf("%s answers %+v,\nbut %s answers %+v", frameworks[0], first, frameworks[i+1], other)
				}
			}
		})
	}
}

// Load uses connections that stay open, on which a server may send other
// headers than in its last answer.
func TestAnswersOfAllFrameworksAreEqualOnOneConnection(t *testing.T) {
	t.Parallel()
	requests := []request{{path: "/plaintext"}, {path: "/users/42"}, post(`{"id":42}`), put("/users/0", `{}`), {path: "/nowhere"}, {path: "/panic", header: map[string]string{requestID: "abc"}}, {path: "/json"}}
	var first []answer
	for i, target := range startAll(t) {
		answers := target.in(t).converse(requests)
		if i == 0 {
			first = answers
		}
		if !reflect.DeepEqual(first, answers) {
			t.Errorf("%s answers %+v,\nbut %s answers %+v", frameworks[0], first, frameworks[i], answers)
		}
	}
}

func startAll(t *testing.T) []*process {
	t.Helper()
	targets := make([]*process, len(frameworks))
	for i, framework := range frameworks {
		targets[i] = start(t, framework, "MIDDLEWARE_DEPTH=3")
	}
	return targets
}
