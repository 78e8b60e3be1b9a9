package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"zujian/bot/office"
	"zujian/bot/remind"
	"zujian/bot/remind/book"
	"zujian/bot/store"
	"zujian/knowledge/text"
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

// allowing is what a person may allow of a reminder, and who gives it.
type allowing struct {
	Yes      bool   `help:"不再问，直接设"`
	Often    bool   `help:"允许比每月一次勤"`
	Everyone bool   `help:"允许@所有人"`
	By       string `help:"定提醒的人，写在提醒里；在终端里不写就是本机管理员" placeholder:"姓名"`
}

// allowed refuses what needs a word of its own that was not given.
func (a allowing) allowed(made book.Proposal) error {
	if made.Often > 0 && !a.Often {
		return office.Refuse(book.SayMonthly+"请加上 --often 再设。", made.Often)
	}
	if made.Everyone && !a.Everyone {
		return office.Refuse(book.SayEveryone + "请加上 --everyone 再设。")
	}
	return nil
}

// confirms asks for 确认 and reads one line, unless no question was wanted.
func (a allowing) confirms(p *office.Office) bool {
	if a.Yes {
		return true
	}
	fmt.Fprint(p.Out, "要设请打“确认”，不设请按回车：")
	line, _ := bufio.NewReader(p.In).ReadString('\n') // no line is no confirmation
	return strings.Trim(line, " 　\r\n“”。") == "确认"
}

// asking is withReminders for the one who gives reminders.
func (a allowing) asking(p *office.Office, do func(*book.Book, book.Asker) error) error {
	return withReminders(p, func(b *book.Book) error {
		from, err := p.NamedOperator(p.Ctx, b.DB, a.By)
		if err != nil {
			return office.Refuse("存储读不出来：%v", err)
		}
		return do(b, a.given(from, office.IsTerminal(p.In)))
	})
}

// given names who gives a reminder: where nobody else is meant, whoever types at the
// terminal of the program.
func (a allowing) given(from book.Asker, typed bool) book.Asker {
	if from.Name == "" && typed {
		from.Name = "本机管理员"
	}
	return from
}

type remindAddCmd struct {
	JSON     bool   `name:"json" help:"只输出一个 JSON 对象；要和 --yes 一起用"`
	Template string `help:"用常用的提醒，看 remind templates" placeholder:"名字"`
	To       string `help:"和 --template 一起用：提醒哪个群；不写就提醒您" placeholder:"群名"`
	allowing
	Sentence []string `arg:"" optional:"" name:"一句话" help:"什么时候提醒谁做什么"`
}

// Run says what it understood and keeps it when a person confirms.
func (c *remindAddCmd) Run(p *office.Office) error {
	sentence, err := c.sentence()
	if err != nil {
		return err
	}
	if c.JSON && !c.Yes {
		return office.Misuse("--json 要和 --yes 一起用：没有人可以问。看说明：bot remind add --help")
	}
	return c.asking(p, func(b *book.Book, from book.Asker) error { return c.propose(p, b, from, sentence) })
}

// sentence is what a person asked for: words of his own, or a template.
func (c *remindAddCmd) sentence() (string, error) {
	said := strings.Join(c.Sentence, " ")
	switch {
	case c.Template == "" && said == "":
		return "", office.Misuse("还缺内容：写一句话，或者用 --template。看说明：bot remind add --help")
	case c.Template == "":
		return said, nil
	case said != "":
		return "", office.Misuse("--template 和一句话只能用一样。看说明：bot remind add --help")
	}
	return remind.TemplateSentence(c.Template, c.To)
}

// propose says what a sentence was understood as, and keeps it once confirmed.
func (c *remindAddCmd) propose(p *office.Office, b *book.Book, from book.Asker, sentence string) error {
	made, said, err := b.Propose(p.Ctx, from, sentence)
	if err != nil {
		return office.Plainly(err)
	}
	if !c.JSON {
		fmt.Fprintln(p.Out, said)
	}
	if err := c.allowed(made); err != nil {
		return err
	}
	if !c.confirms(p) {
		return office.Refuse("没有设。")
	}
	all, err := b.Reminders(made)
	if err != nil {
		return office.Plainly(err)
	}
	ids, err := b.DB.AddReminders(p.Ctx, all...)
	if err != nil {
		return office.Refuse("没有设成，存储出了问题：%v", err)
	}
	words := book.SayKept(ids)
	if !p.Config().Connects() {
		words += "\n微信、企业微信都还没有接上，到时候发不出去。请先接上，看 bot run。"
	}
	return show(p, c.JSON, map[string]any{"reminders": ids, "text": said}, words)
}

type remindImportCmd struct {
	File string `arg:"" name:"表格" help:"XLSX、CSV 或者一行一句的 TXT"`
	allowing
}

// mostListed is how many lines one list may have.
const mostListed = 500

