package office

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"zujian/knowledge"
	"zujian/knowledge/catalogue"
)

// Held is a document as list and show give it with --json.
type Held struct {
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
	From       string             `json:"from,omitempty"`        // what the higher office is called that shares it
	Shared     bool               `json:"shared,omitempty"`      // offices below see it
	SharedWith []string           `json:"shared_with,omitempty"` // only these
	Doubts     []string           `json:"doubts,omitempty"`
	Text       []HeldClause       `json:"text,omitempty"`
}

type HeldClause struct {
	Locator string `json:"locator"`
	Text    string `json:"text"`
	Blanks  bool   `json:"blanks"`
}

// Describe gives a document of the office as it is listed.
func (p *Office) Describe(d *knowledge.Document, l *knowledge.Library, s *catalogue.State) Held {
	h := Held{ID: d.ID, Title: d.Title, Kind: d.Kind, Issuer: d.Issuer, Number: d.Number, Issued: d.Issued, Effective: d.Effective,
		Ended:    d.Ended,
		Validity: d.Validity, ReplacedBy: d.ReplacedBy, Replaces: []string{}, Groups: append([]string{}, d.Groups...), Source: d.Source,
		Format: d.Format, Hash: d.Hash, From: d.From, Shipped: d.Shipped, Count: len(d.Clauses), Gaps: len(d.Gaps)}
	for _, a := range d.Asked {
		h.Asks += len(a.Asks)
	}
	for _, o := range l.Documents {
		if o.ReplacedBy == d.ID {
			h.Replaces = append(h.Replaces, o.ID)
		}
	}
	if e := s.Entry(d.ID); e != nil {
		h.Shared = e.Shared
		if p.Place != nil {
			h.SharedWith = p.Place.namesOf(e.SharedWith)
		}
		h.AddedBy, h.AddedAt, h.File, h.Doubts, h.Until = e.AddedBy, e.AddedAt, e.File, e.Doubts, e.Until
	}
	return h
}

// Held gives every document and the catalogue they come from.
func (p *Office) Held() (*knowledge.Library, *catalogue.Catalogue, *catalogue.State, error) {
	l, err := p.AllDocuments()
	if err != nil {
		return nil, nil, nil, err
	}
	c := p.catalogue(l)
	s, err := c.Read()
	if err != nil {
		return nil, nil, nil, Refuse("%v。", err)
	}
	return l, c, s, nil
}

func (h Held) Line() string {
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
	switch {
	case len(h.SharedWith) > 0:
		parts = append(parts, "只给"+strings.Join(h.SharedWith, "、")+"看")
	case h.Shared:
		parts = append(parts, "给下级看")
	}
	if h.From != "" {
		parts = append(parts, h.From+"给的")
	}
	return h.ID + "  《" + h.Title + "》  " + strings.Join(parts, "，")
}

// About is what is known of the document, a line each.
func (h Held) About() string {
	lines := []string{strings.TrimPrefix(string(h.Kind)+"，"+string(h.Validity), "，")}
	for _, x := range []struct{ name, value string }{
		{"发文机关", h.Issuer}, {"文号", h.Number}, {"落款日期", h.Issued}, {"施行日期", h.Effective}, {"有效到", h.Until},
		{"不再执行", h.Ended}, {"被替代", h.ReplacedBy}, {"替代了", strings.Join(h.Replaces, "、")},
		{"只给这些群", strings.Join(h.Groups, "、")}, {"来源", h.Source}, {"文件", h.File},
	} {
		if x.value != "" {
			lines = append(lines, x.name+"："+x.value)
		}
	}
	return strings.Join(lines, "\n")
}

// Words is the document as it was read, for a person who checks it.
func (h Held) Words() string {
	var b strings.Builder
	fmt.Fprintf(&b, "《%s》\n%s\n", h.Title, h.About())
	for _, x := range h.Doubts {
		fmt.Fprintln(&b, "请看一眼："+x)
	}
	for _, x := range h.Text {
		fmt.Fprintf(&b, "\n%s　%s", x.Locator, x.Text)
		if x.Blanks {
			b.WriteString("　【x 是空着的数】")
		}
	}
	return b.String()
}

