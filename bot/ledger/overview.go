package ledger

import (
	"fmt"
	"path/filepath"

	"github.com/xuri/excelize/v2"
)

// chartsAt is the column that the charts stand in, right of the tables.
const chartsAt = "J"

// summaryPage writes 汇总: counts by township, park and form, what is missing,
// charts of them, and what each column was taken for.
func (w *writer) summaryPage(st styles) error {
	s := &w.res.Summary
	plan := w.plan()
	p, err := w.open("汇总", st, func(name string) error { return w.charts(name, plan) }, 26, 12, 20, 20, 16, 16, 14)
	if err != nil {
		return err
	}
	p.title("汇总")
	p.note("台账：" + filepath.Base(w.res.File.name) +
		fmt.Sprintf("。共%d家单位，给出建议%d家，不在两新组织范围的%d家，已建妇联%d家，情况齐全、不用再补的%d家。",
			s.Organisations, s.Recommended, s.OutOfScope, s.Built, s.Complete))
	p.note("乡镇（街道）、园区按台账里出现的先后排，不分高低。建议逐家看右边新加的列，依据见“依据原文”。")
	p.blank()
	w.placeTable(p, "按乡镇（街道）", s.Townships)
	w.placeTable(p, "按园区（在园区里的）", s.Parks)
	numberTable(p, "按组建形式（每家看首选）", "形式", s.Forms)
	numberTable(p, "最缺什么（补上才好定）", "缺的情况", s.Missing)
	numberTable(p, "由谁推动（还不清楚的，两种都算）", "推动", s.Push)
	numberTable(p, "由谁指导（还不清楚的，几种都算）", "指导", s.Guide)
	w.mappingTable(p)
	return p.close()
}

// layout is where the tables that have charts stand on the page; the charts
// are drawn before the tables are written.
type layout struct {
	townships, forms, missing span // first and last row, counted from 1
}

// first is the row that the first table's title stands in.
const first = 5

func (w *writer) plan() layout {
	s := &w.res.Summary
	var out layout
	r := first
	take := func(n int) span {
		at := span{r + 2, r + 1 + n}
		if n == 0 {
			return span{}
		}
		r += n + 3
		return at
	}
	out.townships = take(len(s.Townships))
	take(len(s.Parks))
	out.forms = take(len(s.Forms))
	out.missing = take(len(s.Missing))
	return out
}

func (w *writer) placeTable(p *page, title string, places []Place) {
	if len(places) == 0 {
		return
	}
	p.title(title)
	p.row(p.styles.head, "名称", "单位数", "已建妇联", "还没有建", "首选单独组建", "首选联合组建", "有情况待补")
	for _, x := range places {
		p.row(p.styles.text, x.Name, x.Units, x.Built, x.Units-x.Built, x.Single, x.Joint, x.Missing)
	}
	p.blank()
}

func numberTable(p *page, title, head string, list []Number) {
	if len(list) == 0 {
		return
	}
	p.title(title)
	p.row(p.styles.head, head, "单位数")
	for _, n := range list {
		p.row(p.styles.text, n.Name, n.N)
	}
	p.blank()
}

func (w *writer) mappingTable(p *page) {
	p.title("各列是怎么理解的")
	p.row(p.styles.head, "工作表", "列", "列名", "理解为", "请看一眼")
	for _, t := range w.res.Mapping {
		for _, c := range t.Columns {
			p.row(p.styles.text, t.Sheet, c.Letter, orBlank(c.Heading), c.Say, c.Doubt)
		}
	}
	for _, d := range w.res.File.doubts {
		p.note(d)
	}
}

// charts draws three charts of the tables below: how far each township is, in
// the ledger's order, the forms, and what is missing.
func (w *writer) charts(name string, at layout) error {
	row := 2
	for _, c := range []struct {
		title  string
		rows   span
		series []string // columns
		stack  bool
	}{
		{"各乡镇（街道）已建和还没有建的（按台账先后）", at.townships, []string{"C", "D"}, true},
		{"首选的组建形式", at.forms, []string{"B"}, false},
		{"最缺什么", at.missing, []string{"B"}, false},
	} {
		n := c.rows.to - c.rows.from + 1
		if c.rows.to == 0 {
			continue
		}
		if err := w.x.AddChart(name, chartsAt+itoa(row), chart(name, c.title, c.rows, c.series, c.stack)); err != nil {
			return fmt.Errorf("draw a chart: %w", err)
		}
		row += chartHeight(n)/20 + 2
	}
	return nil
}

func chartHeight(bars int) int { return min(120+bars*28, 900) }

func chart(page, title string, rows span, columns []string, stack bool) *excelize.Chart {
	zero, gap := false, uint(60)
	dark := excelize.Font{Color: "404040", Size: 10}
	c := &excelize.Chart{
		Type: excelize.Bar, Dimension: excelize.ChartDimension{Width: 640, Height: uint(chartHeight(rows.to - rows.from + 1))},
		Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title}}}, GapWidth: &gap,
		XAxis:  excelize.ChartAxis{ReverseOrder: true, Font: dark}, // from the top, as the table
		YAxis:  excelize.ChartAxis{MajorGridLines: true, Font: dark},
		Legend: excelize.ChartLegend{Position: "none"}, VaryColors: &zero,
		PlotArea: excelize.ChartPlotArea{ShowVal: true},
	}
	if stack {
		c.Type, c.Legend.Position = excelize.BarStacked, "bottom"
	}
	colours := []string{"2E75B6", "BDD7EE"}
	for i, col := range columns {
		c.Series = append(c.Series, excelize.ChartSeries{
			Name:       fmt.Sprintf("'%s'!$%s$%d", page, col, rows.from-1),
			Categories: fmt.Sprintf("'%s'!$A$%d:$A$%d", page, rows.from, rows.to),
			Values:     fmt.Sprintf("'%s'!$%s$%d:$%s$%d", page, col, rows.from, col, rows.to),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colours[i]}},
		})
	}
	return c
}
