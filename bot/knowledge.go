package main

import (
	"fmt"
	"strings"

	"zujian/knowledge"
)

type knowledgeCmd struct {
	List listCmd `cmd:"" help:"列出手里的文件"`
	Show showCmd `cmd:"" help:"看一份文件是怎么读的：每句话和它的位置"`
}

type listCmd struct {
	JSON bool `name:"json" help:"只输出一个 JSON 对象"`
}

type showCmd struct {
	JSON bool   `name:"json" help:"只输出一个 JSON 对象"`
	ID   string `arg:"" name:"编号" help:"文件的编号，用 knowledge list 看"`
}

// held is a document as list and show give it with --json.
type held struct {
	ID       string             `json:"id"`
	Title    string             `json:"title"`
	Kind     knowledge.Kind     `json:"kind"`
	Issuer   string             `json:"issuer"`
	Number   string             `json:"number"`
	Issued   string             `json:"issued"`
	Validity knowledge.Validity `json:"validity"`
	Source   string             `json:"source"`
	Shipped  bool               `json:"shipped"`
	Count    int                `json:"clauses"`
	Asks     int                `json:"asks"`
	Gaps     int                `json:"gaps"`
	Text     []heldClause       `json:"text,omitempty"`
}

type heldClause struct {
	Locator string `json:"locator"`
	Text    string `json:"text"`
	Blanks  bool   `json:"blanks"`
}

func hold(d *knowledge.Document) held {
	h := held{ID: d.ID, Title: d.Title, Kind: d.Kind, Issuer: d.Issuer, Number: d.Number, Issued: d.Issued,
		Validity: d.Validity, Source: d.Source, Shipped: d.Shipped, Count: len(d.Clauses), Gaps: len(d.Gaps)}
	for _, a := range d.Asked {
		h.Asks += len(a.Asks)
	}
	return h
}

// Run lists the documents.
func (c *listCmd) Run(p *program) error {
	l, err := p.library()
	if err != nil {
		return err
	}
	var all []held
	for _, d := range l.Documents {
		all = append(all, hold(d))
	}
	if c.JSON {
		return writeJSON(p.out, map[string]any{"documents": all})
	}
	for _, h := range all {
		fmt.Fprintf(p.out, "%s  《%s》  %s，%s，%d 句", h.ID, h.Title, h.Kind, h.Validity, h.Count)
		if h.Asks > 0 {
			fmt.Fprintf(p.out, "，问法 %d 种，缺项 %d 个", h.Asks, h.Gaps)
		}
		fmt.Fprintln(p.out)
	}
	return nil
}

// Run shows a document as it was read, so that a person can check it.
func (c *showCmd) Run(p *program) error {
	l, err := p.library()
	if err != nil {
		return err
	}
	d := l.Document(c.ID)
	if d == nil {
		return refuse("没有编号是“%s”的文件。现有：%s", c.ID, strings.Join(ids(l), "、"))
	}
	h := hold(d)
	for _, x := range d.Clauses {
		h.Text = append(h.Text, heldClause{x.Locator, x.Text, x.Blanks})
	}
	if c.JSON {
		return writeJSON(p.out, h)
	}
	fmt.Fprintf(p.out, "《%s》\n%s，%s\n来源：%s\n\n", d.Title, d.Kind, d.Validity, d.Source)
	for _, x := range h.Text {
		fmt.Fprintf(p.out, "%s　%s", x.Locator, x.Text)
		if x.Blanks {
			fmt.Fprint(p.out, "　【x 是空着的数】")
		}
		fmt.Fprintln(p.out)
	}
	return nil
}

func ids(l *knowledge.Library) []string {
	var out []string
	for _, d := range l.Documents {
		out = append(out, d.ID)
	}
	return out
}
