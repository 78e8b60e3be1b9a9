package wecom

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
	"unicode/utf8"

	"github.com/coder/websocket"

	"zujian/bot/simulator"
)

// frame is one of the program.
type frame struct {
	Cmd     string `json:"cmd"`
	Headers struct {
		ReqID string `json:"req_id"`
	} `json:"headers"`
	Body struct {
		BotID    string `json:"bot_id"`
		Secret   string `json:"secret"`
		Chat     string `json:"chatid"`
		ChatType int    `json:"chat_type"`
		MsgType  string `json:"msgtype"`
		Stream   struct {
			ID      string `json:"id"`
			Finish  bool   `json:"finish"`
			Content string `json:"content"`
		} `json:"stream"`
		Markdown struct {
			Content string `json:"content"`
		} `json:"markdown"`
		Card  card     `json:"template_card"`
		Users []string `json:"userids"`
	} `json:"body"`
}

// robot is the far end of the long connection.
func (s *Sim) robot(w http.ResponseWriter, r *http.Request) {
	ws, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	ws.SetReadLimit(1 << 20)
	c := &client{ws}
	s.Do(func() { s.clients[c] = true })
	defer s.gone(c)
	for {
		_, data, err := ws.Read(r.Context())
		if err != nil {
			return
		}
		var f frame
		if json.Unmarshal(data, &f) != nil {
			c.write(obj{"headers": obj{"req_id": ""}, "errcode": 40008, "errmsg": "invalid frame"})
			continue
		}
		s.take(r.Context(), c, f)
	}
}

func (s *Sim) gone(c *client) {
	_ = c.ws.CloseNow()
	s.Do(func() {
		delete(s.clients, c)
		if s.active == c {
			s.active = nil
		}
	})
}

// take deals with one frame.
func (s *Sim) take(ctx context.Context, c *client, f frame) {
	var code int
	var old *client
	var quiet bool
	var slow time.Duration
	s.Do(func() {
		quiet, slow = s.faults.mute, s.faults.slow
		switch f.Cmd {
		case "aibot_subscribe":
			code, old = s.subscribe(c, f)
		case "ping":
		case "aibot_respond_msg":
			code, quiet = s.takeSend(c, s.respond, f, quiet)
		case "aibot_respond_welcome_msg":
			code, quiet = s.takeSend(c, s.greet, f, quiet)
		case "aibot_send_msg":
			code, quiet = s.takeSend(c, s.send, f, quiet)
		case "aibot_respond_update_msg":
			code = s.update(f)
		default:
			code = 40008
		}
	})
	if old != nil {
		old.dismiss(s.opts.BotID)
	}
	if quiet {
		return
	}
	answer := obj{"headers": obj{"req_id": f.Headers.ReqID}, "errcode": code, "errmsg": "simulated"}
	if slow > 0 {
		go func() {
			select {
			case <-time.After(slow):
				c.write(answer)
			case <-ctx.Done():
			}
		}()
		return
	}
	c.write(answer)
}

// subscribe takes a subscription and gives the connection that had the robot
// before. It is called under the lock, as those below are.
func (s *Sim) subscribe(c *client, f frame) (code int, old *client) {
	if s.faults.subscribe != 0 {
		code = s.faults.subscribe
	} else if f.Body.BotID != s.opts.BotID || f.Body.Secret != s.opts.Secret {
		code = 40001
	}
	if code != 0 {
		s.refused++
		return code, nil
	}
	if s.active != c {
		old = s.active
	}
	s.active = c
	return 0, old
}

// takeSend takes a message of the program, and reports whether its answer is
// lost.
func (s *Sim) takeSend(c *client, how func(frame) int, f frame, quiet bool) (int, bool) {
	if s.active != c {
		return 846609, quiet
	}
	if s.faults.code != 0 {
		return s.faults.code, quiet
	}
	code := how(f)
	return code, code == 0 && simulator.Take(&s.Lose) || quiet
}

func (s *Sim) respond(f frame) int {
	st := f.Body.Stream
	chat, ok := s.open[f.Headers.ReqID]
	switch {
	case !ok:
		return 846605
	case f.Body.MsgType != "stream" || st.ID == "" || len(st.Content) > 20480 || !utf8.ValidString(st.Content):
		return 40008
	}
	if st.Finish {
		delete(s.open, f.Headers.ReqID)
	}
	for i, old := range s.sent {
		if old.stream == st.ID && old.Req == f.Headers.ReqID {
			s.sent[i].Text = st.Content
			return 0
		}
	}
	return s.keep(Sent{Chat: chat, By: "respond", Req: f.Headers.ReqID, Text: st.Content, stream: st.ID}, robotLimits)
}

// greet takes a welcome, which is for the event that somebody opened the chat.
func (s *Sim) greet(f frame) int {
	chat, ok := s.open["enter "+f.Headers.ReqID]
	if !ok {
		return 846605
	}
	delete(s.open, "enter "+f.Headers.ReqID)
	return s.keep(Sent{Chat: chat, By: "welcome", Req: f.Headers.ReqID, Text: f.Body.Markdown.Content}, robotLimits)
}

func (s *Sim) send(f frame) int {
	words, task := f.Body.Markdown.Content, ""
	if f.Body.MsgType == "template_card" {
		words, task = f.Body.Card.shown(), f.Body.Card.Task
	}
	switch group := s.group(f.Body.Chat) != nil; {
	case task == "" && f.Body.MsgType != "markdown" || words == "" || len(words) > 20480 || task != "" && s.faults.cardless:
		return 40008
	case group != (f.Body.ChatType == 2), f.Body.Chat == "", !group && f.Body.ChatType != 1:
		return 40050
	}
	return s.keep(Sent{Chat: f.Body.Chat, By: "send", Req: f.Headers.ReqID, Text: words, Task: task}, robotLimits)
}

// robotLimits and webhookLimits are how many messages a chat may get within
// how long.
var (
	robotLimits   = map[time.Duration]int{time.Minute: 30, time.Hour: 1000}
	webhookLimits = map[time.Duration]int{time.Minute: 20}
)

// keep takes a message within the limits.
func (s *Sim) keep(m Sent, limits map[time.Duration]int) int {
	m.At = time.Now()
	key := m.Chat
	if m.By == "webhook" {
		key = "webhook " + key
	}
	for within, most := range limits {
		n := 0
		for _, at := range s.got[key] {
			if m.At.Sub(at) < within {
				n++
			}
		}
		if n >= most {
			s.over++
			return 45009
		}
	}
	s.got[key] = append(s.got[key], m.At)
	s.sent = append(s.sent, m)
	return 0
}
