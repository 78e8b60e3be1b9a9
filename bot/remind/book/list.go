package book

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"zujian/knowledge/parse"
)

// Line is a sentence of a list with the row of the file that it stands in,
// from 1.
type Line struct {
	Row  int
	Text string
}

// ReadList reads the sentences of an XLSX, CSV or TXT file: one a row, or
// columns whose headings say when, whom and what. What stands above the
// headings is no sentence. Errors are in Chinese and say what is wrong with the
// file.
func ReadList(data []byte) ([]Line, error) {
	rows, err := listRows(data)
	if err != nil {
		return nil, err
	}
	c, first := columns{}, 0
	for i, row := range rows[:min(len(rows), longestHead)] {
		if found, ok := columnsOf(row.cells); ok {
			c, first = found, i+1
			break
		}
	}
	var all []Line
	for _, row := range rows[first:] {
		text := c.sentence(row.cells)
		if first == 0 && len(all) == 0 && strings.Contains(text, "一句话") {
			continue // the heading of the only column
		}
		if text != "" {
			all = append(all, Line{row.number, text})
		}
	}
	return all, nil
}

// longestHead is how far down the headings are looked for.
const longestHead = 10

type listRow struct {
	number int
	cells  []string
}

func listRows(data []byte) ([]listRow, error) {
	if bytes.HasPrefix(data, []byte("PK")) {
		return sheetRows(data)
	}
	text, err := parse.Text(data)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = -1, true, true
	if head, _, _ := strings.Cut(text, "\n"); strings.Contains(head, "\t") {
		r.Comma = '\t'
	}
	var rows []listRow
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		line, _ := r.FieldPos(0)
		rows = append(rows, listRow{line, cells})
	}
}

// sheetRows reads the first sheet. Dates and clocks are numbers there, written
// as their formats like: they are written here as people say them.
func sheetRows(data []byte) ([]listRow, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 64 << 20})
	if err != nil {
		return nil, errors.New("文件损坏或者有密码")
	}
	defer f.Close()
	sheet := f.GetSheetName(0)
	shown, err := f.GetRows(sheet)
	if err != nil {
		return nil, err
	}
	raw, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, err
	}
	rows := make([]listRow, 0, len(shown))
	for i, cells := range shown {
		for j := range cells {
			if i < len(raw) && j < len(raw[i]) {
				cells[j] = spelled(f, sheet, i, j, raw[i][j], cells[j])
			}
		}
		rows = append(rows, listRow{i + 1, cells})
	}
	return rows, nil
}

// spelled writes a cell that holds a date or a clock; another stays as shown.
func spelled(f *excelize.File, sheet string, row, column int, raw, shown string) string {
	n, err := strconv.ParseFloat(raw, 64)
	if err != nil || n < 0 || n > 100000 {
		return shown
	}
	name, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil || !dated(f, sheet, name) {
		return shown
	}
	props, err := f.GetWorkbookProps()
	if err != nil {
		return shown
	}
	t, err := excelize.ExcelDateToTime(n, props.Date1904 != nil && *props.Date1904)
	switch whole := n == float64(int(n)); {
	case err != nil:
		return shown
	case n < 1:
		return t.Format("15:04")
	case whole:
		return t.Format("2006年1月2日")
	}
	return t.Format("2006年1月2日15:04")
}

// literal is what in a number format stands for itself.
var literal = regexp.MustCompile(`"[^"]*"|\\.|\[[^\]]*\]`)

// dated reports whether the format of a cell is one of dates or clocks: by its
// number (ECMA-376, 18.8.30) or its letters.
func dated(f *excelize.File, sheet, cell string) bool {
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		return false
	}
	style, err := f.GetStyle(id)
	if err != nil {
		return false
	}
	if style.CustomNumFmt != nil {
		return strings.ContainsAny(strings.ToLower(literal.ReplaceAllString(*style.CustomNumFmt, "")), "ymdh")
	}
	n := style.NumFmt
	return n >= 14 && n <= 22 || n >= 27 && n <= 36 || n >= 45 && n <= 47 || n >= 50 && n <= 58
}

// columns are where the headings say what; -1 where none does.
type columns struct {
	when, day, clock, who, what int
	known                       bool
}

var headings = map[string][]string{
	"when":  {"什么时候", "何时", "提醒时间", "什么时间"},
	"day":   {"日期", "哪天", "哪一天", "提醒日期"},
	"clock": {"时间", "几点", "钟点"},
	"who":   {"提醒谁", "群", "群名", "对象", "发给"},
	"what":  {"什么事", "事项", "内容", "提醒内容", "提醒事项"},
}

// columnsOf finds the headings in a row; not ok where it is none of headings.
func columnsOf(cells []string) (columns, bool) {
	at := func(what string) int {
		return slices.IndexFunc(cells, func(cell string) bool { return slices.Contains(headings[what], strings.TrimSpace(cell)) })
	}
	c := columns{when: at("when"), day: at("day"), clock: at("clock"), who: at("who"), what: at("what"), known: true}
	return c, c.what >= 0 && max(c.when, c.day, c.clock) >= 0
}

// sentence makes a sentence of a row; empty where the row is.
func (c columns) sentence(cells []string) string {
	if !c.known {
		return strings.Trim(strings.TrimSpace(strings.Join(cells, "，")), "，")
	}
	when := cell(cells, c.when) + cell(cells, c.day) + cell(cells, c.clock)
	if when == "" && cell(cells, c.what) == "" {
		return ""
	}
	return fmt.Sprintf("%s提醒%s：%s", when, cell(cells, c.who), cell(cells, c.what))
}

func cell(cells []string, i int) string {
	if i < 0 || i >= len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[i])
}
