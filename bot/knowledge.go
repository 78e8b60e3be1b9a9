package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"zujian/bot/office"
	"zujian/knowledge"
	"zujian/knowledge/catalogue"
)

type knowledgeCmd struct {
	Add     addCmd     `cmd:"" help:"加文件：DOCX、DOC、WPS、PDF、OFD、ODT、RTF、XLSX、网页、TXT、Markdown，也可以是整个文件夹"`
	List    listCmd    `cmd:"" help:"列出手里的文件"`
	Show    showCmd    `cmd:"" help:"看一份文件是怎么读的：每句话和它的位置"`
	Diff    diffCmd    `cmd:"" help:"逐句比较两份文件"`
	Replace replaceCmd `cmd:"" help:"确认一份文件替代了另一份"`
	Retire  retireCmd  `cmd:"" help:"标为废止：不再用来回答，还查得到"`
	Restore restoreCmd `cmd:"" help:"恢复为现行"`
	Set     setCmd     `cmd:"" help:"改文件的标题、文号、日期、可见的群"`
	Share   shareCmd   `cmd:"" help:"给下级单位看"`
	Unshare unshareCmd `cmd:"" help:"不再给下级单位看"`
	Undo    undoCmd    `cmd:"" help:"撤回上一次改动"`
	Added   addedCmd   `cmd:"" help:"自己加的问法、没有写到、同义词、答复"`
	Drop    dropCmd    `cmd:"" help:"拿掉自己加的一条"`
	Draft   draftCmd   `cmd:"" help:"给一份文件写草稿：大家会怎么问、它没有写什么"`
	Accept  acceptCmd  `cmd:"" help:"把看过、改好的草稿收进去"`
	Vectors vectorsCmd `cmd:"" help:"接了向量模型的，给还没有向量的句子算好"`
}

// held gives every document and the catalogue they come from, with what lay new
// in the folder.
func held(p *office.Office) (*knowledge.Library, *catalogue.Catalogue, *catalogue.State, error) {
	p.TakeIn()
	return p.Held()
}

type listCmd struct {
	JSON bool `name:"json" help:"只输出一个 JSON 对象"`
}

// Run lists the documents, and the files of the folder that were not taken in.
func (c *listCmd) Run(p *office.Office) error {
	l, _, s, err := held(p)
	if err != nil {
		return err
	}
	all, words, refused := []office.Held{}, "", map[string]string{}
	for _, d := range l.Documents {
		h := p.Describe(d, l, s)
		all, words = append(all, h), words+h.Line()+"\n"
	}
	for _, e := range s.Expiring(p.Today()) {
		words += fmt.Sprintf("快到期了：《%s》有效到%s，以后不再用来回答。还要用的，请用 knowledge set %s --until 改。\n", e.Title, e.Until, e.ID)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Folder)) {
		if problem := s.Folder[name].Problem; problem != "" {
			refused[name], words = problem, words+"没有收："+strings.TrimSpace(problem)+"\n"
		}
	}
	return show(p, c.JSON, map[string]any{"documents": all, "refused": refused}, strings.TrimSuffix(words, "\n"))
}

type showCmd struct {
	JSON bool   `name:"json" help:"只输出一个 JSON 对象"`
	ID   string `arg:"" name:"编号" help:"文件的编号，用 knowledge list 看；文号、标题里的几个字也行"`
}

// Run shows a document as it was read, so that a person can check it.
func (c *showCmd) Run(p *office.Office) error {
	l, _, s, err := held(p)
	if err != nil {
		return err
	}
	d, err := office.Find(l, c.ID)
	if err != nil {
		return err
	}
	h := p.Describe(d, l, s)
	for _, x := range d.Clauses {
		h.Text = append(h.Text, office.HeldClause{Locator: x.Locator, Text: x.Text, Blanks: x.Blanks})
	}
	return show(p, c.JSON, h, h.Words())
}

type diffCmd struct {
	JSON bool   `name:"json" help:"只输出一个 JSON 对象"`
	Old  string `arg:"" name:"旧的" help:"旧文件的编号"`
	New  string `arg:"" name:"新的" optional:"" help:"新文件的编号；不写就是替代它的那一份"`
}

// Run compares two documents.
func (c *diffCmd) Run(p *office.Office) error {
	l, _, _, err := held(p)
	if err != nil {
		return err
	}
	old, err := office.Find(l, c.Old)
	if err != nil {
		return err
	}
	if c.New == "" {
		c.New = old.ReplacedBy
	}
	if c.New == "" {
		return office.Misuse("%s 没有被替代，请再写一份要比的文件的编号。", old.ID)
	}
	fresh, err := office.Find(l, c.New)
	if err != nil {
		return err
	}
	all := catalogue.Diff(old, fresh)
	return show(p, c.JSON, map[string]any{"old": old.ID, "new": fresh.ID, "differences": all}, office.DifferenceWords(all))
}

