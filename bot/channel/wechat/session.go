package wechat

import (
	"context"
	"encoding/xml"
	"errors"
	"sync/atomic"
	"time"

	"github.com/eatmoreapple/openwechat"

	"zujian/bot/channel"
	"zujian/bot/chat"
)

// session is one login. first.SyncKey moves on with every sync; only the
// channel's own goroutine touches it.
type session struct {
	channel.Session
	caller  *openwechat.Caller
	jar     *jar
	info    *openwechat.LoginInfo
	request *openwechat.BaseRequest
	first   *openwechat.WebInitResponse
	uuid    string
	roster  *roster
	kept    time.Time   // when the login was last written down
	unkept  atomic.Bool // something has to be written down at once
}

func (c *Channel) newSession(ctx context.Context) *session {
	s := &session{}
	s.Open(ctx)
	s.caller, s.jar = c.newCaller()
	return s
}

// start makes the first request of the session and tells the telephone.
func (s *session) start() error {
	first, err := s.caller.WebInit(s.Ctx, s.request)
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
	if err := s.caller.WebWxStatusNotify(s.Ctx, &notify); channel.Over(meaning(err)) {
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

const keepInterval = 30 * time.Second

// Stay receives until the session is over.
func (c protocol) Stay(s *session, handle chat.Handler) error {
	defer c.write(s)
	c.write(s)
	if err := s.roster.refresh(0); channel.Over(err) {
		return err
	}
	return c.Rounds(s, func() (int, error) { return c.round(s, handle) })
}

// round waits for news, fetches and hands them on, and gives how many there
// were.
func (c *Channel) round(s *session, handle chat.Handler) (int, error) {
	if s.unkept.Swap(false) {
		c.write(s)
	}
	check := openwechat.CallerSyncCheckOptions(s.options())
	answer, err := s.caller.SyncCheck(s.Ctx, &check)
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
	news, err := s.caller.WebWxSync(s.Ctx, &ask)
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

// Bind has a group be known by a name of the configuration while this login
// lasts, in later runs too.
func (c *Channel) Bind(ref, name string) error {
	s := c.Current()
	if s == nil {
		return chat.ErrLoggedOut
	}
	s.roster.bind(ref, name)
	s.unkept.Store(true)
	return nil
}

// write keeps the login; failing to costs a scan at the next start.
func (c *Channel) write(s *session) {
	if err := c.keepHot(s); err != nil {
		c.Log.Warn("cannot keep the login", "error", err.Error())
	}
}

func isSyntax(err error) bool {
	var syntax *xml.SyntaxError
	return errors.As(err, &syntax)
}
