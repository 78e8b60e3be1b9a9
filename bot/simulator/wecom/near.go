package wecom

import (
	"context"
	"net"
	"net/http"
	"sync"

	"zujian/bot/simulator"
)

// near is a listener within the process: no socket, so that a test may run in
// simulated time.
type near struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newNear() *near { return &near{conns: make(chan net.Conn), closed: make(chan struct{})} }

// Accept gives the next connection.
func (n *near) Accept() (net.Conn, error) {
	select {
	case c := <-n.conns:
		return c, nil
	case <-n.closed:
		return nil, net.ErrClosed
	}
}

// Close ends the listener.
func (n *near) Close() error { n.once.Do(func() { close(n.closed) }); return nil }

// Addr names it.
func (n *near) Addr() net.Addr { return &net.UnixAddr{Name: "simulator", Net: "unix"} }

// Open serves what comes by Dial until the function that it gives is called.
func (s *Sim) Open() (end func()) {
	ctx, stop := context.WithCancel(context.Background())
	server := &http.Server{Handler: s, BaseContext: func(net.Listener) context.Context { return ctx }}
	done := make(chan struct{})
	go func() { defer close(done); server.Serve(s.near) }()
	return func() {
		stop()
		s.cut()
		server.Close()
		<-done
	}
}

// Dial connects to the simulator within the process, whatever the address.
func (s *Sim) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	s.Mu.Lock()
	down := s.Down
	s.Mu.Unlock()
	if down { // else the request is noted when it comes
		s.Note("", "")
		return nil, simulator.ErrDown
	}
	ours, theirs := net.Pipe()
	select {
	case s.near.conns <- theirs:
		return ours, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-s.near.closed:
		return nil, net.ErrClosed
	}
}
