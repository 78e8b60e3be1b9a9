package ilink

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

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
	who, ok := c.keeper.login()
	if !ok {
		var err error
		if who, err = c.scan(ctx, tries); err != nil {
			return nil, err
		}
		c.keeper.loggedIn(who)
	}
	if c.opts.BaseURL != "" || c.opts.Transport != nil || who.BaseURL == "" {
		who.BaseURL = c.base
	}
	s := newSession(ctx, who)
	if err := c.start(s); err != nil {
		s.end(nil)
		return nil, err
	}
	return s, nil
}

// start tells the far end that we are here, which also finds a login that is
// over. An older far end need not know the request.
func (c *Channel) start(s *session) error {
	var answer verdict
	err := c.ask(s.ctx, request{base: s.who.BaseURL, path: pathStart, body: map[string]any{}, token: s.who.Token}, &answer)
	if err == nil {
		err = answer.err()
	}
	if errors.As(err, new(badCode)) || errors.Is(err, badStatus(http.StatusNotFound)) {
		c.log.Info("the far end does not take the start", "cause", cause(err))
		return nil
	}
	return err
}

// scan shows a QR code and waits until it is scanned and confirmed.
func (c *Channel) scan(ctx context.Context, tries *attempts) (kin, error) {
	code, err := c.newCode(ctx)
	if err != nil {
		return kin{}, err
	}
	c.say(chat.WaitingScan, c.keeper.complaint(), code.Show)
	tries.unseen++
	old := time.Now().Add(qrLasts)
	chat.Pause(ctx, time.Second) // nobody scans faster, and requests stay a second apart
	base := c.base
	for failures := 0; time.Now().Before(old); {
		began := time.Now()
		answer, err := c.status(ctx, base, code.Code)
		if err == nil {
			var done bool
			if done, err = c.readStatus(&answer, &base); done {
				return kin{Token: answer.Token, BaseURL: answer.BaseURL, Bot: answer.Bot, User: answer.User}, nil
			}
		}
		switch {
		case ctx.Err() != nil:
			return kin{}, ctx.Err()
		case errors.Is(err, errQROld), ends(err):
			return kin{}, err
		case err != nil:
			failures++
			chat.Pause(ctx, chat.Backoff(failures))
		default:
			failures = 0
			chat.Pause(ctx, time.Second-time.Since(began))
		}
	}
	return kin{}, errQROld
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
		return false, errQROld
	case "need_verifycode", "verify_code_blocked":
		return false, fmt.Errorf("%w (%s)", chat.ErrRefused, a.Status)
	case "scaned_but_redirect":
		if to := "https://" + a.Redirect; trusted(to) && c.opts.BaseURL == "" {
			*base = to
		}
	}
	return false, nil // wait, scaned, and what may come
}

// recoverFrom says what has happened and waits as long as it should.
func (c *Channel) recoverFrom(ctx context.Context, err error, tries *attempts) {
	switch {
	case errors.Is(err, chat.ErrRefused):
		c.keeper.loggedOut()
		c.say(chat.Refused, cause(err), "")
		c.waitForPerson(ctx, refusedPause)
	case errors.Is(err, chat.ErrLoggedOut):
		c.keeper.loggedOut()
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
