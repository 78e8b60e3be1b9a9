// Package channel is what every channel does in the same way: it logs in,
// receives until the session ends, says how it stands, waits as long as it
// should and logs in again; and it sends one message at a time and learns from
// what became of it. The packages below it are the protocols.
package channel

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"zujian/bot/chat"
)

// Errors that end a session beside those of package chat.
var (
	// ErrUnscanned says that a QR code was shown to nobody.
	ErrUnscanned = errors.New("the QR code was not scanned in time")
	// ErrTaken says that another program took the account over.
	ErrTaken = errors.New("another connection of the robot took over")
)

// Over reports whether a session is over with err.
func Over(err error) bool {
	return errors.Is(err, chat.ErrLoggedOut) || errors.Is(err, chat.ErrRefused)
}

// Session is one login. A protocol puts it into its own.
type Session struct {
	Ctx     context.Context
	End     context.CancelCauseFunc
	Firm    bool        // a send that is refused says nothing of the session
	failing atomic.Bool // the last round failed: a send would only be one more request
}

// Open begins the session, which ends with ctx or by End.
func (s *Session) Open(ctx context.Context) { s.Ctx, s.End = context.WithCancelCause(ctx) }

// EndBy ends the session from another goroutine, with what was learned there.
func (s *Session) EndBy(err error) { s.End(fmt.Errorf("while sending: %w", err)) }

func (s *Session) base() *Session { return s }

type session interface {
	comparable
	base() *Session
}

// Protocol is what differs between channels.
type Protocol[S session] interface {
	// Login gives a session, by what an earlier run kept or by Loop.Scan. What
	// comes before Stay goes to handle.
	Login(ctx context.Context, handle chat.Handler) (S, error)
	// Stay receives until the session is over, and gives why it is.
	Stay(s S, handle chat.Handler) error
	// Forget drops what was kept of a login that is over.
	Forget()
}

// Options set up a loop. Name and Cause must be given.
type Options struct {
	Name    string
	Log     *slog.Logger
	OnState func(chat.Report) // hears of every change of state; may be nil
	// Cause names an error for the log and the operator: no address, no key.
	Cause func(err error) string
	// Do says in Chinese what an operator should do about an error where
	// chat.State.Advice does not know, else nothing. Nil: it never knows better.
	Do func(err error) string
}

// Loop is the part of a channel that all have; a channel embeds one.
type Loop[S session] struct {
	o        Options
	Log      *slog.Logger
	protocol Protocol[S]
	relogin  chan struct{}
	standing *chat.Standing
	sending  sync.Mutex // one send at a time

	// What has failed in a row; only Run touches it.
	failures int // connections and requests
	unseen   int // QR codes that nobody scanned
	taken    int // times that another program took over

	mu      sync.Mutex
	current S // the zero value unless logged in
}

// New makes the loop of a protocol.
func New[S session](o Options, p Protocol[S]) *Loop[S] {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Do == nil {
		o.Do = func(error) string { return "" }
	}
	log := o.Log.With("channel", o.Name)
	return &Loop[S]{o: o, Log: log, protocol: p, relogin: make(chan struct{}, 1), standing: chat.NewStanding(log, o.OnState)}
}

// Name is the channel's name.
func (l *Loop[S]) Name() string { return l.o.Name }

// Report gives the present state.
func (l *Loop[S]) Report() chat.Report { return l.standing.Report() }

// Relogin asks for a new login at once, as an operator may after a logout.
func (l *Loop[S]) Relogin() {
	select {
	case l.relogin <- struct{}{}:
	default: // one is asked for already
	}
}

// steady is how long a session lasts that was a good one.
const steady = time.Minute

// Run logs in, receives until ctx ends, and logs in again where the session
// ends; it never gives up and never fails. Where a person is needed it waits
// for Relogin, and tries by itself once in a long while.
func (l *Loop[S]) Run(ctx context.Context, handle chat.Handler) error {
	for ctx.Err() == nil {
		var began time.Time
		err := chat.Guard(func() error { return l.once(ctx, &began, handle) })
		if ctx.Err() != nil {
			return nil
		}
		if !began.IsZero() && time.Since(began) >= steady {
			l.failures = 0
		}
		l.failures++
		l.Log.Warn("the session ended", "cause", l.o.Cause(err), "failures", l.failures, chat.Stack(err))
		l.recoverFrom(ctx, err)
	}
	return nil
}

// once is one session from its login to its end; began is when it was there.
func (l *Loop[S]) once(ctx context.Context, began *time.Time, handle chat.Handler) (err error) {
	s, err := l.protocol.Login(ctx, handle)
	if err != nil {
		return err
	}
	*began, l.unseen = time.Now(), 0
	l.setCurrent(s)
	defer func() {
		var none S
		l.setCurrent(none)
		s.base().End(err) // a send under way learns from it why it was cut
	}()
	l.say(chat.Online, nil, "")
	return l.protocol.Stay(s, handle)
}

// Current gives the session; the zero value where there is none.
func (l *Loop[S]) Current() S {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.current
}

func (l *Loop[S]) setCurrent(s S) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.current = s
}

// say changes the state.
func (l *Loop[S]) say(state chat.State, why error, scan string) {
	r := chat.Report{State: state, Scan: scan}
	if why != nil {
		r.Cause, r.Do = l.o.Cause(why), l.o.Do(why)
	}
	l.standing.Change(r)
}

// Trouble says that the far end cannot be reached, for a reason outside of any
// session.
func (l *Loop[S]) Trouble(err error) { l.say(chat.Unreachable, err, "") }

const (
	shortPause   = 2 * time.Second
	refusedPause = 6 * time.Hour
	busyPause    = 5 * time.Minute // where logging in is too often
	takenPause   = time.Hour       // the other program may have ended, with nobody there to say so
	longestTaken = 24 * time.Hour  // each time longer, so that two programs do not fight for one robot
)

// recoverFrom says what has happened and waits as long as it should. One
// failure alone, after all was well, is no outage.
func (l *Loop[S]) recoverFrom(ctx context.Context, err error) {
	switch {
	case errors.Is(err, ErrTaken):
		l.say(chat.LoggedOut, err, "")
		l.waitForPerson(ctx, min(takenPause<<min(l.taken, 5), longestTaken))
		l.taken++
	case errors.Is(err, chat.ErrRefused):
		l.protocol.Forget()
		l.say(chat.Refused, err, "")
		l.waitForPerson(ctx, refusedPause)
	case errors.Is(err, chat.ErrLoggedOut):
		l.protocol.Forget()
		l.say(chat.LoggedOut, err, "")
		chat.Pause(ctx, shortPause)
	case errors.Is(err, ErrUnscanned):
		l.unscanned(ctx, err)
	case errors.Is(err, chat.ErrTooOften):
		l.say(chat.Limited, err, "")
		l.waitForPerson(ctx, busyPause<<min(l.failures-1, 3))
	default:
		if l.failures > 1 || l.Report().State != chat.Online {
			l.say(chat.Unreachable, err, "")
		}
		chat.Pause(ctx, chat.Backoff(l.failures))
	}
}

// waitForPerson waits until an operator asks for a new login, or for d.
func (l *Loop[S]) waitForPerson(ctx context.Context, d time.Duration) {
	select {
	case <-l.relogin: // asked for before there was a reason
	default:
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-l.relogin:
	case <-timer.C:
	case <-ctx.Done():
	}
}
