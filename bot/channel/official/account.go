// Package official is what WeChat allows an organisation: an official account
// (公众号) and WeChat's customer service (微信客服), as two channels for direct
// questions. It is the only package that imports silenceper/wechat, and of that
// only signatures and encryption: its clients bring Redis and memcache into the
// program, send through one global HTTP client, and put the token into errors.
//
// The protocols are read from the published pages 接收普通消息, 被动回复用户消息,
// 客服消息, 消息加解密说明 (公众号) and 接收消息和事件, 发送消息 (微信客服). No
// real server was met.
package official

import (
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"zujian/bot/channel"
	"zujian/bot/chat"
)

const (
	usualBase = "https://api.weixin.qq.com"
	// Path is where WeChat has to be told that callbacks are.
	Path = "/wechat/callback"
	// mostBytes is how many bytes a text may have, and longest how many runes
	// surely fit into them.
	mostBytes = 2048
	longest   = mostBytes / 4
	// usualPatience is below the five seconds after which WeChat asks again.
	usualPatience = 4500 * time.Millisecond
)

// Options set up an official account. Token, Key and ID must be given.
type Options struct {
	Name      string // of the channel; usually official
	ID        string // AppID
	Secret    string // AppSecret; empty: answers within five seconds are all there is
	Token     string // of the callbacks
	Key       string // EncodingAESKey, 43 characters
	Customer  bool   // the account may send customer messages (客服消息)
	Menu      bool   // set the menu at the start
	Template  string // id of a template for reminders outside of 48 hours; empty: none
	File      string // where it is kept who agreed to reminders
	Listen    string // address of the callbacks; empty: Handler is served by somebody else
	BaseURL   string // of a simulator; empty: WeChat
	Transport http.RoundTripper
	// Patience is how long a callback waits for its answer; 0: 4.5 s; negative:
	// not at all, everything is sent as a customer message.
	Patience time.Duration
	OnState  func(chat.Report)
	Log      *slog.Logger
}

// Account is one official account.
type Account struct {
	*channel.Loop[*session]
	opts    Options
	api     *api
	door    *door
	waiting *waiting
	agreed  *consent
	handle  chat.Handler // set before the first callback
}

// New makes a channel. It fails in Chinese where the options cannot be right.
func New(opts Options) (*Account, error) {
	opts.Name, opts.Patience = cmp.Or(opts.Name, "official"), cmp.Or(opts.Patience, usualPatience)
	if opts.ID == "" || opts.Token == "" || len(opts.Key) != 43 {
		return nil, errors.New("公众号要有 app_id、令牌和 43 个字的消息加解密密钥")
	}
	if opts.Secret == "" {
		opts.Customer, opts.Menu = false, false
	}
	base, err := baseOf(opts.BaseURL, usualBase)
	if err != nil {
		return nil, err
	}
	c := &Account{opts: opts, waiting: newWaiting(), agreed: readConsent(opts.File)}
	c.api = &api{base: base, client: clientOn(opts.Transport), login: "/cgi-bin/stable_token",
		keys: obj{"grant_type": "client_credential", "appid": opts.ID, "secret": opts.Secret}}
	c.door = newDoor(opts.Token, opts.Key, opts.ID, c.take)
	c.Loop = channel.New(channel.Options{Name: opts.Name, Log: opts.Log, OnState: opts.OnState,
		Cause: cause, Do: advice("公众号")}, protocol{c})
	return c, nil
}

// baseOf checks the address of a simulator.
func baseOf(given, usual string) (string, error) {
	if given == "" {
		return usual, nil
	}
	if u, err := url.Parse(given); err != nil || u.Host == "" {
		return "", fmt.Errorf("配置里的 base_url 不是网址：%s", given)
	}
	return given, nil
}

// Can says what the channel can do.
func (c *Account) Can() chat.Capabilities {
	return chat.Capabilities{Push: c.opts.Customer, Longest: longest}
}

// Run serves callbacks and keeps a token until ctx ends.
func (c *Account) Run(ctx context.Context, handle chat.Handler) error {
	c.handle = handle
	return serve(ctx, c.opts.Listen, c.door, c.Loop, handle)
}

// Handler takes the callbacks, where Options.Listen is empty.
func (c *Account) Handler() http.Handler { return c.door }

var errListen = errors.New("nothing can listen at the address")

// retryListen is how often an address is tried that another program has.
const retryListen = 15 * time.Second

// listening are the parts of a loop that serve needs.
type listening interface {
	Run(ctx context.Context, handle chat.Handler) error
	Trouble(err error)
}

