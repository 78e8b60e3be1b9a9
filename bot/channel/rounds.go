package channel

import (
	"context"
	"errors"
	"time"

	"zujian/bot/chat"
)

const (
	idleRound    = time.Second // a round that brings nothing lasts at least this long
	limitedPause = time.Minute
	limitedLasts = 30 * time.Minute // where nothing is sent meanwhile
)

// Rounds receives by asking: round waits for news, hands them on and gives how
// many there were. It goes on until the session is over, and gives why it is.
func (l *Loop[S]) Rounds(of S, round func() (int, error)) error {
	s := of.base()
	for failures := 0; ; {
		began, got := time.Now(), 0
		err := chat.Guard(func() (err error) { got, err = round(); return err })
		s.failing.Store(err != nil)
		switch {
		case s.Ctx.Err() != nil:
			return context.Cause(s.Ctx)
		case Over(err):
			return err
		case err != nil:
			failures++
			l.fail(s, err, failures)
		default:
			failures = 0
			l.Well()
			if got == 0 {
				chat.Pause(s.Ctx, idleRound-time.Since(began))
			}
		}
	}
}

// fail says that a round failed and waits. One failure alone is no outage: a
// poll is cut now and then.
func (l *Loop[S]) fail(s *Session, err error, failures int) {
	l.Log.Warn("round failed", "cause", l.o.Cause(err), "failures", failures, chat.Stack(err))
	if errors.Is(err, chat.ErrTooOften) {
		l.say(chat.Limited, err, "")
		chat.Pause(s.Ctx, limitedPause<<min(failures-1, 4))
		return
	}
	if failures > 1 {
		l.say(chat.Unreachable, err, "")
	}
	chat.Pause(s.Ctx, chat.Backoff(failures))
}

// Well ends an outage. Limited ends with a send that goes through, or after long.
func (l *Loop[S]) Well() {
	if r := l.Report(); r.State != chat.Limited || time.Since(r.Since) > limitedLasts {
		l.say(chat.Online, nil, "")
	}
}

// Hand gives a message to the handler, whose panic costs only this message.
func (l *Loop[S]) Hand(handle chat.Handler, in chat.Inbound) {
	if err := chat.Guard(func() error { handle(in); return nil }); err != nil {
		l.Log.Error("the handler of a message failed", "error", err)
	}
}
