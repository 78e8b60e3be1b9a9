package main

import (
	"fmt"
	"path/filepath"
	"time"

	"zujian/bot/office"
	"zujian/knowledge/catalogue"
)

type addCmd struct {
	JSON     bool     `name:"json" help:"只输出一个 JSON 对象"`
	Replaces []string `help:"它替代的文件的编号" placeholder:"编号"`
	Group    []string `help:"只给这些群看，群名照微信里的写" placeholder:"群名"`
	By       string   `help:"谁加的，写科室就行" default:"本机" placeholder:"科室"`
	about

	Paths []string `arg:"" name:"文件" help:"文件或者文件夹"`
}

// about is what can be said of a document by hand.
type about struct {
	Title     string `help:"标题" placeholder:"标题"`
	Short     string `help:"回答里怎么叫它" placeholder:"简称"`
	Issuer    string `help:"发文机关" placeholder:"机关"`
	Number    string `help:"文号" placeholder:"文号"`
	Issued    string `help:"落款日期，像 2024-05-30" placeholder:"日期"`
	Effective string `help:"施行日期，像 2024-07-01" placeholder:"日期"`
	Until     string `help:"有效到哪天，过了就不再用来回答" placeholder:"日期"`
	Scope     string `help:"管哪里，像 全市" placeholder:"范围"`
	Source    string `help:"从哪里来的" placeholder:"来源"`
}

// given checks what was said of a document.
func (a about) given() (catalogue.Given, error) {
	for _, day := range []string{a.Issued, a.Effective, a.Until} {
		if err := checkDay(day); err != nil {
			return catalogue.Given{}, err
		}
	}
	return catalogue.Given{Title: a.Title, Short: a.Short, Issuer: a.Issuer, Number: a.Number, Issued: a.Issued, Effective: a.Effective,
		Until: a.Until, Scope: a.Scope, Source: a.Source}, nil
}

func checkDay(day string) error {
	if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
		return office.Misuse("“%s”不是日期，要写成 2024-05-30 这样。", day)
	}
	return nil
}

// Run takes in files and says what became of each.
func (c *addCmd) Run(p *office.Office) error {
	l, cat, _, err := held(p)
	if err != nil {
		return err
	}
	g, err := c.given()
	if err != nil {
		return err
	}
	g.Groups, g.By = c.Group, c.By
	for _, name := range c.Replaces {
		d, err := office.Find(l, name)
		if err != nil {
			return err
		}
		g.Replaces = append(g.Replaces, d.ID)
	}
	files, err := catalogue.Files(c.Paths)
	if err != nil {
		return office.Refuse("%v。", err)
	}
	if len(files) == 0 {
		return office.Refuse("文件夹里没有文件。")
	}
	if len(files) > 1 && (len(c.Replaces) > 0 || g.Title != "" || g.Number != "") {
		return office.Misuse("一次加几份文件时，不能写 --replaces、--title、--number。请一份一份加。")
	}
	if !c.JSON && office.IsTerminal(p.Err) {
		cat = cat.TellPages(func(file, page string) { fmt.Fprintf(p.Err, "%s：%s。\n", file, page) })
	}
	outcomes, err := cat.Add(files, g, p.Now(), progress(p, len(files), c.JSON))
	if err != nil {
		return office.Refuse("没有加成，什么也没有改：%v。", err)
	}
	return tellAdded(p, cat, outcomes, c.JSON)
}

// progress shows a bar where a person watches and there is much to read.
func progress(p *office.Office, n int, quiet bool) func(done, all int) {
	if quiet || !office.IsTerminal(p.Err) || n < 20 {
		return nil
	}
	return func(done, all int) { progressLine(p, "读文件", done, all) }
}

// progressLine writes over one line how far something is, and ends it when it is
// done.
func progressLine(p *office.Office, what string, done, all int) {
	fmt.Fprintf(p.Err, "\r%s %d/%d", what, done, all)
	if done == all {
		fmt.Fprintln(p.Err)
	}
}

func tellAdded(p *office.Office, cat *catalogue.Catalogue, outcomes []catalogue.Outcome, asJSON bool) error {
	count := map[catalogue.Status]int{}
	doubtful := 0
	for _, o := range outcomes {
		count[o.Status]++
		if len(o.Doubts) > 0 {
			doubtful++
		}
	}
	if asJSON {
		if err := writeJSON(p.Out, map[string]any{"files": outcomes, "added": count[catalogue.Added], "held": count[catalogue.Held],
			"refused": count[catalogue.Refused], "doubtful": doubtful}); err != nil {
			return err
		}
	} else {
		for _, o := range outcomes {
			tellOutcome(p, o)
		}
		if len(outcomes) > 1 {
			fmt.Fprintf(p.Out, "一共%d份：收了%d份，已经有的%d份，没有收的%d份；收了的里面有%d份请看一眼。\n", len(outcomes), count[catalogue.Added],
				count[catalogue.Held], count[catalogue.Refused], doubtful)
		}
	}
	if count[catalogue.Refused] > 0 {
		return office.Refuse("有%d份没有收，原因见上面。", count[catalogue.Refused])
	}
	return nil
}

func tellOutcome(p *office.Office, o catalogue.Outcome) {
	switch o.Status {
	case catalogue.Added:
		fmt.Fprintf(p.Out, "收了：《%s》，编号 %s，%d 句。用 knowledge show %s 核对一遍。\n", o.Title, o.ID, o.Clauses, o.ID)
	case catalogue.Held:
		fmt.Fprintf(p.Out, "已经有了：%s，%s。\n", filepath.Base(o.File), o.Say)
	case catalogue.Refused:
		fmt.Fprintf(p.Out, "没有收：%s\n", o.Say)
	}
	for _, d := range o.Doubts {
		fmt.Fprintln(p.Out, "　请看一眼："+d)
	}
	for _, id := range o.Instead {
		fmt.Fprintf(p.Out, "　像是替代了 %s。是的话请运行：bot knowledge replace %s %s\n", id, o.ID, id)
	}
}
