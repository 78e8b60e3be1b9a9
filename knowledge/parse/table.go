package parse

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/knowledge/text"
)

// tableLines writes a table as one line a row, every cell under the heading of
// its column: “单位：城关镇；时限：3月底”. A row that is one cell across, and a
// table of one column, stand as plain lines.
func tableLines(rows [][]string) []string {
	rows = tidy(rows)
	var lines []string
	for len(rows) > 0 && len(distinct(rows[0])) <= 1 {
		lines = append(lines, distinct(rows[0])...)
		rows = rows[1:]
	}
	if pairs(rows) {
		return append(lines, pairLines(rows)...)
	}
	if len(rows) < 2 || !headings(rows[0]) || continued(rows) {
		for _, r := range rows {
			lines = append(lines, strings.Join(distinct(r), "；"))
		}
		return lines
	}
	return append(lines, tableUnder(columnNames(rows))...)
}

// tableUnder writes rows under their headings; a row that repeats the headings,
// as on a new page, is left out.
func tableUnder(heads []string, rows [][]string) []string {
	var lines []string
	for _, r := range rows {
		if l := underHeadings(heads, r); l != "" && !slices.Equal(r, heads) {
			lines = append(lines, l)
		}
	}
	return lines
}

// pairs says whether a table is the one above a document on a site: every other
// cell names the next.
func pairs(rows [][]string) bool {
	for _, r := range rows {
		for i := 0; i < len(r); i += 2 {
			if name := strings.TrimRight(squeezed(r[i]), "：:"); name != "" && !isMeta(name) {
				return false
			}
		}
	}
	return len(rows) > 0 && len(rows[0])%2 == 0
}

func pairLines(rows [][]string) []string {
	var lines []string
	for _, r := range rows {
		for i := 0; i+1 < len(r); i += 2 {
			if r[i] != "" {
				lines = append(lines, strings.TrimRight(squeezed(r[i]), "：:")+"："+r[i+1])
			}
		}
	}
	return lines
}

// columnNames takes the headings off: two rows of them where the first names
// groups of columns, each of which the second names.
func columnNames(rows [][]string) (heads []string, rest [][]string) {
	heads, below := rows[0], rows[1]
	grouped := false
	for i := range heads {
		grouped = grouped || i > 0 && heads[i] != "" && heads[i] == heads[i-1]
	}
	if !grouped || len(rows) < 3 || len(below) != len(heads) || !headings(below) || valued(below) {
		return heads, rows[1:]
	}
	whole := slices.Clone(heads)
	for i := range whole {
		if below[i] != heads[i] {
			whole[i] += below[i]
		}
	}
	return whole, rows[2:]
}

var (
	// columnName is a cell that names a column wherever it stands.
	columnName = text.NewPattern(`^(?:序\s*号|编\s*号|类\s*别|名\s*称|项\s*目|单\s*位|部\s*门|时\s*间|日\s*期|内\s*容|备\s*注|姓\s*名|职\s*务|电\s*话|地\s*点|金\s*额` +
		`|标\s*准|时\s*限|分\s*值|.{1,8}(?:名称|单位|部门|时间|日期|内容|标准|要求|时限|电话|方式|金额|责任人|联系人|分值|次数|数量|材料|情况|地点|类别))$`)
	// valueCell is a cell that tells something of a row: a number, an amount, a day.
	valueCell = text.NewPattern(`^[第约每≥≤\d０-９.,%％〇一二三四五六七八九十百]*[\d０-９][\d０-９.,:：\-/—~至%％年月日元人个家次分小时天岁万亿平方米]*[前后底内以上下起]*$`)
)

func valued(row []string) bool {
	return slices.ContainsFunc(row, func(c string) bool { return valueCell.MatchString(c) })
}

