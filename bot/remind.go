package main

import (
	"bufio"
	"errors"
	"fmt"
	"strings"
	"time"

	"zujian/bot/remind"
	"zujian/bot/remind/book"
	"zujian/bot/store"
)

type remindCmd struct {
	Add    remindAddCmd    `cmd:"" help:"设一条提醒，写一句话"`
	List   remindListCmd   `cmd:"" help:"列出提醒"`
	Show   remindShowCmd   `cmd:"" help:"看一条提醒和最近几次的情况"`
	Pause  remindPauseCmd  `cmd:"" help:"先停一条"`
	Resume remindResumeCmd `cmd:"" help:"接着用停了的一条"`
	Cancel remindCancelCmd `cmd:"" help:"取消一条"`
	Alter  remindAlterCmd  `cmd:"" help:"改一条的时间，或者用 --text 改说的话"`
	Skip   remindSkipCmd   `cmd:"" help:"某一次不发，别的照常"`
	Delay  remindDelayCmd  `cmd:"" help:"下一次推迟到另一个时间"`
	Send   remindSendCmd   `cmd:"" help:"现在就发一遍"`
	Over   remindOverCmd   `cmd:"" help:"列出办完了的和取消了的"`
	Next   remindNextCmd   `cmd:"" help:"只看一句话是哪几天，不设"`

	Templates remindTemplatesCmd `cmd:"" help:"常用的提醒"`
	Import    remindImportCmd    `cmd:"" help:"从表格里设一批"`
	Export    remindExportCmd    `cmd:"" help:"写成日历文件，手机能导入"`
}

type remindAddCmd struct {
	JSON     bool     `name:"json" help:"只输出一个 JSON 对象；要和 --yes 一起用"`
	Template string   `help:"用常用的提醒，看 remind templates" placeholder:"名字"`
	To       string   `help:"和 --template 一起用：提醒哪个群；不写就提醒您" placeholder:"群名"`
	Yes      bool     `help:"不再问，直接设"`
	Often    bool     `help:"允许比每月一次勤"`
	By       string   `help:"定提醒的人，写在提醒里" placeholder:"姓名"`
	Sentence []string `arg:"" optional:"" name:"一句话" help:"什么时候提醒谁做什么"`
}

// Run says what it understood and keeps it when a person confirms.
func (c *remindAddCmd) Run(p *program) error {
	sentence, err := c.sentence()
	if err != nil {
		return err
	}
	if c.JSON && !c.Yes {
		return misuse("--json 要和 --yes 一起用：没有人可以问。看说明：bot remind add --help")
	}
	calendar, err := p.phrases()
	if err != nil {
		return err
	}
	db, err := p.openStore()
	if err != nil {
		return err
	}
	defer db.Close()
	from, err := p.namedOperator(p.ctx, db, c.By)
	if err != nil {
		return refuse("存储读不出来：%v", err)
	}
	b := p.reminderBook(db, calendar)
	made, said, err := b.Propose(p.ctx, from, sentence)
	if err != nil {
		return plainly(err)
	}
	if !c.JSON {
		fmt.Fprintln(p.out, said)
	}
	if made.Often > 0 && !c.Often {
		return refuse(book.SayMonthly+"请加上 --often 再设。", made.Often)
	}
	if !c.Yes && !p.confirms() {
		return refuse("没有设。")
	}
	all, err := b.Reminders(made)
	if err != nil {
		return plainly(err)
	}
	ids, err := db.AddReminders(p.ctx, all...)
	if err != nil {
		return refuse("没有设成，存储出了问题：%v", err)
	}
	if c.JSON {
		return writeJSON(p.out, map[string]any{"reminders": ids, "text": said})
	}
	fmt.Fprintln(p.out, kept(ids))
	if !p.config.connects() {
		fmt.Fprintln(p.out, "微信、企业微信都还没有接上，到时候发不出去。请先接上，看 bot run。")
	}
	return nil
}

// kept says that reminders are kept.
func kept(ids []int64) string {
	var numbers []string
	for _, id := range ids {
		numbers = append(numbers, fmt.Sprint(id))
	}
	return "设好了，编号 " + strings.Join(numbers, "、") + "。到时候程序要开着（bot run）。"
}

// plainly words an error for the terminal.
func plainly(err error) error {
	if f := (failure{}); errors.As(err, &f) {
		return f
	}
	text := err.Error()
	if a := (*remind.Ambiguous)(nil); errors.As(err, &a) {
		text += "\n请写清楚再试一次，比如：" + firstReading(a)
	}
	return refuse("%s", text)
}

// firstReading is the sentence with the first option put in.
func firstReading(a *remind.Ambiguous) string {
	if len(a.Options) == 0 {
		return a.With(a.Example)
	}
	return a.With(a.Options[0])
}

