package desk

import (
	"context"
	"time"

	"zujian/bot/chat"
	"zujian/bot/store"
)

// made is what came of a message. No replies means that it was not for us.
type made struct {
	replies    []string
	session    *store.Session
	audit      *store.Audit
	unanswered string
	first      bool // goes before other replies
}

// status is what became of the message.
func (m made) status() string {
	if m.audit == nil {
		return "notice"
	}
	return m.audit.Status
}

func says(text string) made { return made{replies: []string{text}} }

// captured is how long after a turn of a dialog a message in the group is taken
// for the next turn without a mention.
const captured = 10 * time.Minute

// work finds the reply. It never fails: what goes wrong is said in Chinese, and
// the cause is logged.
func (d *Desk) work(ctx context.Context, in chat.Inbound, h handling) (m made) {
	defer func() {
		if p := recover(); p != nil {
			d.log.Error("a question could not be worked on", "channel", in.Channel, "error", chat.Panicked(p))
			m = says(sayTrouble)
			m.audit = d.audit(Answer{Status: statusError}, "")
		}
	}()
	text, _ := d.addressed(in)
	if h == order && !d.mayOrder(ctx, in) {
		return made{}
	}
	if d.muted(ctx, in) {
		m, _ := d.operate(ctx, in, text)
		return m
	}
	if text == "" && in.Quote != "" && d.talk.quotes(in, d.now()) == "" {
		text = in.Quote // to mention us in a reply is to ask what it replies to
	}
	if d.takesFile(in) {
		return says(d.opts.File(ctx, in, func() bool { return d.mayOrder(ctx, in) }))
	}
	session, err := d.opts.Records.Session(ctx, keyOf(in), d.now())
	if err != nil {
		d.log.Error("cannot read a session", "channel", in.Channel, "error", err.Error())
		session = nil
	}
	if h == perhaps {
		if session == nil || d.now().Sub(session.Updated) > captured || mentionsSomebody(in.Text) || d.count(in) != forUs {
			return made{}
		}
		text = in.Text
	}
	if a, ok := d.opts.Guard(text); ok && alarming(a.Status) && !d.orders(ctx, in, text) {
		return d.stopped(a)
	}
	if m, ok := d.command(ctx, in, text); ok {
		return m
	}
	if session != nil {
		return d.forWhom(in, text, d.step(ctx, in, session.State, text, ""))
	}
	return d.forWhom(in, text, d.answer(ctx, in, text))
}

// late is how long after a message its answer says to what it belongs.
const late = 2 * time.Minute

// forWhom says before a reply whose message it is to, and which, where another person
// wrote in the group meanwhile, or the reply is late.
func (d *Desk) forWhom(in chat.Inbound, text string, m made) made {
	delayed := !in.Sent.IsZero() && d.now().Sub(in.Sent) > late
	if len(m.replies) == 0 || !delayed && !d.talk.interrupted(in) {
		return m
	}
	if m.audit != nil && delicate(m.audit.Status) {
		text = "" // is not repeated
	}
	m.replies[0] = sayFor(in, text, delayed) + m.replies[0]
	return m
}

// answer answers a question, or opens a dialog where the answerer says so.
func (d *Desk) answer(ctx context.Context, in chat.Inbound, text string) made {
	before := d.last(in)
	a := d.ask(ctx, in, text)
	if a.Status == statusDialog {
		return d.step(ctx, in, nil, text, before)
	}
	m := says(a.Text)
	m.audit, m.first = d.audit(a, text), a.Status == statusUrgent
	if a.Person && d.opts.WantsPerson != nil {
		d.opts.WantsPerson(in)
	}
	if a.Status == statusNotStated || a.Status == statusUnsure {
		m.unanswered = text
	}
	return m
}