// serve listens at an address, where there is one, while the loop runs. Where
// another program has the address it says so and tries again.
func serve(ctx context.Context, address string, door http.Handler, loop listening, handle chat.Handler) error {
	if address == "" {
		return loop.Run(ctx, handle)
	}
	listener, err := net.Listen("tcp", address)
	for ; err != nil; listener, err = net.Listen("tcp", address) {
		loop.Trouble(errListen)
		if !chat.Pause(ctx, retryListen) {
			return nil
		}
	}
	mux := http.NewServeMux()
	mux.Handle(Path, door)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, IdleTimeout: time.Minute,
		BaseContext: func(net.Listener) context.Context { return ctx }}
	done := make(chan struct{})
	go func() { defer close(done); server.Serve(chat.Bounded(listener)) }()
	defer func() { server.Close(); <-done }()
	return loop.Run(ctx, handle)
}

// protocol is an official account as the loop of all channels sees it.
type protocol struct{ *Account }

// Forget drops the token.
func (c protocol) Forget() { c.api.drop() }

// advice says, of what WeChat calls the account, where to look on the
// administration page.
func advice(what string) func(error) string {
	return func(err error) string {
		var code badCode
		switch {
		case errors.Is(err, errListen):
			return what + "听回调的地址用不了，多半是被别的程序占着。请在配置里换一个 listen，或者停掉那个程序。"
		case errors.As(err, &code) && (code.code == codeNotListed || code.code == codeNotListed2):
			return what + "没有认这台机器的网络地址。请到管理后台把它加到 IP 白名单里，再发“管理 重新登录”。"
		case errors.Is(err, chat.ErrRefused), errors.Is(err, errToken):
			return what + "没有认我们的编号或者密钥。请核对配置，改好以后停下程序再开。"
		}
		return ""
	}
}

// Login gets a token, where the account has anything to do with it.
func (c protocol) Login(ctx context.Context, _ chat.Handler) (*session, error) {
	if c.opts.Secret == "" {
		return open(ctx), nil
	}
	if _, err := c.api.valid(ctx); err != nil {
		return nil, err
	}
	if c.opts.Menu {
		if err := c.api.call(ctx, "/cgi-bin/menu/create", menu, nil); err != nil {
			c.Log.Warn("the menu cannot be set", "cause", cause(err))
		}
	}
	return open(ctx), nil
}

// Stay waits: callbacks come by themselves.
func (protocol) Stay(s *session, _ chat.Handler) error {
	<-s.Ctx.Done()
	return context.Cause(s.Ctx)
}

type obj = map[string]any

// menu has the words that people need most. A click comes as if it were typed.
var menu = obj{"button": []obj{{"type": "click", "name": "怎么问", "key": "帮助"}, {"type": "click", "name": "一步步组建", "key": "组建"},
	{"name": "提醒", "sub_button": []obj{{"type": "click", "name": "接收提醒", "key": sayYes}, {"type": "click", "name": "不收提醒", "key": sayNo}}}}}

// What people write to the channel itself.
const (
	sayMore = "继续"
	sayYes  = "接收提醒"
	sayNo   = "不收提醒"
)

// What the channel says itself.
const (
	tellWait     = "正在查，还没有好。过几秒请回复“继续”看答案。"
	tellNotYet   = "还没有查好。请过几秒再回复“继续”。"
	tellMore     = "\n（还有，请回复“继续”。）"
	tellAgreed   = "好的，到时候会在这里提醒您。不想收了，请回复“不收提醒”。"
	tellDeclined = "好的，不再提醒您。要再收，请回复“接收提醒”。"
)

// take deals with a callback that is WeChat's.
func (c *Account) take(w http.ResponseWriter, r *http.Request, data []byte) {
	m, ok := decode(data)
	in, known := m.inbound(c.opts.Name)
	if !ok || !known {
		acknowledge(w)
		return
	}
	a, fresh := c.waiting.meet(m.ID)
	if !fresh {
		select {
		case <-a.taken:
		case <-r.Context().Done():
		}
		c.reply(w, m, c.waiting.said(a))
		return
	}
	if own, mine := c.own(m.From, in.Text); mine {
		c.waiting.finish(a, own)
		c.reply(w, m, own)
		return
	}
	if c.handle == nil {
		c.waiting.finish(a, "")
		acknowledge(w)
		return
	}
	in.Once = !c.opts.Customer
	c.Hand(c.handle, in)
	said := c.await(r.Context(), a)
	if said == "" && !c.opts.Customer && in.Text != "" {
		c.waiting.owe(m.From)
		said = tellWait
	}
	c.waiting.finish(a, said)
	c.reply(w, m, said)
}

