package office

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"zujian/bot/remind"
	"zujian/bot/remind/book"
	"zujian/bot/store"
)

// reminders is the book of the reminders as the service sends them.
func (o *Front) reminders() *book.Book {
	b := o.Office.ReminderBook(o.DB, o.phrases)
	if o.service != nil {
		b.Route = o.service.route
	}
	return b
}

// asFailure gives an error of the reminders that is worded for the person as
// the program's own.
func asFailure(err error) error {
	if f := (Failure{}); err == nil || errors.As(err, &f) || !Worded(err) {
		return err
	}
	return Refuse("%s", err.Error())
}

// changes are the words of an operator for what may be done to a reminder.
var changes = []string{"看", "停", "暂停", "恢复", "取消", "改", "内容", "跳过", "推迟", "发"}

// changeReminder does to a reminder what a word says. known is false where the
// word is none of changes.
func (o *Front) changeReminder(ctx context.Context, id int64, do, words string) (say string, known bool, err error) {
	b := o.reminders()
	states := map[string]store.ReminderState{"停": store.Paused, "暂停": store.Paused, "恢复": store.Active, "取消": store.Cancelled}
	switch to, ok := states[do]; {
	case ok:
		say, err = b.Change(ctx, id, to)
	case do == "看":
		say, err = b.Show(ctx, id)
	case do == "改":
		say, err = b.Reschedule(ctx, id, words)
	case do == "内容":
		say, err = b.Reword(ctx, id, words)
	case do == "跳过":
		say, err = b.Skip(ctx, id, words)
	case do == "推迟":
		say, err = b.Postpone(ctx, id, words)
	case do == "发":
		var out store.Out
		if say, out, err = b.SendNow(ctx, id); err == nil && o.service != nil {
			o.service.wake(out.Target.Channel)
		}
	default:
		return "", false, nil
	}
	o.wakeReminders()
	return say, true, err
}

// changeWords are changes as they are said: 把提醒2改到周四下午三点, 提醒2下周那次
// 不发了, 下周那次不发了.
var changeWords = regexp.MustCompile(`^(?:把|将)?(?:提醒|第|编号)? *(\d{1,6})?(?:号|条)?(?:提醒)?的?(?:(?:时间)?(改到|改成|改为|推迟到|推到|延到)|(内容|话)改(?:成|为)|(.{2,12}?)(?:的?(?:这|那)(?:一)?次|的提醒)?(?:不发了|不用发了|取消|跳过)$)(.*)$`)

// asksChange reports whether a text is a change of a reminder: it names one, or
// the day of one.
func (o *Front) asksChange(text string) bool {
	m := changeWords.FindStringSubmatch(text)
	if m == nil || m[4] == "" || m[1] != "" {
		return m != nil
	}
	_, _, ok := o.phrases.Days(strings.TrimSpace(m[4]), o.Office.Now())
	return ok
}

// sayChange carries out a change said in a sentence.
func (o *Front) sayChange(ctx context.Context, text string) (string, error) {
	m := changeWords.FindStringSubmatch(text)
	do, words := "跳过", strings.TrimSpace(m[4])
	switch {
	case strings.HasPrefix(m[2], "改"):
		do, words = "改", strings.TrimSpace(m[5])
	case m[2] != "":
		do, words = "推迟", strings.TrimSpace(m[5])
	case m[3] != "":
		do, words = "内容", strings.TrimSpace(m[5])
	}
	if m[1] == "" {
		return o.whichReminder(ctx, do, words)
	}
	id, err := strconv.ParseInt(m[1], 10, 64)
	if err != nil {
		return "", err
	}
	say, _, err := o.changeReminder(ctx, id, do, words)
	return say, err
}

// whichReminder carries out a change that names no reminder where only one can
// be meant, and asks else.
func (o *Front) whichReminder(ctx context.Context, do, words string) (string, error) {
	b := o.reminders()
	var fires []book.Fire
	now := o.Office.Now()
	from, to := now, now.AddDate(1, 0, 0)
	if do == "跳过" {
		first, last, ok := o.phrases.Days(words, now)
		if !ok {
			return fmt.Sprintf("没有看懂“%s”是哪一天。请发“管理 提醒 跳过 编号 哪一天”，编号用“管理 提醒 列表”看。", words), nil
		}
		from, to = remind.At(first), remind.At(last+1)
	}
	fires, err := b.Fires(ctx, from, to, store.Active)
	if err != nil {
		return "", err
	}
	ids := map[int64]bool{}
	var lines []string
	for _, f := range fires {
		if !ids[f.Reminder.ID] {
			lines = append(lines, fmt.Sprintf("%d. %s，%s：%s", f.Reminder.ID, book.Date(f.At), book.Whom(f.Reminder), f.Text))
		}
		ids[f.Reminder.ID] = true
	}
	switch len(ids) {
	case 0:
		return "那时没有要发的提醒。", nil
	case 1:
		say, _, err := o.changeReminder(ctx, fires[0].Reminder.ID, do, words)
		return say, err
	}
	return "是哪一条？\n" + strings.Join(lines, "\n") + fmt.Sprintf("\n请带上编号，比如“管理 提醒 %s %d %s”。", do, fires[0].Reminder.ID, words), nil
}
