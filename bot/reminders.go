package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"zujian/bot/store"
)

// book is the kept reminders.
type book struct {
	p       *program
	db      *store.DB
	phrases phrases
}

var stateNames = map[store.ReminderState]string{store.Active: "在用", store.Paused: "停着", store.Cancelled: "取消了", store.Done: "办完了"}

var outcomeNames = map[store.Outcome]string{store.FiringQueued: "待发", store.FiringSent: "发了", store.FiringFailed: "没有发出去", store.FiringUnknown: "不知道发出去没有",
	store.FiringMissed: "错过了", store.FiringMuted: "群里静音，没有发", store.FiringDropped: "放弃了"}

func (b *book) list(ctx context.Context) ([]listed, error) {
	all, err := b.db.Reminders(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]listed, 0, len(all))
	for _, r := range all {
		l, err := b.describe(ctx, r)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

func (b *book) describe(ctx context.Context, r store.Reminder) (listed, error) {
	l := listed{ID: r.ID, State: string(r.State), To: r.Target.Chat, Group: r.Target.Group, Approver: r.Approver, Next: r.At.In(beijing)}
	if r.State != store.Active || r.At.IsZero() {
		l.Next = time.Time{}
	}
	if plan, err := b.phrases.plan(r.Plan); err == nil {
		l.Text, l.When = plan.Text(), plan.Understood()
	} else {
		l.When = "读不出来，请取消，再设一条新的"
	}
	var err error
	if r.Target.Group {
		if l.Muted, err = b.db.RemindersMuted(ctx, r.Target.Channel, r.Target.Chat); err != nil {
			return l, err
		}
	}
	last, err := b.db.Firings(ctx, r.ID, 1)
	if len(last) > 0 {
		l.Last = outcomeNames[last[0].Outcome]
	}
	return l, err
}

// listWords is the list for a person, a line or two each.
func (b *book) listWords(all []listed) string {
	if len(all) == 0 {
		return "还没有提醒。设一条：bot remind add \"每月25日上午十点提醒园区妇建群报送组建进度\"；在微信里发“管理 提醒 ”加这样一句话。"
	}
	var lines []string
	for _, l := range all {
		line := fmt.Sprintf("%d. %s。%s", l.ID, strings.TrimRight(l.When, "。"), stateNames[store.ReminderState(l.State)])
		if l.State == string(store.Active) {
			line += "，下一次" + date(l.Next)
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

// find gives a reminder or says that there is none.
func (b *book) find(ctx context.Context, id int64) (*store.Reminder, error) {
	r, err := b.db.Reminder(ctx, id)
	if err == nil && r == nil {
		err = refuse("没有编号是 %d 的提醒。用 bot remind list（微信里“管理 提醒 列表”）看有哪些。", id)
	}
	return r, err
}

// show describes one reminder with its last times.
func (b *book) show(ctx context.Context, id int64) (string, error) {
	r, err := b.find(ctx, id)
	if err != nil {
		return "", err
	}
	l, err := b.describe(ctx, *r)
	if err != nil {
		return "", err
	}
	lines := []string{b.listWords([]listed{l}), "发给：" + chatWords(r.Target)}
	last, err := b.db.Firings(ctx, id, 5)
	for _, f := range last {
		lines = append(lines, strings.TrimRight(date(f.Due)+"　"+outcomeNames[f.Outcome]+"。"+f.Reason, "。")+"。")
	}
	return strings.Join(lines, "\n"), err
}

var changed = map[store.ReminderState]string{store.Paused: "停下了，编号 %d。接着用：bot remind resume %[1]d，微信里“管理 提醒 恢复 %[1]d”。",
	store.Cancelled: "取消了，编号 %d。", store.Active: "接着用了，编号 %d。"}

// change pauses, resumes or cancels a reminder. A message of it that waits to
// be sent still goes.
func (b *book) change(ctx context.Context, id int64, to store.ReminderState) (string, error) {
	r, err := b.find(ctx, id)
	if err != nil {
		return "", err
	}
	if r.State == to || r.State == store.Cancelled || r.State == store.Done {
		return "", refuse("提醒 %d 现在是“%s”，不用再改。", id, stateNames[r.State])
	}
	next := r.Slot
	if to == store.Active {
		plan, err := b.phrases.plan(r.Plan)
		if err != nil {
			return "", refuse("提醒 %d 读不出来，请取消，再设一条新的。", id)
		}
		if next = b.p.config.Remind.policy().Slot(plan, b.p.now()); next.Due.IsZero() {
			return "", refuse("提醒 %d 的时间已经过了，请再设一条新的。", id)
		}
	}
	err = b.db.SetReminder(ctx, id, r.State, to, next)
	if errors.Is(err, store.ErrChanged) {
		return "", refuse("提醒 %d 刚刚变了，请再看一遍再改。", id)
	}
	return fmt.Sprintf(changed[to], id), err
}
