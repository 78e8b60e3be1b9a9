package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"zujian/bot/answer"
	"zujian/bot/console"
	"zujian/bot/draft"
	"zujian/bot/store"
	"zujian/knowledge"
	"zujian/knowledge/catalogue"
	"zujian/knowledge/rule"
)

// pages is the office as the console shows and changes it.
type pages struct{ *office }

var _ console.Office = pages{}

// openConsole opens the console and says where it is. It never keeps the
// service from running.
func (s *service) openConsole() {
	c := s.p.config.Console
	if c.Off {
		return
	}
	password, err := c.password()
	if err == nil {
		s.console, err = console.Listen(console.Options{Address: c.Address, Password: password, Figures: s.figures, Names: c.Names, TLS: c.certificate(s.p.data), Desk: s.desk, Office: pages{s.office}, Now: s.p.now, Log: s.log})
	}
	if err != nil {
		s.line("网页没有开起来：%s。其他照常。", sayConsole(err, c.Address))
		s.log.Error("the console is not open", "error", err.Error())
		return
	}
	if print := s.console.Fingerprint(); print != "" && c.CertFile == "" {
		s.line("网页的证书是自己做的，浏览器会提醒。第一次打开时请核对证书的 SHA-256 指纹：%s", print)
	}
	s.line("网页：%s\n只在这台机器上打得开的网址带着口令，每次启动都换，不要转给别人。", s.console.URL())
}

// certificate gives where the page's certificate is: the office's, or ours in the
// data folder.
func (c consoleConfig) certificate(data string) console.Certificate {
	switch {
	case c.CertFile != "":
		return console.Certificate{File: c.CertFile, Key: c.CertKey}
	case c.TLS:
		dir := filepath.Join(data, "certificate")
		return console.Certificate{File: filepath.Join(dir, "cert.pem"), Key: filepath.Join(dir, "key.pem"), Make: true}
	}
	return console.Certificate{}
}

func sayConsole(err error, address string) string {
	if errors.Is(err, console.ErrPassword) {
		return fmt.Sprintf("地址 %s 别的机器也打得开，要先在 [console] 里写 password_file 或者 password_env，口令至少 %d 个字符", address, console.ShortestPassword)
	}
	if errors.Is(err, console.ErrCertificate) {
		return "证书用不了，请核对 [console] 里的 cert_file 和 cert_key；自己做的，删掉数据文件夹里的 certificate 再启动，会重新做"
	}
	if f := (failure{}); errors.As(err, &f) {
		return strings.TrimRight(f.text, "。")
	}
	return fmt.Sprintf("地址 %s 用不了，多半是被别的程序占着，请在 [console] 里换一个 address", cmp.Or(address, console.Usual))
}

// password reads the password from where the configuration says it is.
func (c consoleConfig) password() (string, error) {
	if c.PasswordFile+c.PasswordEnv == "" {
		return "", nil
	}
	return secretFrom("配置里 console 的口令", c.PasswordFile, c.PasswordEnv)
}

// told gives an error as the console shows it.
func told(err error) error {
	if f := (failure{}); errors.As(err, &f) {
		return console.Told(f.text)
	}
	return err
}

// Held gives every document and the catalogue they come from.
func (g pages) Held() (*knowledge.Library, *catalogue.Catalogue, *catalogue.State, error) {
	l, c, s, err := g.p.held()
	return l, c, s, told(err)
}

// Changed has answers follow a change at once, not with the next look.
func (g pages) Changed() {
	if err := g.refill(true); err != nil {
		g.log.Error("the documents stay as they were", "error", err.Error())
	}
}

// Book gives the rules as they hold today.
func (g pages) Book() *rule.Book { return g.shelf.book.On(g.p.now()) }

// Look answers a question and shows what was looked at.
func (g pages) Look(ctx context.Context, question string) (answer.Look, error) {
	a, done := g.shelf.take(everything)
	defer done()
	return a.Look(ctx, question), nil
}

// mostShown is how many questions that were not answered are listed.
const mostShown = 200

// Unanswered gives the questions that were not answered, alike ones together.
func (g pages) Unanswered(ctx context.Context) ([]console.Question, error) {
	all, err := g.db.Unanswered(ctx, mostShown)
	if err != nil {
		return nil, err
	}
	a, done := g.shelf.take(everything)
	defer done()
	asked := make([]draft.Counted, len(all))
	last := map[string]time.Time{}
	for i, q := range all {
		asked[i], last[q.Text] = draft.Counted{Text: q.Text, Times: q.Times}, q.Last
	}
	groups, _ := draft.Gather(ctx, a.WithoutModel(), asked)
	var out []console.Question
	for _, c := range groups {
		q := console.Question{Text: c.Questions[0], Times: c.Times, Alike: c.Questions[1:]}
		for _, text := range c.Questions {
			if last[text].After(q.Last) {
				q.Last = last[text]
			}
		}
		out = append(out, q)
	}
	return out, nil
}

// ListReminders gives the reminders that are kept.
func (g pages) ListReminders(ctx context.Context) ([]console.Reminder, error) {
	all, err := g.book().list(ctx)
	if err != nil {
		return nil, told(err)
	}
	var out []console.Reminder
	for _, l := range all {
		to := "群“" + l.To + "”"
		if !l.Group {
			to = "私聊"
		}
		out = append(out, console.Reminder{ID: l.ID, When: strings.TrimRight(l.When, "。"), Text: l.Text, To: to, State: stateNames[store.ReminderState(l.State)],
			Last: l.Last, Approver: l.Approver, Next: l.Next, Paused: l.State == string(store.Paused)})
	}
	return out, nil
}

