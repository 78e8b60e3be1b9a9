package main

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

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
	return catalogue.Given{Title: a.Title, Short: a.Short, Issuer: a.Issuer, Number: a.Number, Issued: a.Issued, Effective: a.Effective, Until: a.Until, Scope: a.Scope, Source: a.Source}, nil
}

func checkDay(day string) error {
	if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
		return misuse("“%s”不是日期，要写成 2024-05-30 这样。", day)
	}
	return nil
}

// Run takes in files and says what became of each.
func (c *addCmd) Run(p *program) error {
	l, cat, _, err := p.held()
	if err != nil {
		return err
	}
	g, err := c.given()
	if err != nil {
		return err
	}
	g.Groups, g.By = c.Group, c.By
	for _, name := range c.Replaces {
		d, err := named(l, name)
		if err != nil {
			return err
		}
		g.Replaces = append(g.Replaces, d.ID)
	}
	files, err := catalogue.Files(c.Paths)
	if err != nil {
		return refuse("%v。", err)
	}
	if len(files) == 0 {
		return refuse("文件夹里没有文件。")
	}
	if len(files) > 1 && (len(c.Replaces) > 0 || g.Title != "" || g.Number != "") {
		return misuse("一次加几份文件时，不能写 --replaces、--title、--number。请一份一份加。")
	}
	if !c.JSON && isTerminal(p.err) {
		cat = cat.TellPages(func(file, page string) { fmt.Fprintf(p.err, "%s：%s。\n", file, page) })
	}
	outcomes, err := cat.Add(files, g, p.now(), p.progress(len(files), c.JSON))
	if err != nil {
		return refuse("没有加成，什么也没有改：%v。", err)
	}
	return p.tellAdded(cat, outcomes, c.JSON)
}

// progress shows a bar where a person watches and there is much to read.
func (p *program) progress(n int, quiet bool) func(done, all int) {
	if quiet || !isTerminal(p.err) || n < 20 {
		return nil
	}
	return func(done, all int) { p.line("读文件", done, all) }
}

// line writes over one line how far something is, and ends it when it is done.
func (p *program) line(what string, done, all int) {
	fmt.Fprintf(p.err, "\r%s %d/%d", what, done, all)
	if done == all {
		fmt.Fprintln(p.err)
	}
}

func (p *program) tellAdded(cat *catalogue.Catalogue, outcomes []catalogue.Outcome, asJSON bool) error {
	count := map[catalogue.Status]int{}
	doubtful := 0
	for _, o := range outcomes {
		count[o.Status]++
		if len(o.Doubts) > 0 {
			doubtful++
		}
	}
	if asJSON {
		if err := writeJSON(p.out, map[string]any{"files": outcomes, "added": count[catalogue.Added], "held": count[catalogue.Held], "refused": count[catalogue.Refused], "doubtful": doubtful}); err != nil {
			return err
		}
	} else {
		for _, o := range outcomes {
			p.tellOutcome(o)
		}
		if len(outcomes) > 1 {
			fmt.Fprintf(p.out, "一共%d份：收了%d份，已经有的%d份，没有收的%d份；收了的里面有%d份请看一眼。\n", len(outcomes), count[catalogue.Added], count[catalogue.Held], count[catalogue.Refused], doubtful)
		}
	}
	if count[catalogue.Refused] > 0 {
		return refuse("有%d份没有收，原因见上面。", count[catalogue.Refused])
	}
	return nil
}

func (p *program) tellOutcome(o catalogue.Outcome) {
	switch o.Status {
	case catalogue.Added:
		fmt.Fprintf(p.out, "收了：《%s》，编号 %s，%d 句。用 knowledge show %s 核对一遍。\n", o.Title, o.ID, o.Clauses, o.ID)
	case catalogue.Held:
		fmt.Fprintf(p.out, "已经有了：%s，%s。\n", filepath.Base(o.File), o.Say)
	case catalogue.Refused:
		fmt.Fprintf(p.out, "没有收：%s\n", o.Say)
	}
	for _, d := range o.Doubts {
		fmt.Fprintln(p.out, "　请看一眼："+d)
	}
	for _, id := range o.Instead {
		fmt.Fprintf(p.out, "　像是替代了 %s。是的话请运行：bot knowledge replace %s %s\n", id, o.ID, id)
	}
}

type replaceCmd struct {
	New string `arg:"" name:"新的" help:"新文件的编号"`
	Old string `arg:"" name:"旧的" help:"被替代的文件的编号"`
}

// Run has one document replace another.
func (c *replaceCmd) Run(p *program) error {
	return p.change(func(s *catalogue.State, find finder) (string, error) {
		fresh, err := find(c.New)
		if err != nil {
			return "", err
		}
		old, err := find(c.Old)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%s 替代 %s", fresh, old), s.Replace(fresh, old, p.now())
	}, "记下了：%s。旧的以后只在问到它时才引，会说明已经被替代。撤回用 knowledge undo。\n")
}