// Run keeps a list of reminders: all of them or, where a line is not
// understood, none.
func (c *remindImportCmd) Run(p *office.Office) error {
	data, err := office.ReadFile(c.File)
	if err != nil {
		return err
	}
	lines, err := book.ReadList(data)
	switch {
	case err != nil:
		return office.Refuse("表格 %s 读不了：%v。请用 WPS 或者 Excel 另存为 XLSX 再导入。", c.File, err)
	case len(lines) == 0:
		return office.Refuse("%s 里没有提醒。一行一句话；或者几列，标题写“什么时候”（也可以是“日期”和“时间”）“提醒谁”“什么事”。", c.File)
	case len(lines) > mostListed:
		return office.Refuse("%s 里有 %d 行，一次最多 %d 行，请分开导入。", c.File, len(lines), mostListed)
	}
	return c.asking(p, func(b *book.Book, from book.Asker) error {
		if err := from.Named(); err != nil {
			return office.Plainly(err)
		}
		return c.keep(p, b, from, lines)
	})
}

func (c *remindImportCmd) keep(p *office.Office, b *book.Book, from book.Asker, lines []book.Line) error {
	list, err := b.Understand(p.Ctx, from, lines, c.allowed)
	for _, s := range list.Said {
		fmt.Fprintln(p.Out, s)
	}
	switch {
	case err != nil:
		return office.Plainly(err)
	case len(list.Wrong) > 0:
		return office.Refuse("有 %d 行没有看懂，一条也没有设。改好再导入：\n%s", len(list.Wrong), strings.Join(list.Wrong, "\n"))
	case len(list.Reminders) == 0:
		fmt.Fprintln(p.Out, "这些都已经设过，没有再设。")
		return nil
	case !c.confirms(p):
		fmt.Fprintln(p.Out, "没有设。")
		return nil
	}
	ids, err := b.DB.AddReminders(p.Ctx, list.Reminders...)
	if err != nil {
		return office.Refuse("没有设成，存储出了问题：%v", err)
	}
	return p.Print(book.SayKept(ids), nil)
}

type (
	remindListCmd struct {
		JSON bool `name:"json" help:"只输出一个 JSON 对象"`
	}
	remindOverCmd struct {
		JSON bool `name:"json" help:"只输出一个 JSON 对象"`
	}
	remindShowCmd struct {
		JSON bool  `name:"json" help:"只输出一个 JSON 对象"`
		ID   int64 `arg:"" name:"编号" help:"用 remind list 看"`
	}
)

// Run lists the reminders.
func (c *remindListCmd) Run(p *office.Office) error {
	return withReminders(p, func(b *book.Book) error {
		all, err := b.List(p.Ctx)
		if err != nil {
			return err
		}
		return show(p, c.JSON, map[string]any{"reminders": all}, book.Words(all))
	})
}

// Run lists what is done or was cancelled.
func (c *remindOverCmd) Run(p *office.Office) error {
	return withReminders(p, func(b *book.Book) error {
		all, err := b.Over(p.Ctx)
		if err != nil {
			return err
		}
		return show(p, c.JSON, map[string]any{"reminders": all}, book.OverWords(all))
	})
}

// Run shows one reminder.
func (c *remindShowCmd) Run(p *office.Office) error {
	return withReminders(p, func(b *book.Book) error {
		if !c.JSON {
			return p.Print(b.Show(p.Ctx, c.ID))
		}
		r, err := b.Find(p.Ctx, c.ID)
		if err != nil {
			return err
		}
		l, err := b.Describe(p.Ctx, *r)
		if err != nil {
			return err
		}
		return writeJSON(p.Out, l)
	})
}

// These do to a reminder what 管理 提醒 does in a chat.
type (
	remindPauseCmd struct {
		ID int64 `arg:"" name:"编号" help:"用 remind list 看"`
	}
	remindResumeCmd remindPauseCmd
	remindCancelCmd remindPauseCmd
	remindSendCmd   remindPauseCmd
	remindSkipCmd   struct {
		ID   int64    `arg:"" name:"编号" help:"用 remind list 看"`
		Days []string `arg:"" optional:"" name:"哪一天" help:"比如 12月7日、下周；不写就是下一次"`
	}
	remindDelayCmd struct {
		ID   int64    `arg:"" name:"编号" help:"用 remind list 看"`
		When []string `arg:"" name:"时间" help:"比如 明天下午三点"`
	}
	remindAlterCmd struct {
		ID   int64    `arg:"" name:"编号" help:"用 remind list 看"`
		When []string `arg:"" optional:"" name:"时间" help:"新的时间，比如 每周四下午三点"`
		Text string   `help:"新的话，时间不变" placeholder:"话"`
	}
)

