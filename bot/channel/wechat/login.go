package wechat

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"

	"github.com/eatmoreapple/openwechat"

	"zujian/bot/channel"
	"zujian/bot/chat"
)

// protocol is WeChat as the loop of all channels sees it.
type protocol struct{ *Channel }

// Forget drops the kept login.
func (c protocol) Forget() { c.dropHot() }

// Login takes the session of the last run, or else shows a QR code and waits.
func (c protocol) Login(ctx context.Context, _ chat.Handler) (*session, error) {
	if item := c.readHot(); item != nil {
		s, err := c.hotLogin(ctx, item)
		if err == nil || !channel.Over(err) {
			return s, err
		}
		c.dropHot()
		c.Log.Info("the kept login is over", "cause", cause(err))
	}
	return c.scanLogin(ctx)
}

// hotLogin starts from a kept session. Messages since then are delivered.
func (c *Channel) hotLogin(ctx context.Context, item *kept) (*session, error) {
	s := c.newSession(ctx)
	s.jar.inner, s.caller.Client.Domain = item.Jar, item.WechatDomain
	s.info, s.request, s.uuid = item.LoginInfo, item.BaseRequest, item.UUID
	if err := s.start(); err != nil {
		s.End(errClosed)
		return nil, err
	}
	maps.Copy(s.roster.bound, item.Bound)
	if item.SyncKey != nil && sound(item.SyncKey) {
		s.first.SyncKey = item.SyncKey
	}
	return s, nil
}

// scanLogin starts afresh: nothing of an earlier session is kept.
func (c *Channel) scanLogin(ctx context.Context) (*session, error) {
	s := c.newSession(ctx)
	err := c.scan(s)
	if err == nil {
		err = s.start()
	}
	if err != nil {
		s.End(errClosed)
		return nil, err
	}
	return s, nil
}

// scan shows a QR code and waits until it is scanned and confirmed.
func (c *Channel) scan(s *session) error {
	uuid, err := s.caller.GetLoginUUID(s.Ctx)
	if err != nil {
		return meaning(err)
	}
	s.uuid = uuid
	text := "https://login.weixin.qq.com/l/" + uuid
	if c.opts.OnScan != nil {
		c.opts.OnScan(text)
	}
	return c.Scan(s.Ctx, text, nil, func() (bool, error) {
		answer, err := s.caller.CheckLogin(s.Ctx, uuid, "0")
		return c.readScan(s, answer, err)
	})
}

// readScan takes one answer of the poll for the scan and reports whether the
// login is through.
func (c *Channel) readScan(s *session, answer openwechat.CheckLoginResponse, err error) (bool, error) {
	if err != nil {
		return false, meaning(err)
	}
	code, err := answer.Code()
	if err != nil {
		return false, errStrange
	}
	switch code {
	case openwechat.LoginCodeTimeout:
		return false, channel.ErrUnscanned
	case openwechat.LoginCodeSuccess:
		return true, s.enter(answer)
	}
	return false, nil
}

// enter takes the session keys from the page that a confirmed scan leads to.
func (s *session) enter(answer openwechat.CheckLoginResponse) error {
	page, err := answer.RedirectURL()
	if err != nil {
		return errStrange
	}
	s.info, err = s.caller.GetLoginInfo(s.Ctx, page)
	if err != nil {
		return refusal(err)
	}
	s.request = &openwechat.BaseRequest{Uin: s.info.WxUin, Sid: s.info.WxSid, Skey: s.info.SKey, DeviceID: openwechat.GetRandomDeviceId()}
	return nil
}

// refusal tells a refused account from a failed request: openwechat gives
// WeChat's words to the person as the error and drops the code.
func refusal(err error) error {
	if errors.Is(err, openwechat.NetworkErr) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || isSyntax(err) {
		return meaning(err)
	}
	return fmt.Errorf("%w (login page)", chat.ErrRefused)
}
