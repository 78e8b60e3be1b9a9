// Package ilink is personal WeChat's own robot interface (iLink) as a channel:
// direct chats only. People write to the robot; each may then be sent ten
// messages within 24 hours, until he writes again.
//
// The protocol is read from docs/protocol.md of github.com/Tencent/openclaw-weixin
// (2.4.8) and from what its users report of the limits (issues 81, 202, 204).
// No real server was met when this was written.
package ilink

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"zujian/bot/channel"
	"zujian/bot/chat"
)

// Options set up the channel. Only File should not be left empty.
type Options struct {
	Name      string             // of the channel; usually ilink
	File      string             // where the login and the windows are kept; empty: nowhere
	BaseURL   string             // of a simulator; empty: WeChat
	Transport http.RoundTripper  // for tests; nil: the network
	Pace      time.Duration      // between two messages; 0: 1 s, negative: none
	OnState   func(chat.Report)  // hears of every change of state
	OnDamaged func(aside string) // hears that File could not be read and where it was put
	Log       *slog.Logger
}

const (
	usualPace = time.Second
	longest   = 2000 // runes; the far end states no limit
)

// Channel is one robot of one WeChat account.
type Channel struct {
	*channel.Loop[*session]
	opts    Options
	clients clients
	base    string // where a login begins
	keeper  *keeper
}

// New makes a channel and reads its file; one that cannot be read is set aside
// and a new login follows. It fails only where BaseURL is not an address.
func New(opts Options) (*Channel, error) {
	opts.Name = cmp.Or(opts.Name, "ilink")
	opts.Pace = max(0, cmp.Or(opts.Pace, usualPace))
	clients, base, err := clientsFor(opts)
	if err != nil {
		return nil, err
	}
	c := &Channel{opts: opts, clients: clients, base: base}
	c.Loop = channel.New(channel.Options{Name: opts.Name, Log: opts.Log, OnState: opts.OnState, Cause: cause}, protocol{c})
	c.keeper = &keeper{file: opts.File, log: c.Log}
	if aside := c.keeper.read(); aside != "" && opts.OnDamaged != nil {
		opts.OnDamaged(aside)
	}
	return c, nil
}

// Can says what the channel can do. It can speak first only to people whose
// window is open, see Allowance.
func (c *Channel) Can() chat.Capabilities {
	return chat.Capabilities{Push: true, Longest: longest, Pace: c.opts.Pace}
}

// Run runs the channel until ctx ends.
func (c *Channel) Run(ctx context.Context, handle chat.Handler) error {
	defer c.clients.usual.CloseIdleConnections() // a send's own is closed behind it
	return c.Loop.Run(ctx, handle)
}

// showable reports whether a text may be drawn as a QR code and printed on a
// terminal: it comes from the far end.
func showable(text string) bool {
	return text != "" && len(text) <= 1000 && !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' })
}
