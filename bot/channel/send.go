package channel

import (
	"context"
	"errors"

	"zujian/bot/chat"
)

// Deliver makes a send in the present session, one at a time, and learns from
// its result how the session stands. An error for which chat.NotSent is false
// means that the message may have gone out.
func (l *Loop[S]) Deliver(send func(s S) (chat.Receipt, error)) (chat.Receipt, error) {
	l.sending.Lock()
	defer l.sending.Unlock()
	var none S
	s := l.Current()
	if s == none {
		return chat.Receipt{}, l.away()
	}
	if s.base().failing.Load() {
		return chat.Receipt{}, chat.ErrUnreachable
	}
	var receipt chat.Receipt
	err := chat.Guard(func() (err error) {
		receipt, err = send(s)
		return err
	})
	if over := context.Cause(s.base().Ctx); errors.Is(err, chat.ErrUnreachable) && Over(over) {
		err = over // the session ended while the send was made ready
	}
	l.learn(s.base(), err)
	return receipt, err
}

// away says why there is no session.
func (l *Loop[S]) away() error {
	switch l.Report().State {
	case chat.Refused:
		return chat.ErrRefused
	case chat.LoggedOut, chat.WaitingScan:
		return chat.ErrLoggedOut
	}
	return chat.ErrUnreachable
}

// learn takes from the result of a send how the session stands.
func (l *Loop[S]) learn(s *Session, err error) {
	var limit chat.TooOften
	switch {
	case err == nil:
		if l.Report().State == chat.Limited {
			l.say(chat.Online, nil, "")
		}
		return
	case Over(err) && !s.Firm:
		s.EndBy(err)
	case errors.As(err, &limit) && limit.After > 0: // ours: nothing was asked of the far end
		return
	case errors.Is(err, chat.ErrTooOften):
		l.say(chat.Limited, err, "")
	}
	l.Log.Warn("a send failed", "cause", l.o.Cause(err))
}
