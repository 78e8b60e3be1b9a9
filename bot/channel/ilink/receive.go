package ilink

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"zujian/bot/chat"
)

const (
	longestID    = 256     // bytes of a person's id
	longestToken = 8 << 10 // bytes of a context_token
)

// receive makes an Inbound of a message and hands it on, and reports whether it
// did. What a person sends opens his window, words or not; pictures, files,
// other robots, groups and messages taken back are left out.
func (c *Channel) receive(s *session, raw json.RawMessage, handle chat.Handler) bool {
	var m message
	if json.Unmarshal(raw, &m) != nil || !m.fromPerson(s.who.Bot) {
		return false
	}
	in := chat.Inbound{Channel: c.opts.Name, Chat: m.From, Speaker: m.From, Proof: "ilink:" + m.From,
		Addressed: true, ID: m.id(), Sent: m.sent(time.Now()), Text: m.words(), Quote: m.quote()}
	if text, quote := chat.Unquote(in.Text); quote != "" {
		in.Text, in.Quote = text, quote
	}
	c.keeper.heard(m.From, m.Token, in.ID, in.Sent)
	if m.Deleted.int() > 0 {
		if in.ID == "" {
			return false
		}
		in = chat.Inbound{Channel: in.Channel, Recalls: in.ID}
	} else if in.Text == "" {
		if in.Kind = m.kind(); in.Kind == "" {
			return false
		}
	}
	c.Hand(handle, in)
	return true
}

// fromPerson reports whether somebody wrote the message to us directly.
func (m message) fromPerson(bot string) bool {
	return m.From != "" && len(m.From) <= longestID && m.From != bot && m.Type.int() != typeBot && m.Group == "" &&
		!strings.ContainsFunc(m.From, func(r rune) bool { return r < ' ' })
}

// words are what the person typed, or spoke where the far end wrote it down.
func (m message) words() string {
	var words []string
	for _, i := range m.Items {
		text := ""
		switch i.Type.int() {
		case itemText:
			text = i.Text.Text
		case itemVoice:
			text = i.Voice.Text
		}
		if text = strings.TrimSpace(text); text != "" {
			words = append(words, text)
		}
	}
	return strings.Join(words, "\n")
}

// kinds are the items that hold no text.
var kinds = map[int64]chat.Kind{2: chat.Picture, itemVoice: chat.Voice, 4: chat.Paper, 5: chat.Video}

// kind is what the message is where it holds no words.
func (m message) kind() chat.Kind {
	for _, i := range m.Items {
		if k := kinds[i.Type.int()]; k != "" {
			return k
		}
	}
	return ""
}

// quote is the text that the message quotes.
func (m message) quote() string {
	for _, i := range m.Items {
		if i.Ref != nil && i.Ref.Item.Type.int() == itemText {
			return strings.TrimSpace(i.Ref.Item.Text.Text)
		}
	}
	return ""
}

// id is the same for a message that comes again. It is empty only where the
// message has nothing to tell it from another of the same words.
func (m message) id() string {
	created := string(m.Created)
	switch {
	case m.ID.int() != 0 || len(m.ID) > 1:
		return string(m.ID)
	case m.Seq.int() != 0:
		return "seq-" + string(m.Seq) + "-" + created
	case m.Created.int() == 0:
		return ""
	}
	sum := sha256.Sum256([]byte(m.From + "\x00" + created + "\x00" + m.words()))
	return "sum-" + hex.EncodeToString(sum[:12])
}

// sent is when the far end took the message, by its own clock; a time that is
// missing or still to come is now.
func (m message) sent(now time.Time) time.Time {
	ms := m.Created.int()
	if at := time.UnixMilli(ms); ms > 0 && at.Before(now) {
		return at
	}
	return now
}
