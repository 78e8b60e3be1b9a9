package ilink

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"zujian/bot/chat"
)

// session is one login. hold is how long the far end holds a poll; only the
// channel's own goroutine touches it.
type session struct {
	ctx     context.Context
	end     context.CancelCauseFunc
	who     kin
	hold    time.Duration
	failing atomic.Bool // the last round failed: a send would only be one more request
}

func newSession(ctx context.Context, who kin) *session {
	s := &session{who: who, hold: usualHold}
	s.ctx, s.end = context.WithCancelCause(ctx)
	return s
}

// over ends the session from another goroutine, with what was learned there.
func (s *session) over(err error) { s.end(fmt.Errorf("while sending: %w", err)) }

const (
	idleRound    = time.Second // a round that brings nothing lasts at least this long
	limitedPause = time.Minute
)

// stay receives until the session is over, and gives why it is.
func (c *Channel) stay(s *session, handle chat.Handler) error {
	c.setCurrent(s)
	defer c.setCurrent(nil)
	c.say(chat.Online, "", "")
	for failures := 0; ; {
		began := time.Now()
		got := 0
		err := chat.Guard(func() (err error) { got, err = c.round(s, handle); return err })
		if s.ctx.Err() != nil {
			return context.Cause(s.ctx)
		}
		switch {
		case ends(err):
			return err
		case err != nil:
			failures++
			s.failing.Store(true)
			c.fail(s, err, failures)
		default:
			failures = 0
			s.failing.Store(false)
			c.well()
			if got == 0 {
				chat.Pause(s.ctx, idleRound-time.Since(began))
			}
		}
	}
}

// fail says that a round failed and waits. One failure alone is no outage: a
// poll is cut now and then.
func (c *Channel) fail(s *session, err error, failures int) {
	c.log.Warn("round failed", "cause", cause(err), "failures", failures, chat.Stack(err))
	if errors.Is(err, chat.ErrTooOften) {
		c.say(chat.Limited, cause(err), "")
		chat.Pause(s.ctx, limitedPause<<min(failures-1, 4))
		return
	}
	if failures > 1 {
		c.say(chat.Unreachable, cause(err), "")
	}
	chat.Pause(s.ctx, chat.Backoff(failures))
}

// well ends an outage. Limited ends with a send that goes through.
func (c *Channel) well() {
	if c.Report().State != chat.Limited || time.Since(c.Report().Since) > 30*time.Minute {
		c.say(chat.Online, "", "")
	}
}

// round waits for news and hands them on, and gives how many there were. What
// was handed on is only then written down as taken.
func (c *Channel) round(s *session, handle chat.Handler) (int, error) {
	buf := c.keeper.buf()
	var news updates
	err := c.ask(s.ctx, request{base: s.who.BaseURL, path: pathUpdates, body: map[string]any{"get_updates_buf": buf},
		token: s.who.Token, patience: s.hold + beyondHold, most: mostUpdatesBytes}, &news)
	if err == nil {
		err = news.err()
	}
	if err != nil {
		return 0, err
	}
	if ms := news.Hold.int(); ms > 0 {
		s.hold = time.Duration(min(max(ms, 1000), 120_000)) * time.Millisecond
	}
	left := 0
	for _, raw := range news.Messages {
		if !c.receive(s, raw, handle) {
			left++
		}
	}
	if left > 0 {
		c.log.Info("messages without words for us are left out", "count", left)
	}
	if len(news.Messages) > 0 && (news.Buf == "" || news.Buf == buf) {
		return 0, errNoBuf // the same news will come again
	}
	c.keeper.took(news.Buf)
	return len(news.Messages), nil
}
