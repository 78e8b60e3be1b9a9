// This is the one suite of what every channel must do, run against each with its
// simulator. Around the channel stand the real desk, store and pump; only the far
// end and the answerer are stand-ins. Everything runs in simulated time.

package channel_test

import (
	"testing"
	"testing/synctest"

	"go.uber.org/goleak"

	"zujian/bot/chat"
	"zujian/bot/chattest"
)

// TestMain looks for goroutines that are left over, but for those that the search
// index of the answerer has from the start on.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"))
}

var pass = chattest.Pass

// farEnd is a channel's far end as its simulator plays it. Where it also has
//
//	Requests() int // every request and connection so far, those that failed too
//
// the suite holds how often the channel knocks in an outage; and where it has
//
//	Picture(chat string)    // somebody sends what cannot be read, in a direct chat
//	Recall(chat, id string) // somebody takes a message back, in a direct chat
//
// what becomes of those.
type farEnd interface {
	// Say has somebody write in one of rig.Chats, given by Target.Chat, and gives
	// the message's id as the channel will report it. who is li or wang; in a
	// direct chat it may be ignored.
	Say(chat string, who string, text string) string
	Sent() []message    // every message that reached the far end, in order, as a person reads it
	SetDown(down bool)  // the network
	LoseSends(n int)    // the next n sends arrive while their answers are lost
	LimitSends(on bool) // every send is answered "too often"
	Duplicate(n int)    // each of the next n messages comes twice under one id
	Logout()            // the session ends at the far end
	Login()             // a person does what is needed to come back (scan; or nothing)
}

// message is one that reached the far end; Chat is Target.Chat.
type message struct{ Chat, Text string }

// rig is a channel on its simulator.
type rig struct {
	Channel  chat.Channel
	Far      farEnd
	Chats    []chat.Target // at least two that the channel can send to once somebody spoke there
	PushOnly bool          // receives nothing (webhook): the suite leaves out what begins with a message
	Relogin  bool          // a logout exists
	// Keeps says that what is written during an outage is delivered after it.
	Keeps bool
	Most  int // messages that may answer one, where an answer may have more parts; 0: no limit
}

// runSuite runs it; open makes a fresh rig inside a synctest bubble, and ends
// what it started by t.Cleanup.
func runSuite(t *testing.T, open func(t *testing.T) *rig) {
	t.Parallel()
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
	only func(*rig) bool
	run  func(*program)
}{
	{"order", nil, order},
	{"once", nil, once},
	{"duplicate", receives, duplicate},
	{"split", func(r *rig) bool { return r.Most == 0 }, split},
	{"signs", nil, signs},
	{"guarded", receives, guarded},
	{"quoted", receives, quoted},
	{"unread", func(r *rig) bool { _, ok := r.Far.(pictures); return ok && !r.PushOnly }, unread},
	{"recalled", func(r *rig) bool { _, ok := r.Far.(recalls); return ok && !r.PushOnly }, recalled},
	{"limits", nil, limits},
	{"fair", receives, fair},
	{"outage", nil, outage},
	{"written in an outage", func(r *rig) bool { return r.Keeps }, written},
	{"unknown result", nil, unknownResult},
	{"relogin", func(r *rig) bool { return r.Relogin }, relogin},
	{"shutdown", nil, shutdown},
	{"shutdown in an outage", nil, shutdownInOutage},
	{"shutdown when logged out", func(r *rig) bool { return r.Relogin }, shutdownLoggedOut},
}

func receives(r *rig) bool { return !r.PushOnly }
