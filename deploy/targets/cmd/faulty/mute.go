package main

import (
	"context"
	"errors"
	"net"
	"sync"
)

// mute is an engine that accepts connections and never reads or writes. It
// keeps references to them, because an unreferenced connection is closed by the
// garbage collector.
type mute struct {
	mu          sync.Mutex
	listener    net.Listener
	connections []net.Conn
}

// Serve accepts until Shutdown closes the listener.
func (m *mute) Serve(listener net.Listener) error {
	m.mu.Lock()
	m.listener = listener
	m.mu.Unlock()
	for {
		connection, err := listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err != nil {
			return err
		}
		m.mu.Lock()
		m.connections = append(m.connections, connection)
		m.mu.Unlock()
	}
}

// Shutdown does not close the connections, because the process ends soon.
func (m *mute) Shutdown(context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.listener == nil {
		return nil
	}
	return m.listener.Close()
}
