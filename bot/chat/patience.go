package chat

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"
)

// Guard runs f and makes an error of a panic in it, as libraries cause on
// answers that they do not expect. The panic's own words may hold what somebody
// wrote, and are dropped.
func Guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %T", p)
		}
	}()
	return f()
}

// Pause waits for d or until ctx ends, and reports whether it waited to the end.
func Pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

const (
	firstPause = time.Second
	lastPause  = time.Minute
)

// Backoff is the pause after the n-th failure in a row, from 1: a second at
// first, doubling to a minute, and up to a quarter more, so that many programs
// do not come back at one moment.
func Backoff(n int) time.Duration {
	d := lastPause
	if n < 7 {
		d = firstPause << max(0, n-1)
	}
	return min(d, lastPause) + rand.N(d/4)
}
