package office

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"zujian/bot/chat"
	"zujian/bot/remind/book"
)

// word carries out what needs no 管理: 有用 and 没用, and words about reminders.
func (o *Front) word(ctx context.Context, in chat.Inbound, text string, operator func() bool) (string, bool) {
	text = strings.Trim(text, " 　。！!“”\"")
	say, known, err := o.feedback(ctx, text)
	if !known {
		say, known, err = o.reminders().Word(ctx, in, text, operator)
	}
	if !known {
		return "", false
	}
	return o.orTrouble(say, err), true
}

// orTrouble words an error for a chat.
func (o *Front) orTrouble(say string, err error) string {
	if f := (Failure{}); errors.As(asFailure(err), &f) {
		return f.text
	}
	if err != nil {
		o.Log.Error("what somebody said to do failed", "error", err.Error())
		return "没有办成，是存储出了问题。请在这台机器上用 bot doctor 看看。"
	}
	return say
}

// reminders is the book of the reminders as the service sends them.
func (o *Front) reminders() book.Chat {
	c := book.Chat{Book: o.Office.ReminderBook(o.DB, o.phrases), Asker: o.askerOf}
	if s := o.service; s != nil {
		c.Route, c.Wake, c.Queued = s.route, s.reminders.Wake, s.wake
		c.Muted = func(ctx context.Context, group string) {
			s.tell(ctx, "", fmt.Sprintf("群“%s”里有人请我不再发提醒，已经照办。要恢复，请在群里@我发“管理 恢复提醒”。", group))
		}
	}
	return c
}

// askerOf says who writes, and where.
func (o *Front) askerOf(ctx context.Context, in chat.Inbound) (book.Asker, error) {
	from, err := o.Office.NamedOperator(ctx, o.DB, "")
	if err != nil || in.Channel == terminal {
		return from, err
	}
	from.Name = o.Office.Config().Remind.nameOf(in.Speaker, in.Name)
	if in.Group {
		from.Here = chat.Target{Channel: in.Channel, Chat: in.Chat, Group: true}
		return from, nil
	}
	from.Me = chat.Target{}
	if !in.Fleeting && in.Chat != in.Ref {
		from.Me = chat.Target{Channel: in.Channel, Chat: in.Chat}
	}
	return from, nil
}

// asFailure gives an error of the reminders that is worded for the person as
// the program's own.
func asFailure(err error) error {
	if f := (Failure{}); err == nil || errors.As(err, &f) || !book.Worded(err) {
		return err
	}
	return Refuse("%s", err.Error())
}
