package wecom

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"zujian/bot/chat"
)

// WebhookOptions set up the webhooks. Groups must be given.
type WebhookOptions struct {
	Name    string            // of the channel; usually wecom-webhook
	Groups  map[string]string // address with its key, by the group's name; the address is a secret
	OnState func(chat.Report) // hears of every change of state
	// Dial makes connections, for tests; nil: the network.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	Log  *slog.Logger
}

// webhookBytes is how many bytes a text may have, and webhookRunes how many
// runes surely fit into them.
const (
	webhookBytes = 2048
	webhookRunes = webhookBytes / 4
)

// Webhook pushes into groups, each through the webhook of a robot in it. It
// receives nothing.
type Webhook struct {
	opts   WebhookOptions
	log    *slog.Logger
	client *http.Client
	limits *limits

	standing *chat.Standing

	mu      sync.Mutex
	trouble time.Time // when something last went wrong
}

// NewWebhook makes a channel. It fails where an address cannot be right, with
// the group's name and never the address.
func NewWebhook(opts WebhookOptions) (*Webhook, error) {
	opts.Name = cmp.Or(opts.Name, "wecom-webhook")
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	for name, address := range opts.Groups {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Query().Get("key") == "" ||
			!(u.Scheme == "https" || u.Scheme == "http" && isLocal(u.Hostname())) {
			return nil, fmt.Errorf("群“%s”的群机器人地址不对，要像 https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=… 这样，请到群里重新复制", name)
		}
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableKeepAlives = true // one that the far end closed meanwhile would leave a push in doubt
	if opts.Dial != nil {
		transport.DialContext, transport.Proxy = opts.Dial, nil
	}
	log := opts.Log.With("channel", opts.Name)
	return &Webhook{opts: opts, log: log, standing: chat.NewStanding(log, opts.OnState),
		client: &http.Client{Transport: transport, CheckRedirect: noRedirect, Timeout: webhookTimeout},
		limits: newLimits(limit{time.Minute, 20})}, nil
}

// Name is the channel's name.
func (w *Webhook) Name() string { return w.opts.Name }

// Can says what the channel can do.
func (w *Webhook) Can() chat.Capabilities {
	return chat.Capabilities{Group: true, Push: true, Longest: webhookRunes}
}

// forgetTrouble is after how long trouble is taken to be over that nothing has
// confirmed: there is no connection that could tell.
const forgetTrouble = 10 * time.Minute

// Run waits until ctx ends: nothing is received.
func (w *Webhook) Run(ctx context.Context, _ chat.Handler) error {
	defer w.client.CloseIdleConnections()
	w.say(chat.Online, "")
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		w.mu.Lock()
		over := time.Since(w.trouble) > forgetTrouble
		w.mu.Unlock()
		if over {
			w.say(chat.Online, "")
		}
	}
}

// Report gives the present state.
func (w *Webhook) Report() chat.Report { return w.standing.Report() }

// say changes the state.
func (w *Webhook) say(state chat.State, cause string) {
	if state != chat.Online {
		w.mu.Lock()
		w.trouble = time.Now()
		w.mu.Unlock()
	}
	w.standing.Change(chat.Report{State: state, Cause: cause})
}

// Send pushes a text into the group of that name. One that is longer than a
// message may be goes in parts; where a later part fails, it is not known what
// the group has seen.
func (w *Webhook) Send(ctx context.Context, to chat.Target, text string) (chat.Receipt, error) {
	address := w.opts.Groups[to.Chat]
	if address == "" || !to.Group {
		return chat.Receipt{}, chat.ErrNoTarget
	}
	for i, part := range w.parts(text) {
		err := w.push(ctx, to.Chat, address, part)
		w.learn(err)
		if err != nil && i > 0 {
			return chat.Receipt{}, errPart
		}
		if err != nil {
			return chat.Receipt{}, err
		}
	}
	return chat.Receipt{At: time.Now()}, nil
}

var errPart = errors.New("a part of the message went out")

func (w *Webhook) parts(text string) []string {
	if len(text) <= webhookBytes {
		return []string{text}
	}
	return chat.Split(text, webhookRunes)
}

// push sends one message, within the limit of 20 a minute.
func (w *Webhook) push(ctx context.Context, group, address, text string) error {
	if wait := w.limits.wait(group, time.Now()); wait > 0 {
		return chat.TooOften{After: wait}
	}
	err := w.post(ctx, address, text)
	if err == nil || !chat.NotSent(err) {
		w.limits.count(group, time.Now())
	}
	return err
}

// learn takes from the result of a send how the channel stands.
func (w *Webhook) learn(err error) {
	switch {
	case err == nil:
		w.say(chat.Online, "")
	case errors.Is(err, chat.ErrTooOften):
		w.say(chat.Limited, cause(err))
	case errors.Is(err, chat.ErrUnreachable):
		w.say(chat.Unreachable, cause(err))
	}
	if err != nil {
		w.log.Warn("a push failed", "cause", cause(err))
	}
}
