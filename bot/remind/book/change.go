package book

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"zujian/bot/remind"
	"zujian/bot/remind/due"
	"zujian/bot/store"
)

var changed = map[store.ReminderState]string{store.Paused: "停下了，编号 %d。接着用：bot remind resume %[1]d，微信里“管理 提醒 恢复 %[1]d”。",
	store.Cancelled: "取消了，编号 %d。", store.Active: "接着用了，编号 %d。"}

// doings are the words of an operator for what may be done to a reminder.
var doings = map[string]func(b *Book, ctx context.Context, id int64, words string) (string, error){
	"看": func(b *Book, ctx context.Context, id int64, _ string) (string, error) { return b.Show(ctx, id) },
	"停": putting(store.Paused), "暂停": putting(store.Paused), "恢复": putting(store.Active), "取消": putting(store.Cancelled),
	"改": (*Book).Reschedule, "内容": (*Book).Reword, "跳过": (*Book).Skip, "推迟": (*Book).Postpone,
	"发": func(b *Book, ctx context.Context, id int64, _ string) (string, error) { return b.SendNow(ctx, id) },
}

func putting(to store.ReminderState) func(*Book, context.Context, int64, string) (string, error) {
	return func(b *Book, ctx context.Context, id int64, _ string) (string, error) { return b.Change(ctx, id, to) }
}

// Do does to a reminder what a word says: 看, 停, 暂停, 恢复, 取消, 跳过, 发; and 改,
// 推迟 or 内容 with words. known is false where the word is none of them.
func (b *Book) Do(ctx context.Context, id int64, do, words string) (say string, known bool, err error) {
	does := doings[do]
	if does == nil {
		return "", false, nil
	}
	say, err = does(b, ctx, id, words)
	b.woken()
	return say, true, err
}

func (b *Book) woken() {
	if b.Wake != nil {
		b.Wake()
	}
}

// Change pauses, resumes or cancels a reminder. A message of it that waits to
// be sent still goes.
func (b *Book) Change(ctx context.Context, id int64, to store.ReminderState) (string, error) {
	r, err := b.Find(ctx, id)
	if err != nil {
		return "", err
	}
	if to == store.Active && (r.State == store.Cancelled || r.State == store.Done) {
		return "", refuse("提醒 %d 现在是“%s”，不能恢复。请重新设一条。", id, stateNames[r.State])
	}
	if r.State == to || r.State == store.Cancelled || r.State == store.Done {
		return "", refuse("提醒 %d 现在是“%s”，不用再改。", id, stateNames[r.State])
	}
	next := r.Slot
	if to == store.Active {
		plan, err := b.Plans.plan(r.Plan)
		if err != nil {
			return "", refuse("提醒 %d 读不出来，请取消，再设一条新的。", id)
		}
		if next = b.Policy.Slot(plan, b.Now()); next.Due.IsZero() {
			return "", refuse("提醒 %d 的时间已经过了，请再设一条新的。", id)
		}
	}
	return fmt.Sprintf(changed[to], id), b.moved(id, b.DB.SetReminder(ctx, id, r.State, to, next))
}

// moved words that somebody else was quicker.
func (b *Book) moved(id int64, err error) error {
	if errors.Is(err, store.ErrChanged) {
		return refuse("提醒 %d 刚刚变了，请再看一遍再改。", id)
	}
	return err
}

// kept is a reminder that may be changed, with its plan.
func (b *Book) kept(ctx context.Context, id int64) (*store.Reminder, planned, error) {
	r, err := b.Find(ctx, id)
	if err != nil {
		return nil, planned{}, err
	}
	if r.State == store.Cancelled || r.State == store.Done {
		return nil, planned{}, refuse("提醒 %d %s，不能再改。请设一条新的。", id, stateNames[r.State])
	}
	plan, err := b.Plans.plan(r.Plan)
	if err != nil {
		return nil, planned{}, refuse("提醒 %d 读不出来，请取消，再设一条新的。", id)
	}
	return r, plan, nil
}

