// Package desk decides what to do with a message: whether it is for us, whether
// it was seen before, who is asking, and whether it is a command, an answer in
// a dialog or a question. Every word that it says itself is in say.go.
package desk

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"zujian/bot/chat"
	"zujian/bot/store"
)

// Answer is what became of a question.
type Answer struct {
	Status    string // as in ask --json
	Text      string
	ClauseIDs []string // what it rests on, as document#clause
	Person    bool     // somebody to talk to is asked for
}

// The statuses that the desk acts on; any other is only recorded.
const (
	statusNotStated = "not_stated"
	statusUnsure    = "unsure"
	statusPrivate   = "private"
	statusSecret    = "secret"
	statusUrgent    = "urgent"
	statusDialog    = "dialog"
	statusTooLong   = "too_long"
	statusError     = "error"
)

// Answerer answers the last of the turns of one conversation.
type Answerer interface {
	Answer(ctx context.Context, turns []string) Answer
}

// Reply is what a dialog says. Aside means that the message was a question of
// policy: it is answered, and Text put after it. Ended closes the session.
type Reply struct {
	Text  string
	Aside bool
	Ended bool
	// Expired means that the dialog was too old to go on and the message was
	// not taken: it is answered like any other, after Text.
	Expired bool
}

// Dialog takes one message of a dialog. No state opens one, with the message
// as the first description; before is what the person asked last, which may tell
// of the organisation already, or "".
type Dialog interface {
	Step(ctx context.Context, state []byte, text, before string, now time.Time) ([]byte, Reply)
}

// Records is what the desk keeps; store.DB is one.
type Records interface {
	Session(ctx context.Context, key store.Key, now time.Time) (*store.Session, error)
	Seen(ctx context.Context, channel, id string) (bool, error)
	Record(ctx context.Context, t store.Turn) error
	Enqueue(ctx context.Context, now time.Time, outs ...store.Out) ([]int64, error)
	RenameChat(ctx context.Context, channel, old, new string) error
	Muted(ctx context.Context, channel, group string) (bool, error)
	Operators(ctx context.Context) ([]chat.Target, int, error)
	Pair(ctx context.Context, who store.Operator, code string, now time.Time) (bool, error)
	VoidPairing(ctx context.Context) error
	IsOperator(ctx context.Context, channel, proof string) (bool, error)
}

// Habits are what may be changed while the desk works.
type Habits struct {
	Name       string        // what we are called where the channel does not know; empty: 组建助手
	Wake       []string      // words that call us at the beginning of a message, without a mention
	NoWelcome  bool          // says nothing in a group that somebody joins
	PerMinute  int           // messages of one person; 0: 10
	SessionFor time.Duration // how long a dialog may rest; 0: 24 h
	QueueSize  int           // messages waiting in one chat; 0: 64
}

// Options set up a desk. Answerer, Dialog and Records must be given.
type Options struct {
	Answerer Answerer
	// Others answers whoever does not sit at the machine; nil: Answerer.
	Others Answerer
	// Scoped gives the answerer of a group with documents of its own, by the name
	// it has in the configuration; nil where it has none. Nil: no group has any.
	Scoped func(group string) Answerer
	// Bind has a channel know a group again by more than its name, which is that of
	// the configuration. Nil: no group is bound.
	Bind func(ctx context.Context, in chat.Inbound, name string) error
	// Unbound hears, once for each name, of a group that has the name of one with
	// documents of its own and does not get them, since nobody bound it. May be nil.
	Unbound func(in chat.Inbound)
	// WantsPerson hears of a person who asks for somebody to talk to. May be nil.
	WantsPerson func(in chat.Inbound)
	Dialog      Dialog
	Records     Records
	// Guard looks at the whole of a text before anything is done with it, and
	// says what is told instead of an answer. Nil: nothing stops a text.
	Guard func(text string) (Answer, bool)

	Habits
	Version func() string // of the library, for the audit

	// Operator carries out what a paired operator says after 管理; false means
	// that it knows no such command. Nil means that there are none.
	Operator func(ctx context.Context, in chat.Inbound, command string) (string, bool)
	// Orders knows the words of Operator's commands; whoever may not give one is
	// told so. Nil: such a text is a question.
	Orders func(command string) bool
	// Word carries out words that need no 管理, and says whether it knew them;
	// operator tells whether the writer may give commands. Nil knows none.
	Word func(ctx context.Context, in chat.Inbound, text string, operator func() bool) (string, bool)
	// File takes a file that came in a direct chat and gives the reply; operator
	// is as in Word. Nil: files are ignored.
	File func(ctx context.Context, in chat.Inbound, operator func() bool) string
	// Local are the channels of whoever sits at the machine: an operator without
	// pairing, held to no limit.
	Local []string

	ReplyLasts time.Duration // how long a reply waits for the channel; 0: 2 h
	Announce   time.Duration // after how long we say that we are looking; 0: 2 s
	Workers    int           // 0: 4

	Now func() time.Time // nil: time.Now
	Log *slog.Logger
}

// Desk is the desk. It is safe for use from several goroutines; messages of one
// chat must be given one after another, as Runner does.
type Desk struct {
	opts    Options
	log     *slog.Logger
	now     func() time.Time
	started time.Time
	limit   *limiter
	recent  *recentIDs
	undone  *recentIDs // messages that their writers took back
	once    Seldom[unreadable]
	talk    *talk
	pairing pairingGuard

	binding binding
	habits  atomic.Pointer[Habits]

	unbound sync.Map // names of which was told that the group is not bound
}

