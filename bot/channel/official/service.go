package official

import (
	"cmp"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"zujian/bot/channel"
	"zujian/bot/chat"
)

const (
	serviceBase = "https://qyapi.weixin.qq.com"
	// mostSync is how many messages are asked for at once.
	mostSync = 200
	// syncEvery is how often is asked where no callback came: without one the
	// far end counts strictly.
	syncEvery    = 10 * time.Minute
	fromCustomer = 3
	fromSystem   = 4
)

// ServiceOptions set up WeChat's customer service. All but the last lines must
// be given.
type ServiceOptions struct {
	Name    string // of the channel; usually kf
	ID      string // CorpID
	Secret  string // of 微信客服
	Token   string // of the callbacks
	Key     string // EncodingAESKey, 43 characters
	Account string // open_kfid; messages to other accounts are left alone
	File    string // where it is kept how far messages were taken

	Welcome   string // said to whoever opens the chat; empty: nothing
	Listen    string
	BaseURL   string
	Transport http.RoundTripper
	OnState   func(chat.Report)
	Log       *slog.Logger
}

// Service is one account of WeChat's customer service.
type Service struct {
	*channel.Loop[*session]
	opts   ServiceOptions
	api    *api
	door   *door
	rung   chan string // the token of a callback
	cursor string      // only the loop touches it
}

// NewService makes a channel. It fails in Chinese where the options cannot be
// right.
func NewService(opts ServiceOptions) (*Service, error) {
	opts.Name = cmp.Or(opts.Name, "kf")
	if opts.ID == "" || opts.Secret == "" || opts.Token == "" || opts.Account == "" || len(opts.Key) != 43 {
		return nil, errors.New("微信客服要有 corp_id、密钥、令牌、open_kfid 和 43 个字的消息加解密密钥")
	}
	base, err := baseOf(opts.BaseURL, serviceBase)
	if err != nil {
		return nil, err
	}
	c := &Service{opts: opts, rung: make(chan string, 1), cursor: readCursor(opts.File)}
	c.api = &api{base: base, client: clientOn(opts.Transport),
		login: "/cgi-bin/gettoken?corpid=" + url.QueryEscape(opts.ID) + "&corpsecret=" + url.QueryEscape(opts.Secret)}
	c.door = newDoor(opts.Token, opts.Key, opts.ID, c.take)
	c.Loop = channel.New(channel.Options{Name: opts.Name, Log: opts.Log, OnState: opts.OnState, Cause: cause, Do: advice("微信客服")},
		serviceProtocol{c})
	return c, nil
}

// readCursor reads how far messages were taken; empty where that is not known:
// the far end then gives those of three days, of which the desk knows the old.
func readCursor(file string) string {
	data, err := os.ReadFile(file)
	var cursor string
	if err != nil || json.Unmarshal(data, &cursor) != nil {
		return ""
	}
	return cursor
}

// Can says what the channel can do. It can speak first only within 48 hours and
// five messages of a person's last.
func (c *Service) Can() chat.Capabilities { return chat.Capabilities{Push: true, Longest: longest} }

// Run serves callbacks and receives until ctx ends.
func (c *Service) Run(ctx context.Context, handle chat.Handler) error {
	return serve(ctx, c.opts.Listen, c.door, c.Loop, handle)
}

// Handler takes the callbacks, where ServiceOptions.Listen is empty.
func (c *Service) Handler() http.Handler { return c.door }

// take deals with a callback, which says no more than that there is news.
func (c *Service) take(w http.ResponseWriter, _ *http.Request, data []byte) {
	var news struct {
		Event   string `xml:"Event"`
		Token   string `xml:"Token"`
		Account string `xml:"OpenKfId"`
	}
	acknowledge(w)
	if xml.Unmarshal(data, &news) != nil || news.Event != "kf_msg_or_event" || news.Account != c.opts.Account {
		return
	}
	select {
	case <-c.rung: // the last token is the best
	default:
	}
	c.ring(news.Token)
}

// serviceProtocol is the customer service as the loop of all channels sees it.
type serviceProtocol struct{ *Service }

// Forget drops the token.
func (c serviceProtocol) Forget() { c.api.drop() }

// Login gets a token.
func (c serviceProtocol) Login(ctx context.Context, _ chat.Handler) (*session, error) {
	if _, err := c.api.valid(ctx); err != nil {
		return nil, err
	}
	c.ring("") // what came while nobody listened
	return open(ctx), nil
}