// own answers what people write to the channel itself.
func (c *Account) own(person, text string) (string, bool) {
	switch text {
	case sayMore:
		kept, more, owed := c.waiting.next(person)
		switch {
		case owed:
			return tellNotYet, true
		case kept == "":
			return "", false // it is a word like any other
		case more > 0 && len(kept)+len(tellMore) <= mostBytes:
			return kept + tellMore, true
		}
		return kept, true
	case sayYes, sayNo:
		if err := c.agreed.set(person, text == sayYes); err != nil {
			c.Log.Error("cannot keep who agreed to reminders", "error", err.Error())
			return "", false
		}
		if text == sayYes {
			return tellAgreed, true
		}
		return tellDeclined, true
	}
	return "", false
}

// await gives the answer to a message; empty where it does not come in time.
func (c *Account) await(ctx context.Context, a *answering) string {
	if c.opts.Patience <= 0 {
		return ""
	}
	timer := time.NewTimer(c.opts.Patience)
	defer timer.Stop()
	select {
	case said := <-a.text:
		return said
	case <-ctx.Done():
	case <-timer.C:
	}
	return ""
}

// acknowledge has WeChat not ask again.
func acknowledge(w http.ResponseWriter) { w.Write([]byte("success")) }

// reply answers a callback.
func (c *Account) reply(w http.ResponseWriter, m message, text string) {
	if text == "" {
		acknowledge(w)
		return
	}
	plain, err := xml.Marshal(struct {
		XMLName xml.Name `xml:"xml"`
		To      string   `xml:"ToUserName"`
		From    string   `xml:"FromUserName"`
		Created int64    `xml:"CreateTime"`
		Type    string   `xml:"MsgType"`
		Content string   `xml:"Content"`
	}{To: m.From, From: m.To, Created: time.Now().Unix(), Type: "text", Content: text})
	if err == nil {
		plain, err = c.door.seal(plain)
	}
	if err != nil {
		c.Log.Error("an answer cannot be encrypted", "error", err.Error())
		acknowledge(w)
		return
	}
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.Write(plain)
}

// Send sends a text: as the answer to the callback that waits for it; else as a
// customer message; or where the account may send none, when the person writes
// 继续. What answers nothing goes only to whoever agreed to it.
func (c *Account) Send(ctx context.Context, to chat.Target, text string) (chat.Receipt, error) {
	switch {
	case to.Group || to.Chat == "":
		return chat.Receipt{}, chat.ErrNoTarget
	case len(text) > mostBytes:
		return chat.Receipt{}, chat.ErrRejected
	case to.Ref == "" && !c.agreed.has(to.Chat):
		return chat.Receipt{}, chat.ErrWindowClosed
	case to.Ref != "" && c.waiting.give(ctx, to.Chat, to.Ref, text):
		return chat.Receipt{ID: to.Ref, At: time.Now()}, nil
	case !c.opts.Customer && to.Ref == "":
		return chat.Receipt{}, chat.ErrWindowClosed
	case !c.opts.Customer:
		c.waiting.keep(to.Chat, text)
		return chat.Receipt{ID: to.Ref, At: time.Now()}, nil
	}
	if !chat.Pause(ctx, c.waiting.travels(to.Chat)) {
		return chat.Receipt{}, ctx.Err()
	}
	return c.Deliver(func(s *session) (chat.Receipt, error) {
		err := c.api.call(ctx, "/cgi-bin/message/custom/send", obj{"touser": to.Chat, "msgtype": "text", "text": obj{"content": text}}, nil)
		if to.Ref == "" && errors.Is(err, chat.ErrWindowClosed) && c.opts.Template != "" {
			err = c.remind(ctx, to.Chat, text)
		}
		if errors.Is(err, chat.ErrUnreachable) {
			s.End(err) // the loop looks when the far end is there again
		}
		return chat.Receipt{At: time.Now()}, err
	})
}

// longestThing is how many runes a field of a template may have.
const longestThing = 20

// remind sends the beginning of a reminder by a template, which may go at any
// time.
func (c *Account) remind(ctx context.Context, person, text string) error {
	runes := []rune(text)
	if len(runes) > longestThing {
		runes = append(runes[:longestThing-1], '…')
	}
	return c.api.call(ctx, "/cgi-bin/message/template/send",
		obj{"touser": person, "template_id": c.opts.Template, "data": obj{"thing1": obj{"value": string(runes)}}}, nil)
}
