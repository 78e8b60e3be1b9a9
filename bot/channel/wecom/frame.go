package wecom

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"zujian/bot/chat"
)

// The commands of the long connection.
const (
	cmdSubscribe = "aibot_subscribe"
	cmdPing      = "ping"
	cmdMessage   = "aibot_msg_callback"
	cmdEvent     = "aibot_event_callback"
	cmdRespond   = "aibot_respond_msg"
	cmdSend      = "aibot_send_msg"
	cmdWelcome   = "aibot_respond_welcome_msg"
	cmdUpdate    = "aibot_respond_update_msg"
)

// Kinds of events: another connection of the robot took over; somebody opened the
// chat with it; said of an answer whether it was good; clicked a button.
const (
	eventTaken    = "disconnected_event"
	eventEntered  = "enter_chat"
	eventFeedback = "feedback_event"
	eventClicked  = "template_card_event"
)

type obj = map[string]any

// frame is what goes over the connection either way. An answer has no command
// but a code, and the req_id of what it answers.
type frame struct {
	Cmd     string          `json:"cmd"`
	Headers headers         `json:"headers"`
	Body    json.RawMessage `json:"body"`
	Code    *int            `json:"errcode"`
}

type headers struct {
	ReqID string `json:"req_id"`
}

// request is a frame of ours.
type request struct {
	Cmd     string  `json:"cmd"`
	Headers headers `json:"headers"`
	Body    any     `json:"body,omitempty"`
}

var errFrame = errors.New("the frame makes no sense")

// decode reads a frame.
func decode(data []byte) (frame, error) {
	var f frame
	if err := json.Unmarshal(data, &f); err != nil || (f.Cmd == "" && f.Code == nil) {
		return frame{}, errFrame
	}
	return f, nil
}

// message is the body of a message that somebody wrote to the robot.
type message struct {
	ID       string `json:"msgid"`
	Chat     string `json:"chatid"`   // of groups only
	ChatType string `json:"chattype"` // single or group
	Created  int64  `json:"create_time"`
	From     struct {
		User string `json:"userid"`
	} `json:"from"`
	content
	Quote *content `json:"quote"`
}

// content is what a message says, or the one that it quotes.
type content struct {
	Type  string `json:"msgtype"`
	Text  words  `json:"text"`
	Voice words  `json:"voice"` // what was said, in writing
	Mixed struct {
		Items []struct {
			Type string `json:"msgtype"`
			Text words  `json:"text"`
		} `json:"msg_item"`
	} `json:"mixed"`
}

type words struct {
	Content string `json:"content"`
}

// decodeMessage reads a message. It fails where it cannot be told who wrote or
// where.
func decodeMessage(body []byte) (message, error) {
	var m message
	if err := json.Unmarshal(body, &m); err != nil {
		return message{}, errFrame
	}
	group := m.ChatType == "group"
	if m.From.User == "" || group && m.Chat == "" || !group && m.ChatType != "single" {
		return message{}, errFrame
	}
	return m, nil
}

// says gives the words; empty where there are none, as of a picture.
func (c content) says() string {
	switch c.Type {
	case "text":
		return strings.TrimSpace(c.Text.Content)
	case "voice":
		return strings.TrimSpace(c.Voice.Content)
	case "mixed":
		var parts []string
		for _, item := range c.Mixed.Items {
			if text := strings.TrimSpace(item.Text.Content); item.Type == "text" && text != "" {
				parts = append(parts, text)
			}
		}
		return strings.Join(parts, "\n")
	}
	return ""
}

// text gives what the message says, without the leading mention of the robot,
// and what it quotes. Where nothing else is said, the quoted message is asked.
func (m message) text(robot string) (text, quote string) {
	text, quote = chat.Unquote(m.says())
	if m.Quote != nil {
		quote = m.Quote.says()
	}
	if m.ChatType == "group" {
		text = unmention(text, robot)
	}
	if text == "" {
		return unmention(quote, robot), ""
	}
	return text, quote
}

// unmention takes the mention in front of a text away: that of the robot, or
// where another name stands there, the name up to the first blank, since the
// robot may be called otherwise than we were told.
func unmention(text, robot string) string {
	rest, ok := strings.CutPrefix(chat.Shown(text), "@")
	if !ok {
		return text
	}
	if after, ok := strings.CutPrefix(rest, chat.Shown(robot)); ok && robot != "" {
		if r, _ := utf8.DecodeRuneInString(after); after == "" || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return strings.TrimSpace(after)
		}
	}
	blank := strings.IndexFunc(rest, unicode.IsSpace)
	if blank < 0 {
		return text // no name ends here: it is a text that begins so
	}
	return strings.TrimSpace(rest[blank:])
}

// sent gives when the message was written; zero where that is not said.
func (m message) sent() time.Time {
	if m.Created <= 0 || m.Created > 1<<33 {
		return time.Time{}
	}
	return time.Unix(m.Created, 0)
}

// event is the body of an event, with the person who caused it.
type event struct {
	message
	Event struct {
		Type     string `json:"eventtype"`
		Feedback struct {
			Type    int    `json:"type"` // 1 good, 2 bad, 3 taken back
			Why     string `json:"content"`
			Reasons []int  `json:"inaccurate_reason_list"`
		} `json:"feedback_event"`
		Card struct {
			Task string `json:"task_id"`
			Key  string `json:"event_key"`
		} `json:"template_card_event"`
	} `json:"event"`
}

// asks gives whom a card in answer would ask, and where.
func (m message) asks() asked {
	if m.ChatType == "group" {
		return asked{m.Chat, m.From.User}
	}
	return asked{m.From.User, m.From.User}
}

// feedback is what somebody says of an answer, as he would type it.
func (e event) feedback() string {
	f := e.Event.Feedback
	switch f.Type {
	case 1:
		return "有用"
	case 2:
		parts := []string{"没用"}
		for _, r := range f.Reasons {
			parts = append(parts, reasons[r])
		}
		parts = append(parts, strings.Fields(f.Why)...)
		return short(strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "，"), longestFeedback)
	}
	return ""
}

// reasons are those that WeCom offers for an answer that is no good.
var reasons = map[int]string{1: "与问题无关", 2: "内容不完整", 3: "内容有错误", 4: "分析有错误"}

// longestFeedback is how many runes of it are taken.
const longestFeedback = 200

// decodeEvent reads an event; one without a kind is none.
func decodeEvent(body []byte) (e event) {
	if json.Unmarshal(body, &e) != nil {
		return event{}
	}
	return e
}
