package wecom

import (
	"sync"
	"time"
)

// limit is how many messages a chat may get within a time.
type limit struct {
	within time.Duration
	most   int
}

// limits keep count of what each chat got, so that WeCom need not tell us.
type limits struct {
	kinds   []limit
	longest time.Duration

	mu   sync.Mutex
	sent map[string][]time.Time // by chat, oldest first
}

func newLimits(kinds ...limit) *limits {
	l := &limits{kinds: kinds, sent: map[string][]time.Time{}}
	for _, k := range kinds {
		l.longest = max(l.longest, k.within)
	}
	return l
}

// wait gives how long until the chat may get another message; zero means now.
func (l *limits) wait(chat string, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	times := l.sent[chat]
	var wait time.Duration
	for _, k := range l.kinds {
		if n := len(times) - k.most; n >= 0 {
			wait = max(wait, times[n].Add(k.within).Sub(now))
		}
	}
	return wait
}

// count notes a message that went out, or may have.
func (l *limits) count(chat string, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for other, times := range l.sent {
		for len(times) > 0 && now.Sub(times[0]) >= l.longest {
			times = times[1:]
		}
		if l.sent[other] = times; len(times) == 0 {
			delete(l.sent, other)
		}
	}
	l.sent[chat] = append(l.sent[chat], now)
}
