package main

import (
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// freeze answers a number of requests and no further ones.
func freeze(requests int) http.HandlerFunc {
	var count atomic.Uint64
	return func(w http.ResponseWriter, r *http.Request) {
		if count.Add(1) > uint64(requests) {
			hang(w, r)
		}
		answer(w, r)
	}
}

// hole never answers every n-th request, counted over all connections.
func hole(n int) http.HandlerFunc {
	var count atomic.Uint64
	return func(w http.ResponseWriter, r *http.Request) {
		if count.Add(1)%uint64(n) == 0 {
			hang(w, r)
		}
		answer(w, r)
	}
}

// few answers on the first connections with a request, and never on others.
func few(connections int) http.HandlerFunc {
	var lock sync.Mutex
	served := map[string]bool{}
	serves := func(address string) bool {
		lock.Lock()
		defer lock.Unlock()
		if len(served) < connections {
			served[address] = true
		}
		return served[address]
	}
	return func(w http.ResponseWriter, r *http.Request) {
		if !serves(r.RemoteAddr) {
			hang(w, r)
		}
		answer(w, r)
	}
}

// pause delays all requests during one interval until its end. The interval
// begins some time after the first measured request.
func pause(begins, length time.Duration) http.HandlerFunc {
	var first sync.Once
	var from atomic.Int64
	return func(w http.ResponseWriter, r *http.Request) {
		first.Do(func() { from.Store(time.Now().Add(begins).UnixNano()) })
		since := time.Since(time.Unix(0, from.Load()))
		if since >= 0 && since < length {
			time.Sleep(length - since)
		}
		answer(w, r)
	}
}
