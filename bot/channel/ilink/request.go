package ilink

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"zujian/bot/chat"
)

const (
	usualBase = "https://ilinkai.weixin.qq.com"

	pathCode    = "/ilink/bot/get_bot_qrcode"
	pathStatus  = "/ilink/bot/get_qrcode_status"
	pathStart   = "/ilink/bot/msg/notifystart"
	pathUpdates = "/ilink/bot/getupdates"
	pathSend    = "/ilink/bot/sendmessage"
)

// The protocol as it was read, for iLink-App-ClientVersion 0x00MMNNPP and
// base_info.
const (
	protocolVersion = "2.4.8"
	protocolNumber  = 2<<16 | 4<<8 | 8
)

const (
	usualPatience = 15 * time.Second
	usualHold     = 35 * time.Second // for which the far end holds a poll
	beyondHold    = 15 * time.Second

	mostBytes        = 64 << 10
	mostUpdatesBytes = 4 << 20
)

// clients are for what may be asked again, and for sends. Each send has a
// connection of its own: where the network is gone, opening it fails, and it is
// known that nothing was sent.
type clients struct{ usual, sends *http.Client }

// clientsFor makes the HTTP clients and gives the address where a login begins.
func clientsFor(opts Options) (clients, string, error) {
	base := usualBase
	if opts.BaseURL != "" {
		u, err := url.Parse(opts.BaseURL)
		if err != nil || u.Host == "" {
			return clients{}, "", fmt.Errorf("配置里的 ilink.base_url 不是网址：%s", opts.BaseURL)
		}
		base = strings.TrimSuffix(opts.BaseURL, "/")
	}
	if opts.Transport != nil {
		return clients{clientOn(opts.Transport), clientOn(opts.Transport)}, base, nil
	}
	usual, sends := http.DefaultTransport.(*http.Transport).Clone(), http.DefaultTransport.(*http.Transport).Clone()
	sends.DisableKeepAlives = true
	return clients{clientOn(usual), clientOn(sends)}, base, nil
}

// clientOn follows no redirects: they would take the login elsewhere.
func clientOn(t http.RoundTripper) *http.Client {
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &http.Client{Transport: t, CheckRedirect: stay}
}

// trusted reports whether an address that the far end names may be given the
// login: WeChat's own hosts, over TLS.
func trusted(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Port() != "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return false
	}
	return strings.HasSuffix(u.Host, ".qq.com") || strings.HasSuffix(u.Host, ".wechat.com")
}

// request is one request. A nil body makes it a GET.
type request struct {
	base, path string
	query      url.Values
	body       map[string]any
	token      string // bot_token; empty before the login
	patience   time.Duration
	most       int64 // bytes of the answer
}

// ask makes a request once and decodes its answer, a JSON object, into answer.
// An error never holds the address, whose query may be a key.
func (c *Channel) ask(ctx context.Context, r request, answer any) error {
	if r.patience == 0 {
		r.patience = usualPatience
	}
	if r.most == 0 {
		r.most = mostBytes
	}
	ctx, stop := context.WithTimeout(ctx, r.patience)
	defer stop()
	req, err := r.build(ctx)
	if err != nil {
		return withoutAddress(err)
	}
	client := c.clients.usual
	if r.path == pathSend {
		client = c.clients.sends
	}
	resp, err := client.Do(req)
	if err != nil {
		return meaning(withoutAddress(err))
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusTooManyRequests {
		return fmt.Errorf("%w (HTTP 429)", chat.ErrTooOften)
	}
	if resp.StatusCode != http.StatusOK {
		return badStatus(resp.StatusCode)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, r.most+1))
	if err != nil {
		return withoutAddress(err)
	}
	if int64(len(data)) > r.most {
		return errTooLarge
	}
	return decode(data, answer)
}

// build makes the request with the headers of the protocol.
func (r request) build(ctx context.Context) (*http.Request, error) {
	address := r.base + r.path
	if r.query != nil {
		address += "?" + r.query.Encode()
	}
	if r.body == nil {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err == nil {
			appHeaders(req.Header)
		}
		return req, err
	}
	r.body["base_info"] = map[string]string{"channel_version": protocolVersion, "bot_agent": "zujian/1"}
	data, err := json.Marshal(r.body)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	appHeaders(req.Header)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("AuthorizationType", "ilink_bot_token")
	req.Header["X-WECHAT-UIN"] = []string{base64.StdEncoding.EncodeToString(strconv.AppendUint(nil, uint64(rand.Uint32()), 10))}
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
	}
	return req, nil
}

func appHeaders(h http.Header) {
	h["iLink-App-Id"] = []string{"bot"}
	h["iLink-App-ClientVersion"] = []string{strconv.Itoa(protocolNumber)}
}

// withoutAddress drops the address that net/http puts into its errors.
func withoutAddress(err error) error {
	if u := (*url.Error)(nil); errors.As(err, &u) {
		return u.Err
	}
	return err
}
