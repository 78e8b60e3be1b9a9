package office

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"zujian/bot/console"
	"zujian/bot/remind/book"
	"zujian/bot/store"
)

// ListReminders gives the reminders that are kept.
func (g pages) ListReminders(ctx context.Context) ([]console.Reminder, error) {
	all, err := g.reminders().List(ctx)
	return shownReminders(all), told(err)
}

// OverReminders gives those that are done or were cancelled.
func (g pages) OverReminders(ctx context.Context) ([]console.Reminder, error) {
	all, err := g.reminders().Over(ctx)
	return shownReminders(all), told(err)
}

func shownReminders(all []book.Listed) (out []console.Reminder) {
	for _, l := range all {
		to := "群“" + l.To + "”"
		if !l.Group {
			to = "私聊"
		}
		out = append(out, console.Reminder{ID: l.ID, When: strings.TrimRight(l.When, "。"), Text: l.Text, To: to,
			State: book.StateName(l.State),
			Last:  l.Last, Later: l.Later, Approver: l.Approver, Next: l.Next, Paused: l.State == string(store.Paused)})
	}
	return out
}

func (g pages) proposal(ctx context.Context, by, sentence string) (book.Proposal, string, error) {
	from, err := g.Office.NamedOperator(ctx, g.DB, by)
	if err != nil {
		return book.Proposal{}, "", err
	}
	made, said, err := g.reminders().Propose(ctx, from, sentence)
	if err != nil {
		return book.Proposal{}, "", told(Plainly(err))
	}
	return made, said, nil
}

// Propose understands a sentence and says it back.
func (g pages) Propose(ctx context.Context, by, sentence string) (string, bool, error) {
	made, said, err := g.proposal(ctx, by, sentence)
	return said, made.Often > 0 || made.Everyone, err
}

// AddReminder keeps what a sentence says.
func (g pages) AddReminder(ctx context.Context, by, sentence string, often bool) (string, error) {
	made, _, err := g.proposal(ctx, by, sentence)
	if err != nil {
		return "", err
	}
	if _, why := made.Confirm(); why != "" && !often {
		return "", console.Told(why + "请先确认。没有设。")
	}
	all, err := g.reminders().Reminders(made)
	if err != nil {
		return "", told(Plainly(err))
	}
	ids, err := g.DB.AddReminders(ctx, all...)
	if err != nil {
		return "", err
	}
	if g.service != nil {
		g.service.reminders.Wake()
	}
	return fmt.Sprintf("设好了 %d 条，编号从 %d 起。", len(ids), ids[0]), nil
}

// ChangeReminder does 停, 恢复, 取消, 跳过, 发, and 改, 推迟 or 内容 with words.
func (g pages) ChangeReminder(ctx context.Context, id int64, do, words string) (string, error) {
	if do == "" {
		return "", console.Told("没有写要怎么改。")
	}
	if words == "" && (do == "改" || do == "推迟" || do == "内容") {
		return "", console.Told("请写上新的时间或者新的话。")
	}
	say, known, err := g.reminders().Do(ctx, id, do, words)
	if !known {
		return "", console.Told("没有“" + do + "”这样的改法。")
	}
	if err != nil {
		return "", told(asFailure(err))
	}
	return say, nil
}

// feedDays is how far ahead the calendar of the page looks.
const feedDays = 366

// WriteCalendar writes the times to come as an iCalendar file.
func (g pages) WriteCalendar(ctx context.Context, w io.Writer) error {
	_, err := g.reminders().WriteCalendar(ctx, w, feedDays)
	return err
}

// Fires gives the times of all active reminders in [from, to).
func (g pages) Fires(ctx context.Context, from, to time.Time) ([]console.Fire, error) {
	all, err := g.reminders().Fires(ctx, from, to, store.Active)
	if err != nil {
		return nil, err
	}
	var out []console.Fire
	for _, f := range all {
		out = append(out, console.Fire{At: f.At, ID: f.Reminder.ID, To: book.Whom(f.Reminder), Text: f.Text})
	}
	return out, nil
}
