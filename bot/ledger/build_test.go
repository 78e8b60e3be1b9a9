package ledger_test

import (
	"bytes"
	"encoding/csv"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// col is one column of a layout: its headings from the top parted by bars, the
// role it has (empty: none that is used), and what writes it.
type col struct{ head, role, put string }

// layout is how one ledger is set out. The quirks are faults and habits seen
// in ledgers of offices.
type layout struct {
	name   string
	seed   uint64
	rows   int
	format string // xlsx, or csv with its encoding and sign: csv utf8 ,
	title  []string
	cols   []col
	style  int
	blank  float64 // share of cells left empty
	quirks string  // words, parted by blanks
	more   []layout
}

func (l layout) has(quirk string) bool {
	for _, q := range strings.Fields(l.quirks) {
		if q == quirk {
			return true
		}
	}
	return false
}

// wanted is what is known of a ledger from its making.
type wanted struct {
	roles map[string]map[int]string // sheet and header row → column → role
	rows  map[string]told           // sheet and row → what its cells tell
	built map[string]string
}

func place(sheet string, r int) string { return sheet + "!" + strconv.Itoa(r+1) }

// pageMaker lays one page out, row by row.
type pageMaker struct {
	l     layout
	r     *rand.Rand
	sheet string
	grid  [][]string
	merge [][4]int
	notes [][2]int
	hideR []int
	want  *wanted
	forms map[[2]int]string
}

func (m *pageMaker) depth() int {
	d := 1
	for _, c := range m.l.cols {
		d = max(d, strings.Count(c.head, "|")+1)
	}
	return d
}

func (m *pageMaker) add(row []string) int {
	m.grid = append(m.grid, row)
	return len(m.grid) - 1
}

// head writes the headings, merged across and down unless the layout says that
// they are not.
func (m *pageMaker) head() {
	d, top := m.depth(), len(m.grid)
	for i := range d {
		row := make([]string, len(m.l.cols))
		for c, col := range m.l.cols {
			parts := strings.Split(col.head, "|")
			if i < len(parts) {
				row[c] = parts[i]
			}
		}
		m.add(row)
	}
	m.joinHeads(top, d)
	roles := map[int]string{}
	for c, col := range m.l.cols {
		roles[c] = col.role
	}
	m.want.roles[place(m.sheet, top+d-1)] = roles
}

func (m *pageMaker) joinHeads(top, d int) {
	for c := 0; c < len(m.l.cols); c++ {
		parts := strings.Split(m.l.cols[c].head, "|")
		if len(parts) == 1 && d > 1 && !m.l.has("unmerged") {
			m.merge = append(m.merge, [4]int{top, c, top + d - 1, c})
		}
		if len(parts) < 2 {
			continue
		}
		end := c
		for end+1 < len(m.l.cols) && strings.HasPrefix(m.l.cols[end+1].head, parts[0]+"|") {
			end++
			m.grid[top][end] = ""
		}
		if end > c && !m.l.has("unmerged") {
			m.merge = append(m.merge, [4]int{top, c, top, end})
		}
		c = end
	}
}

// page writes titles, headings and rows.
func (m *pageMaker) page() {
	l := m.l
	for _, t := range l.title {
		cells := strings.Split(t, "|")
		at := m.add(cells)
		if len(cells) == 1 && !l.has("unmerged") {
			m.merge = append(m.merge, [4]int{at, 0, at, len(l.cols) - 1})
		}
	}
	m.head()
	if l.has("index") {
		row := make([]string, len(l.cols))
		for c := range row {
			row[c] = strconv.Itoa(c + 1)
		}
		m.add(row)
	}
	for i := range l.rows {
		m.between(i)
		m.row(i)
	}
	m.after()
}

// between writes what stands between rows: lines for a part of the rows,
// headings again, sums and empty rows.
func (m *pageMaker) between(i int) {
	l := m.l
	if l.has("towns") && i%5 == 0 {
		at := m.add([]string{[]string{"一", "二", "三", "四", "五", "六", "七", "八"}[i/5%8] + "、" + townships[i/5%len(townships)] + "（5家）"})
		m.merge = append(m.merge, [4]int{at, 0, at, len(l.cols) - 1})
	}
	if l.has("parkparts") && (i == 0 || i == l.rows/2) {
		at := m.add([]string{[]string{"一、园区内企业", "二、园区外企业"}[min(i, 1)]})
		m.merge = append(m.merge, [4]int{at, 0, at, len(l.cols) - 1})
	}
	if l.has("sums") && i > 0 && i%6 == 0 {
		m.add([]string{"", "小计", "", "", "6"})
	}
	if l.has("again") && i > 0 && i%7 == 0 {
		top := len(m.grid)
		roles := m.want.roles
		m.want.roles = map[string]map[int]string{}
		m.head()
		m.want.roles = roles
		_ = top
	}
	if l.has("gaps") && i > 0 && i%4 == 0 {
		m.add(nil)
	}
}

func (m *pageMaker) row(i int) {
	l := m.l
	o := invent(m.r)
	if l.has("towns") {
		o.township = townships[i/5%len(townships)]
	}
	at := len(m.grid)
	cells := make([]string, len(l.cols))
	var tells []told
	for c, k := range l.cols {
		text, t := puts[k.put](m.r, &o, yesNoStyles[l.style])
		if k.put == "serial" {
			text = strconv.Itoa(i + 1)
		}
		if k.put != "name" && k.put != "serial" && m.r.Float64() < l.blank {
			text, t = "", nil
		}
		if k.put == "township" && l.has("towntop") && i%4 != 0 {
			text = ""
		}
		cells[c] = m.soil(text)
		if t != nil && t["name"] == "" && k.put != "name" || k.put == "name" {
			tells = append(tells, t)
		}
		m.mark(at, c, k, text)
	}
	m.add(cells)
	if l.has("parkparts") {
		tells = m.partTells(i, tells)
	}
	m.want.rows[place(m.sheet, at)] = gather(tells)
	m.townMerges(i, at)
	if l.has("hiddenrows") && i%5 == 3 {
		m.hideR = append(m.hideR, at)
	}
	if l.has("second") && i%6 == 2 {
		m.secondLine(at)
	}
}

// partTells adds what the line over the rows says, where no cell does.
func (m *pageMaker) partTells(i int, tells []told) []told {
	for _, t := range tells {
		if t["in_park"] != "" {
			return tells
		}
	}
	return append(tells, told{"in_park": []string{"yes", "no"}[min(i/(m.l.rows/2), 1)]})
}

// townMerges merges the cells of one township over four rows.
func (m *pageMaker) townMerges(i, at int) {
	if !m.l.has("towntop") || i%4 != 3 {
		return
	}
	for c, k := range m.l.cols {
		if k.put == "township" && m.grid[at-3][c] != "" {
			m.merge = append(m.merge, [4]int{at - 3, c, at, c})
		}
	}
}

// secondLine gives the organisation another line for a further person, with
// its name merged over both.
func (m *pageMaker) secondLine(at int) {
	row := make([]string, len(m.l.cols))
	for c, k := range m.l.cols {
		switch k.put {
		case "person", "phone":
			row[c] = map[string]string{"person": "李梅", "phone": "13700001111"}[k.put]
		default:
			m.merge = append(m.merge, [4]int{at, c, at + 1, c})
		}
	}
	m.add(row)
}

// soil makes a cell as untidy as typed ones are.
func (m *pageMaker) soil(text string) string {
	if !m.l.has("untidy") || text == "" {
		return text
	}
	switch m.r.IntN(5) {
	case 0:
		return text + " "
	case 1:
		return "　" + text
	case 2:
		return text + "\n"
	}
	return text
}

func (m *pageMaker) mark(at, c int, k col, text string) {
	if m.l.has("notes") && text != "" && m.r.IntN(15) == 0 {
		m.notes = append(m.notes, [2]int{at, c})
	}
	if m.l.has("formulas") && (k.put == "women" || k.put == "staff") && text != "" {
		m.forms[[2]int{at, c}] = text
	}
}

func (m *pageMaker) after() {
	l := m.l
	if l.has("sums") || l.has("total") {
		m.add([]string{"合计", "", "", strconv.Itoa(l.rows)})
	}
	if l.has("pad") {
		for i := range 5 {
			m.add([]string{strconv.Itoa(l.rows + i + 1)})
		}
	}
	if l.has("foot") {
		m.add(nil)
		m.add([]string{"注：1.女职工数按上年末数填；2.有无党组织按现状填，联合党支部也算有。"})
		m.add([]string{"填表人：", "张三", "", "审核人：", "李四"})
	}
}

// make builds the file of a layout.
func (l layout) make(t testing.TB) ([]byte, *wanted) {
	t.Helper()
	want := &wanted{map[string]map[int]string{}, map[string]told{}, map[string]string{}}
	pages := []*pageMaker{}
	for i, part := range append([]layout{l}, l.more...) {
		r := rand.New(rand.NewPCG(l.seed, uint64(i)))
		name := "Sheet" + strconv.Itoa(i+1)
		if strings.HasPrefix(l.format, "csv") {
			name = "台账"
		}
		if part.has("below") { // on the page before
			last := pages[len(pages)-1]
			last.grid = append(last.grid, nil, nil)
			rest := *last
			rest.l, rest.r = part, r
			rest.page()
			*last = rest
			continue
		}
		m := &pageMaker{l: part, r: r, sheet: name, want: want, forms: map[[2]int]string{}}
		m.page()
		pages = append(pages, m)
	}
	if strings.HasPrefix(l.format, "csv") {
		return pages[0].asCSV(t), want
	}
	return asXLSX(t, pages), want
}

func (m *pageMaker) asCSV(t testing.TB) []byte {
	t.Helper()
	f := strings.Fields(m.l.format + " ,")
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = map[string]rune{",": ',', "tab": '\t', ";": ';'}[f[2]]
	for _, row := range m.grid {
		out := make([]string, len(m.l.cols))
		copy(out, row)
		if err := w.Write(out); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	var out []byte
	var err error
	switch f[1] {
	case "gbk":
		out, err = simplifiedchinese.GBK.NewEncoder().Bytes(b.Bytes())
	case "gb18030":
		out, err = simplifiedchinese.GB18030.NewEncoder().Bytes(b.Bytes())
	case "utf16":
		out, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(b.Bytes())
	case "bom":
		out = append([]byte("\ufeff"), b.Bytes()...)
	default:
		out = b.Bytes()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func asXLSX(t testing.TB, pages []*pageMaker) []byte {
	t.Helper()
	x := excelize.NewFile()
	defer x.Close()
	ok := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	for i, m := range pages {
		if i > 0 {
			_, err := x.NewSheet(m.sheet)
			ok(err)
		}
		m.write(x, ok)
	}
	if pages[0].l.has("lists") {
		_, err := x.NewSheet("选项")
		ok(err)
		for i, v := range []string{"单位名称", "是", "否"} {
			ok(x.SetCellStr("选项", "A"+strconv.Itoa(i+1), v))
		}
		ok(x.SetSheetVisible("选项", false))
	}
	b, err := x.WriteToBuffer()
	ok(err)
	return b.Bytes()
}

func (m *pageMaker) write(x *excelize.File, ok func(error)) {
	border := []excelize.Border{{Type: "left", Color: "000000", Style: 1}, {Type: "right", Color: "000000", Style: 1}, {Type: "top", Color: "000000", Style: 1}, {Type: "bottom", Color: "000000", Style: 1}}
	style, err := x.NewStyle(&excelize.Style{Border: border, Font: &excelize.Font{Family: "宋体", Size: 10}, Alignment: &excelize.Alignment{Horizontal: "center", WrapText: true}})
	ok(err)
	cell := func(r, c int) string { n, err := excelize.CoordinatesToCellName(c+1, r+1); ok(err); return n }
	for r, row := range m.grid {
		for c, v := range row {
			if v == "" {
				continue
			}
			if n, err := strconv.Atoi(v); err == nil && len(v) < 10 {
				ok(x.SetCellInt(m.sheet, cell(r, c), int64(n)))
				continue
			}
			ok(x.SetCellStr(m.sheet, cell(r, c), v))
		}
		if len(row) > 1 {
			ok(x.SetCellStyle(m.sheet, cell(r, 0), cell(r, len(m.l.cols)+2*len(m.l.cols)%5), style))
		}
	}
	for at, text := range m.forms {
		ok(x.SetCellFormula(m.sheet, cell(at[0], at[1]), text+"+0"))
	}
	for _, a := range m.merge {
		ok(x.MergeCell(m.sheet, cell(a[0], a[1]), cell(a[2], a[3])))
	}
	for _, at := range m.notes {
		ok(x.AddComment(m.sheet, excelize.Comment{Cell: cell(at[0], at[1]), Author: "审核", Text: "请核对"}))
	}
	for _, r := range m.hideR {
		ok(x.SetRowVisible(m.sheet, r+1, false))
	}
	if m.l.has("hiddencols") {
		n, err := excelize.ColumnNumberToName(3)
		ok(err)
		ok(x.SetColVisible(m.sheet, n, false))
		ok(x.SetColVisible(m.sheet, "AA:XFD", false))
	}
	if m.l.has("filter") {
		ok(x.AutoFilter(m.sheet, cell(m.headRow(), 0)+":"+cell(len(m.grid)-1, len(m.l.cols)-1), nil))
	}
}

func (m *pageMaker) headRow() int { return len(m.l.title) + m.depth() - 1 }