// New opens the desk. Messages sent before that are ignored.
func New(o Options) *Desk {
	o.ReplyLasts, o.Announce, o.Workers = cmp.Or(o.ReplyLasts, 2*time.Hour), cmp.Or(o.Announce, 2*time.Second), cmp.Or(o.Workers, 4)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Others == nil {
		o.Others = o.Answerer
	}
	if o.Scoped == nil {
		o.Scoped = func(string) Answerer { return nil }
	}
	if o.Guard == nil {
		o.Guard = func(string) (Answer, bool) { return Answer{}, false }
	}
	if o.Version == nil {
		o.Version = func() string { return "" }
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	d := &Desk{opts: o, log: o.Log, now: o.Now, started: o.Now().Truncate(time.Second),
		limit: newLimiter(), recent: newRecentIDs(), undone: newRecentIDs(), talk: newTalk()}
	d.Adjust(o.Habits)
	return d
}

// Adjust changes the habits for the messages that come from now on.
func (d *Desk) Adjust(h Habits) {
	h.Name, h.PerMinute = cmp.Or(h.Name, "组建助手"), cmp.Or(h.PerMinute, 10)
	h.SessionFor, h.QueueSize = cmp.Or(h.SessionFor, 24*time.Hour), cmp.Or(h.QueueSize, 64)
	d.habits.Store(&h)
}

// Handle takes a message and gives the replies, which the caller shows: for a
// terminal. Nothing is put into the outbox. It fails where the turn could not
// be written down; the replies are good then, but an open dialog is where it
// was.
func (d *Desk) Handle(ctx context.Context, in chat.Inbound) ([]string, error) {
	h := d.admit(in)
	if h == ignored {
		return nil, nil
	}
	if h == limited {
		return []string{sayTooFast}, nil
	}
	if h == unread {
		return []string{sayUnread(in.Kind)}, nil
	}
	made := d.work(ctx, in, h)
	return made.replies, d.record(ctx, in, made, nil)
}

// Rename has everything that is kept of a group go by its new name. scoped
// says that the configuration has documents for the old one.
func (d *Desk) Rename(ctx context.Context, channel, old, new string) (scoped bool, err error) {
	return d.opts.Scoped(old) != nil, d.opts.Records.RenameChat(ctx, channel, old, new)
}

// answerer gives the one that is right for the chat.
func (d *Desk) answerer(in chat.Inbound) Answerer {
	if d.local(in) {
		return d.opts.Answerer
	}
	if !in.Group {
		return d.opts.Others
	}
	name := in.Chat
	if in.Named {
		name = in.Bound
	}
	if own := d.opts.Scoped(name); own != nil {
		return own
	}
	if in.Named && d.opts.Scoped(in.Chat) != nil {
		d.tellUnbound(in)
	}
	return d.opts.Others
}

// handling says what is known of a message before any work is done on it.
type handling int

const (
	ignored handling = iota
	limited          // for us, over the limit, and the person is to be told once
	forUs
	perhaps // for us if its writer has a dialog open
	order   // over the limit, and for us if its writer is an operator
	unread  // for us, and nothing that we can read; the person is to be told once
	welcome // somebody has come in
)

// admit makes the cheap decisions. It never waits.
func (d *Desk) admit(in chat.Inbound) handling {
	if in.Arrived {
		return d.arrives(in)
	}
	if in.Own || in.Text == "" && !d.takesFile(in) && (in.Kind == "" || in.Group) || (!in.Sent.IsZero() && in.Sent.Before(d.started)) {
		return ignored
	}
	if in.ID != "" && !d.recent.add(in.Channel, in.ID) {
		return ignored
	}
	d.talk.hear(in)
	if in.Text == "" && !d.takesFile(in) {
		if d.once.First(unreadable{keyOf(in), in.Kind}, d.now(), toldLasts) {
			return unread
		}
		return ignored
	}
	if _, ok := d.addressed(in); !ok {
		return perhaps
	}
	return d.count(in)
}

// arrives has a person be welcomed who opens a direct chat, and one line be said
// in a group that somebody joined, at most once a day.
func (d *Desk) arrives(in chat.Inbound) handling {
	old := !in.Sent.IsZero() && in.Sent.Before(d.started)
	if old || in.Group && d.habits.Load().NoWelcome || in.ID != "" && !d.recent.add(in.Channel, in.ID) {
		return ignored
	}
	in.Speaker = "" // once for all of them
	if !d.once.First(unreadable{who: keyOf(in)}, d.now(), toldLasts) {
		return ignored
	}
	return welcome
}

// takesFile reports whether a message is a file for us: in a group it is for the
// group.
func (d *Desk) takesFile(in chat.Inbound) bool {
	return in.File != nil && !in.Group && d.opts.File != nil
}

// count holds the person to the limit.
func (d *Desk) count(in chat.Inbound) handling {
	if d.local(in) {
		return forUs
	}
	allowed, tell := d.limit.take(keyOf(in), d.now(), d.habits.Load().PerMinute)
	text, _ := d.addressed(in)
	switch {
	case allowed:
		return forUs
	case orderWords.MatchString(text) || slices.Contains(answersOrder, text):
		return order
	case tell:
		return limited
	}
	return ignored
}

func (d *Desk) local(in chat.Inbound) bool { return slices.Contains(d.opts.Local, in.Channel) }

func keyOf(in chat.Inbound) store.Key {
	return store.Key{Channel: in.Channel, Chat: in.Chat, Speaker: in.Speaker}
}

// record writes all that the message leaves behind in one step.
func (d *Desk) record(ctx context.Context, in chat.Inbound, m made, outs []store.Out) error {
	return d.opts.Records.Record(ctx, store.Turn{Key: keyOf(in), Message: in.ID, At: d.now(),
		Session: m.session, Out: outs, Audit: m.audit, Unanswered: m.unanswered})
}
