package wechat

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/eatmoreapple/openwechat"

	"zujian/bot/chat"
)

// attempts counts what has failed in a row, between two logins.
type attempts struct {
	failures int // requests that failed
	unseen   int // QR codes that nobody scanned
}

const (
	qrLasts      = 5 * time.Minute // then WeChat gives a new one
	codesInARow  = 3               // shown one after another to nobody
	codeInterval = 30 * time.Minute
	refusedPause = 6 * time.Hour
)

// login takes the session of the last run, or else shows a QR code and waits.
func (c *Channel) login(ctx context.Context, tries *attempts) (*session, error) {
	if item := c.readHot(); item != nil {
		s, err := c.hotLogin(ctx, item)
		if err == nil || !ends(err) {
			return s, err
		}
		c.dropHot()
		c.log.Info("the kept login is over", "cause", cause(err))
	}
	return c.scanLogin(ctx, tries)
}

// hotLogin starts from a kept session. Messages since then are delivered.
func (c *Channel) hotLogin(ctx context.Context, item *openwechat.HotReloadStorageItem) (*session, error) {
	s := c.newSession(ctx)
	s.jar.inner, s.caller.Client.Domain = item.Jar, item.WechatDomain
	s.info, s.request, s.uuid = item.LoginInfo, item.BaseRequest, item.UUID
	if err := s.start(); err != nil {
		s.end(errClosed)
		return nil, err
	}
	if item.SyncKey != nil && sound(item.SyncKey) {
		s.first.SyncKey = item.SyncKey
	}
	return s, nil
}

// scanLogin starts afresh: nothing of an earlier session is kept.
func (c *Channel) scanLogin(ctx context.Context, tries *attempts) (*session, error) {
	s := c.newSession(ctx)
	err := c.scan(s, tries)
	if err == nil {
		err = s.start()
	}
	if err != nil {
		s.end(errClosed)
		return nil, err
	}
	return s, nil
}

// scan shows a QR code and waits until it is scanned and confirmed.
func (c *Channel) scan(s *session, tries *attempts) error {
	uuid, err := s.caller.GetLoginUUID(s.ctx)
	if err != nil {
		return meaning(err)
	}
	s.uuid = uuid
	text := "https://login.weixin.qq.com/l/" + uuid
	c.say(chat.WaitingScan, "", text)
	if c.opts.OnScan != nil {
		c.opts.OnScan(text)
	}
	tries.unseen++
	old := time.Now().Add(qrLasts)
	chat.Pause(s.ctx, time.Second) // nobody scans faster, and requests stay a second apart
	for failures := 0; time.Now().Before(old); {
		began := time.Now()
		answer, err := s.caller.CheckLogin(s.ctx, uuid, "0")
		if s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		done, err := c.readScan(s, answer, err)
		if done || errors.Is(err, errQROld) || ends(err) {
			return err
		}
		if err != nil {
			failures++
			chat.Pause(s.ctx, chat.Backoff(failures))
			continue
		}
		failures = 0
		chat.Pause(s.ctx, time.Second-time.Since(began))
	}
	return errQROld
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
		return false, errQROld
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
	s.info, err = s.caller.GetLoginInfo(s.ctx, page)
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

// recoverFrom says what has happened and waits as long as it should.
func (c *Channel) recoverFrom(ctx context.Context, err error, tries *attempts) {
	switch {
	case errors.Is(err, chat.ErrRefused):
		c.dropHot()
		c.say(chat.Refused, cause(err), "")
		c.waitForPerson(ctx, refusedPause)
	case errors.Is(err, chat.ErrLoggedOut):
		c.dropHot()
		c.say(chat.LoggedOut, cause(err), "")
		chat.Pause(ctx, 2*time.Second)
	case errors.Is(err, errQROld):
		if tries.unseen < codesInARow {
			chat.Pause(ctx, 2*time.Second)
			return
		}
		c.say(chat.LoggedOut, cause(err), "")
		c.waitForPerson(ctx, codeInterval)
	default:
		tries.failures++
		c.log.Warn("the session broke off", "cause", cause(err), "failures", tries.failures, chat.Stack(err))
		c.say(chat.Unreachable, cause(err), "")
		chat.Pause(ctx, chat.Backoff(tries.failures))
	}
}

// waitForPerson waits until an operator asks for a new login, or for d.
func (c *Channel) waitForPerson(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-c.relogin:
	case <-timer.C:
	case <-ctx.Done():
	}
}
