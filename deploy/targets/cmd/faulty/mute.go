package main

import (
	"context"
	"errors"
	"net"
	"sync"
)

// mute is an engine that accepts connections, and never reads or writes. It has
// to hold on to them: an unreferenced connection is closed when collected.
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

// Shutdown leaves the connections to the end of the process, which is near.
func (m *mute) Shutdown(context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.listener == nil {
		return nil
	}
	return m.listener.Close()
}
