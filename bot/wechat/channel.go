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
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

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
	opts      Options
	log       *slog.Logger
	transport http.RoundTripper
	relogin   chan struct{}

	sending sync.Mutex // one request on behalf of a send at a time

	standing *chat.Standing

	mu      sync.Mutex
	session *session // nil unless logged in
}

// New makes a channel. It fails only where BaseURL is not an address.
func New(opts Options) (*Channel, error) {
	if opts.Name == "" {
		opts.Name = "wechat"
	}
	if opts.Pace < 0 {
		opts.Pace = 0
	} else if opts.Pace == 0 {
		opts.Pace = usualPace
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	transport, err := transportFor(opts)
	if err != nil {
		return nil, err
	}
	log := opts.Log.With("channel", opts.Name)
	return &Channel{opts: opts, transport: transport, log: log, standing: chat.NewStanding(log, opts.OnState),
		relogin: make(chan struct{}, 1)}, nil
}

// Name is the channel's name.
func (c *Channel) Name() string { return c.opts.Name }

// Can says what the channel can do. There is no way to mention a member.
func (c *Channel) Can() chat.Capabilities {
	return chat.Capabilities{Group: true, Push: true, Longest: longest, Pace: c.opts.Pace}
}

// Run logs in, receives until ctx ends, and logs in again where the session
// ends; it never gives up and never fails. A new login always needs a person.
func (c *Channel) Run(ctx context.Context, handle chat.Handler) error {
	defer c.closeIdle()
	var tries attempts
	for ctx.Err() == nil {
		err := chat.Guard(func() error { return c.once(ctx, &tries, handle) })
		if ctx.Err() == nil {
			c.recoverFrom(ctx, err, &tries)
		}
	}
	return nil
}

// once is one session from its login to its end.
func (c *Channel) once(ctx context.Context, tries *attempts, handle chat.Handler) (err error) {
	s, err := c.login(ctx, tries)
	if err != nil {
		return err
	}
	*tries = attempts{}
	defer func() { s.end(err) }() // a send under way learns from it why it was cut
	return c.stay(s, handle)
}

// Relogin asks for a new QR code at once, as an operator may after a logout.
func (c *Channel) Relogin() {
	select {
	case c.relogin <- struct{}{}:
	default: // one is asked for already
	}
}

// Report gives the present state.
func (c *Channel) Report() chat.Report { return c.standing.Report() }

// say changes the state.
func (c *Channel) say(state chat.State, cause, scan string) {
	c.standing.Change(chat.Report{State: state, Cause: cause, Scan: scan})
}

func (c *Channel) current() *session {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.session
}

func (c *Channel) setCurrent(s *session) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.session = s
}

func (c *Channel) closeIdle() {
	if t, ok := c.transport.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

var errClosed = errors.New("the session was closed")

// Picture gives the address of a picture of the QR code that Report.Scan is
// the text of.
func Picture(scan string) string { return strings.Replace(scan, "/l/", "/qrcode/", 1) }
