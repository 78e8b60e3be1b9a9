package llm

import (
	"sync"
	"time"
)

// After restAfter failures in a row nothing is asked for restFor, so that an
// endpoint that is down does not make every answer late.
const (
	restAfter = 3
	restFor   = time.Minute
)

// breaker counts failures in a row.
type breaker struct {
	mu     sync.Mutex
	failed int
	until  time.Time // nothing is asked before
}

func (b *breaker) resting(now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return now.Before(b.until)
}

func (b *breaker) note(err error, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err == nil {
		b.failed = 0
		return
	}
	if b.failed++; b.failed >= restAfter {
		b.failed, b.until = 0, now.Add(restFor)
	}
}
