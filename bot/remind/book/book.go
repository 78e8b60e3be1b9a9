// Package book keeps the reminders of an office: it understands a sentence,
// says it back, keeps it, and shows and changes what is kept. What it says is
// for the person who asked.
package book

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"zujian/bot/chat"
	"zujian/bot/remind"
	"zujian/bot/remind/due"
	"zujian/bot/store"
	"zujian/knowledge/text"
)

// Refusal is an error in words for the person.
type Refusal string

func (r Refusal) Error() string { return string(r) }

func refuse(format string, args ...any) error { return Refusal(fmt.Sprintf(format, args...)) }

// Worded reports whether an error is in words for the person.
func Worded(err error) bool { return errors.As(err, new(Refusal)) || remind.Worded(err) }

// Plain is what is wrong with a sentence, with how it may be written instead.
func Plain(err error) string {
	if a := (*remind.Ambiguous)(nil); errors.As(err, &a) {
		return err.Error() + "\n请写清楚再试一次，比如：" + a.First()
	}
	return err.Error()
}

// Plans reads kept plans on a calendar.
type Plans struct{ *remind.Calendar }

// Plan is due.Plans.
func (c Plans) Plan(kept []byte) (due.Plan, error) { return c.plan(kept) }

// planned is a kept plan on the calendar: what the scheduler sends.
type planned struct {
	remind.Plan
	calendar *remind.Calendar
}

func (p planned) Next(after time.Time) (time.Time, string, bool) {
	return p.calendar.Next(p.Plan, after)
}

// plan refuses what it does not know all of: a plan of a newer program would
// fire at other times than it says.
func (c Plans) plan(kept []byte) (planned, error) {
	p := planned{calendar: c.Calendar}
	d := json.NewDecoder(bytes.NewReader(kept))
	d.DisallowUnknownFields()
	if err := d.Decode(&p.Plan); err != nil {
		return p, fmt.Errorf("read a kept plan: %w", err)
	}
	return p, nil
}

// Book is the reminders of one office.
type Book struct {
	DB     *store.DB
	Plans  Plans
	Policy due.Policy
	Lists  map[string][]string // names for several groups
	// Reach gives the channels that reach a group, the first choice in front.
	Reach func(group string) []string
	// Doubt says in Chinese why a chat may not be reached; empty: it is, or
	// nothing is known. Nil: nothing is ever known.
	Doubt func(ctx context.Context, to chat.Target) string
	// Route is that of the scheduler; nil: to the chat itself.
	Route func(ctx context.Context, to chat.Target) (first chat.Target, others []chat.Target)
	// Wake has the scheduler look at once, Queued the pump of a channel; nil: they
	// are in no hurry, or run elsewhere.
	Wake   func()
	Queued func(channel string)
	Now    func() time.Time
}

var stateNames = map[store.ReminderState]string{store.Active: "在用", store.Paused: "停着", store.Cancelled: "取消了", store.Done: "办完了"}

var outcomeNames = map[store.Outcome]string{
	store.FiringQueued: "待发", store.FiringSent: "发了", store.FiringFailed: "没有发出去", store.FiringUnknown: "不知道发出去没有",
	store.FiringMissed: "错过了", store.FiringMuted: "群里静音，没有发", store.FiringDropped: "放弃了"}

// StateName is a state in Chinese.
func StateName(state string) string { return stateNames[store.ReminderState(state)] }

// Listed is a reminder as a list gives it.
type Listed struct {
	ID       int64     `json:"id"`
	State    string    `json:"state"`
	Text     string    `json:"text"`
	When     string    `json:"understood"`
	To       string    `json:"to"`
	Group    bool      `json:"group"`
	Muted    bool      `json:"muted"`
	Approver string    `json:"approver"`
	Next     time.Time `json:"next,omitzero"`
	Later    string    `json:"later,omitempty"` // why the next time is not the one planned
	Last     string    `json:"last,omitempty"`  // outcome of its last time
}

// List gives the reminders that are active or paused.
func (b *Book) List(ctx context.Context) ([]Listed, error) {
	all, err := b.DB.Reminders(ctx)
	if err != nil {
		return nil, err
	}
	return b.describeAll(ctx, all)
}

// Over gives the last reminders that are done or were cancelled.
func (b *Book) Over(ctx context.Context) ([]Listed, error) {
	all, err := b.DB.RemindersOver(ctx, mostOver)
	if err != nil {
		return nil, err
	}
	return b.describeAll(ctx, all)
}

const mostOver = 50

