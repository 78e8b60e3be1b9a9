package chat

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path"
	"runtime"
	"strings"
	"sync/atomic"
	"time"
)

// Panic is a panic that was caught. Its own words may hold what somebody wrote
// and are dropped: Error gives its kind and the place in the code, and a log
// the whole stack.
type Panic struct {
	Kind  string // the type of what was thrown
	Place string // file and line where it was thrown
	Stack string
}

// Panicked makes a Panic of what recover gave, and counts it. It is for the
// deferred function itself: the stack is that of the panic.
func Panicked(thrown any) *Panic {
	panics.Add(1)
	p := &Panic{Kind: fmt.Sprintf("%T", thrown), Stack: stack()}
	p.Place, _, _ = strings.Cut(p.Stack, "\n")
	return p
}

func (p *Panic) Error() string { return "panic: " + p.Kind + " at " + p.Place }

// LogValue gives a log the whole stack.
func (p *Panic) LogValue() slog.Value {
	return slog.GroupValue(slog.String("panic", p.Kind), slog.String("stack", p.Stack))
}

// Stack gives a log the stack of a panic that err is, or nothing.
func Stack(err error) slog.Attr {
	if p := (*Panic)(nil); errors.As(err, &p) {
		return slog.String("stack", p.Stack)
	}
	return slog.Attr{}
}

var panics atomic.Int64

// Panics is how many panics were caught since the start.
func Panics() int64 { return panics.Load() }

// stack names the functions that led to a panic, the innermost first, without
// the values that they were called with.
func stack() string {
	var at [64]uintptr
	frames := runtime.CallersFrames(at[:runtime.Callers(0, at[:])])
	var out []string
	thrown := false
	for {
		f, more := frames.Next()
		if thrown {
			out = append(out, fmt.Sprintf("%s:%d %s", path.Base(f.File), f.Line, f.Function))
		}
		thrown = thrown && f.Function != "" || f.Function == "runtime.gopanic"
		if !more {
			return strings.Join(out, "\n")
		}
	}
}

// Guard runs f and makes a Panic of a panic in it, as libraries cause on
// answers that they do not expect.
func Guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = Panicked(p)
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
