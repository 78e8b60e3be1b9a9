package ilink

import (
	"context"
	"time"

	"zujian/bot/channel"
	"zujian/bot/chat"
)

// session is one login. hold is how long the far end holds a poll; only the
// channel's own goroutine touches it.
type session struct {
	channel.Session
	who  kin
	hold time.Duration
}

func newSession(ctx context.Context, who kin) *session {
	s := &session{who: who, hold: usualHold}
	s.Open(ctx)
	return s
}

// Stay receives until the session is over.
func (c protocol) Stay(s *session, handle chat.Handler) error {
	return c.Rounds(s, func() (int, error) { return c.round(s, handle) })
}

// round waits for news and hands them on, and gives how many there were. What
// was handed on is only then written down as taken.
func (c *Channel) round(s *session, handle chat.Handler) (int, error) {
	buf := c.keeper.buf()
	var news updates
	err := c.ask(s.Ctx, request{base: s.who.BaseURL, path: pathUpdates, body: map[string]any{"get_updates_buf": buf},
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
		c.Log.Info("messages without words for us are left out", "count", left)
	}
	if len(news.Messages) > 0 && (news.Buf == "" || news.Buf == buf) {
		return 0, errNoBuf // the same news will come again
	}
	c.keeper.took(news.Buf)
	return len(news.Messages), nil
}
