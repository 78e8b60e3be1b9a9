package parse

import (
	"regexp"
	"strings"
	"unicode/utf8"
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
	if len(rows) < 2 || !headings(rows[0]) {
		for _, r := range rows {
			lines = append(lines, strings.Join(distinct(r), "；"))
		}
		return lines
	}
	for _, r := range rows[1:] {
		if l := underHeadings(rows[0], r); l != "" {
			lines = append(lines, l)
		}
	}
	return lines
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
		cells, filled := make([]string, len(r)), false
		for i, c := range r {
			cells[i] = oneLine(c)
			filled = filled || cells[i] != ""
		}
		if filled {
			out = append(out, cells)
		}
	}
	return out
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
var between = regexp.MustCompile(`\s*[|｜│]\s*|\t+|[ \x{3000}]{3,}`)

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

func spacedCells(line string) []string { return between.Split(strings.Trim(line, " \t\u3000"), -1) }
