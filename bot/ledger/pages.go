package ledger

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// page is one of the pages that are added, written from the top. Texts go into
// the cells themselves, so that the workbook's own list of texts is not
// touched.
type page struct {
	name   string
	s      *excelize.StreamWriter
	styles styles
	r      int // rows written
	err    error
}

type styles struct{ title, head, text, note int }

func (w *writer) pages() error {
	st, err := w.makeStyles()
	if err != nil {
		return err
	}
	for _, write := range []func(styles) error{w.summaryPage, w.doubtsPage, w.jointPage, w.quotesPage} {
		if err := write(st); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) makeStyles() (st styles, err error) {
	line := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		line = append(line, excelize.Border{Type: side, Color: "BFBFBF", Style: 1})
	}
	wrap := &excelize.Alignment{Vertical: "top", WrapText: true}
	for _, s := range []struct {
		to *int
		as excelize.Style
	}{
		{&st.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}}},
		{&st.head, excelize.Style{Font: &excelize.Font{Bold: true, Size: 11}, Border: line, Alignment: wrap,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EAF1F8"}}}},
		{&st.text, excelize.Style{Font: &excelize.Font{Size: 11}, Border: line, Alignment: wrap}},
		{&st.note, excelize.Style{Font: &excelize.Font{Size: 11, Color: "595959"}}},
	} {
		if *s.to, err = w.x.NewStyle(&s.as); err != nil {
			return st, fmt.Errorf("make a style: %w", err)
		}
	}
	return st, nil
}

// open adds a page with columns of these widths. before draws on it while it
// is still empty, as charts have to be.
func (w *writer) open(name string, st styles, before func(name string) error, widths ...float64) (*page, error) {
	name, err := w.pageName(name)
	if err != nil {
		return nil, err
	}
	if _, err := w.x.NewSheet(name); err != nil {
		return nil, fmt.Errorf("add a page: %w", err)
	}
	if before != nil {
		if err := before(name); err != nil {
			return nil, err
		}
	}
	s, err := w.x.NewStreamWriter(name)
	if err != nil {
		return nil, fmt.Errorf("write a page: %w", err)
	}
	for i, width := range widths {
		if err := s.SetColWidth(i+1, i+1, width); err != nil {
			return nil, fmt.Errorf("set a width: %w", err)
		}
	}
	return &page{name: name, s: s, styles: st}, nil
}

func (p *page) row(style int, values ...any) {
	p.r++
	if p.err != nil {
		return
	}
	cells := make([]any, len(values))
	for i, v := range values {
		cells[i] = excelize.Cell{StyleID: style, Value: v}
	}
	p.err = p.s.SetRow("A"+itoa(p.r), cells)
}

func (p *page) title(text string) { p.row(p.styles.title, text) }
func (p *page) note(text string)  { p.row(p.styles.note, text) }
func (p *page) blank()            { p.r++ }

func (p *page) close() error {
	if p.err != nil {
		return fmt.Errorf("write the page %s: %w", p.name, p.err)
	}
	return p.s.Flush()
}

// doubtsPage lists the cells that a person should look at; it is left out where
// there is none.
func (w *writer) doubtsPage(st styles) error {
	n := 0
	for i := range w.res.Rows {
		n += len(w.res.Rows[i].Doubts)
	}
	if n == 0 {
		return nil
	}
	p, err := w.open("要看一眼的格", st, nil, 14, 8, 6, 34, 24, 30, 24)
	if err != nil {
		return err
	}
	const head = 3
	frozen := &excelize.Panes{Freeze: true, YSplit: head, TopLeftCell: "A" + itoa(head+1), ActivePane: "bottomLeft"}
	if err := p.s.SetPanes(frozen); err != nil {
		return fmt.Errorf("freeze the head: %w", err)
	}
	p.title("要看一眼的格")
	p.note("这些格有两种读法，或者没读懂。改好原来的格，再跑一遍就行。")
	p.row(st.head, "工作表", "行号", "列", "单位名称", "列名", "写的", "读成")
	for i := range w.res.Rows {
		r := &w.res.Rows[i]
		for _, d := range r.Doubts {
			p.row(st.text, r.Sheet, r.Line, d.Column, r.Name, d.Heading, d.Wrote, d.Read)
		}
	}
	if err := p.close(); err != nil {
		return err
	}
	if err := w.x.AutoFilter(p.name, fmt.Sprintf("A%d:G%d", head, head+n), nil); err != nil {
		return fmt.Errorf("set a filter: %w", err)
	}
	return nil
}

func (w *writer) quotesPage(st styles) error {
	p, err := w.open("依据原文", st, nil, 12, 24, 10, 30, 24, 70, 40, 10)
	if err != nil {
		return err
	}
	p.title("依据原文")
	p.note("每条建议依据的原话和它的位置。引号里的话跟文件一字不差；“编写者的推断”不是文件的规定。")
	if n := w.res.note(); n != "" {
		p.note(n)
	}
	p.row(st.head, "哪一层", "结果", "原文的语气", "条件", "位置", "原文", "编写者的推断", "用到的单位数")
	for _, q := range w.res.Quotes {
		result := q.Result
		if result == "" {
			result = "文件没有写"
		}
		p.row(st.text, q.Layer, result, q.Modality, q.Given, q.Place, "“"+q.Citation.Quote+"”", q.Inference, q.Rows)
	}
	return p.close()
}

// note is what every answer from these documents must add.
func (res *Result) note() string {
	for i := range res.Rows {
		if n := res.File.book.Note(&res.Rows[i].Recommendation); n != "" {
			return n
		}
	}
	return ""
}

func (w *writer) jointPage(st styles) error {
	p, err := w.open("联合组建建议", st, nil, 24, 8, 34, 12, 10, 12, 40)
	if err != nil {
		return err
	}
	p.title("联合组建建议")
	p.note("只是供参考的搭配：同一个园区或者同一个乡镇（街道）里，建议首选联合组建、还没有建妇联的单位，按台账里的先后，每组不超过5家。不跨园区，不跨乡镇（街道）。怎么组合由本级妇联和单位商量。")
	for _, q := range w.res.File.book.Rules {
		if q.ID == jointRule {
			p.note("依据：“" + q.Sentence + "”。原文写的是“一般不超过5个”，不是硬性的上限。")
		}
	}
	places, pending := pendingJoint(w.res.Rows)
	for _, place := range places {
		p.note(fmt.Sprintf("%s另有%d家，够不够单独组建还不能定，先弄清“待补”里的情况，没有列在下面。", place, pending[place]))
	}
	p.row(st.head, "园区或乡镇（街道）", "组", "单位名称", "工作表", "行号", "女性人数", "推动")
	for i, g := range w.res.Groups {
		for _, r := range g.Rows {
			p.row(st.text, g.Place, i+1, r.Name, r.Sheet, r.Line, womenSays(r), r.line("push"))
		}
	}
	if len(w.res.Groups) == 0 {
		p.note("没有可以搭配的：要么不缺伙伴，要么园区、乡镇（街道）没有写，要么还不能定。")
	}
	return p.close()
}

func womenSays(r *Row) any {
	if r.Women < 0 {
		return "不清楚"
	}
	return r.Women
}

// line gives what the conclusion says of one layer.
func (r *Row) line(layer string) string {
	for _, l := range r.Recommendation.Lines {
		if l.Layer == layer {
			return l.Text
		}
	}
	return ""
}
