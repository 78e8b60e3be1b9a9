// Package wechat is WeChat as a channel, over openwechat; it is the only
// package that imports it.
//
// Of openwechat only the requests are used (Caller and its types), not its Bot:
// Bot polls in a goroutine of its own, without pauses in an outage, ends the
// process where an answer lacks SyncKey, races with itself, and sends a message
// again whose answer was lost. The loop, the roster and the reading of messages
// are here instead, in one goroutine with recover and growing pauses.
package wechat

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"zujian/bot/channel"
	"zujian/bot/chat"
)

// Options set up the channel. Only HotFile should not be left empty.
type Options struct {
	Name      string            // of the channel; usually wechat
	HotFile   string            // where the login is kept; empty: scan at every start
	BaseURL   string            // of a simulator; empty: WeChat
	Transport http.RoundTripper // overrides BaseURL; for tests
	Pace      time.Duration     // between two messages; 0: 1.5 s, negative: none
	OnScan    func(text string) // draws text as a QR code
	OnState   func(chat.Report) // hears of every change of state
	OnRename  func(old, new string)
	Log       *slog.Logger
}

const (
	usualPace = 1500 * time.Millisecond
	longest   = 1800 // runes; WeChat cuts texts somewhere above 2000
)

// Channel is one WeChat account.
type Channel struct {
	*channel.Loop[*session]
	opts      Options
	transport http.RoundTripper
}

// New makes a channel. It fails only where BaseURL is not an address.
func New(opts Options) (*Channel, error) {
	opts.Name = cmp.Or(opts.Name, "wechat")
	opts.Pace = max(0, cmp.Or(opts.Pace, usualPace))
	transport, err := transportFor(opts)
	if err != nil {
		return nil, err
	}
	c := &Channel{opts: opts, transport: transport}
	c.Loop = channel.New(channel.Options{Name: opts.Name, Log: opts.Log, OnState: opts.OnState, Cause: cause}, protocol{c})
	return c, nil
}

// Can says what the channel can do. There is no way to mention a member.
func (c *Channel) Can() chat.Capabilities {
	return chat.Capabilities{Group: true, Push: true, Longest: longest, Pace: c.opts.Pace}
}

// Run runs the channel until ctx ends.
func (c *Channel) Run(ctx context.Context, handle chat.Handler) error {
	defer (&http.Client{Transport: c.transport}).CloseIdleConnections()
	return c.Loop.Run(ctx, handle)
}

var errClosed = errors.New("the session was closed")

// Picture gives the address of a picture of the QR code that Report.Scan is
// the text of.
func Picture(scan string) string { return strings.Replace(scan, "/l/", "/qrcode/", 1) }
