package official

import (
	"context"
	"sync"
	"time"
)

// answering is a callback that waits for its answer, which is the answer to
// every further try of the same message.
type answering struct {
	text  chan string   // the answer, to the callback
	taken chan struct{} // closed when nothing more can go this way
	said  string        // what was answered; empty: nothing
	at    time.Time
}

// waiting keeps the callbacks that wait, and what waits for a person's 继续.
type waiting struct {
	mu    sync.Mutex
	open  map[string]*answering // by MsgId
	later map[string][]string   // answers that were too late, by person
	owed  map[string]time.Time  // people who were told to write 继续, and have not seen the answer
	given map[string]time.Time  // when a person's callback was last answered
}

func newWaiting() *waiting {
	return &waiting{open: map[string]*answering{}, later: map[string][]string{},
		owed: map[string]time.Time{}, given: map[string]time.Time{}}
}

const (
	answersLast = time.Minute // WeChat asks no longer
	owedLasts   = 2 * time.Minute
	mostLater   = 20 // messages for one person
	mostPeople  = 10_000
	// replyTravels is how long the answer to a callback may be on its way. It goes
	// over another connection than a customer message, which would overtake it.
	replyTravels = 300 * time.Millisecond
)

// meet gives the answering of a message, and whether it is a new message.
func (w *waiting) meet(id string) (*answering, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for other, a := range w.open {
		if time.Since(a.at) > answersLast {
			delete(w.open, other)
		}
	}
	if a := w.open[id]; a != nil {
		return a, false
	}
	a := &answering{text: make(chan string), taken: make(chan struct{}), at: time.Now()}
	w.open[id] = a
	return a, true
}

// finish says what a message was answered with, to the tries that wait.
func (w *waiting) finish(a *answering, said string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	a.said = said
	close(a.taken)
}

func (w *waiting) said(a *answering) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return a.said
}

// give hands a text to the callback of a person's message, and reports whether it
// took it.
func (w *waiting) give(ctx context.Context, person, id, text string) bool {
	w.mu.Lock()
	a := w.open[id]
	w.mu.Unlock()
	if a == nil {
		return false
	}
	select {
	case a.text <- text:
		w.mu.Lock()
		defer w.mu.Unlock()
		if len(w.given) >= mostPeople {
			clear(w.given)
		}
		w.given[person] = time.Now()
		return true
	case <-a.taken:
	case <-ctx.Done():
	}
	return false
}

// travels gives how long the last answer to a person's callback may still be on
// its way.
func (w *waiting) travels(person string) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return replyTravels - time.Since(w.given[person])
}

// owe notes that a person was told to write 继续.
func (w *waiting) owe(person string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.owed) >= mostPeople {
		clear(w.owed)
	}
	w.owed[person] = time.Now()
}

// keep has a text wait until the person writes 继续.
func (w *waiting) keep(person, text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.later) >= mostPeople {
		clear(w.later)
	}
	all := append(w.later[person], text)
	w.later[person] = all[max(0, len(all)-mostLater):]
}

// next gives the first text that waits for a person, and how many more do. Where
// there is none, owed says that one will come.
func (w *waiting) next(person string) (text string, more int, owed bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := w.later[person]
	if len(all) == 0 {
		return "", 0, time.Since(w.owed[person]) < owedLasts
	}
	delete(w.owed, person)
	if w.later[person] = all[1:]; len(all) == 1 {
		delete(w.later, person)
	}
	return all[0], len(all) - 1, false
}
