package main

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gobuffalo/buffalo"
	"github.com/gobuffalo/envy"
	"github.com/gobuffalo/logger"
	"github.com/gorilla/mux"
	"github.com/gorilla/sessions"
)

// newApp returns an app for production: without features for web pages, with
// Buffalo's middleware for errors and panics, and without the one that logs
// each request. Serve is never called, because it would handle signals itself.
func newApp() *buffalo.App {
	// Otherwise Buffalo looks for plugins of its developer tool and writes the
	// result to a file. The app's own Env is not affected.
	envy.Set("GO_ENV", "test")
	app := buffalo.New(buffalo.Options{
		Env:            "production",
		Logger:         &quiet{logger.New(logger.ErrorLevel)},
		SessionStore:   sessionless{},
		MethodOverride: ignoreForm,
		WorkerOff:      true,
	})
	app.Middleware.Remove(buffalo.RequestLogger)
	app.Muxer().SkipClean(true) // no redirect from //json to /json
	return app
}

// quiet is a logger that does not collect fields for a line per request, which
// is not logged.
type quiet struct{ buffalo.Logger }

func (q *quiet) WithField(string, any) buffalo.Logger { return q }

func (q *quiet) WithFields(map[string]any) buffalo.Logger { return q }

// sessionless is the store for an app without sessions: each request gets an
// empty session, which Buffalo requires, and nothing is read or sent.
type sessionless struct{}

func (s sessionless) Get(_ *http.Request, name string) (*sessions.Session, error) {
	return sessions.NewSession(s, name), nil
}

func (s sessionless) New(r *http.Request, name string) (*sessions.Session, error) {
	return s.Get(r, name)
}

func (sessionless) Save(*http.Request, http.ResponseWriter, *sessions.Session) error { return nil }

// noForm is shared, because it is never written to.
var noForm = url.Values{}

// ignoreForm replaces Buffalo's search for a method in the request's form. A
// form that is already set is not parsed from the body, which may be JSON with
// the content type of a form: curl's default.
func ignoreForm(_ http.ResponseWriter, r *http.Request) { r.PostForm = noForm }

// exactPath keeps a route from matching a path with an additional slash at its
// end. Buffalo adds a slash to all paths of routes and requests.
func exactPath(route *buffalo.RouteInfo) {
	route.MuxRoute.MatcherFunc(func(r *http.Request, _ *mux.RouteMatch) bool { return !hasTrailingSlash(r) })
}

func hasTrailingSlash(r *http.Request) bool {
	path, _, _ := strings.Cut(r.RequestURI, "?")
	return strings.HasSuffix(path, "/")
}

// foreign mounts a handler that gets the original path. It records an implicit
// status, because Buffalo would otherwise send 200 a second time.
func foreign(handler http.Handler) buffalo.Handler {
	return buffalo.WrapHandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !hasTrailingSlash(r) {
			r.URL.Path = strings.TrimSuffix(r.URL.Path, "/")
		}
		handler.ServeHTTP(w, r)
		if response, known := w.(*buffalo.Response); known && response.Status == 0 {
			response.Status = http.StatusOK
		}
	})
}