// continued says that the first row is of the same kind as those under it: the
// table has no headings, or is the rest of one that began on another page.
func continued(rows [][]string) bool {
	first := rows[0]
	if slices.ContainsFunc(first, columnName.MatchString) {
		return false
	}
	if valued(first) {
		return true
	}
	alike, columns := 0, 0
	for i, c := range first {
		end, _ := utf8.DecodeLastRuneInString(c)
		same, of := 0, 0
		for _, r := range rows[1:] {
			if i < len(r) && r[i] != "" && r[i] != c {
				of++
				if e, _ := utf8.DecodeLastRuneInString(r[i]); e == end {
					same++
				}
			}
		}
		if c != "" && of > 0 {
			columns++
			if 3*same >= 2*of {
				alike++
			}
		}
	}
	return alike > 0 && 2*alike >= columns
}

func underHeadings(heads, row []string) string {
	if one := distinct(row); len(one) == 1 && len(heads) > 1 && row[0] == row[len(row)-1] {
		return one[0]
	}
	var cells []string
	for i, c := range row {
		if c == "" || i > 0 && c == row[i-1] && i < len(heads) && heads[i] == heads[i-1] {
			continue
		}
		c = strings.TrimRight(c, "。；")
		if i < len(heads) && heads[i] != "" {
			c = heads[i] + "：" + c
		}
		cells = append(cells, c)
	}
	return strings.Join(cells, "；")
}

// headings says whether a row names its columns: short cells, none a sentence.
func headings(row []string) bool {
	filled := 0
	for _, c := range row {
		if utf8.RuneCountInString(c) > 20 || strings.ContainsAny(c, "。；") {
			return false
		}
		if c != "" {
			filled++
		}
	}
	return filled >= 2 && filled >= len(row)-1
}

func tidy(rows [][]string) [][]string {
	var out [][]string
	for _, r := range rows {
		if cells := tidyRow(r); strings.Join(cells, "") != "" {
			out = append(out, cells)
		}
	}
	return out
}

func tidyRow(r []string) []string {
	cells := make([]string, len(r))
	for i, c := range r {
		cells[i] = oneLine(c)
	}
	return cells
}

// distinct gives the filled cells, a cell that spans columns once.
func distinct(row []string) []string {
	var out []string
	for i, c := range row {
		if c != "" && (i == 0 || c != row[i-1]) {
			out = append(out, c)
		}
	}
	return out
}

// between parts the cells of a row of plain text.
var between = text.NewPattern(`[ \x{3000}]*[|｜][ \x{3000}]*|\t+|[ \x{3000}]{3,}`)

// spacedTables finds tables in plain text: neighbouring lines of as many parts,
// two at least, with tabs or several blanks between.
func spacedTables(lines []string) []string {
	var out []string
	for from := 0; from < len(lines); {
		row := spacedCells(lines[from])
		to, rows := from+1, [][]string{row}
		for len(row) > 1 && to < len(lines) {
			next := spacedCells(lines[to])
			if len(next) != len(row) {
				break
			}
			rows = append(rows, next)
			to++
		}
		if len(rows) > 1 {
			out = append(out, tableLines(rows)...)
		} else {
			out = append(out, lines[from])
		}
		from = to
	}
	return out
}

func spacedCells(line string) []string { return between.Split(strings.Trim(line, " \t\u3000|｜"), -1) }

// oneLine writes what stands on several lines on one.
func oneLine(s string) string {
	var b strings.Builder
	for _, l := range strings.Split(s, "\n") {
		if l = strings.TrimSpace(l); l == "" {
			continue
		}
		if last, _ := utf8.DecodeLastRuneInString(b.String()); b.Len() > 0 && !strings.ContainsRune("。；，：、！？", last) {
			b.WriteString("；")
		}
		b.WriteString(l)
	}
	return b.String()
}

// What all the tables of one document may come to. A few bytes of a file can
// ask for millions of cells, so they are counted before they are made.
const (
	mostCells    = 400_000
	mostCellText = mostText // bytes
)

// budget is what is left for a document's tables.
type budget struct{ cells, bytes int }

// take counts n cells of one text, and fails where they are too many.
func (b *budget) take(n int, text string) error {
	b.cells += n
	b.bytes += n * len(text)
	if b.cells > mostCells || b.bytes > mostCellText {
		return ErrTooLarge
	}
	return nil
}
