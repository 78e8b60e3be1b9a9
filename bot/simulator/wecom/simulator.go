// Package wecom is a local stand-in for both far ends of WeCom: the long
// connection of a smart robot and the webhook of a group robot. It was made
// from WeCom's published pages 智能机器人长连接 and 群机器人配置说明 and from the
// types of its SDK for Node; no real server was met, so a figure that rests on
// it says nothing of how fast or how patient WeCom itself is. What nobody is
// connected to hear is not kept.
package wecom

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/coder/websocket"

	"zujian/bot/simulator"
)

// Options set up a simulator; every zero value is usable.
type Options struct {
	BotID, Secret string // of the robot; usually simbot and simsecret
	Robot         string // its name; usually 组建助手
}

// Group is an internal group with the robot in it. Key is that of its webhook;
// empty means that it has none.
type Group struct{ ID, Name, Key string }

// Sent is a message that the program sent. Chat is a chatid, or a userid for a
// direct chat; By is respond, send or webhook; Text is as it was sent.
type Sent struct {
	At        time.Time
	Chat, By  string
	Req, Text string
	Mentions  []string // whom a webhook's text calls
	Task      string   // of a card with buttons, which Text shows; empty: it is none
	Changed   []Change // what the card said after clicks
	stream    string
}

// Shown gives what a person reads.
func (s Sent) Shown() string {
	if s.By == "webhook" || s.Task != "" {
		return s.Text
	}
	return Shown(s.Text)
}

// said is what somebody wrote.
type said struct {
	At              time.Time
	Chat, Who, Text string
	Heard           bool // the program was there to hear it
}

type obj = map[string]any

// Sim is a running simulator. It is safe for use from several goroutines.
type Sim struct {
	simulator.Far
	opts Options
	near *near

	groups  []Group
	clients map[*client]bool
	active  *client           // the one that is subscribed
	open    map[string]string // chat by the req_id of a message that was not answered yet
	clicks  map[string]string // task_id by the req_id of a click that was not answered yet
	said    []said
	sent    []Sent
	got     map[string][]time.Time // what each chat got, for the limits
	over    int                    // messages beyond the limits
	refused int                    // subscriptions
	last    int
	faults  faults
}

// client is a connection of the program.
type client struct{ ws *websocket.Conn }

// New makes a simulator with no groups.
func New(opts Options) *Sim {
	for v, usual := range map[*string]string{&opts.BotID: ExampleBot, &opts.Secret: ExampleSecret, &opts.Robot: "组建助手"} {
		if *v == "" {
			*v = usual
		}
	}
	s := &Sim{opts: opts, Far: simulator.Far{Poll: 25 * time.Second}, near: newNear(), clients: map[*client]bool{},
		open: map[string]string{}, clicks: map[string]string{}, got: map[string][]time.Time{}}
	s.Cut = s.cut
	return s
}

// AddGroup adds a group.
func (s *Sim) AddGroup(g Group) { s.Do(func() { s.groups = append(s.groups, g) }) }

func (s *Sim) group(id string) *Group {
	for i := range s.groups {
		if s.groups[i].ID == id {
			return &s.groups[i]
		}
	}
	return nil
}

// writeWithin bounds a write to a program that does not read.
const writeWithin = 5 * time.Second

func (c *client) write(v any) {
	data, err := json.Marshal(v)
	if err == nil {
		c.raw(data)
	}
}

func (c *client) raw(data []byte) {
	ctx, stop := context.WithTimeout(context.Background(), writeWithin)
	defer stop()
	if c.ws.Write(ctx, websocket.MessageText, data) != nil {
		_ = c.ws.CloseNow()
	}
}

// Say writes in a group as a member, and gives the message's id. The text
// should mention the robot: WeCom passes no other on.
func (s *Sim) Say(group, user, text string) string {
	return s.say(obj{"chatid": group, "chattype": "group", "msgtype": "text", "text": obj{"content": text}}, group, user, text)
}

// SayDirect writes to the robot.
func (s *Sim) SayDirect(user, text string) string {
	return s.say(obj{"chattype": "single", "msgtype": "text", "text": obj{"content": text}}, user, user, text)
}

// SayBody writes a message whose body is given, but for its id, writer and
// robot; chat is where an answer to it shows.
func (s *Sim) SayBody(chat, user string, body map[string]any) string {
	return s.say(body, chat, user, "")
}

func (s *Sim) say(body obj, chat, user, text string) string {
	var to *client
	var id, req string
	times := 1
	s.Do(func() {
		s.last++
		id, req = fmt.Sprintf("msg-%d", s.last), fmt.Sprintf("cb-%d", s.last)
		to = s.active
		if to != nil {
			s.open[req] = chat
		}
		if simulator.Take(&s.Twice) {
			times = 2
		}
		s.said = append(s.said, said{time.Now(), chat, user, text, to != nil})
	})
	s.sign(body, id, user)
	for range times {
		if to != nil {
			to.write(obj{"cmd": "aibot_msg_callback", "headers": obj{"req_id": req}, "body": body})
		}
	}
	return id
}

// sign says in a body what it is, whose and for whom.
func (s *Sim) sign(body obj, id, user string) {
	body["msgid"], body["aibotid"], body["from"], body["create_time"] = id, s.opts.BotID, obj{"userid": user}, time.Now().Unix()
}

// Event has a person do something other than write: enter_chat, or
// feedback_event with what it says.
func (s *Sim) Event(user, kind string, more map[string]any) {
	event := obj{"eventtype": kind}
	if more != nil {
		event[kind] = more
	}
	s.event(user, obj{"chattype": "single", "event": event}, func(req string) { s.open["enter "+req] = user })
}

// event passes on what a person did; note writes its req_id down.
func (s *Sim) event(user string, body obj, note func(req string)) {
	var to *client
	var req string
	s.Do(func() {
		s.last++
		req, to = fmt.Sprintf("ev-%d", s.last), s.active
		note(req)
	})
	s.sign(body, req, user)
	body["msgtype"] = "event"
	if to != nil {
		to.write(obj{"cmd": "aibot_event_callback", "headers": obj{"req_id": req}, "body": body})
	}
}

// Sent gives what the program has sent so far. A stream that was written anew
// is one message, with its last words.
func (s *Sim) Sent() []Sent {
	return simulator.Look(&s.Far, func() []Sent { return slices.Clone(s.sent) })
}

// Over gives how many messages were beyond what a chat may get.
func (s *Sim) Over() int {
	return simulator.Look(&s.Far, func() int { return s.over })
}

// Refused gives how many subscriptions were refused.
func (s *Sim) Refused() int {
	return simulator.Look(&s.Far, func() int { return s.refused })
}
