package wechat

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/eatmoreapple/openwechat"

	"zujian/bot/chat"
)

// session is one login. first.SyncKey moves on with every sync; only the
// channel's own goroutine touches it.
type session struct {
	ctx     context.Context
	end     context.CancelCauseFunc
	caller  *openwechat.Caller
	jar     *jar
	info    *openwechat.LoginInfo
	request *openwechat.BaseRequest
	first   *openwechat.WebInitResponse
	uuid    string
	roster  *roster
	kept    time.Time   // when the login was last written down
	failing atomic.Bool // the last round failed: a send would only be one more request
}

func (c *Channel) newSession(ctx context.Context) *session {
	s := &session{}
	s.ctx, s.end = context.WithCancelCause(ctx)
	s.caller, s.jar = c.newCaller()
	return s
}

// start makes the first request of the session and tells the telephone.
func (s *session) start() error {
	first, err := s.caller.WebInit(s.ctx, s.request)
	if err != nil {
		return meaning(err)
	}
	if first.User == nil || first.SyncKey == nil || !sound(first.SyncKey) {
		return errStrange
	}
	s.first = first
	s.roster = newRoster(s)
	s.roster.take(first.ContactList)
	notify := openwechat.CallerWebWxStatusNotifyOptions(s.options())
	if err := s.caller.WebWxStatusNotify(s.ctx, &notify); ends(meaning(err)) {
		return meaning(err)
	}
	return nil
}

func (s *session) options() openwechat.CallerCommonOptions {
	return openwechat.CallerCommonOptions{BaseRequest: s.request, WebInitResponse: s.first, LoginInfo: s.info}
}

// sound reports whether openwechat can build a request from the key: it makes
// room for Count entries and fills in all of List.
func sound(key *openwechat.SyncKey) bool { return key.Count > 0 && len(key.List) == key.Count }

const (
	idleRound    = time.Second // a round that brings nothing lasts at least this long
	keepInterval = 30 * time.Second
	limitedPause = time.Minute
)

// stay receives until the session is over, and gives why it is.
func (c *Channel) stay(s *session, handle chat.Handler) error {
	c.setCurrent(s)
	defer c.setCurrent(nil)
	c.say(chat.Online, "", "")
	c.write(s)
	if err := s.roster.refresh(0); ends(err) {
		return err
	}
	for failures := 0; ; {
		began := time.Now()
		got := 0
		err := chat.Guard(func() (err error) { got, err = c.round(s, handle); return err })
		if s.ctx.Err() != nil {
			c.write(s)
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

// round waits for news, fetches and hands them on, and gives how many there
// were.
func (c *Channel) round(s *session, handle chat.Handler) (int, error) {
	check := openwechat.CallerSyncCheckOptions(s.options())
	answer, err := s.caller.SyncCheck(s.ctx, &check)
	if err == nil {
		err = answer.Err()
	}
	if err != nil {
		return 0, meaning(err)
	}
	if answer.Selector == openwechat.SelectorNormal {
		return 0, nil
	}
	ask := openwechat.CallerWebWxSyncOptions(s.options())
	news, err := s.caller.WebWxSync(s.ctx, &ask)
	if err == nil {
		err = news.BaseResponse.Err()
	}
	if err != nil {
		return 0, meaning(err)
	}
	if news.ModContactCount > 0 || len(news.ModChatRoomMemberList) > 0 {
		s.roster.doubt()
	}
	for _, m := range news.AddMsgList {
		c.receive(s, m, handle)
	}
	if news.SyncKey == nil || !sound(news.SyncKey) {
		return 0, errNoSyncKey // the same news will come again
	}
	s.first.SyncKey = news.SyncKey
	if time.Since(s.kept) > keepInterval {
		c.write(s)
	}
	return len(news.AddMsgList), nil
}

// write keeps the login; failing to costs a scan at the next start.
func (c *Channel) write(s *session) {
	if err := c.keepHot(s); err != nil {
		c.log.Warn("cannot keep the login", "error", err.Error())
	}
}

func isSyntax(err error) bool {
	var syntax *xml.SyntaxError
	return errors.As(err, &syntax)
}

// over ends the session from another goroutine, with what was learned there.
func (s *session) over(err error) { s.end(fmt.Errorf("while sending: %w", err)) }
