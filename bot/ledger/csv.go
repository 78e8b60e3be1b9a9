package ledger

import (
	"bytes"
	"encoding/csv"
	"regexp"

	"github.com/xuri/excelize/v2"
)

// countForm is a number that a table can count with. Longer ones, and those
// with a nought in front, are numbers of things and stay as they were typed.
var countForm = regexp.MustCompile(`^(?:0|-?[1-9]\d{0,8})$`)

// fromCSV makes a workbook of a ledger that came as CSV.
func (res *Result) fromCSV() ([]byte, error) {
	f, s := res.File, res.File.sheets[0]
	x := excelize.NewFile()
	defer x.Close()
	if err := x.SetSheetName("Sheet1", s.name); err != nil {
		return nil, err
	}
	w := &writer{x: x, res: res}
	st, err := w.makeStyles()
	if err != nil {
		return nil, err
	}
	out, err := x.NewStreamWriter(s.name)
	if err != nil {
		return nil, err
	}
	col := s.column(f.usable())
	for i, width := range widths {
		if err := out.SetColWidth(col+i+1, col+i+1, width); err != nil {
			return nil, err
		}
	}
	ours := res.cellsByLine()
	for r, row := range s.grid {
		cells := make([]any, 0, col+len(added))
		for _, v := range row[:min(len(row), col)] {
			cells = append(cells, typed(v))
		}
		if texts, ok := ours[r]; ok {
			for len(cells) < col {
				cells = append(cells, nil)
			}
			for _, t := range texts {
				cells = append(cells, excelize.Cell{StyleID: ourStyle(st, texts), Value: t})
			}
		}
		if err := out.SetRow("A"+itoa(r+1), cells); err != nil {
			return nil, err
		}
	}
	if err := out.Flush(); err != nil {
		return nil, err
	}
	if err := w.pages(); err != nil {
		return nil, err
	}
	buf, err := x.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// ourStyle is the style of headings for the headings, and none for the rest.
func ourStyle(st styles, texts []string) int {
	if &texts[0] == &added[0] {
		return st.head
	}
	return 0
}

func typed(v string) any {
	if countForm.MatchString(v) {
		return atoi(v)
	}
	return v
}

// cellsByLine gives the added cells by row, counted from 0.
func (res *Result) cellsByLine() map[int][]string {
	out := map[int][]string{}
	for _, t := range res.File.usable() {
		out[t.header] = added
	}
	for i := range res.Rows {
		out[res.Rows[i].Line-1] = res.Rows[i].Cells(res.File.book)
	}
	return out
}

// CSV gives a ledger that came as CSV with the added columns, in UTF-8 with
// the mark by which Excel knows it. A cell that a spreadsheet would take for a
// formula is marked as text.
func (res *Result) CSV() ([]byte, error) {
	s := res.File.sheets[0]
	col := s.column(res.File.usable())
	ours := res.cellsByLine()
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	for r, row := range s.grid {
		line := make([]string, 0, col+len(added))
		for _, v := range row {
			line = append(line, inert(v))
		}
		if texts, ok := ours[r]; ok {
			for len(line) < col {
				line = append(line, "")
			}
			line = line[:col]
			for _, t := range texts {
				line = append(line, inert(t))
			}
		}
		if len(line) == 0 {
			line = []string{""}
		}
		if err := w.Write(line); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

var (
	formulaStart = regexp.MustCompile(`^[=+\-@\t\r]`)
	plainNumber  = regexp.MustCompile(`^[+-]?\d[\d,. -]*%?$`)
)

// inert keeps a spreadsheet from taking a cell for a formula: an apostrophe in
// front says that it is text. Numbers with a sign stay.
func inert(v string) string {
	if formulaStart.MatchString(v) && !plainNumber.MatchString(v) && v != "-" && v != "--" {
		return "'" + v
	}
	return v
}
