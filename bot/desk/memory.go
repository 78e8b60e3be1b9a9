package desk

import (
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"zujian/bot/chat"
	"zujian/bot/store"
)

const (
	idsKept     = 8192
	peopleKept  = 10_000
	turnsKept   = 4
	turnsLast   = 30 * time.Minute
	answersLast = 24 * time.Hour
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
	return &recentIDs{ids: map[[2]string]bool{}}
}

// add reports whether the message is new.
func (r *recentIDs) add(channel, id string) bool {
	key := [2]string{channel, id}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ids[key] {
		return false
	}
	r.ids[key] = true
	if len(r.ring) < idsKept {
		r.ring = append(r.ring, key)
		return true
	}
	delete(r.ids, r.ring[r.next])
	r.ring[r.next] = key
	r.next = (r.next + 1) % len(r.ring)
	return true
}

// has reports whether the message is known.
func (r *recentIDs) has(channel, id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return id != "" && r.ids[[2]string{channel, id}]
}

// Seldom says of each key whether something is to be told of it: once in a time. It
// is safe for several goroutines.
type Seldom[K comparable] struct {
	mu sync.Mutex
	at map[K]time.Time
}

// First reports whether nothing was told of a key within the time up to now, and
// notes that it is.
func (s *Seldom[K]) First(key K, now time.Time, within time.Duration) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at, ok := s.at[key]; ok && now.Sub(at) < within {
		return false
	}
	if s.at == nil || len(s.at) >= peopleKept {
		s.at = map[K]time.Time{}
	}
	s.at[key] = now
	return true
}

// unreadable is a person and a kind of message of his that cannot be read.
type unreadable struct {
	who  store.Key
	kind chat.Kind
}

// toldLasts is how long he knows.
const toldLasts = 24 * time.Hour

// limiter holds each person to a number of messages a minute.
type limiter struct {
	mu  sync.Mutex
	who map[store.Key]*window
}

type window struct {
	from time.Time
	n    int
}

func newLimiter() *limiter { return &limiter{who: map[store.Key]*window{}} }

// take counts a message, of which there may be most in a minute. tell is true for
// the first one over that.
func (l *limiter) take(key store.Key, now time.Time, most int) (allowed, tell bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.who[key]
	if w == nil || now.Sub(w.from) >= limitWindow {
		l.forget(now)
		w = &window{from: now}
		l.who[key] = w
	}
	w.n++
	return w.n <= most, w.n == most+1
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
	// answers are the last of each chat, for replies that quote one.
	answers map[chatKey][]answered
	// heard are the last messages of each group, whoever they are for.
	heard map[chatKey][]said
}

// said is a message by its id and who wrote it.
type said struct{ id, speaker string }

const heardKept = 64 // of each group

// hear remembers that a message was written in a group.
func (t *talk) hear(in chat.Inbound) {
	if !in.Group || in.Own || in.ID == "" {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.heard) >= peopleKept {
		clear(t.heard)
	}
	all := append(t.heard[chatOf(in)], said{in.ID, in.Speaker})
	t.heard[chatOf(in)] = all[max(0, len(all)-heardKept):]
}

// interrupted says whether another person wrote in the group after a message.
func (t *talk) interrupted(in chat.Inbound) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	all := t.heard[chatOf(in)]
	at := slices.Index(all, said{in.ID, in.Speaker})
	return at >= 0 && slices.ContainsFunc(all[at:], func(s said) bool { return s.speaker != in.Speaker })
}

// answered is an answer by its beginning, and the question it is to.
type answered struct {
	begins   string
	question string
	at       time.Time
}

const (
	answersKept = 20 // of each chat
	beginning   = 24 // characters by which an answer is known again
)

// begins is how an answer is known again: channels change its blanks and marks.
func begins(text string) string {
	letters := make([]rune, 0, beginning)
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters = append(letters, r)
		}
		if len(letters) == beginning {
			break
		}
	}
	return string(letters)
}

func chatOf(in chat.Inbound) chatKey { return chatKey{in.Channel, in.Chat, in.Twin, in.Group} }

// keep remembers an answer for some time.
func (t *talk) keep(in chat.Inbound, question, answer string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.answers) >= peopleKept {
		clear(t.answers)
	}
	all := append(t.answers[chatOf(in)], answered{begins(answer), question, now})
	t.answers[chatOf(in)] = all[max(0, len(all)-answersKept):]
}

// quotes gives the question to which the message quotes our answer; empty
// where it quotes none of ours.
func (t *talk) quotes(in chat.Inbound, now time.Time) string {
	quoted := begins(in.Quote)
	if len([]rune(quoted)) < beginning/2 {
		return ""
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	question := ""
	for _, a := range t.answers[chatOf(in)] {
		if now.Sub(a.at) < answersLast && strings.HasPrefix(a.begins, quoted) {
			question = a.question // the last one, where several begin alike
		}
	}
	return question
}

type asked struct {
	text string
	at   time.Time
}

func newTalk() *talk {
	return &talk{who: map[store.Key][]asked{}, answers: map[chatKey][]answered{}, heard: map[chatKey][]said{}}
}

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
