// Package chattest is for tests of a channel: it runs one in simulated time and
// hears what comes of it.
package chattest

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/chat"
)

// Ear runs a channel in simulated time and hears what comes of it.
type Ear struct {
	First func(chat.Inbound) // is given each message before it is noted; may be nil

	mu     sync.Mutex
	got    []chat.Inbound
	states []chat.Report

	stop context.CancelFunc
	done chan struct{}
}

// Run runs a channel until Close, and lets it begin: a scan is first looked for a
// second after the code is shown.
func (e *Ear) Run(ch chat.Channel) {
	var ctx context.Context
	ctx, e.stop = context.WithCancel(context.Background())
	e.done = make(chan struct{})
	go func() {
		defer close(e.done)
		ch.Run(ctx, e.take)
	}()
	Pass(2 * time.Second)
}

// Close ends it.
func (e *Ear) Close() { e.stop(); <-e.done }

func (e *Ear) take(in chat.Inbound) {
	if e.First != nil {
		e.First(in)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.got = append(e.got, in)
}

// Hear is for the channel to tell of its states.
func (e *Ear) Hear(r chat.Report) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.states = append(e.states, r)
}

// Received gives the messages since the last call, when all is quiet.
func (e *Ear) Received() []chat.Inbound {
	synctest.Wait()
	e.mu.Lock()
	defer e.mu.Unlock()
	got := e.got
	e.got = nil
	return got
}

// Reports gives the states since Forget.
func (e *Ear) Reports() []chat.Report {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.states)
}

// Forget drops the states that were heard.
func (e *Ear) Forget() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.states = nil
}

// Wants checks that the states since Forget were heard in this order, others
// between them, and forgets them.
func (e *Ear) Wants(t *testing.T, states ...chat.State) {
	t.Helper()
	var all []chat.State
	i := 0
	for _, r := range e.Reports() {
		all = append(all, r.State)
		if i < len(states) && r.State == states[i] {
			i++
		}
	}
	if i < len(states) {
		t.Errorf("states %v, want %v among them in this order", all, states)
	}
	e.Forget()
}

// WasIn reports whether the channel was in a state since Forget.
func (e *Ear) WasIn(state chat.State) bool {
	return slices.ContainsFunc(e.Reports(), func(r chat.Report) bool { return r.State == state })
}

// Pass lets simulated time go by.
func Pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}
