// Package official is a local stand-in for WeChat's official accounts (公众号)
// and its customer service (微信客服): callbacks to the program, and the doors
// that it calls. It was made from the published pages (接收普通消息, 被动回复用户消息,
// 客服消息, 消息加解密说明; 接收消息和事件, 读取消息, 发送消息); no real server was
// met, so a figure that rests on it says nothing of WeChat itself.
package official

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/silenceper/wechat/v2/util"

	"zujian/bot/simulator"
)

// What the example's administration page says.
const (
	ExampleID      = "wxsim0000000000"
	ExampleSecret  = "simsecret"
	ExampleToken   = "simtoken"
	ExampleKey     = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
	ExampleAccount = "wkSimulated"
)

// Options set up a simulator.
type Options struct {
	Service bool // it is 微信客服: callbacks only ring, and messages are fetched
	NoRight bool // the account may send no customer messages
	// Program takes the callbacks, at Address.
	Program func(*http.Request) (*http.Response, error)
	Address string
}

// Sent is a message that reached a person. By is reply, custom, template,
// welcome or kf.
type Sent struct {
	At               time.Time
	Person, Text, By string
}

// window is what a person's last message allows.
type window struct {
	wrote time.Time
	left  int
}

// How long and how many messages a person's message allows. Whether those of
// several messages add up the pages do not say; here they do.
const (
	windowLasts   = 48 * time.Hour
	customerSends = 20
	serviceSends  = 5
	tries         = 3
	tryLasts      = 5 * time.Second
)

// Sim is a running simulator. It is safe for use from several goroutines.
type Sim struct {
	simulator.Far
	opts    Options
	windows map[string]*window
	tails   map[string]chan struct{} // closed when a person's last message was passed on
	last    int
	tokens  int
	token   string
	limit   bool
	said    []said
	sent    []Sent
	failed  int // callbacks that were answered with anything but 200
}

// said is what somebody wrote.
type said struct {
	at               time.Time
	id, person, text string
	kind, event      string
}

type obj = map[string]any

// New makes a simulator.
func New(opts Options) *Sim {
	return &Sim{opts: opts, Far: simulator.Far{Poll: 25 * time.Second}, windows: map[string]*window{}, tails: map[string]chan struct{}{}}
}

// Connect says who takes the callbacks.
func (s *Sim) Connect(program http.Handler) {
	s.Do(func() {
		s.opts.Address = "http://program/wechat/callback"
		s.opts.Program = func(r *http.Request) (*http.Response, error) { return simulator.InProcess(r, program) }
	})
}

// Say has a person write, and gives the message's id.
func (s *Sim) Say(person, text string) string { return s.add(person, "text", text, "") }

// Send has a person send something else than a text, such as voice.
func (s *Sim) Send(person, kind string) string { return s.add(person, kind, "", "") }

// Event has a person subscribe, CLICK, enter_session or user_recall_msg; key is
// what the event is about.
func (s *Sim) Event(person, event, key string) { s.add(person, "event", key, event) }

func (s *Sim) add(person, kind, text, event string) string {
	m := said{at: time.Now(), person: person, kind: kind, text: text, event: event}
	times, done := 1, make(chan struct{})
	var before chan struct{} // what the person did before comes first
	s.Do(func() {
		before, s.tails[person] = s.tails[person], done
		s.last++
		m.id = fmt.Sprint(23_000_000_000_000_000 + s.last)
		sends := customerSends
		if s.opts.Service {
			sends = serviceSends
		}
		if open := s.windows[person]; event == "" && open != nil && time.Since(open.wrote) < windowLasts {
			sends += open.left
		}
		if event == "" {
			s.windows[person] = &window{m.at, sends}
		}
		if simulator.Take(&s.Twice) {
			times = 2
			if s.opts.Service {
				s.said = append(s.said, m)
			}
		}
		s.said = append(s.said, m)
	})
	go func() {
		if before != nil {
			<-before
		}
		for range times {
			s.call(m)
		}
		close(done)
	}()
	return m.id
}

// call tells the program, at most three times, until it answers.
func (s *Sim) call(m said) {
	for range tries {
		answer, ok := s.try(m)
		if ok {
			s.answered(m.person, answer)
			return
		}
	}
}