func (b *Book) describeAll(ctx context.Context, all []store.Reminder) ([]Listed, error) {
	out := make([]Listed, 0, len(all))
	for _, r := range all {
		l, err := b.Describe(ctx, r)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

// Describe says what there is to know of a reminder.
func (b *Book) Describe(ctx context.Context, r store.Reminder) (Listed, error) {
	l := Listed{ID: r.ID, State: string(r.State), To: r.Target.Chat, Group: r.Target.Group, Approver: r.Approver}
	if !l.Group {
		l.To = r.Approver // the channel may know him by an id alone
	}
	if r.State == store.Active && !r.At.IsZero() {
		l.Next, l.Later = r.At.In(text.Beijing), due.Moved(r.Slot)
	}
	if plan, err := b.Plans.plan(r.Plan); err == nil {
		l.Text, l.When = plan.Text(), plan.Understood()
	} else {
		l.When = "读不出来，请取消，再设一条新的"
	}
	var err error
	if r.Target.Group {
		if l.Muted, err = b.DB.RemindersMuted(ctx, r.Target.Channel, r.Target.Chat); err != nil {
			return l, err
		}
	}
	last, err := b.DB.Firings(ctx, r.ID, 1)
	if len(last) > 0 {
		l.Last = outcomeNames[last[0].Outcome]
	}
	return l, err
}

// Words is a list for a person, a line or two each.
func Words(all []Listed) string {
	if len(all) == 0 {
		return "还没有提醒。设一条：bot remind add \"每月25日上午十点提醒园区妇建群报送组建进度\"；在微信里发“管理 提醒 ”加这样一句话。"
	}
	var lines []string
	for _, l := range all {
		line := fmt.Sprintf("%d. %s。%s", l.ID, strings.TrimRight(l.When, "。"), stateNames[store.ReminderState(l.State)])
		if !l.Next.IsZero() {
			line += "，下一次" + Date(l.Next)
		}
		if l.Later != "" {
			line += "（" + l.Later + "）"
		}
		if l.Muted {
			line += "，群里静音了"
		}
		if l.Last != "" {
			line += "，上一次" + l.Last
		}
		lines = append(lines, line+"。定的人："+l.Approver)
	}
	return strings.Join(lines, "\n")
}

// OverWords is a list of those that are over.
func OverWords(all []Listed) string {
	if len(all) == 0 {
		return "还没有办完的，也没有取消的。"
	}
	return Words(all)
}

// Find gives a reminder or says that there is none.
func (b *Book) Find(ctx context.Context, id int64) (*store.Reminder, error) {
	r, err := b.DB.Reminder(ctx, id)
	if err == nil && r == nil {
		err = refuse("没有编号是 %d 的提醒。用 bot remind list（微信里“管理 提醒 列表”）看有哪些。", id)
	}
	return r, err
}

// Show describes one reminder with its last times.
func (b *Book) Show(ctx context.Context, id int64) (string, error) {
	r, err := b.Find(ctx, id)
	if err != nil {
		return "", err
	}
	l, err := b.Describe(ctx, *r)
	if err != nil {
		return "", err
	}
	lines := []string{Words([]Listed{l}), "发给：" + Whom(*r)}
	last, err := b.DB.Firings(ctx, id, 5)
	for _, f := range last {
		lines = append(lines, strings.TrimRight(Date(f.Due)+"　"+outcomeNames[f.Outcome]+"。"+f.Reason, "。")+"。")
	}
	return strings.Join(lines, "\n"), err
}

// ChatWords names a chat to the person who set a reminder for it.
func ChatWords(t chat.Target) string {
	if t.Group {
		return "群“" + t.Chat + "”"
	}
	return "您自己（私聊）"
}

// Whom names whom a reminder is for to whoever looks at it, who may be another
// operator than the one who set it.
func Whom(r store.Reminder) string {
	if r.Target.Group {
		return ChatWords(r.Target)
	}
	return r.Approver + "（私聊）"
}

var weekdays = [...]string{"日", "一", "二", "三", "四", "五", "六"}

// Date names a time in full, in Beijing.
func Date(t time.Time) string {
	t = t.In(text.Beijing)
	return t.Format("2006年1月2日") + "（周" + weekdays[t.Weekday()] + "）" + t.Format("15:04")
}

// Fire is one time of a reminder to come.
type Fire struct {
	At       time.Time // when it is sent
	Due      time.Time // when it is due
	Note     string
	Reminder store.Reminder
	Text     string
}

// mostFires of one reminder are given.
const mostFires = 1000

// Fires gives the times in [from, to) that are still to come, in order, as they
// will be sent. What cannot be read is left out.
func (b *Book) Fires(ctx context.Context, from, to time.Time, states ...store.ReminderState) ([]Fire, error) {
	all, err := b.DB.Reminders(ctx)
	if err != nil {
		return nil, err
	}
	var out []Fire
	for _, r := range all {
		if slices.Contains(states, r.State) {
			out = append(out, b.firesOf(r, from, to)...)
		}
	}
	slices.SortStableFunc(out, func(a, b Fire) int { return a.At.Compare(b.At) })
	return out, nil
}

func (b *Book) firesOf(r store.Reminder, from, to time.Time) (out []Fire) {
	plan, err := b.Plans.plan(r.Plan)
	if err != nil {
		return nil
	}
	after := from.Add(-24 * time.Hour) // the night before may move into it
	if now := b.Now(); now.After(after) {
		after = now // what is past was sent or told of
	}
	add := func(at, due time.Time, note string) {
		if !at.Before(from) && at.Before(to) {
			out = append(out, Fire{At: at.In(text.Beijing), Due: due.In(text.Beijing), Note: note, Reminder: r, Text: plan.Text()})
		}
	}
	if r.State == store.Active && !r.Due.IsZero() { // it may have been put off
		add(r.At, r.Due, strings.Trim(r.Note+"；"+due.Moved(r.Slot), "；"))
		if r.Due.After(after) {
			after = r.Due
		}
	}
	for range mostFires {
		at, note, ok := plan.Next(after)
		if !ok || !at.Before(to) {
			break
		}
		add(b.Policy.Move(at), at, strings.Trim(note+"；"+b.Policy.Quietly(at), "；"))
		after = at
	}
	return out
}