// ask puts the question to the answerer that is right for the chat, with the
// person's last questions in front of it.
func (d *Desk) ask(ctx context.Context, in chat.Inbound, text string) Answer {
	key, now := keyOf(in), d.now()
	turns := d.talk.before(key, now)
	if asked := d.talk.quotes(in, now); asked != "" {
		turns = []string{asked}
	}
	a := d.answerer(in).Answer(ctx, append(turns, text))
	if a.Text == "" {
		d.log.Error("no answer", "channel", in.Channel, "status", a.Status)
		return Answer{Status: statusError, Text: sayTrouble}
	}
	if !delicate(a.Status) {
		d.talk.add(key, text, now)
		d.talk.keep(in, text, a.Text, now)
	}
	if in.Group { // a notice may hold somebody's number; a group is no place for it
		a.Text = chat.Mask(a.Text)
	}
	return a
}

// last gives what the person asked before this message, "" where nothing.
func (d *Desk) last(in chat.Inbound) string {
	turns := d.talk.before(keyOf(in), d.now())
	if len(turns) == 0 {
		return ""
	}
	return turns[len(turns)-1]
}

// step takes a turn of a dialog. The dialog gets no numbers of telephones or
// identity cards, so that it can neither keep nor repeat them.
func (d *Desk) step(ctx context.Context, in chat.Inbound, state []byte, text, before string) made {
	now, masked := d.now(), chat.Mask(text)
	if a, ok := d.opts.Guard(masked); ok && delicate(a.Status) {
		return d.stopped(a)
	}
	next, r := d.opts.Dialog.Step(ctx, state, masked, chat.Mask(before), now)
	m := says(r.Text)
	m.audit = d.audit(Answer{Status: statusDialog}, "")
	m.session = &store.Session{State: next, Updated: now, Expires: now.Add(d.habits.Load().SessionFor)}
	if r.Ended {
		m.session.State = nil
	}
	if r.Expired {
		return d.anew(ctx, in, r.Text, text)
	}
	if r.Aside {
		a := d.ask(ctx, in, text)
		m.audit = d.audit(a, text)
		m.replies = []string{a.Text}
		if r.Text != "" && a.Status != statusUrgent {
			m.replies = []string{a.Text + "\n\n" + r.Text}
		}
		if a.Status == statusNotStated || a.Status == statusUnsure {
			m.unanswered = text
		}
	}
	return m
}

// anew says that the dialog is over, and answers the message all the same.
func (d *Desk) anew(ctx context.Context, in chat.Inbound, over, text string) made {
	m := d.answer(ctx, in, text)
	m.replies[0] = over + "\n\n" + m.replies[0]
	if m.session == nil {
		m.session = &store.Session{Updated: d.now()}
	}
	return m
}

// seen reports whether an earlier run dealt with the message: a channel gives
// some again after a start. Record would find it out too, but after the work,
// and a command would have been carried out twice.
func (d *Desk) seen(ctx context.Context, in chat.Inbound) bool {
	if in.ID == "" {
		return false
	}
	known, err := d.opts.Records.Seen(ctx, in.Channel, in.ID)
	if err != nil {
		d.log.Error("cannot look for a seen message", "channel", in.Channel, "error", err.Error())
	}
	return known
}

// muted reports whether an operator has us be silent in the group.
func (d *Desk) muted(ctx context.Context, in chat.Inbound) bool {
	if !in.Group {
		return false
	}
	silent, err := d.opts.Records.Muted(ctx, in.Channel, in.Chat)
	if err != nil {
		d.log.Error("cannot look whether a group is silenced", "channel", in.Channel, "error", err.Error())
	}
	return silent
}

// stopped is the reply to a message that the guard stopped; a dialog stays where
// it is.
func (d *Desk) stopped(a Answer) made {
	m := says(a.Text)
	m.audit, m.first = d.audit(a, ""), a.Status == statusUrgent
	return m
}

// alarming statuses come before everything, commands too.
func alarming(status string) bool { return status == statusUrgent || status == statusSecret }

// delicate statuses are those whose question is not kept, not even masked.
func delicate(status string) bool {
	return alarming(status) || status == statusPrivate || status == statusTooLong
}

func (d *Desk) audit(a Answer, question string) *store.Audit {
	if delicate(a.Status) {
		question = ""
	}
	return &store.Audit{Question: question, Status: a.Status, Clauses: a.ClauseIDs, Version: d.opts.Version()}
}