// Stay takes messages whenever a callback rings.
func (c serviceProtocol) Stay(s *session, handle chat.Handler) error {
	return c.Rounds(s, func() (int, error) {
		token := ""
		timer := time.NewTimer(syncEvery)
		defer timer.Stop()
		select {
		case token = <-c.rung:
		case <-timer.C:
		case <-s.Ctx.Done():
			return 0, nil
		}
		n, err := c.sync(s, token, handle)
		if err != nil {
			c.ring("") // it is tried again, whether a callback comes or not
		}
		return n, err
	})
}

// ring has the next round begin at once.
func (c *Service) ring(token string) {
	select {
	case c.rung <- token:
	default:
	}
}

// served is one message of sync_msg.
type served struct {
	ID      string `json:"msgid"`
	Account string `json:"open_kfid"`
	Person  string `json:"external_userid"`
	Sent    int64  `json:"send_time"`
	Origin  int    `json:"origin"`
	Type    string `json:"msgtype"`
	Text    struct {
		Content string `json:"content"`
		Menu    string `json:"menu_id"`
	} `json:"text"`
	Event struct {
		Type    string `json:"event_type"`
		Welcome string `json:"welcome_code"`
		Recall  string `json:"recall_msgid"`
	} `json:"event"`
}

// sync takes all that is new, and gives how many messages there were. What was
// handed on is only then written down as taken.
func (c *Service) sync(s *session, token string, handle chat.Handler) (n int, err error) {
	for {
		var news struct {
			Next string            `json:"next_cursor"`
			More int               `json:"has_more"`
			List []json.RawMessage `json:"msg_list"`
		}
		ask := obj{"cursor": c.cursor, "token": token, "limit": mostSync, "open_kfid": c.opts.Account}
		err := c.api.call(s.Ctx, "/cgi-bin/kf/sync_msg", ask, &news)
		if err != nil {
			return n, err
		}
		for _, raw := range news.List {
			var m served
			if json.Unmarshal(raw, &m) == nil {
				c.receive(s, m, handle)
			}
		}
		n += len(news.List)
		if news.Next == "" || news.Next == c.cursor {
			return n, nil
		}
		c.cursor = news.Next
		if c.opts.File != "" {
			if err := channel.Keep(c.opts.File, c.cursor); err != nil {
				c.Log.Error("cannot keep how far messages were taken", "cause", fmt.Sprintf("%T", err))
			}
		}
		if news.More == 0 {
			return n, nil
		}
	}
}

// receive hands a message on. What our own people write there is left alone.
func (c *Service) receive(s *session, m served, handle chat.Handler) {
	switch {
	case m.Origin == fromSystem && m.Event.Type == "enter_session" && m.Event.Welcome != "" && c.opts.Welcome != "":
		welcome := obj{"code": m.Event.Welcome, "msgtype": "text", "text": obj{"content": c.opts.Welcome}}
		if err := c.api.call(s.Ctx, "/cgi-bin/kf/send_msg_on_event", welcome, nil); err != nil {
			c.Log.Warn("nobody was welcomed", "cause", cause(err))
		}
	case m.Origin == fromSystem && m.Event.Type == "user_recall_msg" && m.Event.Recall != "":
		c.Hand(handle, chat.Inbound{Channel: c.opts.Name, Recalls: m.Event.Recall})
	case m.Origin == fromCustomer && m.Person != "" && m.Account == c.opts.Account:
		in := chat.Inbound{Channel: c.opts.Name, Chat: m.Person, Speaker: m.Person, Proof: "kf:" + m.Person, Addressed: true, ID: m.ID,
			Ref: m.ID, Sent: time.Unix(m.Sent, 0), Kind: kinds[m.Type]}
		if m.Type == "text" {
			in.Text, in.Quote = chat.Unquote(strings.TrimSpace(m.Text.Content))
		}
		if in.Text != "" || in.Kind != "" {
			c.Hand(handle, in)
		}
	}
}

// Send sends a text to a person who wrote within 48 hours, of whom the far end
// keeps count: five messages to each of his.
func (c *Service) Send(ctx context.Context, to chat.Target, text string) (chat.Receipt, error) {
	if to.Group || to.Chat == "" {
		return chat.Receipt{}, chat.ErrNoTarget
	}
	if len(text) > mostBytes {
		return chat.Receipt{}, chat.ErrRejected
	}
	return c.Deliver(func(s *session) (chat.Receipt, error) {
		var answer struct {
			ID string `json:"msgid"`
		}
		message := obj{"touser": to.Chat, "open_kfid": c.opts.Account, "msgtype": "text", "text": obj{"content": text}}
		err := c.api.call(ctx, "/cgi-bin/kf/send_msg", message, &answer)
		if errors.Is(err, chat.ErrUnreachable) {
			c.ring("") // the loop looks when the far end is there again
		}
		return chat.Receipt{ID: answer.ID, At: time.Now()}, err
	})
}
