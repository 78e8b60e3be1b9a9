package book

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"zujian/bot/chat"
	"zujian/bot/remind"
	"zujian/bot/remind/due"
	"zujian/bot/store"
	"zujian/knowledge/text"
)

// Proposal is a reminder that was understood and not yet confirmed.
type Proposal struct {
	Plan     json.RawMessage   `json:"plan,omitempty"`
	To       []chat.Target     `json:"to,omitempty"`
	Approver string            `json:"approver,omitempty"`
	Often    int               `json:"often,omitempty"`    // times a year, where that is more than monthly
	Everyone bool              `json:"everyone,omitempty"` // it calls everybody of a group
	Ask      *remind.Ambiguous `json:"ask,omitempty"`      // instead of all that: what is to be answered first
}

// Asker is whoever writes a reminder: his name, his direct chat and the group
// that he writes in, each zero where there is none.
type Asker struct {
	Name string
	Me   chat.Target
	Here chat.Target
}

// Named fails where nobody is known to give the reminder.
func (a Asker) Named() error {
	if a.Name == "" {
		return refuse("每条提醒都要有定的人。请写上 --by 姓名，或者在 zujian.toml 的 [remind] 里写 approver。")
	}
	return nil
}

// SayMonthly warns of a reminder that comes more often than monthly.
const SayMonthly = "这一条比每月一次勤，一年大约 %d 次，群里的人会嫌烦。确实要这么勤，"

// Often gives how many times a year a reminder comes, where that is more than
// monthly; 0 where it is not.
func Often(plan remind.Plan, c *remind.Calendar, now time.Time) int {
	if n := (planned{plan, c}).aYear(now); n > monthly && plan.Recurs() {
		return n
	}
	return 0
}

// everyone calls all of a group, as 企业微信 can.
var everyone = regexp.MustCompile(`@\s*(?:所有人|全体成员|全体|all\b)`)

// Confirm gives the word that a person confirms a proposal with, and why it is not
// the plain one; "" where it is.
func (p Proposal) Confirm() (word, why string) {
	word = "确认"
	if p.Often > 0 {
		word, why = "确认多次", fmt.Sprintf(SayMonthly, p.Often)
	}
	if p.Everyone {
		word, why = "确认全体", why+SayEveryone
	}
	return word, why
}

// SayEveryone warns of a reminder that calls everybody.
const SayEveryone = "这一条会@群里所有人，每个人的手机都会响。确实要这样，"

// Propose understands a sentence, and gives what is to be said of it. Errors
// are worded for the person.
func (b *Book) Propose(ctx context.Context, from Asker, sentence string) (Proposal, string, error) {
	now := b.Now()
	if err := Refused(sentence); err != nil {
		return Proposal{}, "", err
	}
	plan, err := b.Plans.Parse(sentence, now)
	if err != nil {
		return Proposal{}, "", err
	}
	if why := due.Refusal(plan.Text()); why != "" {
		return Proposal{}, "", Refusal(why)
	}
	if err := from.Named(); err != nil {
		return Proposal{}, "", err
	}
	to, err := b.targets(from, plan.Target())
	if err != nil {
		return Proposal{}, "", err
	}
	kept, err := json.Marshal(plan)
	if err != nil {
		return Proposal{}, "", fmt.Errorf("keep a plan: %w", err)
	}
	made := Proposal{Plan: kept, To: to, Approver: from.Name}
	on := planned{plan, b.Plans.Calendar}
	made.Everyone = everyone.MatchString(plan.Text())
	made.Often = Often(plan, b.Plans.Calendar, now)
	said, err := b.understood(ctx, on, made)
	return made, said, err
}

// Refused says why a sentence may not become a reminder, whatever its time; nil where
// it may.
func Refused(sentence string) error {
	if why := due.Refusal(within(sentence)); why != "" {
		return Refusal(why)
	}
	return nil
}

// within cuts a sentence to what Refusal takes: the words may be at its end.
func within(sentence string) string {
	runes := []rune(sentence)
	return string(runes[max(0, len(runes)-90):])
}

