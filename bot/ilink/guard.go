package ilink

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"
)

// guard runs f and makes an error of a panic in it. The panic's own words may
// hold what somebody wrote, and are dropped.
func guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %T", p)
		}
	}()
	return f()
}

// pause waits for d or until ctx ends, and reports whether it waited to the end.
func pause(ctx context.Context, d time.Duration) bool {
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

// backoff is the pause after the n-th failure in a row, from 1: a second and
// more at first, doubling to a minute, with jitter upward so that it is never
// less than a second.
func backoff(n int) time.Duration {
	d := lastPause
	if n < 7 {
		d = firstPause << max(0, n-1)
	}
	return min(d, lastPause) + rand.N(d/4)
}
