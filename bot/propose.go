package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"zujian/bot/chat"
	"zujian/bot/remind"
	"zujian/bot/remind/due"
	"zujian/bot/store"
)

// proposal is a reminder that was understood and not yet confirmed.
type proposal struct {
	Plan     json.RawMessage   `json:"plan,omitempty"`
	To       []chat.Target     `json:"to,omitempty"`
	Approver string            `json:"approver,omitempty"`
	Often    int               `json:"often,omitempty"` // times a year, where that is more than monthly
	Ask      *remind.Ambiguous `json:"ask,omitempty"`   // instead of all that: what is to be answered first
}

// asker is whoever writes a reminder: his name, his direct chat and the group
// that he writes in, each zero where there is none.
type asker struct {
	name string
	me   chat.Target
	here chat.Target
}

const sayMonthly = "这一条比每月一次勤，一年大约 %d 次，群里的人会嫌烦。确实要这么勤，"

// propose understands a sentence, and gives what is to be said of it. Errors
// are worded for the person.
func (p *program) propose(c phrases, from asker, sentence string) (proposal, string, error) {
	now := p.now()
	if why := due.Refusal(within(sentence)); why != "" {
		return proposal{}, "", refuse("%s", why)
	}
	plan, err := c.Parse(sentence, now)
	if err != nil {
		return proposal{}, "", err
	}
	if why := due.Refusal(plan.Text()); why != "" {
		return proposal{}, "", refuse("%s", why)
	}
	if from.name == "" {
		return proposal{}, "", refuse("每条提醒都要有定的人。请写上 --by 姓名，或者在 zujian.toml 的 [remind] 里写 approver。")
	}
	to, err := p.targets(from, plan.Target())
	if err != nil {
		return proposal{}, "", err
	}
	kept, err := json.Marshal(plan)
	if err != nil {
		return proposal{}, "", fmt.Errorf("keep a plan: %w", err)
	}
	made := proposal{Plan: kept, To: to, Approver: from.name}
	on := planned{plan, c.Calendar}
	if n := on.aYear(now); n > monthly && plan.Recurs() {
		made.Often = n
	}
	return made, p.understood(on, made, now), nil
}

// within cuts a sentence to what Refusal takes: the words may be at its end.
func within(sentence string) string {
	runes := []rune(sentence)
	return string(runes[max(0, len(runes)-90):])
}

// understood says back what was understood, with the next three times.
func (p *program) understood(on planned, made proposal, now time.Time) string {
	_, said := on.times(p.config.Remind.policy(), now, 3)
	var to []string
	for _, t := range made.To {
		to = append(to, chatWords(t))
	}
	lines := []string{"我理解：" + strings.TrimRight(on.Understood(), "。") + "。",
		"发给：" + strings.Join(to, "、") + "。定的人：" + made.Approver + "。", "接下来："}
	return strings.Join(append(lines, said...), "\n")
}

func chatWords(t chat.Target) string {
	if t.Group {
		return "群“" + t.Chat + "”"
	}
	return "您自己（私聊）"
}

// targets finds the chats that a sentence names.
func (p *program) targets(from asker, who string) ([]chat.Target, error) {
	switch who {
	case "我", "我自己", "本人":
		if from.me.Chat == "" {
			return nil, refuse("不知道往哪里私聊您。请先用 bot pair 配对，并在机器人的手机上给您加一个备注名；也可以写群名。")
		}
		return []chat.Target{from.me}, nil
	case "", "本群", "这个群", "群里", "大家":
		if from.here.Chat == "" {
			return nil, refuse("没有写提醒哪个群。请写上群名，比如“提醒园区妇建群报送进度”；提醒您自己请写“提醒我”。")
		}
		return []chat.Target{from.here}, nil
	}
	who = strings.Trim(who, "“”\"「」《》 ")
	names := p.config.Remind.Lists[who]
	if names == nil {
		names = []string{who}
	}
	var to []chat.Target
	for _, name := range slices.Compact(slices.Sorted(slices.Values(names))) {
		to = append(to, chat.Target{Channel: p.config.reach(name)[0], Chat: name, Group: true})
	}
	return to, nil
}

// reminders makes what the store keeps of a proposal.
func (p *program) reminders(c phrases, made proposal) ([]store.Reminder, error) {
	plan, err := c.plan(made.Plan)
	if err != nil {
		return nil, err
	}
	now := p.now()
	slot := p.config.Remind.policy().Slot(plan, now)
	if slot.Due.IsZero() {
		return nil, refuse("这个时间已经过了，没有设。请换一个还没有到的时间。")
	}
	var all []store.Reminder
	for _, to := range made.To {
		all = append(all, store.Reminder{Plan: made.Plan, Target: to, Approver: made.Approver, Created: now, Slot: slot})
	}
	return all, nil
}

// namedOperator fills in who gives reminders where only one may be meant.
func (p *program) namedOperator(ctx context.Context, db *store.DB, by string) (asker, error) {
	chats, _, err := db.Operators(ctx)
	if err != nil {
		return asker{}, err
	}
	from := asker{name: by}
	if from.name == "" {
		from.name = p.config.Remind.Approver
	}
	if len(chats) == 1 {
		from.me = chats[0]
		if from.name == "" {
			from.name = chats[0].Chat
		}
	}
	return from, nil
}