// understood says back what was understood, with the next three times, and
// what the person should know before it is kept.
func (b *Book) understood(ctx context.Context, on planned, made Proposal) (string, error) {
	_, said := on.Times(b.Policy, b.Now(), 3)
	var to []string
	for _, t := range made.To {
		to = append(to, ChatWords(t))
	}
	lines := []string{"我理解：" + strings.TrimRight(on.Understood(), "。") + "。",
		"发给：" + strings.Join(to, "、") + "。定的人：" + made.Approver + "。", "接下来："}
	lines = append(lines, said...)
	for _, t := range made.To {
		more, err := b.cautions(ctx, on, t)
		if err != nil {
			return "", err
		}
		lines = append(lines, more...)
	}
	return strings.Join(lines, "\n"), nil
}

// cautions say what is to be known of a reminder for one chat: the same one is
// there already, its day is full, the chat may not be reached.
func (b *Book) cautions(ctx context.Context, on planned, to chat.Target) (said []string, err error) {
	next, _, ok := on.Next(b.Now())
	if !ok {
		return nil, nil
	}
	all, err := b.DB.Reminders(ctx)
	if err != nil {
		return nil, err
	}
	same, day := int64(0), map[time.Time]bool{}
	for _, r := range all {
		if r.Target.Chat != to.Chat || r.Target.Group != to.Group || r.State != store.Active {
			continue
		}
		if b.same(r, on) {
			same = r.ID
		}
		for _, f := range b.firesOf(r, due.Midnight(next), due.Midnight(next).AddDate(0, 0, 1)) {
			day[f.At] = true
		}
	}
	if same != 0 {
		said = append(said, fmt.Sprintf("注意：%s已经有一条一样的提醒，编号 %d。再设一条，每次会说两遍。", ChatWords(to), same))
	}
	delete(day, b.Policy.Move(next).In(text.Beijing)) // they go out together
	if same == 0 && to.Group && b.Policy.PerDay > 0 && len(day) >= b.Policy.PerDay {
		said = append(said, fmt.Sprintf("注意：%s在%s已经有%d次提醒，一天最多%d次，排在后面的会移到第二天早上。",
			ChatWords(to), next.In(text.Beijing).Format("1月2日"), len(day), b.Policy.PerDay))
	}
	if b.Doubt != nil {
		if why := b.Doubt(ctx, to); why != "" {
			said = append(said, "注意："+why)
		}
	}
	return said, nil
}

// Understood is what a list of sentences comes to: what is to be kept, what is said
// back of each line, and what is wrong with which.
type Understood struct {
	Reminders   []store.Reminder
	Said, Wrong []string
}

// Understand reads every line of a list. allowed says what is not, in words. Where it
// fails, the list is as far as it was read.
func (b *Book) Understand(ctx context.Context, from Asker, lines []Line, allowed func(Proposal) error) (u Understood, err error) {
	for _, l := range lines {
		made, said, err := b.Propose(ctx, from, l.Text)
		if err == nil {
			err = allowed(made)
		}
		if err != nil {
			u.Wrong = append(u.Wrong, fmt.Sprintf("第%d行“%s”：%s", l.Row, l.Text, strings.ReplaceAll(Plain(err), "\n", "　")))
			continue
		}
		more, err := b.Reminders(made)
		if err == nil {
			more, err = b.New(ctx, more, u.Reminders)
		}
		if err != nil {
			return u, err
		}
		if len(more) == 0 {
			u.Said = append(u.Said, fmt.Sprintf("第%d行已经设过，不再设：%s", l.Row, l.Text))
			continue
		}
		u.Said = append(u.Said, fmt.Sprintf("第%d行\n%s", l.Row, said))
		u.Reminders = append(u.Reminders, more...)
	}
	return u, nil
}

// New leaves out the reminders that are kept already or stand among others: a
// list that is imported twice.
func (b *Book) New(ctx context.Context, some, others []store.Reminder) (fresh []store.Reminder, err error) {
	all, err := b.DB.Reminders(ctx)
	if err != nil {
		return nil, err
	}
	all = append(all, others...)
	for _, r := range some {
		plan, err := b.Plans.plan(r.Plan)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(all, func(o store.Reminder) bool { return o.Target == r.Target && b.same(o, plan) }) {
			fresh = append(fresh, r)
		}
	}
	return fresh, nil
}