// Reword gives a reminder other words to say.
func (b *Book) Reword(ctx context.Context, id int64, text string) (string, error) {
	if why := due.Refusal(text); why != "" {
		return "", Refusal(why)
	}
	r, plan, err := b.kept(ctx, id)
	if err != nil {
		return "", err
	}
	was := plan.What
	plan.What = text
	if err := b.replace(ctx, *r, plan, r.Slot); err != nil {
		return "", err
	}
	return fmt.Sprintf("改好了，编号 %d。原来说的是“%s”，现在是“%s”，时间没有变。", id, was, text), nil
}

// Reschedule gives a reminder other times, those that the words say. Whom and
// of what it reminds stays, and so does when it ends and what becomes of days
// off where the words say nothing of it. Errors of the words are as Parse gives them.
func (b *Book) Reschedule(ctx context.Context, id int64, when string) (string, error) {
	r, plan, err := b.kept(ctx, id)
	if err != nil {
		return "", err
	}
	other, err := b.Plans.When(when, b.Now())
	if err != nil {
		return "", err
	}
	if other.Who != "" || other.What != "" {
		return "", refuse("“%s”里除了时间还有别的话。改时间请只写时间，改内容请写“管理 提醒 改 %d 内容 …”。", when, id)
	}
	if plan.Recurs() && !other.Recurs() {
		return "", refuse("提醒 %d 是“%s”。只改下一次，请发“管理 提醒 推迟 %d %s”；以后都改，请写成每周、每月几号这样的时间。", id, plan.Says(), id, when)
	}
	was := plan.Says()
	if due.IsByHand(r.Slot) {
		was += "（" + Date(r.Due) + "的这一次推迟到了" + Date(r.At) + "，现在不算了）"
	}
	other.Who, other.What = plan.Who, plan.What
	plan.Plan = other.Keeping(plan.Plan)
	slot := b.Policy.Slot(plan, b.Now())
	if slot.Due.IsZero() {
		return "", refuse("这个时间已经过了，没有改。请换一个还没有到的时间。")
	}
	if err := b.replace(ctx, *r, plan, slot); err != nil {
		return "", err
	}
	_, said := plan.Times(b.Policy, b.Now(), 3)
	return fmt.Sprintf("改好了，编号 %d。原来是%s，现在是%s。接下来：\n%s", id, was, plan.Says(), strings.Join(said, "\n")), nil
}

// Skip leaves out the times of a reminder on the days that the words name;
// empty: the next time.
func (b *Book) Skip(ctx context.Context, id int64, days string) (string, error) {
	r, plan, err := b.kept(ctx, id)
	if err != nil {
		return "", err
	}
	first, last := remind.DayOf(r.Due), remind.DayOf(r.Due)
	if days = strings.TrimSpace(days); days != "" {
		var ok bool
		if first, last, ok = b.Plans.Days(days, b.Now()); !ok {
			return "", refuse("没有看懂“%s”是哪一天。请写“12月7日”或者“下周”这样的话；不写就是下一次。", days)
		}
	}
	out, rest := plan.skips(b.Now(), first, last)
	switch {
	case len(out) == 0:
		return "", refuse("提醒 %d 在%s没有要发的。它是“%s”。", id, dayWords(first, last), plan.Says())
	case !rest:
		return "", refuse("这样提醒 %d 就一次也没有了。请取消它：bot remind cancel %[1]d，微信里“管理 提醒 取消 %[1]d”。", id)
	}
	slot := b.Policy.Slot(plan.without(out), b.Now())
	if err := b.replace(ctx, *r, plan.without(out), slot); err != nil {
		return "", err
	}
	var said []string
	for _, d := range out {
		said = append(said, d.String())
	}
	return fmt.Sprintf("编号 %d 在%s不发了，别的照常，下一次%s。要恢复：bot remind alter %[1]d \"%[4]s\"，微信里“管理 提醒 改 %[1]d %[4]s”。",
		id, strings.Join(said, "、"), Date(slot.At), plan.Says()), nil
}

func dayWords(first, last remind.Day) string {
	if first == last {
		return first.String()
	}
	return first.String() + "到" + last.String()
}

