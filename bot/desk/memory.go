package desk

import (
	"sync"
	"time"

	"zujian/bot/store"
)

const (
	idsKept     = 8192
	peopleKept  = 10_000
	turnsKept   = 4
	turnsLast   = 30 * time.Minute
	limitWindow = time.Minute
)

// recentIDs knows the last messages, so that the same one is not begun twice;
// the store knows those of earlier runs.
type recentIDs struct {
	mu   sync.Mutex
	ids  map[[2]string]bool
	ring [][2]string
	next int
}

func newRecentIDs() *recentIDs {
	return &recentIDs{ids: map[[2]string]bool{}, ring: make([][2]string, idsKept)}
}

// add reports whether the message is new.
func (r *recentIDs) add(channel, id string) bool {
	key := [2]string{channel, id}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ids[key] {
		return false
	}
	delete(r.ids, r.ring[r.next])
	r.ring[r.next] = key
	r.next = (r.next + 1) % len(r.ring)
	r.ids[key] = true
	return true
}

// limiter holds each person to a number of messages a minute.
type limiter struct {
	most int
	mu   sync.Mutex
	who  map[store.Key]*window
}

type window struct {
	from time.Time
	n    int
}

func newLimiter(most int) *limiter { return &limiter{most: most, who: map[store.Key]*window{}} }

// take counts a message. tell is true for the first one over the limit.
func (l *limiter) take(key store.Key, now time.Time) (allowed, tell bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.who[key]
	if w == nil || now.Sub(w.from) >= limitWindow {
		l.forget(now)
		w = &window{from: now}
		l.who[key] = w
	}
	w.n++
	return w.n <= l.most, w.n == l.most+1
}

// forget drops windows that are over, when there are many.
func (l *limiter) forget(now time.Time) {
	if len(l.who) < peopleKept {
		return
	}
	for key, w := range l.who {
		if now.Sub(w.from) >= limitWindow {
			delete(l.who, key)
		}
	}
}

// talk holds the last questions of each person in each chat, for questions that
// lean on them. It is never written down.
type talk struct {
	mu  sync.Mutex
	who map[store.Key][]asked
}

type asked struct {
	text string
	at   time.Time
}

func newTalk() *talk { return &talk{who: map[store.Key][]asked{}} }

// before gives the questions that a new one may lean on, oldest first.
func (t *talk) before(key store.Key, now time.Time) []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var turns []string
	for _, a := range t.who[key] {
		if now.Sub(a.at) < turnsLast {
			turns = append(turns, a.text)
		}
	}
	return turns
}

func (t *talk) add(key store.Key, text string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.who) >= peopleKept {
		for k, turns := range t.who {
			if now.Sub(turns[len(turns)-1].at) >= turnsLast {
				delete(t.who, k)
			}
		}
	}
	turns := append(t.who[key], asked{text, now})
	t.who[key] = turns[max(0, len(turns)-turnsKept):]
}
