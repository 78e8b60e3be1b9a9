// Package wechat is a local stand-in for WeChat's web protocol, to which the
// real client logs in. It encodes our reading of the protocol: a figure that
// rests on it says nothing of how fast or how patient WeChat itself is.
package wechat

import (
	"fmt"
	"slices"
	"time"

	"zujian/bot/simulator"
)

// Options set up a simulator; every zero value is usable.
type Options struct {
	Self       string // nickname of the account; usually 组建助手
	ManualScan bool   // a login waits for Scan instead of going through
}

// Member is somebody in a group. Nick is the account's nickname, Display the
// name in that group; empty means that none was set.
type Member struct{ Key, Nick, Display string }

// Group is a group chat. An unsaved group is missing from the list of contacts
// until it speaks. Me is the account's display name in it.
type Group struct {
	Key, Name string
	Me        string
	Unsaved   bool
	Members   []Member
}

// Friend is somebody who can be spoken to directly. Remark is the name that
// our account gave him.
type Friend struct{ Key, Nick, Remark string }

// Sent is a message that the program sent. Chat is the key of the group or
// friend.
type Sent struct {
	At   time.Time
	Chat string
	Text string
	File string // its name, where it was one
	Data []byte // what was in it
}

// Sim is a running simulator. It is safe for use from several goroutines.
type Sim struct {
	simulator.Far
	opts Options

	groups    []*Group
	friends   []*Friend
	gen       int    // login generation: user names change with it, as on the real server
	scanned   bool   // the QR code was scanned and confirmed
	sid       string // of the present session; empty when logged out
	ended     int    // what a request of an ended session is answered with
	log       []message
	delivered int64 // seq of the last message that the program has had
	sent      []Sent
	uploads   map[string][]byte // by the handle of each
	sendRet   int               // what sends are answered with
	replay    int64             // messages that the next login delivers again
}

// message is one that a group member or friend wrote; user names are filled in
// when it is delivered, since they change with each login.
type message struct {
	seq    int64
	id     string
	group  *Group // nil: direct
	from   string // key of the member or friend; empty: our own telephone
	text   string
	kind   int    // MsgType; 0: a text
	notice bool   // of WeChat itself, in a group
	file   string // its name, where it is one
	data   []byte
	at     time.Time
}

// New makes a simulator with no groups and no friends.
func New(opts Options) *Sim {
	if opts.Self == "" {
		opts.Self = "组建助手"
	}
	return &Sim{opts: opts, Far: simulator.Far{Poll: 25 * time.Second}, ended: 1101, uploads: map[string][]byte{}}
}

// AddGroup adds a group.
func (s *Sim) AddGroup(g Group) { s.Do(func() { s.groups = append(s.groups, &g) }) }

// AddFriend adds a friend.
func (s *Sim) AddFriend(f Friend) { s.Do(func() { s.friends = append(s.friends, &f) }) }

// Rename gives a group a new name.
func (s *Sim) Rename(group, name string) { s.Do(func() { s.group(group).Name = name }) }

// Logout ends the session. Requests of it are answered with code: 1100 logged
// out on the telephone, 1101 logged in elsewhere, 1102 cookie invalid, 1203
// account restricted.
func (s *Sim) Logout(code int) {
	s.Do(func() { s.sid, s.ended, s.scanned = "", code, false })
}

// AnswerSends has every send answered with code, such as 1205; 0 ends it.
func (s *Sim) AnswerSends(code int) { s.Do(func() { s.sendRet = code }) }

// Replay has the next login deliver the last n messages once more.
func (s *Sim) Replay(n int) { s.Do(func() { s.replay = int64(n) }) }

// Scan confirms the QR code that is shown.
func (s *Sim) Scan() { s.Do(func() { s.scanned = true }) }

// Say writes in a group as a member, and gives the message's id.
func (s *Sim) Say(group, member, text string) string {
	return s.add(message{group: s.find(group), from: member, text: text})
}

// SayDirect writes to the account as a friend.
func (s *Sim) SayDirect(friend, text string) string {
	return s.add(message{from: friend, text: text})
}

// SayFile sends a file to the account as a friend.
func (s *Sim) SayFile(friend, name string, data []byte) string {
	return s.add(message{from: friend, file: name, data: data})
}

// SendKind sends the account something as a friend that is no text, by its
// MsgType.
func (s *Sim) SendKind(friend string, kind int) string {
	return s.add(message{from: friend, kind: kind})
}

// Notice has WeChat say something in a group by itself.
func (s *Sim) Notice(group, text string) {
	s.add(message{group: s.find(group), from: "", kind: 10000, text: text, notice: true})
}

// Recall takes a message of a friend back.
func (s *Sim) Recall(friend, id string) {
	s.add(message{from: friend, kind: 10002, text: "<sysmsg type=\"revokemsg\"><revokemsg><msgid>" + id + "</msgid></revokemsg></sysmsg>"})
}

// SayOwn writes in a group from the account's own telephone.
func (s *Sim) SayOwn(group, text string) string {
	return s.add(message{group: s.find(group), text: text})
}

func (s *Sim) find(group string) *Group {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	return s.group(group)
}

func (s *Sim) add(m message) string {
	m.at = time.Now()
	s.Do(func() {
		m.seq = int64(len(s.log) + 1)
		m.id = fmt.Sprint(700000000 + m.seq)
		s.log = append(s.log, m)
		if simulator.Take(&s.Twice) {
			m.seq++
			s.log = append(s.log, m)
		}
	})
	return m.id
}

func (s *Sim) group(key string) *Group {
	for _, g := range s.groups {
		if g.Key == key {
			return g
		}
	}
	panic("simulator: no group " + key)
}

// Sent gives what the program has sent so far.
func (s *Sim) Sent() []Sent {
	return simulator.Look(&s.Far, func() []Sent { return slices.Clone(s.sent) })
}

// Said gives the texts that people wrote so far, duplicates once each.
func (s *Sim) Said() []string {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	var texts []string
	for i, m := range s.log {
		if i == 0 || s.log[i-1].id != m.id {
			texts = append(texts, m.text)
		}
	}
	return texts
}
