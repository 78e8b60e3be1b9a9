// Package chattest is the one suite of what every channel must do, run against
// each with its simulator. Around the channel stand the real desk, store and
// pump; only the far end and the answerer are stand-ins. Everything runs in
// simulated time.
package chattest

import (
	"testing"
	"testing/synctest"

	"zujian/bot/chat"
)

// Far is a channel's far end as its simulator plays it. Where it also has
//
//	Requests() int // every request and connection so far, those that failed too
//
// the suite holds how often the channel knocks in an outage; and where it has
//
//	Picture(chat string)    // somebody sends what cannot be read, in a direct chat
//	Recall(chat, id string) // somebody takes a message back, in a direct chat
//
// what becomes of those.
type Far interface {
	// Say has somebody write in one of Rig.Chats, given by Target.Chat, and gives
	// the message's id as the channel will report it. who is li or wang; in a
	// direct chat it may be ignored.
	Say(chat string, who string, text string) string
	Sent() []Sent       // every message that reached the far end, in order, as a person reads it
	SetDown(down bool)  // the network
	LoseSends(n int)    // the next n sends arrive while their answers are lost
	LimitSends(on bool) // every send is answered "too often"
	Duplicate(n int)    // each of the next n messages comes twice under one id
	Logout()            // the session ends at the far end
	Login()             // a person does what is needed to come back (scan; or nothing)
}

// Sent is a message that reached the far end; Chat is Target.Chat.
type Sent struct{ Chat, Text string }

// Rig is a channel on its simulator.
type Rig struct {
	Channel  chat.Channel
	Far      Far
	Chats    []chat.Target // at least two that the channel can send to once somebody spoke there
	PushOnly bool          // receives nothing (webhook): the suite leaves out what begins with a message
	Relogin  bool          // a logout exists
	// Keeps says that what is written during an outage is delivered after it.
	Keeps bool
	Most  int // messages that may answer one, where an answer may have more parts; 0: no limit
}

// Run runs the suite; open makes a fresh rig inside a synctest bubble, and ends
// what it started by t.Cleanup.
func Run(t *testing.T, open func(t *testing.T) *Rig) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := start(t, open(t))
				defer h.close()
				if c.only != nil && !c.only(h.rig) {
					t.Skip("this channel has nothing of the kind")
				}
				c.run(h)
			})
		})
	}
}

// cases is what every channel must do; only tells which rigs have it, nil: all.
var cases = []struct {
	name string
	only func(*Rig) bool
	run  func(*house)
}{
	{"order", nil, order},
	{"once", nil, once},
	{"duplicate", receives, duplicate},
	{"split", func(r *Rig) bool { return r.Most == 0 }, split},
	{"signs", nil, signs},
	{"guarded", receives, guarded},
	{"quoted", receives, quoted},
	{"unread", func(r *Rig) bool { _, ok := r.Far.(pictures); return ok && !r.PushOnly }, unread},
	{"recalled", func(r *Rig) bool { _, ok := r.Far.(recalls); return ok && !r.PushOnly }, recalled},
	{"limits", nil, limits},
	{"fair", receives, fair},
	{"outage", nil, outage},
	{"written in an outage", func(r *Rig) bool { return r.Keeps }, written},
	{"unknown result", nil, unknownResult},
	{"relogin", func(r *Rig) bool { return r.Relogin }, relogin},
	{"shutdown", nil, shutdown},
	{"shutdown in an outage", nil, shutdownInOutage},
	{"shutdown when logged out", func(r *Rig) bool { return r.Relogin }, shutdownLoggedOut},
}

func receives(r *Rig) bool { return !r.PushOnly }
