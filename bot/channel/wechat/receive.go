package wechat

import (
	"encoding/xml"
	"html"
	"regexp"
	"strings"
	"time"

	"github.com/eatmoreapple/openwechat"

	"zujian/bot/channel"
	"zujian/bot/chat"
)

// receive makes an Inbound of a message and hands it on. What is neither a text
// nor a file, or comes from no person, is left out.
func (c *Channel) receive(s *session, m *openwechat.Message, handle chat.Handler) {
	if m == nil || m.MsgId == "" {
		return
	}
	file := c.attachment(s, m)
	quoting := m.MsgType == openwechat.MsgTypeApp && m.AppMsgType == appQuote
	if m.MsgType == openwechat.MsgTypeRecalled {
		c.Hand(handle, chat.Inbound{Channel: c.opts.Name, Recalls: recalled(m.Content)})
		return
	}
	text := m.MsgType == openwechat.MsgTypeText && m.Url == "" // a place on the map is a text with an address
	kind, joins := kindOf(m), joined(m)
	if file == nil && !quoting && !text && kind == "" && !joins {
		return
	}
	in := chat.Inbound{Arrived: joins, File: file, Kind: kind, Channel: c.opts.Name, ID: m.MsgId, Sent: time.Unix(m.CreateTime, 0),
		Own: m.FromUserName == s.roster.self}
	peer := m.FromUserName
	if in.Own {
		peer = m.ToUserName
	}
	in.Ref, in.Twin, in.Group = peer, peer, isGroup(peer)
	content := m.Content
	if in.Group {
		speaker := s.roster.self
		if !in.Own {
			speaker, content = senderOf(content)
		}
		c.fillGroup(s, &in, speaker)
	} else if !s.roster.fillDirect(&in, peer) {
		return
	}
	switch {
	case quoting:
		in.Text, in.Quote = quotation(content)
	case text: // that of a file is machinery
		in.Text, in.Quote = chat.Unquote(readable(content))
	}
	c.Hand(handle, in)
}

// senderOf takes the sender from in front of a group message, "@user:<br/>text".
// Only the first such mark counts: the text itself may hold another.
func senderOf(content string) (speaker, text string) {
	user, rest, ok := strings.Cut(content, ":<br/>")
	if !ok || !strings.HasPrefix(user, "@") || strings.ContainsAny(user, " \n<") {
		return "", content // a system notice
	}
	return user, rest
}

// appQuote is AppMsgType of a reply that quotes another message.
const appQuote openwechat.AppMessageType = 57

// quotation reads a reply, and what it quotes, from the XML that newer WeChat
// makes of them; nothing where it is none.
func quotation(content string) (reply, quote string) {
	var m struct {
		App struct {
			Title string `xml:"title"`
			Refer struct {
				Type    int    `xml:"type"`
				Content string `xml:"content"`
			} `xml:"refermsg"`
		} `xml:"appmsg"`
	}
	plain := html.UnescapeString(strings.ReplaceAll(content, "<br/>", "\n"))
	if xml.Unmarshal([]byte(plain), &m) != nil {
		return "", ""
	}
	if m.App.Refer.Type == 1 { // of a text
		quote = strings.TrimSpace(m.App.Refer.Content)
	}
	return strings.TrimSpace(openwechat.FormatEmoji(m.App.Title)), quote
}

// kinds are the messages that hold no text.
var kinds = map[openwechat.MessageType]chat.Kind{
	openwechat.MsgTypeImage: chat.Picture, openwechat.MsgTypeVoice: chat.Voice, openwechat.MsgTypeShareCard: chat.Card,
	openwechat.MsgTypeVideo: chat.Video, openwechat.MsgTypeMicroVideo: chat.Video, openwechat.MsgTypeEmoticon: chat.Sticker,
	openwechat.MsgTypeLocation: chat.Place}

// appRecords is AppMsgType of forwarded messages.
const appRecords openwechat.AppMessageType = 19

// kindOf says what a message is that holds no text; empty where it holds one, or
// is machinery.
func kindOf(m *openwechat.Message) chat.Kind {
	switch {
	case m.MsgType == openwechat.MsgTypeText && m.Url != "":
		return chat.Place
	case m.MsgType != openwechat.MsgTypeApp:
		return kinds[m.MsgType]
	case m.AppMsgType == appRecords:
		return chat.Records
	case m.AppMsgType == openwechat.AppMsgTypeUrl:
		return chat.Link
	}
	return ""
}

