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

// newApp makes an app for production, without what belongs to web pages and
// with Buffalo's middleware for errors and panics, but not that which logs each
// request. It is never told to Serve, which would listen for signals itself.
func newApp() *buffalo.App {
	// Buffalo otherwise looks for plugins of its developers' tool and writes
	// what it found to a file. The app's own Env is not affected.
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

// quiet is a logger that collects nothing for a line per request which nobody
// would write.
type quiet struct{ buffalo.Logger }

func (q *quiet) WithField(string, any) buffalo.Logger { return q }

func (q *quiet) WithFields(map[string]any) buffalo.Logger { return q }

// sessionless is the store for an app without sessions: each request gets an
// empty one, as Buffalo insists, and nothing is read or sent.
type sessionless struct{}

func (s sessionless) Get(_ *http.Request, name string) (*sessions.Session, error) {
	return sessions.NewSession(s, name), nil
}

func (s sessionless) New(r *http.Request, name string) (*sessions.Session, error) {
	return s.Get(r, name)
}

func (sessionless) Save(*http.Request, http.ResponseWriter, *sessions.Session) error { return nil }

// noForm is shared, since nobody writes to it.
var noForm = url.Values{}

// ignoreForm takes the place of Buffalo's look for a method in the request's
// form. A form that is there already is not read from the body, which a client
// may call one while it is JSON: curl does so unless told otherwise.
func ignoreForm(_ http.ResponseWriter, r *http.Request) { r.PostForm = noForm }

// asItCame keeps a route from matching a path with a slash too many. Buffalo
// ends all paths in a slash, those of routes and those of requests.
func asItCame(route *buffalo.RouteInfo) {
	route.MuxRoute.MatcherFunc(func(r *http.Request, _ *mux.RouteMatch) bool { return !cameWithSlash(r) })
}

func cameWithSlash(r *http.Request) bool {
	path, _, _ := strings.Cut(r.RequestURI, "?")
	return strings.HasSuffix(path, "/")
}

// foreign mounts a handler that is to see the path as it came. It notes a status
// that was only implied, for Buffalo would send 200 again, and net/http complain.
func foreign(handler http.Handler) buffalo.Handler {
	return buffalo.WrapHandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !cameWithSlash(r) {
			r.URL.Path = strings.TrimSuffix(r.URL.Path, "/")
		}
		handler.ServeHTTP(w, r)
		if response, known := w.(*buffalo.Response); known && response.Status == 0 {
			response.Status = http.StatusOK
		}
	})
}