func (c *remindPauseCmd) Run(p *office.Office) error  { return changeReminder(p, c.ID, "停") }
func (c *remindResumeCmd) Run(p *office.Office) error { return changeReminder(p, c.ID, "恢复") }
func (c *remindCancelCmd) Run(p *office.Office) error { return changeReminder(p, c.ID, "取消") }
func (c *remindSendCmd) Run(p *office.Office) error   { return changeReminder(p, c.ID, "发") }
func (c *remindSkipCmd) Run(p *office.Office) error {
	return changeReminder(p, c.ID, "跳过", c.Days...)
}
func (c *remindDelayCmd) Run(p *office.Office) error {
	return changeReminder(p, c.ID, "推迟", c.When...)
}

// Run gives a reminder other times or other words.
func (c *remindAlterCmd) Run(p *office.Office) error {
	if (len(c.When) == 0) == (c.Text == "") {
		return office.Misuse("要么写新的时间，要么用 --text 写新的话。看说明：bot remind alter --help")
	}
	if c.Text != "" {
		return changeReminder(p, c.ID, "内容", c.Text)
	}
	return changeReminder(p, c.ID, "改", c.When...)
}

func changeReminder(p *office.Office, id int64, do string, words ...string) error {
	return withReminders(p, func(b *book.Book) error {
		said, _, err := b.Do(p.Ctx, id, do, strings.Join(words, " "))
		return p.Print(said, err)
	})
}

// withReminders opens the store for a command about kept reminders.
func withReminders(p *office.Office, do func(*book.Book) error) error {
	calendar, err := p.Phrases()
	if err != nil {
		return err
	}
	return withStore(p, func(db *store.DB) error {
		err := do(p.ReminderBook(db, calendar))
		if f := (office.Failure{}); err == nil || errors.As(err, &f) {
			return err
		}
		if book.Worded(err) {
			return office.Plainly(err)
		}
		return office.Refuse("没有办成，存储出了问题：%v", err)
	})
}

type remindNextCmd struct {
	JSON     bool     `name:"json" help:"只输出一个 JSON 对象"`
	Now      string   `help:"当作现在的时间，比如 2026-11-25T09:00:00+08:00" placeholder:"时间"`
	Sentence []string `arg:"" name:"一句话" help:"什么时候提醒谁做什么"`
}

// Run only says when a sentence would fire.
func (c *remindNextCmd) Run(p *office.Office) error {
	now := p.Now()
	if c.Now != "" {
		at, err := time.Parse(time.RFC3339, c.Now)
		if err != nil {
			return office.Misuse("看不懂时间“%s”，要像 2026-11-25T09:00:00+08:00 这样。看说明：bot remind next --help", c.Now)
		}
		now = at
	}
	calendar, err := p.Phrases()
	if err != nil {
		return err
	}
	sentence := strings.Join(c.Sentence, " ")
	if err := book.Refused(sentence); err != nil {
		return office.Plainly(err)
	}
	plan, err := calendar.When(sentence, now)
	if err != nil {
		return office.Plainly(err)
	}
	at, said := calendar.Times(plan, p.Config().Remind.Policy(), now, 3)
	next := make([]string, 0, len(at))
	for _, t := range at {
		next = append(next, t.In(text.Beijing).Format(time.RFC3339))
	}
	words := "我理解：" + plan.Understood() + "\n接下来：\n" + strings.Join(said, "\n")
	if n := book.Often(plan, calendar.Calendar, now); n > 0 {
		words += "\n" + fmt.Sprintf(book.SayMonthly+"设的时候请加上 --often。", n)
	}
	return show(p, c.JSON, map[string]any{"understood": plan.Understood(), "next": next}, words)
}

type remindTemplatesCmd struct {
	JSON bool `name:"json" help:"只输出一个 JSON 对象"`
}

// Run lists the templates with what they rest on.
func (c *remindTemplatesCmd) Run(p *office.Office) error {
	all, err := remind.Templates()
	if err != nil {
		return err
	}
	said, err := remind.TemplateWords(all)
	if err != nil {
		return err
	}
	return show(p, c.JSON, map[string]any{"templates": all}, said+"\n用一个：bot remind add --template 核对明细账 --to 园区妇建群")
}

type remindExportCmd struct {
	Output string `short:"o" help:"存成文件，手机和电脑的日历都能导入；不写就打在屏幕上" placeholder:"文件.ics"`
	Days   int    `default:"366" help:"写出今后多少天的" placeholder:"天数"`
}

// Run writes the times to come as a calendar.
func (c *remindExportCmd) Run(p *office.Office) error {
	if c.Days < 1 || c.Days > 3660 {
		return office.Misuse("--days 要在 1 到 3660 之间，现在是 %d。", c.Days)
	}
	return withReminders(p, func(b *book.Book) error {
		if c.Output == "" {
			_, err := b.WriteCalendar(p.Ctx, p.Out, c.Days)
			return err
		}
		n := 0
		if err := office.WriteNew(c.Output, func(w io.Writer) (err error) {
			n, err = b.WriteCalendar(p.Ctx, w, c.Days)
			return err
		}); err != nil {
			return err
		}
		fmt.Fprintf(p.Out, "写出了 %d 次提醒，在 %s。\n", n, c.Output)
		return nil
	})
}
