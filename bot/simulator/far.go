// Package simulator is the frame of the simulators below it, each of which
// plays the far end of one channel: what goes wrong with any network, requests
// within the process, and a page where one types. A figure that rests on a
// simulator says nothing of how fast or how patient the real far end is.
package simulator

import (
	"net/http"
	"slices"
	"sync"
	"time"
)

// Far is what every far end has. Its fields are used under Mu.
type Far struct {
	Mu    sync.Mutex
	Poll  time.Duration // how long a long poll is held
	Down  bool          // the network is
	Lose  int           // sends that arrive while their answer is lost
	Hold  int           // sends that arrive and get no answer
	Twice int           // messages that come twice under one id
	Cut   func()        // ends the connections that stand; nil: there are none

	changed  chan struct{} // closed and replaced whenever something happened
	requests []Request
	meddling map[string]*meddling
	meddled  int // times that Meddle was called
}

// Request is one request or connection. Bad means that it was made while the
// network was down or got an answer that was not the far end's.
type Request struct {
	At   time.Time
	Path string
	Note string // what the protocol adds
	Bad  bool
}

// Meddler answers a request in the place of the far end, which serve is.
type Meddler func(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc)

type meddling struct {
	left int
	do   Meddler
}

// Do changes the far end and wakes everything that waits for a change.
func (f *Far) Do(change func()) {
	f.Mu.Lock()
	defer f.Mu.Unlock()
	change()
	if f.changed != nil {
		close(f.changed)
	}
	f.changed = make(chan struct{})
}

// Look gives something of a far end as it is at one moment.
func Look[T any](f *Far, at func() T) T {
	f.Mu.Lock()
	defer f.Mu.Unlock()
	return at()
}

// Changed gives a channel that is closed at the next change.
func (f *Far) Changed() <-chan struct{} {
	f.Mu.Lock()
	defer f.Mu.Unlock()
	if f.changed == nil {
		f.changed = make(chan struct{})
	}
	return f.changed
}

// SetDown takes the network away, with every connection, or gives it back.
func (f *Far) SetDown(down bool) {
	f.Do(func() { f.Down = down })
	if down && f.Cut != nil {
		f.Cut()
	}
}

// LoseSends has the next n sends arrive while their answers are lost.
func (f *Far) LoseSends(n int) { f.Do(func() { f.Lose = n }) }

// HoldSends has the next n sends arrive and get no answer, for as long as the
// program waits.
func (f *Far) HoldSends(n int) { f.Do(func() { f.Hold = n }) }

// Duplicate has each of the next n messages come twice under one id.
func (f *Far) Duplicate(n int) { f.Do(func() { f.Twice = n }) }

// Meddle has the next n requests of a path, or of any where it is empty, be
// answered by do. Zero ends it.
func (f *Far) Meddle(path string, n int, do Meddler) {
	f.Do(func() {
		if f.meddling == nil {
			f.meddling = map[string]*meddling{}
		}
		f.meddling[path] = &meddling{n, do}
		f.meddled++
	})
}

// Take counts a fault down and reports whether it was there.
func Take(n *int) bool {
	if *n <= 0 {
		return false
	}
	*n--
	return true
}

// Requests gives every request so far.
func (f *Far) Requests() []Request {
	return Look(f, func() []Request { return slices.Clone(f.requests) })
}

// Note writes a request down and gives what is wrong with its answer.
func (f *Far) Note(path, note string) (do Meddler, down bool) {
	f.Mu.Lock()
	defer f.Mu.Unlock()
	for _, of := range []string{path, ""} {
		if m := f.meddling[of]; m != nil && !f.Down && Take(&m.left) {
			do = m.do
			break
		}
	}
	f.requests = append(f.requests, Request{time.Now(), path, note, f.Down || do != nil})
	return do, f.Down
}

// Answer serves a request as the network and the meddlers let it.
func (f *Far) Answer(w http.ResponseWriter, r *http.Request, path, note string, serve http.HandlerFunc) {
	do, down := f.Note(path, note)
	switch {
	case down:
		panic(http.ErrAbortHandler) // the connection is cut
	case do != nil:
		do(w, r, serve)
	default:
		serve(w, r)
	}
}

// Finish ends the answer to a send that arrived: as it should be, or not at all.
func Finish(r *http.Request, lose, hold bool) {
	if hold {
		<-r.Context().Done()
	}
	if lose || hold {
		panic(http.ErrAbortHandler)
	}
}

// Wait holds a long poll until ready says so, the poll is over or the client
// has gone; ready is called under the lock. It reports whether it was ready.
// Where the network goes meanwhile, the connection of a program is cut; where
// somebody begins to meddle, the poll is over.
func (f *Far) Wait(r *http.Request, ready func() bool) bool {
	down, ok := false, false
	meddled := Look(f, func() int { return f.meddled })
	f.wait(r, func() bool {
		down, ok = f.Down, ready()
		return down || ok || f.meddled != meddled
	})
	if down {
		panic(http.ErrAbortHandler)
	}
	return ok
}

// wait waits in the same way, whatever becomes of the network.
func (f *Far) wait(r *http.Request, ready func() bool) {
	over := time.NewTimer(f.Poll)
	defer over.Stop()
	for {
		changed := f.Changed()
		if Look(f, ready) {
			return
		}
		select {
		case <-changed:
		case <-over.C:
			return
		case <-r.Context().Done():
			return
		}
	}
}