// try makes one callback within five seconds, and gives what was answered.
func (s *Sim) try(m said) ([]byte, bool) {
	s.Mu.Lock()
	down, program, address := s.Down, s.opts.Program, s.opts.Address
	s.Mu.Unlock()
	ctx, stop := context.WithTimeout(context.Background(), tryLasts)
	defer stop()
	if down || program == nil {
		<-ctx.Done()
		return nil, false
	}
	body, query := Callback(s.wire(m), time.Now())
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"?"+query, bytes.NewReader(body))
	if err != nil {
		return nil, false
	}
	resp, err := program(r)
	if err != nil {
		return nil, false
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		s.Do(func() { s.failed++ })
		return nil, false
	}
	return answer, true
}

// Callback makes the body and the query of a callback that is signed and
// encrypted as the example's administration page says.
func Callback(message []byte, at time.Time) (body []byte, query string) {
	sealed, err := util.EncryptMsg([]byte("0123456789abcdef"), message, ExampleID, ExampleKey)
	if err != nil {
		panic(err)
	}
	timestamp, nonce := strconv.FormatInt(at.Unix(), 10), strconv.FormatInt(at.UnixNano(), 36)
	body, err = xml.Marshal(struct {
		XMLName xml.Name `xml:"xml"`
		To      string   `xml:"ToUserName"`
		Encrypt string
	}{To: "gh_sim", Encrypt: string(sealed)})
	if err != nil {
		panic(err)
	}
	return body, url.Values{"timestamp": {timestamp}, "nonce": {nonce}, "encrypt_type": {"aes"},
		"msg_signature": {util.Signature(ExampleToken, timestamp, nonce, string(sealed))}}.Encode()
}

// wire is a message as the program gets it.
func (s *Sim) wire(m said) []byte {
	out := struct {
		XMLName xml.Name `xml:"xml"`
		To      string   `xml:"ToUserName"`
		From    string   `xml:"FromUserName,omitempty"`
		Created int64    `xml:"CreateTime"`
		Type    string   `xml:"MsgType"`
		Content string   `xml:"Content,omitempty"`
		ID      string   `xml:"MsgId,omitempty"`
		Event   string   `xml:"Event,omitempty"`
		Key     string   `xml:"EventKey,omitempty"`
		Token   string   `xml:"Token,omitempty"`
		Account string   `xml:"OpenKfId,omitempty"`
	}{To: "gh_sim", From: m.person, Created: m.at.Unix(), Type: m.kind, Content: m.text, ID: m.id}
	switch {
	case s.opts.Service:
		out.From, out.Content, out.ID = "", "", ""
		out.Type, out.Event, out.Token, out.Account = "event", "kf_msg_or_event", "rung", ExampleAccount
	case m.event != "":
		out.Content, out.ID, out.Event, out.Key = "", "", m.event, m.text
	}
	data, err := xml.Marshal(out)
	if err != nil {
		panic(err)
	}
	return data
}

// answered reads the answer to a callback: success, or an encrypted message.
func (s *Sim) answered(person string, answer []byte) {
	if string(answer) == "success" || len(answer) == 0 {
		return
	}
	var sealed struct {
		Encrypt, MsgSignature, TimeStamp, Nonce string
	}
	var m struct{ ToUserName, Content string }
	if xml.Unmarshal(answer, &sealed) != nil ||
		util.Signature(ExampleToken, sealed.TimeStamp, sealed.Nonce, sealed.Encrypt) != sealed.MsgSignature {
		return
	}
	_, plain, err := util.DecryptMsg(ExampleID, sealed.Encrypt, ExampleKey)
	if err == nil && xml.Unmarshal(plain, &m) == nil && m.ToUserName == person && len(m.Content) <= 2048 {
		s.Do(func() { s.sent = append(s.sent, Sent{time.Now(), person, m.Content, "reply"}) })
	}
}

// Sent gives what has reached people so far.
func (s *Sim) Sent() []Sent {
	return simulator.Look(&s.Far, func() []Sent { return slices.Clone(s.sent) })
}

// Failed gives how many callbacks the program did not answer with 200.
func (s *Sim) Failed() int {
	return simulator.Look(&s.Far, func() int { return s.failed })
}

// LimitSends has every send be answered "too often".
func (s *Sim) LimitSends(on bool) { s.Do(func() { s.limit = on }) }

// Void has the far end no longer know the token that it gave.
func (s *Sim) Void() { s.Do(func() { s.token = "void" }) }

// Check makes the query by which the administration page checks an address.
func Check(echo string) string {
	timestamp := strconv.FormatInt(time.Now().Unix(), 10)
	return url.Values{"timestamp": {timestamp}, "nonce": {"7"}, "echostr": {echo},
		"signature": {util.Signature(ExampleToken, timestamp, "7")}}.Encode()
}
