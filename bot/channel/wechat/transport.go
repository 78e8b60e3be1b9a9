package wechat

import (
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/eatmoreapple/openwechat"
)

// transportFor gives the transport beneath openwechat's client, whose own
// addresses are fixed; the cookie jar sits above it.
func transportFor(opts Options) (http.RoundTripper, error) {
	if opts.Transport != nil {
		return opts.Transport, nil
	}
	own := http.DefaultTransport.(*http.Transport).Clone()
	if opts.BaseURL == "" {
		return own, nil
	}
	base, err := url.Parse(opts.BaseURL)
	if err != nil || base.Host == "" {
		return nil, fmt.Errorf("配置里的 wechat.base_url 不是网址：%s", opts.BaseURL)
	}
	return redirect{own, base}, nil
}

// redirect sends every request to base, under the name of the host that it
// was meant for.
type redirect struct {
	*http.Transport
	base *url.URL
}

func (t redirect) RoundTrip(r *http.Request) (*http.Response, error) {
	out := r.Clone(r.Context())
	out.Host, out.URL.Scheme, out.URL.Host = r.URL.Host, t.base.Scheme, t.base.Host
	return t.Transport.RoundTrip(out)
}

// requestTimeout is above the 25 s for which WeChat holds a poll.
const requestTimeout = 40 * time.Second

// newCaller makes openwechat's requests with our transport. A request is made
// once: openwechat would send a message up to five times.
func (c *Channel) newCaller() (*openwechat.Caller, *jar) {
	caller := openwechat.DefaultCaller()
	openwechat.Desktop.Prepare(&openwechat.Bot{Caller: caller})
	caller.Client.MaxRetryTimes = 1
	j := &jar{inner: openwechat.NewJar()}
	client := caller.Client.HTTPClient()
	client.Transport, client.Jar, client.Timeout = c.transport, j, requestTimeout
	return caller, j
}

// jar guards openwechat's cookie jar, which is not safe for the poll and a
// send at one time.
type jar struct {
	mu    sync.Mutex
	inner *openwechat.Jar
}

func (j *jar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.inner.SetCookies(u, cookies)
}

func (j *jar) Cookies(u *url.URL) []*http.Cookie {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.inner.Cookies(u)
}
