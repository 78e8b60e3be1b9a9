package wecom

import "zujian/bot/chat"

// receive makes an Inbound of a message and hands it on. What says nothing, or
// comes from nobody, is left out.
func (c *Channel) receive(l *link, f frame, handle chat.Handler) {
	m, err := decodeMessage(f.Body)
	if err != nil {
		c.Log.Warn("a message makes no sense")
		return
	}
	text, quote := m.text(c.opts.Robot)
	kind := kinds[m.Type]
	if text == "" && (kind == "" || m.ChatType == "group") {
		return
	}
	l.opened(f.Headers.ReqID, m.From.User, cmdRespond)
	c.cards.answered(m.asks())
	in := chat.Inbound{Channel: c.opts.Name, Chat: m.From.User, ID: m.ID, Ref: f.Headers.ReqID, Speaker: m.From.User,
		Proof: "userid:" + m.From.User, Me: c.opts.Robot, Addressed: true, Text: text, Kind: kind, Quote: quote, Sent: m.sent()}
	if m.ChatType == "group" {
		in.Chat, in.Group = c.groupName(m.Chat), true
	}
	c.Hand(handle, in)
}

// receiveEvent hands on what a person did other than to write.
func (c *Channel) receiveEvent(l *link, req string, e event, handle chat.Handler) {
	if e.From.User == "" {
		return
	}
	in := chat.Inbound{Channel: c.opts.Name, Chat: e.From.User, ID: e.ID, Ref: req, Speaker: e.From.User,
		Proof: "userid:" + e.From.User, Me: c.opts.Robot, Addressed: true, Sent: e.sent()}
	if e.ChatType == "group" && e.Chat != "" {
		in.Chat, in.Group = c.groupName(e.Chat), true
	}
	switch e.Event.Type {
	case eventEntered:
		in.Arrived = !in.Group
		l.opened(req, e.From.User, cmdWelcome)
	case eventFeedback:
		in.Text = e.feedback()
	case eventClicked:
		in.Text = c.clicked(l, req, e.asks(), e.Event.Card.Task, e.Event.Card.Key)
		c.cards.answered(e.asks())
		l.opened(req, e.From.User, "")
	}
	if in.Arrived || in.Text != "" {
		c.Hand(handle, in)
	}
}

// kinds are the messages that hold no text.
var kinds = map[string]chat.Kind{"image": chat.Picture, "mixed": chat.Picture, "voice": chat.Voice, "file": chat.Paper,
	"video": chat.Video, "location": chat.Place, "link": chat.Link}

// groupName gives what a group is called here: its name in the configuration,
// else its chatid, of which OnGroup hears once.
func (c *Channel) groupName(id string) string {
	if name := c.opts.Names[id]; name != "" {
		return name
	}
	c.mu.Lock()
	first := !c.heard[id] && len(c.heard) < maxOpen
	if first {
		c.heard[id] = true
	}
	c.mu.Unlock()
	if first && c.opts.OnGroup != nil {
		c.opts.OnGroup(id)
	}
	return id
}
