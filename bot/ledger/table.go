package ledger

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/knowledge/rule"
)

// table is one table of a page: headings, and the rows of organisations under
// them.
type table struct {
	sheet    *sheet
	top      int // first row of the headings
	header   int // last row of the headings
	cols     []Column
	options  map[int]string // columns that are ticked for one answer: column → value
	rows     []int
	sections map[int]string // row → the line it stands under (“一、东河镇”)
	beside   bool           // another table stands beside it, which is not read
}

// column gives where the column of a role is among the table's, -1 for none.
func (t *table) column(role string) int {
	return slices.IndexFunc(t.cols, func(c Column) bool { return c.Role == role })
}

// facts counts the columns that give a fact.
func (t *table) facts() int {
	n := 0
	for _, c := range t.cols {
		if factOf(c.Role) != "" || c.Role == roleRemark {
			n++
		}
	}
	return n
}

func factOf(role string) string {
	for _, h := range headings() {
		if h.ID == role && h.Fact != "" {
			return h.Fact
		}
	}
	return ""
}

// findTables finds the tables of a page, from the top.
func (f *File) findTables(s *sheet) []*table {
	var out []*table
	for r := 0; r < len(s.grid); r++ {
		depth := s.headerAt(r)
		if depth == 0 {
			continue
		}
		t := &table{sheet: s, top: r, header: r + depth - 1, options: map[int]string{}, sections: map[int]string{}}
		t.readHeadings()
		r = t.readRows() - 1
		f.judgeColumns(t)
		t.dropNameless()
		out = append(out, t)
	}
	return out
}

const deepest = 3 // rows of headings

// headerAt gives how many rows of headings begin at a row, 0 for none.
func (s *sheet) headerAt(r int) int {
	best, most := 0, 0
	for d := 1; d <= deepest && r+d <= len(s.grid); d++ {
		if !s.headish(r+d-1, d > 1) || (d == 1 && len(distinct(s.grid[r])) < 2) || (d > 1 && !s.linked(r+d-2)) {
			break
		}
		known, all := s.known(r, r+d-1)
		if enough(known, all) && known >= most {
			best, most = d, known
		}
	}
	return best
}

// known counts how many of the headings of some rows are recognised.
func (s *sheet) known(top, bottom int) (known, all int) {
	seen := map[string]bool{}
	for c := range s.width(top, bottom) {
		parts := s.headingParts(top, bottom, c)
		text := strings.Join(parts, "/")
		if text == "" || seen[text] {
			continue
		}
		seen[text] = true
		all++
		if _, ok := s.fixed.recogniseParts(parts); ok {
			known++
		}
	}
	return known, all
}

// enough says whether so many known headings make a header.
func enough(known, all int) bool {
	return known >= 3 && known*10 >= all*4 || known >= 2 && known*10 >= all*6
}

func (s *sheet) width(top, bottom int) int {
	w := 0
	for r := top; r <= bottom && r < len(s.grid); r++ {
		w = max(w, len(s.grid[r]))
	}
	return w
}