// AddedWords says what became of files that were added.
func AddedWords(outcomes []catalogue.Outcome, count map[catalogue.Status]int, doubtful int) string {
	var b strings.Builder
	for _, o := range outcomes {
		switch o.Status {
		case catalogue.Added:
			fmt.Fprintf(&b, "收了：《%s》，编号 %s，%d 句。用 knowledge show %s 核对一遍。\n", o.Title, o.ID, o.Clauses, o.ID)
		case catalogue.Held:
			fmt.Fprintf(&b, "已经有了：%s，%s。\n", filepath.Base(o.File), o.Say)
		case catalogue.Refused:
			fmt.Fprintf(&b, "没有收：%s\n", o.Say)
		}
		for _, d := range o.Doubts {
			fmt.Fprintln(&b, "　请看一眼："+d)
		}
		for _, id := range o.Instead {
			fmt.Fprintf(&b, "　像是替代了 %s。是的话请运行：bot knowledge replace %s %s\n", id, o.ID, id)
		}
	}
	if len(outcomes) > 1 {
		fmt.Fprintf(&b, "一共%d份：收了%d份，已经有的%d份，没有收的%d份；收了的里面有%d份请看一眼。\n", len(outcomes), count[catalogue.Added],
			count[catalogue.Held], count[catalogue.Refused], doubtful)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// DifferenceWords says where two documents differ.
func DifferenceWords(all []catalogue.Difference) string {
	if len(all) == 0 {
		return "两份的正文一样。"
	}
	var b strings.Builder
	for _, d := range all {
		if d.Old.Quote != "" {
			fmt.Fprintf(&b, "旧 %s　%s\n", d.Old.Locator, d.Old.Quote)
		}
		if d.New.Quote != "" {
			fmt.Fprintf(&b, "新 %s　%s\n", d.New.Locator, d.New.Quote)
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Change makes one change of the catalogue and gives what it was. Find gives the id
// of the document that a person names.
func (p *Office) Change(do func(s *catalogue.State, find func(name string) (string, error)) (string, error)) (string, error) {
	l, cat, _, err := p.Held()
	if err != nil {
		return "", err
	}
	find := func(name string) (string, error) {
		d, err := Find(l, name)
		if err != nil {
			return "", err
		}
		if d.From != "" {
			return "", Refuse("没有改：《%s》是%s给的，只有那边能改。", d.Title, d.From)
		}
		return d.ID, nil
	}
	did, err := cat.Do(p.Now(), func(s *catalogue.State) (string, error) { return do(s, find) })
	if known := (Failure{}); err != nil && !errors.As(err, &known) {
		err = Refuse("没有改成：%v。", err)
	}
	return did, err
}

// Find finds the one document that a person means: by id, by the beginning of
// it, by number, or by words of the title.
func Find(l *knowledge.Library, name string) (*knowledge.Document, error) {
	if d := l.Document(name); d != nil {
		return d, nil
	}
	found := FirstMatching(l.Documents,
		func(d *knowledge.Document) bool { return strings.HasPrefix(d.ID, name) && len(name) >= 3 },
		func(d *knowledge.Document) bool {
			return name != "" && d.Number != "" && strings.Contains(d.Number, name)
		},
		func(d *knowledge.Document) bool {
			return name != "" && strings.Contains(d.Title, strings.Trim(name, "《》"))
		})
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, Refuse("没有编号是“%s”的文件。现有：%s", name, strings.Join(ids(l), "、"))
	}
	return nil, Refuse("“%s”不止一份：%s。请写编号。", name, strings.Join(ids(&knowledge.Library{Documents: found}), "、"))
}

func ids(l *knowledge.Library) []string {
	var out []string
	for _, d := range l.Documents {
		out = append(out, d.ID)
	}
	return out
}

// FirstMatching gives what the first of some tests finds that finds anything, the
// surest test first; nothing where none does.
func FirstMatching[T any](all []T, tests ...func(T) bool) (found []T) {
	for _, is := range tests {
		for _, x := range all {
			if is(x) {
				found = append(found, x)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}