func (g pages) book() *book { return &book{g.p, g.db, g.phrases} }

func (g pages) proposal(ctx context.Context, by, sentence string) (proposal, string, error) {
	from, err := g.p.namedOperator(ctx, g.db, by)
	if err != nil {
		return proposal{}, "", err
	}
	made, said, err := g.p.propose(g.phrases, from, sentence)
	if err != nil {
		return proposal{}, "", told(plainly(err))
	}
	return made, said, nil
}

// Propose understands a sentence and says it back.
func (g pages) Propose(ctx context.Context, by, sentence string) (string, bool, error) {
	made, said, err := g.proposal(ctx, by, sentence)
	return said, made.Often > 0, err
}

// AddReminder keeps what a sentence says.
func (g pages) AddReminder(ctx context.Context, by, sentence string, often bool) (string, error) {
	made, _, err := g.proposal(ctx, by, sentence)
	if err != nil {
		return "", err
	}
	if made.Often > 0 && !often {
		return "", console.Told("这一条比每月一次勤，要先确认多次。没有设。")
	}
	all, err := g.p.reminders(g.phrases, made)
	if err != nil {
		return "", told(plainly(err))
	}
	ids, err := g.db.AddReminders(ctx, all...)
	if err != nil {
		return "", err
	}
	if g.service != nil {
		g.service.reminders.Wake()
	}
	return fmt.Sprintf("设好了 %d 条，编号从 %d 起。", len(ids), ids[0]), nil
}

// ChangeReminder does 停, 恢复 or 取消.
func (g pages) ChangeReminder(ctx context.Context, id int64, do string) (string, error) {
	to, ok := map[string]store.ReminderState{"停": store.Paused, "恢复": store.Active, "取消": store.Cancelled}[do]
	if !ok {
		return "", console.Told("只能停、恢复或者取消。")
	}
	_, err := g.book().change(ctx, id, to)
	if err != nil {
		return "", told(err)
	}
	if g.service != nil {
		g.service.reminders.Wake()
	}
	return map[string]string{"停": "停下了", "恢复": "接着用了", "取消": "取消了"}[do] + fmt.Sprintf("，编号 %d。", id), nil
}

// mostFires is how many times of one reminder a calendar shows.
const mostFires = 100

// Fires gives the times of all active reminders in [from, to).
func (g pages) Fires(ctx context.Context, from, to time.Time) ([]console.Fire, error) {
	all, err := g.db.Reminders(ctx)
	if err != nil {
		return nil, err
	}
	var out []console.Fire
	for _, r := range all {
		plan, err := g.phrases.plan(r.Plan)
		if err != nil || r.State != store.Active {
			continue
		}
		after := from.Add(-time.Second)
		if now := g.p.now(); now.After(after) {
			after = now // what is past was sent or told of
		}
		for range mostFires {
			at, _, ok := plan.Next(after)
			if !ok || !at.Before(to) {
				break
			}
			out = append(out, console.Fire{At: at.In(beijing), ID: r.ID, To: chatWords(r.Target), Text: plan.Text()})
			after = at
		}
	}
	slices.SortFunc(out, func(a, b console.Fire) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// Messages gives the counts, and what did not go out or may not have.
func (g pages) Messages(ctx context.Context) (string, []console.Message, error) {
	counts, err := g.db.Counts(ctx)
	if err != nil {
		return "", nil, err
	}
	items, err := g.db.Troubled(ctx, mostShown)
	if err != nil {
		return "", nil, err
	}
	var out []console.Message
	for _, it := range items {
		to := "私聊"
		if it.Target.Group {
			to = "群“" + it.Target.Chat + "”"
		}
		out = append(out, console.Message{ID: it.ID, To: to, Text: beginning(it.Text), Why: it.Reason, At: it.Created})
	}
	return countsInChinese(counts), out, nil
}

// Settle does 重发 or 放弃.
func (g pages) Settle(ctx context.Context, id int64, do string) (string, error) {
	switch do {
	case "重发":
		return g.settle(ctx, fmt.Sprint(id), g.db.Resend, "放回去了，会接着发。")
	case "放弃":
		return g.settle(ctx, fmt.Sprint(id), g.db.Discard, "不再管这一条了。")
	}
	return "", console.Told("只能重发或者放弃。")
}

// Week says what was asked and answered in the last days.
func (g pages) Week(ctx context.Context, days int) (string, error) {
	w, err := figuresOf(ctx, g.db, g.p.now(), days)
	return w.String(), err
}

// ExportRecord writes the record of answers as CSV.
func (g pages) ExportRecord(ctx context.Context, w io.Writer, from, to time.Time) error {
	_, err := g.db.ExportAudit(ctx, w, from, to)
	return err
}

// Code gives a pairing code.
func (g pages) Code(ctx context.Context) (string, int, error) {
	code, err := g.db.NewPairingCode(ctx, g.p.now())
	return code, int(store.PairingLasts.Minutes()), err
}

// Findings looks at everything, as doctor does.
func (g pages) Findings(context.Context) []console.Finding {
	var out []console.Finding
	for _, f := range g.p.findings() {
		out = append(out, console.Finding{What: f.What, Say: f.Say, OK: f.OK})
	}
	return out
}
