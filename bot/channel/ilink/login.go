package ilink

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"zujian/bot/channel"
	"zujian/bot/chat"
)

// protocol is iLink as the loop of all channels sees it.
type protocol struct{ *Channel }

// Forget drops the login and nothing else.
func (c protocol) Forget() { c.keeper.loggedOut() }

// Login takes the session of the last run, or else shows a QR code and waits.
func (c protocol) Login(ctx context.Context, _ chat.Handler) (*session, error) {
	who, ok := c.keeper.login()
	if !ok {
		var err error
		if who, err = c.scan(ctx); err != nil {
			return nil, err
		}
		c.keeper.loggedIn(who)
	}
	if c.opts.BaseURL != "" || c.opts.Transport != nil || who.BaseURL == "" {
		who.BaseURL = c.base
	}
	s := newSession(ctx, who)
	if err := c.start(s); err != nil {
		s.End(nil)
		return nil, err
	}
	return s, nil
}

// start tells the far end that we are here, which also finds a login that is
// over. An older far end need not know the request.
func (c *Channel) start(s *session) error {
	var answer verdict
	err := c.ask(s.Ctx, request{base: s.who.BaseURL, path: pathStart, body: map[string]any{}, token: s.who.Token}, &answer)
	if err == nil {
		err = answer.err()
	}
	if errors.As(err, new(badCode)) || errors.Is(err, badStatus(http.StatusNotFound)) {
		c.Log.Info("the far end does not take the start", "cause", cause(err))
		return nil
	}
	return err
}

// scan shows a QR code and waits until it is scanned and confirmed.
func (c *Channel) scan(ctx context.Context) (who kin, err error) {
	code, err := c.newCode(ctx)
	if err != nil {
		return kin{}, err
	}
	base := c.base
	err = c.Scan(ctx, code.Show, c.keeper.complaint(), func() (bool, error) {
		answer, err := c.status(ctx, base, code.Code)
		if err != nil {
			return false, err
		}
		done, err := c.readStatus(&answer, &base)
		who = kin{Token: answer.Token, BaseURL: answer.BaseURL, Bot: answer.Bot, User: answer.User}
		return done, err
	})
	return who, err
}

// newCode asks for a QR code: by GET, as all clients up to 2.4 do, or where the
// far end wants that no longer, by POST.
func (c *Channel) newCode(ctx context.Context) (codeAnswer, error) {
	var answer codeAnswer
	r := request{base: c.base, path: pathCode, query: url.Values{"bot_type": {"3"}}}
	err := c.ask(ctx, r, &answer)
	if errors.Is(err, badStatus(http.StatusMethodNotAllowed)) || errors.Is(err, badStatus(http.StatusNotFound)) {
		r.body = map[string]any{"local_token_list": []string{}}
		err = c.ask(ctx, r, &answer)
	}
	if err == nil {
		err = answer.err()
	}
	if err == nil && (answer.Code == "" || !showable(answer.Show)) {
		err = errStrange
	}
	return answer, err
}

// status is the long poll for the scan.
func (c *Channel) status(ctx context.Context, base, code string) (statusAnswer, error) {
	var answer statusAnswer
	err := c.ask(ctx, request{base: base, path: pathStatus, query: url.Values{"qrcode": {code}}, patience: usualHold + beyondHold}, &answer)
	if err == nil {
		err = answer.err()
	}
	return answer, err
}

// readStatus takes one answer of the poll for the scan and reports whether the
// login is through. base is where to poll on.
func (c *Channel) readStatus(a *statusAnswer, base *string) (bool, error) {
	switch a.Status {
	case "confirmed":
		if a.Token == "" || a.Bot == "" || strings.ContainsAny(a.Token, "\r\n") {
			return false, errStrange
		}
		if !trusted(a.BaseURL) {
			a.BaseURL = ""
		}
		return true, nil
	case "expired", "binded_redirect":
		return false, channel.ErrUnscanned
	case "need_verifycode", "verify_code_blocked":
		return false, fmt.Errorf("%w (%s)", chat.ErrRefused, a.Status)
	case "scaned_but_redirect":
		if to := "https://" + a.Redirect; trusted(to) && c.opts.BaseURL == "" {
			*base = to
		}
	}
	return false, nil // wait, scaned, and what may come
}
