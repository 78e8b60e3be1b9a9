package main

import (
	"fmt"
	"strings"
	"time"

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

// held is a document as list and show give it with --json.
type held struct {
	ID         string             `json:"id"`
	Title      string             `json:"title"`
	Kind       knowledge.Kind     `json:"kind"`
	Issuer     string             `json:"issuer"`
	Number     string             `json:"number"`
	Issued     string             `json:"issued"`
	Effective  string             `json:"effective"`
	Until      string             `json:"until,omitempty"`
	Ended      string             `json:"ended"`
	Validity   knowledge.Validity `json:"validity"`
	ReplacedBy string             `json:"replaced_by"`
	Replaces   []string           `json:"replaces"`
	Groups     []string           `json:"groups"`
	Source     string             `json:"source"`
	Format     string             `json:"format"`
	Hash       string             `json:"hash"`
	Shipped    bool               `json:"shipped"`
	Count      int                `json:"clauses"`
	Asks       int                `json:"asks"`
	Gaps       int                `json:"gaps"`
	AddedBy    string             `json:"added_by,omitempty"`
	AddedAt    time.Time          `json:"added_at,omitzero"`
	File       string             `json:"file,omitempty"`
	Doubts     []string           `json:"doubts,omitempty"`
	Text       []heldClause       `json:"text,omitempty"`
}

type heldClause struct {
	Locator string `json:"locator"`
	Text    string `json:"text"`
	Blanks  bool   `json:"blanks"`
}

func hold(d *knowledge.Document, l *knowledge.Library, s *catalogue.State) held {
	h := held{ID: d.ID, Title: d.Title, Kind: d.Kind, Issuer: d.Issuer, Number: d.Number, Issued: d.Issued, Effective: d.Effective, Ended: d.Ended,
		Validity: d.Validity, ReplacedBy: d.ReplacedBy, Replaces: []string{}, Groups: append([]string{}, d.Groups...), Source: d.Source,
		Format: d.Format, Hash: d.Hash, Shipped: d.Shipped, Count: len(d.Clauses), Gaps: len(d.Gaps)}
	for _, a := range d.Asked {
		h.Asks += len(a.Asks)
	}
	for _, o := range l.Documents {
		if o.ReplacedBy == d.ID {
			h.Replaces = append(h.Replaces, o.ID)
		}
	}
	if e := s.Entry(d.ID); e != nil {
		h.AddedBy, h.AddedAt, h.File, h.Doubts, h.Until = e.AddedBy, e.AddedAt, e.File, e.Doubts, e.Until
	}
	return h
}

// held gives every document and the catalogue they come from.
func (p *program) held() (*knowledge.Library, *catalogue.Catalogue, *catalogue.State, error) {
	l, err := p.allDocuments()
	if err != nil {
		return nil, nil, nil, err
	}
	c := p.catalogue(l)
	s, err := c.Read()
	if err != nil {
		return nil, nil, nil, refuse("%v。", err)
	}
	return l, c, s, nil
}

// Run lists the documents, and the files of the folder that were not taken in.
func (c *listCmd) Run(p *program) error {
	l, _, s, err := p.held()
	if err != nil {
		return err
	}
	all := []held{}
	for _, d := range l.Documents {
		all = append(all, hold(d, l, s))
	}
	refused := map[string]string{}
	for name, f := range s.Folder {
		if f.Problem != "" {
			refused[name] = f.Problem
		}
	}
	if c.JSON {
		return writeJSON(p.out, map[string]any{"documents": all, "refused": refused})
	}
	for _, h := range all {
		fmt.Fprintln(p.out, h.line())
	}
	for _, e := range s.Expiring(p.today()) {
		fmt.Fprintf(p.out, "快到期了：《%s》有效到%s，以后不再用来回答。还要用的，请用 knowledge set %s --until 改。\n", e.Title, e.Until, e.ID)
	}
	for _, problem := range inOrder(refused) {
		fmt.Fprintf(p.out, "没有收：%s\n", problem)
	}
	return nil
}

func (h held) line() string {
	parts := []string{string(h.Kind), string(h.Validity)}
	if h.Kind == "" {
		parts = parts[1:]
	}
	if h.ReplacedBy != "" {
		parts[len(parts)-1] += "（由 " + h.ReplacedBy + "）"
	}
	for _, x := range []string{h.Number, h.Issued} {
		if x != "" {
			parts = append(parts, x)
		}
	}
	if h.Until != "" {
		parts = append(parts, "有效到"+h.Until)
	}
	parts = append(parts, fmt.Sprintf("%d 句", h.Count))
	if h.Asks > 0 {
		parts = append(parts, fmt.Sprintf("问法 %d 种，缺项 %d 个", h.Asks, h.Gaps))
	}
	if len(h.Groups) > 0 {
		parts = append(parts, "只给"+strings.Join(h.Groups, "、"))
	}
	return h.ID + "  《" + h.Title + "》  " + strings.Join(parts, "，")
}

// Run shows a document as it was read, so that a person can check it.
func (c *showCmd) Run(p *program) error {
	l, _, s, err := p.held()
	if err != nil {
		return err
	}
	d, err := named(l, c.ID)
	if err != nil {
		return err
	}
	h := hold(d, l, s)
	for _, x := range d.Clauses {
		h.Text = append(h.Text, heldClause{x.Locator, x.Text, x.Blanks})
	}
	if c.JSON {
		return writeJSON(p.out, h)
	}
	fmt.Fprintf(p.out, "《%s》\n%s\n", d.Title, h.about())
	for _, x := range h.Doubts {
		fmt.Fprintln(p.out, "请看一眼："+x)
	}
	fmt.Fprintln(p.out)
	for _, x := range h.Text {
		fmt.Fprintf(p.out, "%s　%s", x.Locator, x.Text)
		if x.Blanks {
			fmt.Fprint(p.out, "　【x 是空着的数】")
		}
		fmt.Fprintln(p.out)
	}
	return nil
}

// about is what is known of the document, a line each.
func (h held) about() string {
	lines := []string{strings.TrimPrefix(string(h.Kind)+"，"+string(h.Validity), "，")}
	for _, x := range []struct{ name, value string }{{"发文机关", h.Issuer}, {"文号", h.Number}, {"落款日期", h.Issued}, {"施行日期", h.Effective}, {"有效到", h.Until}, {"不再执行", h.Ended},
		{"被替代", h.ReplacedBy}, {"替代了", strings.Join(h.Replaces, "、")}, {"只给这些群", strings.Join(h.Groups, "、")}, {"来源", h.Source}, {"文件", h.File}} {
		if x.value != "" {
			lines = append(lines, x.name+"："+x.value)
		}
	}
	return strings.Join(lines, "\n")
}

// named finds the one document that a person means: by id, by the beginning of
// it, by number, or by words of the title.
func named(l *knowledge.Library, name string) (*knowledge.Document, error) {
	if d := l.Document(name); d != nil {
		return d, nil
	}
	var found []*knowledge.Document
	for _, is := range []func(*knowledge.Document) bool{
		func(d *knowledge.Document) bool { return strings.HasPrefix(d.ID, name) && len(name) >= 3 },
		func(d *knowledge.Document) bool { return d.Number != "" && strings.Contains(d.Number, name) },
		func(d *knowledge.Document) bool { return strings.Contains(d.Title, strings.Trim(name, "《》")) },
	} {
		for _, d := range l.Documents {
			if name != "" && is(d) {
				found = append(found, d)
			}
		}
		if len(found) > 0 {
			break
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, refuse("没有编号是“%s”的文件。现有：%s", name, strings.Join(ids(l), "、"))
	}
	return nil, refuse("“%s”不止一份：%s。请写编号。", name, strings.Join(ids(&knowledge.Library{Documents: found}), "、"))
}

func ids(l *knowledge.Library) []string {
	var out []string
	for _, d := range l.Documents {
		out = append(out, d.ID)
	}
	return out
}
