// Package ilink is personal WeChat's own robot interface (iLink) as a channel:
// direct chats only. People write to the robot; each may then be sent ten
// messages within 24 hours, until he writes again.
//
// The protocol is read from docs/protocol.md of github.com/Tencent/openclaw-weixin
// (2.4.8) and from what its users report of the limits (issues 81, 202, 204).
// No real server was met when this was written.
package ilink

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

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
	opts    Options
	log     *slog.Logger
	clients clients
	base    string // where a login begins
	keeper  *keeper
	relogin chan struct{}

	sending sync.Mutex // one send at a time

	standing *chat.Standing

	mu      sync.Mutex
	session *session // nil unless logged in
}

// New makes a channel and reads its file; one that cannot be read is set aside
// and a new login follows. It fails only where BaseURL is not an address.
func New(opts Options) (*Channel, error) {
	if opts.Name == "" {
		opts.Name = "ilink"
	}
	if opts.Pace < 0 {
		opts.Pace = 0
	} else if opts.Pace == 0 {
		opts.Pace = usualPace
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	clients, base, err := clientsFor(opts)
	if err != nil {
		return nil, err
	}
	log := opts.Log.With("channel", opts.Name)
	c := &Channel{opts: opts, clients: clients, base: base, log: log, keeper: &keeper{file: opts.File, log: log}, standing: chat.NewStanding(log, opts.OnState),
		relogin: make(chan struct{}, 1)}
	if aside := c.keeper.read(); aside != "" && opts.OnDamaged != nil {
		opts.OnDamaged(aside)
	}
	return c, nil
}

// Name is the channel's name.
func (c *Channel) Name() string { return c.opts.Name }

// Can says what the channel can do. It can speak first only to people whose
// window is open, see Allowance.
func (c *Channel) Can() chat.Capabilities {
	return chat.Capabilities{Push: true, Longest: longest, Pace: c.opts.Pace}
}

// Run logs in, receives until ctx ends, and logs in again where the session
// ends; it never gives up and never fails. A new login always needs a person.
func (c *Channel) Run(ctx context.Context, handle chat.Handler) error {
	defer c.clients.closeIdle()
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
func (c *Channel) once(ctx context.Context, tries *attempts, handle chat.Handler) error {
	s, err := c.login(ctx, tries)
	if err != nil {
		return err
	}
	*tries = attempts{}
	defer s.end(nil)
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

// showable reports whether a text may be drawn as a QR code and printed on a
// terminal: it comes from the far end.
func showable(text string) bool {
	return text != "" && len(text) <= 1000 && !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' })
}