func distinct(row []string) []string {
	var out []string
	for _, c := range row {
		if c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

var (
	labelled = regexp.MustCompile(`[：:].*\S`)
	dated    = regexp.MustCompile(`^\d{4}[年./-]\d{1,2}`)
	numeric  = regexp.MustCompile(`^[\d.,%]+$`)
)

// headish says whether a row can hold headings: short texts, no numbers, no
// names, no marks. Below another such row, 是 and 否 can head columns to tick.
func (s *sheet) headish(r int, below bool) bool {
	texts := distinct(s.grid[r])
	for _, t := range texts {
		bare := squeeze(brackets.ReplaceAllString(t, ""))
		_, known := s.fixed.recognise(t)
		length := utf8.RuneCountInString(bare)
		switch {
		case length > 24, numeric.MatchString(squeeze(t)), dated.MatchString(t), !known && nameEnd.MatchString(bare) && length > 4:
			return false
		case labelled.MatchString(t) && !strings.Contains(t, "其中") && length > 6:
			return false
		case !below && rule.MarkCell(bare), below && isTick(bare):
			return false
		}
	}
	return len(texts) > 0
}

// linked says whether the row under r holds the lower part of its headings.
func (s *sheet) linked(r int) bool {
	for _, a := range s.merged {
		if a.r0 <= r && a.r1 > r && a.c1 == a.c0 {
			return true
		}
		if a.r1 == r && a.c1 > a.c0 && s.below(r+1, a) {
			return len(distinct(s.grid[r])) > 1
		}
	}
	if r+1 >= len(s.grid) {
		return false
	}
	under, beside := false, false
	for c := range s.width(r, r+1) {
		up, down := s.cell(r, c), s.cell(r+1, c)
		under = under || up == "" && down != "" && c > 0
		beside = beside || up != "" && down == ""
	}
	return under && beside
}

func (s *sheet) below(r int, a area) bool {
	return len(distinct(s.cut(r, a.c0, a.c1))) > 1
}

func (s *sheet) cut(r, c0, c1 int) []string {
	if r >= len(s.grid) {
		return nil
	}
	row := s.grid[r]
	return row[min(c0, len(row)):min(c1+1, len(row))]
}

// headingParts gives the headings over a column from the top, each once. Where
// a heading stands over several columns without being merged, it is carried to
// the right.
func (s *sheet) headingParts(top, bottom, c int) []string {
	var parts []string
	for r := top; r <= bottom; r++ {
		v := s.cell(r, c)
		if v == "" && r < bottom && s.cell(r+1, c) != "" {
			v = s.carried(r, c)
		}
		if v != "" && !slices.Contains(parts, v) {
			parts = append(parts, v)
		}
	}
	return parts
}

func (s *sheet) carried(r, c int) string {
	for l := c - 1; l >= 0; l-- {
		if s.cell(r+1, l) == "" {
			return ""
		}
		if v := s.cell(r, l); v != "" {
			if a, ok := s.mergedAt(r, l); ok && (a.r1 > r || a.c1 > a.c0) {
				return "" // it says itself how far it goes
			}
			return v
		}
	}
	return ""
}

// general headings over others say nothing of what the column is.
var general = regexp.MustCompile(`^(?:(?:单位|企业|组织|机构|社会组织|两新组织)?(?:基本|登记|其他|其它)?(?:情况|信息|资料|概况)|其他|其它|` +
	`(?:人员|职工|从业)(?:情况|信息|构成)|属地|分布|位置|所在地|单位|企业|组织)$`)

// recogniseParts tells a column by the headings over it.
func (f Fixed) recogniseParts(parts []string) (match, bool) {
	if m, ok := f.recognise(strings.Join(parts, "")); ok && m.sure == sureFixed {
		return m, true
	}
	var telling []string
	for i, p := range parts {
		if i < len(parts)-1 && general.MatchString(bareHeading(p)) {
			continue
		}
		telling = append(telling, p)
	}
	if m, ok := f.recognise(strings.Join(telling, "")); ok || len(telling) < 2 {
		return m, ok
	}
	last := telling[len(telling)-1]
	if rule.MarkCell(last) {
		return f.recognise(strings.Join(telling[:len(telling)-1], ""))
	}
	m, ok := f.recognise(last)
	m.sure = surePart
	return m, ok
}

// readHeadings makes the columns of the table.
func (t *table) readHeadings() {
	s := t.sheet
	names := 0
	for c := range s.width(t.top, t.header) {
		parts := s.headingParts(t.top, t.header, c)
		if len(parts) == 0 {
			continue
		}
		m, ok := s.fixed.recogniseParts(parts)
		if ok && m.ID == roleName {
			if names++; names > 1 && t.repeats(c) {
				t.beside = true
				break
			}
		}
		col := Column{Letter: letter(c), Heading: strings.Join(parts, "/"), Hidden: s.hiddenC[c], at: c}
		col.take(roleNone, 0, "")
		if ok {
			col.take(m.ID, min(m.sure, 1), "")
			col.fixed = m.sure == sureFixed
			if m.Doubt && !col.fixed {
				col.take(m.ID, 0.6, m.Why)
			}
			if v := tickedFor(parts); v != "" {
				t.options[c] = v
			}
		}
		t.cols = append(t.cols, col)
	}
}

// repeats says whether the headings from column c on repeat those before it:
// the table is set in two halves beside each other.
func (t *table) repeats(c int) bool {
	n := 0
	for i := c; i < t.sheet.width(t.top, t.header); i++ {
		text := strings.Join(t.sheet.headingParts(t.top, t.header, i), "/")
		if text != "" && slices.ContainsFunc(t.cols, func(k Column) bool { return k.Heading == text }) {
			n++
		}
	}
	return n >= 2
}

// tickedFor gives the answer that a column is ticked for, where its headings
// are a question and one answer to it.
func tickedFor(parts []string) string {
	if len(parts) < 2 {
		return ""
	}
	last := squeeze(parts[len(parts)-1])
	switch last {
	case "是", "有", "已建", "在", "已成立", "能", "园区内", "内":
		return "yes"
	case "否", "无", "未建", "没有", "不在", "未成立", "不能", "园区外", "外":
		return "no"
	}
	return ""
}