// same reports whether a reminder says the same at the same times.
func (b *Book) same(r store.Reminder, plan planned) bool {
	other, err := b.Plans.plan(r.Plan)
	return err == nil && other.Text() == plan.Text() && other.Says() == plan.Says()
}

// targets finds the chats that a sentence names.
func (b *Book) targets(from Asker, who string) ([]chat.Target, error) {
	switch who {
	case "我", "我自己", "本人":
		if from.Me.Chat == "" {
			return nil, refuse("不知道往哪里私聊您。请先用 bot pair 配对，并在机器人的手机上给您加一个备注名；也可以写群名。")
		}
		return []chat.Target{from.Me}, nil
	case "", "本群", "这个群", "群里", "大家":
		if from.Here.Chat == "" {
			return nil, refuse("没有写提醒哪个群。请写上群名，比如“提醒园区妇建群报送进度”；提醒您自己请写“提醒我”。")
		}
		return []chat.Target{from.Here}, nil
	}
	var to []chat.Target
	for _, name := range slices.Compact(slices.Sorted(slices.Values(b.groups(who)))) {
		to = append(to, chat.Target{Channel: b.Reach(name)[0], Chat: name, Group: true})
	}
	return to, nil
}

// groups gives the groups that a name stands for: a list of the configuration,
// or several names with 和 between them.
func (b *Book) groups(who string) (names []string) {
	who = strings.Trim(who, "“”\"「」《》 ")
	if list := b.Lists[who]; list != nil {
		return list
	}
	for name := range strings.SplitSeq(andGroup.ReplaceAllString(who, "群、"), "、") {
		if list := b.Lists[name]; list != nil {
			names = append(names, list...)
		} else if name != "" {
			names = append(names, name)
		}
	}
	return names
}

// andGroup stands between the names of two groups.
var andGroup = regexp.MustCompile(`群[和及与跟，]`)

// Reminders makes what the store keeps of a proposal.
func (b *Book) Reminders(made Proposal) ([]store.Reminder, error) {
	plan, err := b.Plans.plan(made.Plan)
	if err != nil {
		return nil, err
	}
	now := b.Now()
	slot := b.Policy.Slot(plan, now)
	if slot.Due.IsZero() {
		return nil, refuse("这个时间已经过了，没有设。请换一个还没有到的时间。")
	}
	var all []store.Reminder
	for _, to := range made.To {
		all = append(all, store.Reminder{Plan: made.Plan, Target: to, Approver: made.Approver, Created: now, Slot: slot})
	}
	return all, nil
}

// SayKept says that reminders are kept.
func SayKept(ids []int64) string {
	var numbers []string
	for _, id := range ids {
		numbers = append(numbers, fmt.Sprint(id))
	}
	return "设好了，编号 " + strings.Join(numbers, "、") + "。到时候程序要开着（bot run）。"
}

// Times gives the next n times of a plan as a person reads them, with what the
// calendar and the quiet hours have to say of each.
func (c Plans) Times(p remind.Plan, policy due.Policy, after time.Time, n int) (at []time.Time, said []string) {
	return planned{p, c.Calendar}.Times(policy, after, n)
}

// Times is Plans.Times of one plan.
func (p planned) Times(policy due.Policy, after time.Time, n int) (at []time.Time, said []string) {
	for len(at) < n {
		t, note, ok := p.Next(after)
		if !ok {
			break
		}
		line := Date(t)
		if moved := policy.Quietly(t); moved != "" {
			note = strings.Trim(note+"；"+moved, "；")
		}
		if note != "" {
			line += "　" + strings.TrimRight(note, "。")
		}
		at, said, after = append(at, t), append(said, line), t
	}
	return at, said
}

// monthly is how often a monthly reminder comes in a year, lunar months too.
const monthly = 13

// aYear counts the times of a plan within a year; many enough is enough.
func (p planned) aYear(after time.Time) int {
	n, end := 0, after.AddDate(1, 0, 0)
	for n < 400 {
		t, _, ok := p.Next(after)
		if !ok || t.After(end) {
			break
		}
		n, after = n+1, t
	}
	return n
}
