// Package wecom is WeCom (企业微信) as two channels: its smart robot over a
// WebSocket, which is asked and answers, and its group webhook, which only
// pushes. It is the only package that imports a WebSocket library.
//
// The robot's protocol is read from WeCom's page on the long connection of
// smart robots (智能机器人长连接) and from the types and the connection of its
// own SDK for Node (github.com/WecomTeam/aibot-node-sdk); the webhook's from
// the page on group robots (群机器人配置说明). No real server was met: what the
// pages leave open is decided here on the safe side and said where it is.
//
// Files are neither sent nor taken: the upload over the long connection is not
// described there, and files that come are encrypted in a way of their own.
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

	"zujian/bot/channel"
	"zujian/bot/chat"
)

// Address is where smart robots connect. A private deployment has its own.
const Address = "wss://openws.work.weixin.qq.com"

// Options set up the robot. BotID and Secret must be given.
type Options struct {
	Name    string            // of the channel; usually wecom
	BotID   string            // of the robot, as the administration page gives it
	Secret  string            // of the robot's long connection; never logged
	Address string            // empty: Address; ws:// only to this machine
	Robot   string            // the name by which people mention it; empty: any leading mention is ours
	Names   map[string]string // what groups are called here, by chatid
	OnState func(chat.Report) // hears of every change of state
	// OnGroup hears once in a run of a group that has no name in Names.
	OnGroup func(chatid string)
	// Dial makes connections, for tests; nil: the network.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	Log  *slog.Logger
}

// longest is how many runes a message may have: with every sign escaped it
// stays under the 4096 bytes that the narrowest of WeCom's Markdown messages
// may have, far under a stream's 20480.
const longest = 1000

// Channel is one smart robot.
type Channel struct {
	*channel.Loop[*link]
	opts   Options
	client *http.Client
	limits *limits
	chats  map[string]string // chatid by the name that it has here

	mu    sync.Mutex
	heard map[string]bool // groups without a name that OnGroup heard of

	cards cards
}

// New makes a channel. It fails where the options cannot be right.
func New(opts Options) (*Channel, error) {
	opts.Name, opts.Address = cmp.Or(opts.Name, "wecom"), cmp.Or(opts.Address, Address)
	if opts.BotID == "" || opts.Secret == "" {
		return nil, errors.New("企业微信机器人要有 bot_id 和密钥")
	}
	if err := CheckAddress(opts.Address); err != nil {
		return nil, err
	}
	chats := map[string]string{}
	for id, name := range opts.Names {
		if chats[name] != "" {
			return nil, fmt.Errorf("企业微信里有两个群都叫“%s”，请改掉一个", name)
		}
		chats[name] = id
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	if opts.Dial != nil {
		transport.DialContext, transport.Proxy = opts.Dial, nil
	}
	c := &Channel{opts: opts, client: &http.Client{Transport: transport, CheckRedirect: noRedirect},
		limits: newLimits(limit{time.Minute, 30}, limit{time.Hour, 1000}), chats: chats, heard: map[string]bool{}}
	c.Loop = channel.New(channel.Options{Name: opts.Name, Log: opts.Log, OnState: opts.OnState, Cause: cause, Do: advice}, protocol{c})
	return c, nil
}

// noRedirect keeps the secret from going anywhere else.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// CheckAddress refuses an address to which the secret would go in the clear.
func CheckAddress(address string) error {
	u, err := url.Parse(address)
	if err == nil && u.Host != "" && (u.Scheme == "wss" || u.Scheme == "ws" && isLocal(u.Hostname())) {
		return nil
	}
	return fmt.Errorf("企业微信机器人的地址要像 %s 这样，用 wss://", Address)
}

func isLocal(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Can says what the channel can do. A message cannot mention a member.
func (c *Channel) Can() chat.Capabilities {
	return chat.Capabilities{Group: true, Push: true, Longest: longest}
}

// Run runs the channel until ctx ends. Where another connection of the same
// robot took over, or WeCom refuses the robot, it waits long: two programs would
// take the robot from each other for ever.
func (c *Channel) Run(ctx context.Context, handle chat.Handler) error {
	defer c.client.CloseIdleConnections()
	return c.Loop.Run(ctx, handle)
}