type addCmd struct {
	JSON     bool     `name:"json" help:"只输出一个 JSON 对象"`
	Replaces []string `help:"它替代的文件的编号" placeholder:"编号"`
	Group    []string `help:"只给这些群看，群名照微信里的写" placeholder:"群名"`
	Table    bool     `name:"as-document" help:"像台账的表格也当文件收"`
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

// fewFiles are read before a bar would be seen.
const fewFiles = 20

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
	var ledgers []catalogue.Outcome
	if !c.Table {
		if files, ledgers, err = p.WithoutLedgers(files); err != nil {
			return err
		}
	}
	outcomes, err := cat.Add(files, g, p.Now(), p.Progress("读文件", len(files) < fewFiles || c.JSON))
	if err != nil {
		return office.Refuse("没有加成，什么也没有改：%v。", err)
	}
	return tellAdded(p, append(outcomes, ledgers...), c.JSON)
}

func tellAdded(p *office.Office, outcomes []catalogue.Outcome, asJSON bool) error {
	count := map[catalogue.Status]int{}
	doubtful := 0
	for _, o := range outcomes {
		count[o.Status]++
		if len(o.Doubts) > 0 {
			doubtful++
		}
	}
	if err := show(p, asJSON, map[string]any{"files": outcomes, "added": count[catalogue.Added], "held": count[catalogue.Held],
		"refused": count[catalogue.Refused], "doubtful": doubtful}, office.AddedWords(outcomes, count, doubtful)); err != nil {
		return err
	}
	if count[catalogue.Refused] > 0 {
		return office.Refuse("有%d份没有收，原因见上面。", count[catalogue.Refused])
	}
	return nil
}

type replaceCmd struct {
	New string `arg:"" name:"新的" help:"新文件的编号"`
	Old string `arg:"" name:"旧的" help:"被替代的文件的编号"`
}

// Run has one document replace another.
func (c *replaceCmd) Run(p *office.Office) error {
	return change(p, func(s *catalogue.State, find finder) (string, error) {
		fresh, err := find(c.New)
		if err != nil {
			return "", err
		}
		old, err := find(c.Old)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%s 替代 %s", fresh, old), s.Replace(fresh, old, p.Now())
	}, "记下了：%s。旧的以后只在问到它时才引，会说明已经被替代。撤回用 knowledge undo。\n")
}

type retireCmd struct {
	ID string `arg:"" name:"编号" help:"文件的编号"`
	On string `help:"从哪天起不再执行，像 2024-05-30；不写就是今天" placeholder:"日期"`
}

// Run marks a document as repealed.
func (c *retireCmd) Run(p *office.Office) error {
	if err := checkDay(c.On); err != nil {
		return err
	}
	if c.On == "" {
		c.On = p.Today()
	}
	return change(p, func(s *catalogue.State, find finder) (string, error) {
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
func (c *restoreCmd) Run(p *office.Office) error {
	return change(p, func(s *catalogue.State, find finder) (string, error) {
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
func (c *setCmd) Run(p *office.Office) error {
	if c.about == (about{}) && len(c.Group) == 0 && !c.Everyone {
		return office.Misuse("没有写要改什么。请加上 --title、--number、--until、--group 等，全部的看 bot knowledge set --help。")
	}
	g, err := c.given()
	if err != nil {
		return err
	}
	g.Groups = c.Group
	if c.Everyone {
		g.Groups = []string{""}
	}
	return change(p, func(s *catalogue.State, find finder) (string, error) {
		id, err := find(c.ID)
		if err != nil {
			return "", err
		}
		return "改了 " + id, s.Set(id, g)
	}, "%s。\n")
}

type shareCmd struct {
	To []string `help:"只给这些下级，写单位的名字；不写就是全部" placeholder:"单位"`
	ID string   `arg:"" name:"编号" help:"文件的编号"`
}

// Run has the offices below see a document.
func (c *shareCmd) Run(p *office.Office) error {
	did, err := p.ShareDown(c.ID, c.To)
	if err == nil {
		fmt.Fprintf(p.Out, "记下了：%s。不给了用 knowledge unshare，撤回用 knowledge undo。\n", did)
	}
	return err
}

type unshareCmd struct {
	ID string `arg:"" name:"编号" help:"文件的编号"`
}

// Run has the offices below see a document no longer.
func (c *unshareCmd) Run(p *office.Office) error {
	did, err := p.Unshare(c.ID)
	if err == nil {
		fmt.Fprintf(p.Out, "记下了：%s。\n", did)
	}
	return err
}

type undoCmd struct{}

// Run takes the last change of the catalogue back.
func (c *undoCmd) Run(p *office.Office) error {
	_, cat, _, err := held(p)
	if err != nil {
		return err
	}
	undone, err := cat.Undo(p.Now())
	if err != nil {
		return office.Refuse("%v。", err)
	}
	fmt.Fprintf(p.Out, "撤回了：%s。\n", undone)
	return nil
}

// finder gives the id of the document that a person names.
type finder = func(name string) (string, error)

// change makes one change of the catalogue and says that it is made.
func change(p *office.Office, f func(*catalogue.State, finder) (string, error), say string) error {
	p.TakeIn()
	did, err := p.Change(f)
	if err == nil {
		fmt.Fprintf(p.Out, say, did)
	}
	return err
}