// entered is WeChat's own notice in a group that somebody joined.
var entered = regexp.MustCompile(`^[^\n]{1,200}(?:邀请[^\n]{1,400}加入了群聊|通过扫描[^\n]{1,200}二维码加入群聊)`)

func joined(m *openwechat.Message) bool {
	return m.MsgType == openwechat.MsgTypeSys && isGroup(m.FromUserName) && entered.MatchString(readable(m.Content))
}

var recallID = regexp.MustCompile(`<msgid>(\d+)</msgid>`)

// recalled gives the id of the message that was taken back.
func recalled(content string) string {
	if m := recallID.FindStringSubmatch(html.UnescapeString(content)); m != nil {
		return m[1]
	}
	return ""
}

// readable is the text as it was typed.
func readable(content string) string {
	return strings.TrimSpace(openwechat.FormatEmoji(html.UnescapeString(strings.ReplaceAll(content, "<br/>", "\n"))))
}

// fillGroup says who spoke in which group, in terms that hold across logins
// where that is possible without taking two people or groups for one.
func (c *Channel) fillGroup(s *session, in *chat.Inbound, speaker string) {
	g := s.roster.groupOf(in.Ref, speaker)
	for _, names := range s.roster.tellRenamed() {
		if c.opts.OnRename != nil {
			c.opts.OnRename(names[0], names[1])
		}
	}
	in.Chat, in.Speaker = g.name, speaker
	if g.name == "" {
		in.Chat = in.Ref
	}
	in.Proof, in.Fleeting = s.roster.proof(speaker)
	me := g.members[s.roster.self]
	in.Me = me.display
	if in.Me == "" {
		in.Me = clean(s.first.User.NickName)
	}
	who := g.members[speaker]
	same := 0
	for user, m := range g.members {
		if m.nick == who.nick {
			same++
		}
		for _, name := range []string{m.nick, m.display} {
			if user != s.roster.self && name != in.Me && strings.HasPrefix(name, in.Me) {
				in.Beside = append(in.Beside, name)
			}
		}
	}
	in.Named, in.Bound = true, s.roster.boundAs(in.Ref)
	if in.Name = who.display; in.Name == "" {
		in.Name = who.nick
	}
	if same == 1 && who.nick != "" && !s.roster.twin(g.name) {
		in.Speaker = who.nick
	}
}

func (r *roster) twin(name string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.named(name) > 1
}

// official marks public accounts in VerifyFlag. Answering one could go on for
// ever.
const official = 8

// fillDirect says who spoke in a direct chat and reports whether it was a
// person. People are kept by the name our account gave them, else by their own.
func (r *roster) fillDirect(in *chat.Inbound, user string) bool {
	if !strings.HasPrefix(user, "@") {
		return false // filehelper, newsapp and other machinery
	}
	r.mu.Lock()
	_, known := r.people[user]
	r.mu.Unlock()
	if !known {
		if err := r.refresh(askedLast); channel.Over(err) {
			r.s.EndBy(err)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	u := r.people[user]
	if u != nil && u.VerifyFlag&official != 0 {
		return false
	}
	in.Chat, in.Speaker = user, user
	in.Name = r.callName(u)
	if in.Name != "" && len(r.peopleNamed(in.Name)) == 1 {
		in.Chat, in.Speaker = in.Name, in.Name
	}
	in.Proof, in.Fleeting = r.proofOf(user)
	return true
}

func (r *roster) callName(u *openwechat.User) string {
	if u == nil {
		return ""
	}
	if name := clean(u.RemarkName); name != "" {
		return name
	}
	return clean(u.NickName)
}

func (r *roster) peopleNamed(name string) []string {
	var users []string
	for user, u := range r.people {
		if r.callName(u) == name {
			users = append(users, user)
		}
	}
	return users
}

func (r *roster) proof(user string) (proof string, fleeting bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.proofOf(user)
}

// proofOf is the name that our own account gave a person, which nobody else
// can take on; without one, the user name of this login, which is fleeting.
func (r *roster) proofOf(user string) (proof string, fleeting bool) {
	u := r.people[user]
	if u == nil || u.RemarkName == "" {
		return "login:" + user, true
	}
	for other, o := range r.people {
		if other != user && o.RemarkName == u.RemarkName {
			return "login:" + user, true
		}
	}
	return "remark:" + u.RemarkName, false
}