// confirms asks for 确认 and reads one line.
func (p *program) confirms() bool {
	fmt.Fprint(p.out, "要设请打“确认”，不设请按回车：")
	line, _ := bufio.NewReader(p.in).ReadString('\n') // no line is no confirmation
	return strings.Trim(line, " 　\r\n“”。") == "确认"
}

type remindListCmd struct {
	JSON bool `name:"json" help:"只输出一个 JSON 对象"`
}

// Run lists the reminders.
func (c *remindListCmd) Run(p *program) error {
	return p.withReminders(func(b *book.Book) error {
		all, err := b.List(p.ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			return writeJSON(p.out, map[string]any{"reminders": all})
		}
		fmt.Fprintln(p.out, book.Words(all))
		return nil
	})
}

type remindShowCmd struct {
	JSON bool  `name:"json" help:"只输出一个 JSON 对象"`
	ID   int64 `arg:"" name:"编号" help:"用 remind list 看"`
}

// Run shows one reminder.
func (c *remindShowCmd) Run(p *program) error {
	return p.withReminders(func(b *book.Book) error {
		if !c.JSON {
			return p.prints(b.Show(p.ctx, c.ID))
		}
		r, err := b.Find(p.ctx, c.ID)
		if err != nil {
			return err
		}
		l, err := b.Describe(p.ctx, *r)
		if err != nil {
			return err
		}
		return writeJSON(p.out, l)
	})
}

type remindPauseCmd struct {
	ID int64 `arg:"" name:"编号" help:"用 remind list 看"`
}

// Run pauses a reminder.
func (c *remindPauseCmd) Run(p *program) error {
	return p.withReminders(func(b *book.Book) error { return p.prints(b.Change(p.ctx, c.ID, store.Paused)) })
}

type remindResumeCmd struct {
	ID int64 `arg:"" name:"编号" help:"用 remind list 看"`
}

// Run has a paused reminder fire again.
func (c *remindResumeCmd) Run(p *program) error {
	return p.withReminders(func(b *book.Book) error { return p.prints(b.Change(p.ctx, c.ID, store.Active)) })
}

type remindCancelCmd struct {
	ID int64 `arg:"" name:"编号" help:"用 remind list 看"`
}

// Run cancels a reminder.
func (c *remindCancelCmd) Run(p *program) error {
	return p.withReminders(func(b *book.Book) error { return p.prints(b.Change(p.ctx, c.ID, store.Cancelled)) })
}

func (p *program) prints(said string, err error) error {
	if err != nil {
		return err
	}
	fmt.Fprintln(p.out, said)
	return nil
}

// withReminders opens the store for a command about kept reminders.
func (p *program) withReminders(do func(*book.Book) error) error {
	calendar, err := p.phrases()
	if err != nil {
		return err
	}
	db, err := p.openStore()
	if err != nil {
		return err
	}
	defer db.Close()
	err = do(p.reminderBook(db, calendar))
	if f := (failure{}); err == nil || errors.As(err, &f) {
		return err
	}
	if worded(err) {
		return plainly(err)
	}
	return refuse("没有办成，存储出了问题：%v", err)
}

// worded reports whether an error of the reminders is in words for the person.
func worded(err error) bool {
	return errors.As(err, new(book.Refusal)) || remind.Worded(err)
}

type remindNextCmd struct {
	JSON     bool     `name:"json" help:"只输出一个 JSON 对象"`
	Now      string   `help:"当作现在的时间，比如 2026-11-25T09:00:00+08:00" placeholder:"时间"`
	Sentence []string `arg:"" name:"一句话" help:"什么时候提醒谁做什么"`
}

// Run only says when a sentence would fire.
func (c *remindNextCmd) Run(p *program) error {
	now := p.now()
	if c.Now != "" {
		at, err := time.Parse(time.RFC3339, c.Now)
		if err != nil {
			return misuse("看不懂时间“%s”，要像 2026-11-25T09:00:00+08:00 这样。看说明：bot remind next --help", c.Now)
		}
		now = at
	}
	calendar, err := p.phrases()
	if err != nil {
		return err
	}
	plan, err := calendar.When(strings.Join(c.Sentence, " "), now)
	if err != nil {
		return plainly(err)
	}
	at, said := calendar.Times(plan, p.config.Remind.policy(), now, 3)
	if !c.JSON {
		fmt.Fprintf(p.out, "我理解：%s\n接下来：\n%s\n", plan.Understood(), strings.Join(said, "\n"))
		return nil
	}
	next := make([]string, 0, len(at))
	for _, t := range at {
		next = append(next, t.In(beijing).Format(time.RFC3339))
	}
	return writeJSON(p.out, map[string]any{"understood": plan.Understood(), "next": next})
}
