package official

import (
	"encoding/xml"
	"strings"
	"time"

	"zujian/bot/chat"
)

// message is one that WeChat passes on: 接收普通消息, 接收事件推送.
type message struct {
	To      string `xml:"ToUserName"`
	From    string `xml:"FromUserName"`
	Created int64  `xml:"CreateTime"`
	Type    string `xml:"MsgType"`
	ID      string `xml:"MsgId"`
	Content string `xml:"Content"`
	Spoken  string `xml:"Recognition"` // WeChat's transcription of a voice message
	Event   string `xml:"Event"`
	Key     string `xml:"EventKey"`
}

// decode reads a message. It fails where it is not known who wrote.
func decode(data []byte) (m message, ok bool) {
	if xml.Unmarshal(data, &m) != nil || m.From == "" || len(m.From) > 64 || m.Type == "" {
		return message{}, false
	}
	if m.ID == "" { // an event: told apart as the page says
		m.ID = strings.Join([]string{"event", m.From, time.Unix(m.Created, 0).UTC().Format("20060102150405"), m.Event}, "-")
	}
	return m, true
}

// kinds are the messages that hold no text.
var kinds = map[string]chat.Kind{"image": chat.Picture, "voice": chat.Voice, "video": chat.Video, "shortvideo": chat.Video,
	"location": chat.Place, "link": chat.Link, "file": chat.Paper, "business_card": chat.Card, "miniprogram": chat.Link,
	"merged_msg": chat.Records, "channels": chat.Video}

// inbound is the message as the desk takes it; ok is false for machinery.
func (m message) inbound(name string) (in chat.Inbound, ok bool) {
	in = chat.Inbound{Channel: name, Chat: m.From, Speaker: m.From, Proof: "openid:" + m.From, Addressed: true, ID: m.ID, Ref: m.ID,
		Sent: time.Unix(m.Created, 0)}
	switch {
	case m.Type == "event" && m.Event == "subscribe":
		in.Arrived = true
	case m.Type == "event" && m.Event == "CLICK":
		in.Text = strings.TrimSpace(m.Key)
	case m.Type == "text":
		in.Text, in.Quote = chat.Unquote(strings.TrimSpace(m.Content))
	case m.Type == "voice" && m.Spoken != "":
		in.Text = strings.TrimSpace(m.Spoken)
	default:
		in.Kind = kinds[m.Type]
	}
	return in, in.Arrived || in.Text != "" || in.Kind != ""
}
