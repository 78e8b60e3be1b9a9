package official

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"zujian/bot/channel"
	"zujian/bot/chat"
)

const (
	requestTimeout = 15 * time.Second
	mostAnswer     = 4 << 20
	tokenSpare     = 5 * time.Minute // before its end a token is not used any more
)

// Codes of errcode, as the published lists of global codes have them.
const (
	codeBusy       = -1
	codeSecret     = 40001 // also a token that is not the last one
	codeToken      = 40014
	codeExpired    = 42001
	codeID         = 40013
	codeWrongKey   = 40125
	codePerson     = 40003
	codeFollows    = 43004 // does not follow the account
	codeLong       = 45002
	codeQuota      = 45009
	codeOutOfTime  = 45015 // 48 hours after the person's last message
	codeMany       = 45047 // messages after the person's last
	codeNoRight    = 48001
	codeNotListed  = 40164 // our address is not on the white list
	codeNotListed2 = 60020
	codeServiceMax = 95001 // five messages after the person's last
	codeServiceEnd = 95002
)

// badCode is an errcode as the cause of an error of package chat.
type badCode struct {
	error
	code int
}

func (c badCode) Unwrap() error { return c.error }
func (c badCode) Error() string { return fmt.Sprintf("%v (%d)", c.error, c.code) }

var (
	errToken   = fmt.Errorf("%w (token)", chat.ErrUnreachable)
	errNoRight = fmt.Errorf("%w (no right)", chat.ErrRejected)
	errStrange = errors.New("the answer makes no sense")
)

// meaning is what an errcode says of a request. None that is not zero was taken.
func meaning(code int) error {
	means := map[int]error{codeBusy: chat.ErrUnreachable, codeSecret: errToken, codeToken: errToken, codeExpired: errToken,
		codeID: chat.ErrRefused, codeWrongKey: chat.ErrRefused, codeNotListed: chat.ErrRefused, codeNotListed2: chat.ErrRefused,
		codePerson: chat.ErrNoTarget, codeFollows: chat.ErrNoTarget, codeLong: chat.ErrRejected, codeNoRight: errNoRight,
		codeQuota: chat.TooOften{Code: code}, codeMany: chat.TooOften{Chat: true, Code: code},
		codeOutOfTime: chat.ErrWindowClosed, codeServiceMax: chat.ErrWindowClosed, codeServiceEnd: chat.ErrWindowClosed}
	switch err := means[code]; {
	case code == 0:
		return nil
	case err != nil:
		return badCode{err, code}
	}
	return badCode{chat.ErrRejected, code}
}

// cause names an error for the log and the operator: no address, which holds
// the token.
func cause(err error) string {
	if c := (badCode{}); errors.As(err, &c) {
		return fmt.Sprint(c.code)
	}
	if errors.Is(err, errStrange) || errors.Is(err, errListen) || chat.NotSent(err) {
		return err.Error()
	}
	return fmt.Sprintf("%T", err)
}

// api makes requests with an access token, which is got anew when it is old.
type api struct {
	base   string
	client *http.Client
	login  string // the request for a token: stable_token's does not void another program's
	keys   obj    // its body; nil: they stand in the request

	mu    sync.Mutex
	token string
	until time.Time
}

// session is a time in which the far end takes our token.
type session struct{ channel.Session }

func open(ctx context.Context) *session {
	s := &session{}
	s.Open(ctx)
	return s
}

// valid gives a token that is good for some time.
func (a *api) valid(ctx context.Context) (string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.token != "" && time.Now().Before(a.until) {
		return a.token, nil
	}
	var answer struct {
		Token string `json:"access_token"`
		Lasts int64  `json:"expires_in"` // seconds
	}
	err := a.post(ctx, a.login, a.keys, &answer)
	switch {
	case errors.Is(err, errToken): // 40001 of this request is the secret
		return "", badCode{chat.ErrRefused, codeSecret}
	case err != nil:
		return "", err
	case answer.Token == "":
		return "", errStrange
	}
	lasts := time.Duration(answer.Lasts) * time.Second
	a.token, a.until = answer.Token, time.Now().Add(max(lasts-tokenSpare, tokenSpare))
	return a.token, nil
}

// drop forgets the token.
func (a *api) drop() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.token = ""
}

// call makes a request with a token, and once more with a new one where the far
// end does not know it: nothing was taken then.
func (a *api) call(ctx context.Context, path string, body obj, answer any) error {
	for try := range 2 {
		token, err := a.valid(ctx)
		if err != nil {
			return err
		}
		err = a.post(ctx, path+"?access_token="+url.QueryEscape(token), body, answer)
		if !errors.Is(err, errToken) || try > 0 {
			return err
		}
		a.drop()
	}
	return errToken
}

// post makes a request once. A nil body makes it a GET. Where nothing was
// written yet it fails with chat.ErrUnreachable; no error holds the address.
func (a *api) post(ctx context.Context, path string, body obj, answer any) error {
	method, data := http.MethodGet, []byte(nil)
	if body != nil {
		var err error
		if data, err = json.Marshal(body); err != nil {
			return chat.ErrRejected
		}
		method = http.MethodPost
	}
	written := &atomic.Bool{}
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { written.Store(true) }})
	r, err := http.NewRequestWithContext(ctx, method, a.base+path, bytes.NewReader(data))
	if err != nil {
		return chat.ErrRejected
	}
	r.GetBody = nil // made once, whatever happens
	resp, err := a.client.Do(r)
	if op := (&net.OpError{}); errors.As(err, &op) && op.Op == "dial" && !written.Load() {
		return chat.ErrUnreachable
	}
	if err != nil {
		return errors.New("no answer came")
	}
	defer resp.Body.Close()
	data, err = io.ReadAll(io.LimitReader(resp.Body, mostAnswer))
	var verdict struct {
		Code *int `json:"errcode"`
	}
	if err != nil || resp.StatusCode != http.StatusOK || json.Unmarshal(data, &verdict) != nil {
		return errStrange
	}
	if verdict.Code != nil && *verdict.Code != 0 {
		return meaning(*verdict.Code)
	}
	if answer != nil && json.Unmarshal(data, answer) != nil {
		return errStrange
	}
	return nil
}

// clientOn makes requests over a transport; nil is the network, with a
// connection for each, since one that was closed meanwhile leaves a send in doubt.
func clientOn(t http.RoundTripper) *http.Client {
	if t == nil {
		own := http.DefaultTransport.(*http.Transport).Clone()
		own.DisableKeepAlives = true
		t = own
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &http.Client{Transport: t, CheckRedirect: stay, Timeout: requestTimeout}
}
