package ilink

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"zujian/bot/chat"
	simulator "zujian/bot/simulator/ilink"
)

// served is a channel on a simulator over a local socket.
type served struct {
	ch     *Channel
	sim    *simulator.Sim
	server *httptest.Server
	conns  atomic.Int64 // opened so far
	got    chan chat.Inbound
	stop   context.CancelFunc
	done   chan struct{}
}

func overSocket(t *testing.T) *served {
	t.Helper()
	v := &served{sim: simulator.New(simulator.Options{}), got: make(chan chat.Inbound, 10), done: make(chan struct{})}
	v.server = httptest.NewUnstartedServer(v.sim)
	v.server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			v.conns.Add(1)
		}
	}
	v.server.Start()
	online := make(chan struct{}, 10)
	ch, err := New(Options{File: filepath.Join(t.TempDir(), "ilink.json"), BaseURL: v.server.URL, OnState: func(r chat.Report) {
		if r.State == chat.Online {
			online <- struct{}{}
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	v.ch = ch
	ctx, stop := context.WithCancel(context.Background())
	v.stop = stop
	go func() { defer close(v.done); ch.Run(ctx, func(in chat.Inbound) { v.got <- in }) }()
	await(t, online)
	return v
}

func (v *served) close() {
	v.stop()
	<-v.done
	v.server.Close()
}

func await[T any](t *testing.T, from <-chan T) (got T) {
	t.Helper()
	select {
	case got = <-from:
	case <-time.After(30 * time.Second):
		t.Fatal("nothing came")
	}
	return got
}

// TestOverASocket goes the whole way over HTTP. Every send opens a connection
// of its own.
func TestOverASocket(t *testing.T) {
	v := overSocket(t)
	defer v.close()
	v.sim.Say(zhao, "在吗")
	if in := await(t, v.got); in.Text != "在吗" {
		t.Errorf("got %+v", in)
	}
	before := v.conns.Load()
	for range 3 {
		if _, err := v.ch.Send(t.Context(), chat.Target{Chat: zhao}, "在"); err != nil {
			t.Fatal(err)
		}
	}
	if n := v.conns.Load() - before; n < 3 {
		t.Errorf("%d connections for 3 sends", n)
	}
	if sent := v.sim.Sent(); len(sent) != 3 {
		t.Errorf("sent %+v", sent)
	}
	v.server.Listener.Close()
	if _, err := v.ch.Send(t.Context(), chat.Target{Chat: zhao}, "在"); !errors.Is(err, chat.ErrUnreachable) {
		t.Errorf("where nobody listens: %v", err)
	}
}

// TestRedirectsAreNotFollowed has the far end send a request elsewhere: the
// login does not go there.
func TestRedirectsAreNotFollowed(t *testing.T) {
	var elsewhere atomic.Int64
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	defer other.Close()
	first := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
	}))
	defer first.Close()
	c, err := New(Options{BaseURL: first.URL})
	if err != nil {
		t.Fatal(err)
	}
	defer c.clients.usual.CloseIdleConnections()
	var answer verdict
	err = c.ask(t.Context(), request{base: c.base, path: pathUpdates, body: map[string]any{}, token: "t"}, &answer)
	if !errors.Is(err, badStatus(http.StatusTemporaryRedirect)) || elsewhere.Load() > 0 {
		t.Errorf("got %v, %d requests elsewhere", err, elsewhere.Load())
	}
}

func TestBaseURLHasToBeAnAddress(t *testing.T) {
	for _, address := range []string{"weixin", "://", "http://"} {
		if _, err := New(Options{BaseURL: address}); err == nil {
			t.Errorf("%q was taken", address)
		}
	}
}

// BenchmarkKeep is one message taken from an allowance and written down, where
// a thousand people have written.
func BenchmarkKeep(b *testing.B) {
	k := &keeper{file: filepath.Join(b.TempDir(), "ilink.json"), kept: kept{People: map[string]*person{}}}
	now := time.Now()
	for i := range 1000 {
		token := make([]byte, 200)
		for j := range token {
			token[j] = 'a' + byte(i+j)%26
		}
		k.heard(clientID(), string(token), clientID(), now)
	}
	k.heard(zhao, "t", "1", now)
	for b.Loop() {
		k.kept.People[zhao].Left = 10
		if _, err := k.spend(zhao, now); err != nil {
			b.Fatal(err)
		}
	}
}