type retireCmd struct {
	ID string `arg:"" name:"编号" help:"文件的编号"`
	On string `help:"从哪天起不再执行，像 2024-05-30；不写就是今天" placeholder:"日期"`
}

// Run marks a document as repealed.
func (c *retireCmd) Run(p *program) error {
	if err := checkDay(c.On); err != nil {
		return err
	}
	if c.On == "" {
		c.On = p.now().Format(time.DateOnly)
	}
	return p.change(func(s *catalogue.State, find finder) (string, error) {
		id, err := find(c.ID)
		if err != nil {
			return "", err
		}
		return id + " 标为废止", s.Retire(id, c.On)
	}, "记下了：%s。恢复用 knowledge restore，撤回用 knowledge undo。\n")
}

type restoreCmd struct {
	ID string `arg:"" name:"编号" help:"文件的编号"`
}

// Run has a document hold again.
func (c *restoreCmd) Run(p *program) error {
	return p.change(func(s *catalogue.State, find finder) (string, error) {
		id, err := find(c.ID)
		if err != nil {
			return "", err
		}
		return id + " 恢复为现行", s.Restore(id)
	}, "记下了：%s。\n")
}

type setCmd struct {
	Group    []string `help:"只给这些群看" placeholder:"群名"`
	Everyone bool     `help:"给所有人看"`
	about

	ID string `arg:"" name:"编号" help:"文件的编号"`
}

// Run changes what is written of a document.
func (c *setCmd) Run(p *program) error {
	g, err := c.given()
	if err != nil {
		return err
	}
	g.Groups = c.Group
	if c.Everyone {
		g.Groups = []string{""}
	}
	return p.change(func(s *catalogue.State, find finder) (string, error) {
		id, err := find(c.ID)
		if err != nil {
			return "", err
		}
		return "改了 " + id, s.Set(id, g)
	}, "%s。\n")
}

type undoCmd struct{}

// Run takes the last change of the catalogue back.
func (c *undoCmd) Run(p *program) error {
	_, cat, _, err := p.held()
	if err != nil {
		return err
	}
	undone, err := cat.Undo(p.now())
	if err != nil {
		return refuse("%v。", err)
	}
	fmt.Fprintf(p.out, "撤回了：%s。\n", undone)
	return nil
}

// finder gives the id of the document that a person names.
type finder func(name string) (string, error)

// change makes one change of the catalogue and says that it is made.
func (p *program) change(f func(*catalogue.State, finder) (string, error), say string) error {
	l, cat, _, err := p.held()
	if err != nil {
		return err
	}
	find := func(name string) (string, error) {
		d, err := named(l, name)
		if err != nil {
			return "", err
		}
		return d.ID, nil
	}
	did, err := cat.Do(p.now(), func(s *catalogue.State) (string, error) { return f(s, find) })
	if known := (failure{}); errors.As(err, &known) {
		return err
	}
	if err != nil {
		return refuse("没有改成：%v。", err)
	}
	fmt.Fprintf(p.out, say, did)
	return nil
}

type diffCmd struct {
	JSON bool   `name:"json" help:"只输出一个 JSON 对象"`
	Old  string `arg:"" name:"旧的" help:"旧文件的编号"`
	New  string `arg:"" name:"新的" optional:"" help:"新文件的编号；不写就是替代它的那一份"`
}

// Run compares two documents.
func (c *diffCmd) Run(p *program) error {
	l, _, _, err := p.held()
	if err != nil {
		return err
	}
	old, err := named(l, c.Old)
	if err != nil {
		return err
	}
	if c.New == "" {
		c.New = old.ReplacedBy
	}
	if c.New == "" {
		return misuse("%s 没有被替代，请再写一份要比的文件的编号。", old.ID)
	}
	fresh, err := named(l, c.New)
	if err != nil {
		return err
	}
	all := catalogue.Diff(old, fresh)
	if c.JSON {
		return writeJSON(p.out, map[string]any{"old": old.ID, "new": fresh.ID, "differences": all})
	}
	if len(all) == 0 {
		fmt.Fprintln(p.out, "两份的正文一样。")
	}
	for _, d := range all {
		if d.Old.Quote != "" {
			fmt.Fprintf(p.out, "旧 %s　%s\n", d.Old.Locator, d.Old.Quote)
		}
		if d.New.Quote != "" {
			fmt.Fprintf(p.out, "新 %s　%s\n", d.New.Locator, d.New.Quote)
		}
		fmt.Fprintln(p.out)
	}
	return nil
}

// inOrder gives the values in the order of their keys.
func inOrder(m map[string]string) []string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, strings.TrimSpace(m[k]))
	}
	return out
}
