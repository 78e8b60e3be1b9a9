package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

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
	Undo    undoCmd    `cmd:"" help:"撤回上一次改动"`
	Added   addedCmd   `cmd:"" help:"自己加的问法、没有写到、同义词、答复"`
	Drop    dropCmd    `cmd:"" help:"拿掉自己加的一条"`
	Draft   draftCmd   `cmd:"" help:"给一份文件写草稿：大家会怎么问、它没有写什么"`
	Accept  acceptCmd  `cmd:"" help:"把看过、改好的草稿收进去"`
	Vectors vectorsCmd `cmd:"" help:"接了向量模型的，给还没有向量的句子算好"`
}

type listCmd struct {
	JSON bool `name:"json" help:"只输出一个 JSON 对象"`
}

type showCmd struct {
	JSON bool   `name:"json" help:"只输出一个 JSON 对象"`
	ID   string `arg:"" name:"编号" help:"文件的编号，用 knowledge list 看；文号、标题里的几个字也行"`
}

// held gives every document and the catalogue they come from, with what lay new
// in the folder.
func held(p *office.Office) (*knowledge.Library, *catalogue.Catalogue, *catalogue.State, error) {
	p.TakeIn()
	return p.Held()
}

// Run lists the documents, and the files of the folder that were not taken in.
func (c *listCmd) Run(p *office.Office) error {
	l, _, s, err := held(p)
	if err != nil {
		return err
	}
	all := []office.Held{}
	for _, d := range l.Documents {
		all = append(all, office.Describe(d, l, s))
	}
	refused := map[string]string{}
	for name, f := range s.Folder {
		if f.Problem != "" {
			refused[name] = f.Problem
		}
	}
	if c.JSON {
		return writeJSON(p.Out, map[string]any{"documents": all, "refused": refused})
	}
	for _, h := range all {
		fmt.Fprintln(p.Out, h.Line())
	}
	for _, e := range s.Expiring(p.Today()) {
		fmt.Fprintf(p.Out, "快到期了：《%s》有效到%s，以后不再用来回答。还要用的，请用 knowledge set %s --until 改。\n", e.Title, e.Until, e.ID)
	}
	for _, problem := range inOrder(refused) {
		fmt.Fprintf(p.Out, "没有收：%s\n", problem)
	}
	return nil
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
	h := office.Describe(d, l, s)
	for _, x := range d.Clauses {
		h.Text = append(h.Text, office.HeldClause{Locator: x.Locator, Text: x.Text, Blanks: x.Blanks})
	}
	if c.JSON {
		return writeJSON(p.Out, h)
	}
	fmt.Fprintf(p.Out, "《%s》\n%s\n", d.Title, h.About())
	for _, x := range h.Doubts {
		fmt.Fprintln(p.Out, "请看一眼："+x)
	}
	fmt.Fprintln(p.Out)
	for _, x := range h.Text {
		fmt.Fprintf(p.Out, "%s　%s", x.Locator, x.Text)
		if x.Blanks {
			fmt.Fprint(p.Out, "　【x 是空着的数】")
		}
		fmt.Fprintln(p.Out)
	}
	return nil
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
	if c.JSON {
		return writeJSON(p.Out, map[string]any{"old": old.ID, "new": fresh.ID, "differences": all})
	}
	if len(all) == 0 {
		fmt.Fprintln(p.Out, "两份的正文一样。")
	}
	for _, d := range all {
		if d.Old.Quote != "" {
			fmt.Fprintf(p.Out, "旧 %s　%s\n", d.Old.Locator, d.Old.Quote)
		}
		if d.New.Quote != "" {
			fmt.Fprintf(p.Out, "新 %s　%s\n", d.New.Locator, d.New.Quote)
		}
		fmt.Fprintln(p.Out)
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