// mostSkipped times may be left out at once.
const mostSkipped = 62

// skips gives the days of a period on which the plan is due, and whether it is
// due on any other.
func (p planned) skips(now time.Time, first, last remind.Day) (out []remind.Day, rest bool) {
	for after := now; len(out) <= mostSkipped; {
		t, _, ok := p.Next(after)
		if !ok {
			return out, rest
		}
		switch d := remind.DayOf(t); {
		case d > last:
			return out, true
		case d < first:
			rest = true
		case len(out) == 0 || out[len(out)-1] != d:
			out = append(out, d)
		}
		after = t
	}
	return out, rest
}

func (p planned) without(days []remind.Day) planned {
	p.Without = append(append([]remind.Day{}, p.Without...), days...)
	return p
}

// Postpone sends the next time of a reminder at another one, before the time
// after it.
func (b *Book) Postpone(ctx context.Context, id int64, when string) (string, error) {
	r, plan, err := b.kept(ctx, id)
	if err != nil {
		return "", err
	}
	if r.State != store.Active {
		return "", refuse("提醒 %d 停着。请先恢复它。", id)
	}
	other, err := b.Plans.When(when, b.Now())
	if err != nil {
		return "", err
	}
	at, _, ok := planned{other, b.Plans.Calendar}.Next(b.Now())
	if !ok || other.Recurs() || other.Who != "" || other.What != "" {
		return "", refuse("请只写一个时间，比如“明天下午三点”。")
	}
	if follow, _, ok := plan.Next(r.Due); ok && !at.Before(b.Policy.Move(follow)) {
		return "", refuse("再下一次是%s，推迟到它前面才行。不要这一次：bot remind skip %d，微信里“管理 提醒 跳过 %[2]d”。", Date(follow), id)
	}
	if b.Policy.Quiet(at) {
		return "", refuse("%s在夜里，不打扰人。请换一个时间。", Date(at))
	}
	slot := due.ByHand(r.Slot, at)
	if err := b.moved(id, b.DB.SetReminder(ctx, id, store.Active, store.Active, slot)); err != nil {
		return "", err
	}
	return fmt.Sprintf("编号 %d 原定%s的这一次，改到%s发。以后的不变。", id, Date(r.Due), Date(at)), nil
}

// SendNow sends a reminder once more, at once. Its times stay as they are.
func (b *Book) SendNow(ctx context.Context, id int64) (string, error) {
	r, plan, err := b.kept(ctx, id)
	if err != nil {
		return "", err
	}
	now := b.Now()
	if r.Target.Group {
		if muted, err := b.DB.RemindersMuted(ctx, r.Target.Channel, r.Target.Chat); err != nil || muted {
			return "", errors.Join(err, refuse("%s静音了，没有发。要恢复，请在群里发“管理 恢复提醒”。", ChatWords(r.Target)))
		}
	}
	out := store.Out{Target: r.Target, Text: due.Message(plan.Text(), r.Approver, r.Target.Group, now), Expires: now.Add(b.Policy.Window)}
	if b.Route != nil {
		out.Target, out.Others = b.Route(ctx, r.Target)
	}
	err = b.DB.Fire(ctx, now, store.Burst{Target: r.Target, Out: &out,
		Firings: []store.Firing{{Reminder: id, Due: now.Truncate(time.Second), Outcome: store.FiringQueued, Reason: "有人让现在就发"}}})
	if err != nil {
		return "", b.moved(id, err)
	}
	if b.Queued != nil {
		b.Queued(out.Target.Channel)
	}
	return fmt.Sprintf("编号 %d 现在就发到%s。以后的照常。", id, Whom(*r)), nil
}

// replace keeps another plan and its next time in place of what was read.
func (b *Book) replace(ctx context.Context, r store.Reminder, plan planned, next store.Slot) error {
	kept, err := json.Marshal(plan.Plan)
	if err != nil {
		return fmt.Errorf("keep a plan: %w", err)
	}
	return b.moved(r.ID, b.DB.AmendReminder(ctx, r, kept, next))
}
