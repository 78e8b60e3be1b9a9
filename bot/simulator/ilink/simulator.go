// Package ilink is a local stand-in for iLink, personal WeChat's robot
// interface, to which the real client logs in. It was made from
// docs/protocol.md of github.com/Tencent/openclaw-weixin (2.4.8) and from what
// users of the interface report of its limits (issues 81, 202 and 204 there);
// no real server was met. A figure that rests on it says nothing of how fast or
// how patient WeChat itself is.
package ilink

import (
	"fmt"
	"slices"
	"time"

	"zujian/bot/simulator"
)

// Options set up a simulator; every zero value is usable.
type Options struct {
	Self       string // name of the robot; usually 组建助手
	ManualScan bool   // a login waits for Scan instead of going through
}

// Person is somebody who may write to the robot. ID is his from_user_id.
type Person struct{ ID, Name string }

// Sent is a message that the program sent. Person is the id of whom it reached.
type Sent struct {
	At       time.Time
	Person   string
	Text     string
	ClientID string
}

// The window that a message opens, and the codes of answers.
const (
	sendsPerMessage = 10
	windowLasts     = 24 * time.Hour

	codeLoggedOut = -14
	codeTooOften  = -2
)

// Sim is a running simulator. It is safe for use from several goroutines.
type Sim struct {
	simulator.Far
	opts Options

	people  []Person
	windows map[string]*window // by person
	gen     int                // of logins
	bot     string             // id of the robot
	code    string             // the QR code that is shown
	scanned bool               // it was scanned and confirmed
	token   string             // of the present session; empty when logged out
	log     []message
	sent    []Sent
	refused int // sends outside a window
	secrets []string

	replaying int  // messages that the next poll delivers again
	replay    int  // those that the next login does
	limited   bool // sends are answered "too often"
}

// window is what a person's last message allows.
type window struct {
	token string
	wrote time.Time
	left  int
}

// message is one that a person wrote.
type message struct {
	seq   int64
	id    string
	from  string
	token string
	kind  int // of the item
	text  string
	at    time.Time
}

// Kinds of items.
const (
	kindText  = 1
	kindImage = 2
	kindVoice = 3
)

// New makes a simulator in which nobody has written yet.
func New(opts Options) *Sim {
	if opts.Self == "" {
		opts.Self = "组建助手"
	}
	return &Sim{opts: opts, Far: simulator.Far{Poll: 35 * time.Second}, windows: map[string]*window{}, bot: "b1@im.bot"}
}

// AddPerson adds somebody to the page.
func (s *Sim) AddPerson(p Person) { s.Do(func() { s.people = append(s.people, p) }) }

// Logout ends the session: its requests are answered with -14.
func (s *Sim) Logout() { s.Do(func() { s.token, s.scanned = "", false }) }

// LimitSends has every send be answered "too often".
func (s *Sim) LimitSends(on bool) { s.Do(func() { s.limited = on }) }

// Replay has the next login deliver the last n messages once more.
func (s *Sim) Replay(n int) { s.Do(func() { s.replay = n }) }

// Scan confirms the QR code that is shown.
func (s *Sim) Scan() { s.Do(func() { s.scanned = true }) }

// NewBot has the next login be that of another robot.
func (s *Sim) NewBot() { s.Do(func() { s.bot = fmt.Sprintf("b%d@im.bot", s.gen+2) }) }

// Say has a person write, and gives the message's id.
func (s *Sim) Say(person, text string) string {
	return s.add(message{from: person, kind: kindText, text: text})
}

// Speak has a person send a voice message with the far end's transcription;
// empty where it made none.
func (s *Sim) Speak(person, transcription string) string {
	return s.add(message{from: person, kind: kindVoice, text: transcription})
}

// SendPicture has a person send a picture.
func (s *Sim) SendPicture(person string) string {
	return s.add(message{from: person, kind: kindImage})
}

// firstID is beyond what a JSON number keeps in a float: message_id is a uint64.
const firstID = 9_300_000_000_000_000_000

func (s *Sim) add(m message) string {
	m.at = time.Now()
	s.Do(func() {
		m.seq = int64(len(s.log) + 1)
		m.id = fmt.Sprint(uint64(firstID) + uint64(m.seq))
		m.token = s.secret("context", m.seq)
		s.windows[m.from] = &window{token: m.token, wrote: m.at, left: sendsPerMessage}
		s.log = append(s.log, m)
		if simulator.Take(&s.Twice) {
			m.seq++
			s.log = append(s.log, m)
		}
	})
	return m.id
}

// secret makes a key that must not be found in any log.
func (s *Sim) secret(of string, n any) string {
	key := fmt.Sprintf("secret-%s-%v", of, n)
	s.secrets = append(s.secrets, key)
	return key
}

// Secrets gives every key that was given out.
func (s *Sim) Secrets() []string {
	return simulator.Look(&s.Far, func() []string { return slices.Clone(s.secrets) })
}

// Sent gives what the program has sent so far.
func (s *Sim) Sent() []Sent {
	return simulator.Look(&s.Far, func() []Sent { return slices.Clone(s.sent) })
}

// Refused gives how many sends came outside a window: the eleventh to a
// message, after 24 hours, or with another token than the last.
func (s *Sim) Refused() int {
	return simulator.Look(&s.Far, func() int { return s.refused })
}
