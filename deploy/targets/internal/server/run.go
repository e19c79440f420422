package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os/signal"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// grace is how long requests in flight may take after SIGTERM. A target must
// end within two seconds, even on a busy machine.
const grace = time.Second

// Engine serves a target's connections, with net/http or fasthttp.
type Engine interface {
	// Serve accepts connections until Shutdown, and then returns nil.
	Serve(net.Listener) error
	// Shutdown waits for requests in flight until ctx is done. It may leave
	// remaining ones to the end of the process.
	Shutdown(ctx context.Context) error
}

// Service is an engine with its listener.
type Service struct {
	Engine   Engine
	Listener net.Listener
}

// HTTP returns an Engine for a net/http handler. It sets no timeouts, which
// would add a timer to each request that targets with fasthttp do not have.
func HTTP(handler http.Handler) Engine {
	return &httpEngine{http.Server{Handler: handler}}
}

type httpEngine struct{ server http.Server }

func (e *httpEngine) Serve(listener net.Listener) error {
	if err := e.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func (e *httpEngine) Shutdown(ctx context.Context) error {
	if err := e.server.Shutdown(ctx); err != nil {
		return e.server.Close()
	}
	return nil
}

// Listen opens a TCP port on all addresses and returns its number, which is
// only known now for port 0.
func Listen(port int) (net.Listener, int, error) {
	listener, err := net.Listen("tcp", ":"+strconv.Itoa(port))
	if err != nil {
		return nil, 0, fmt.Errorf("cannot listen on port %d: %w", port, err)
	}
	return listener, listener.Addr().(*net.TCPAddr).Port, nil
}

// Run serves until the process gets a signal to stop, and returns nil once all
// services ended. It returns early if one of them fails; without services it
// only waits. It calls started first, but after signal handling is set up: a
// target may be stopped as soon as it has logged its start.
func Run(started func(), services ...Service) error {
	stop, release := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer release()
	started()

	failed := make(chan error, len(services))
	for _, service := range services {
		go func() {
			if err := service.Engine.Serve(service.Listener); err != nil {
				failed <- err
			}
		}()
	}
	select {
	case err := <-failed:
		return err
	case <-stop.Done():
	}

	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	errs := make([]error, len(services))
	var stopping sync.WaitGroup
	for i, service := range services {
		stopping.Go(func() { errs[i] = service.Engine.Shutdown(ctx) })
	}
	stopping.Wait()
	return errors.Join(errs...)
}
