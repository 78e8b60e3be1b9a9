package parse

import (
	"bytes"
	"errors"
	"strings"

	"github.com/xuri/excelize/v2"
)

// mostRows is how many rows of a workbook are read.
const mostRows = 100_000

// readXLSX reads a workbook: a list of questions and answers becomes an article
// each, any other sheet one line a row under its headings.
func readXLSX(data []byte) (*Source, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked})
	switch {
	case errors.Is(err, excelize.ErrWorkbookPassword), errors.Is(err, excelize.ErrWorkbookFileFormat):
		return nil, ErrPassword
	case err != nil && strings.Contains(err.Error(), "unzip size"):
		return nil, ErrTooLarge
	case err != nil:
		return nil, ErrDamaged
	}
	defer f.Close()
	s := &Source{Format: "XLSX"}
	for _, name := range f.GetSheetList() {
		if visible, err := f.GetSheetVisible(name); err == nil && !visible {
			continue
		}
		rows, err := sheetRows(f, name)
		if err != nil {
			return nil, err
		}
		s.takeSheet(rows)
	}
	s.Lines = append(s.Lines, faqLines(s.Asked)...)
	if len(s.Lines) == 0 {
		return nil, ErrEmpty
	}
	return s, nil
}

// sheetRows gives the cells as they are shown, but a whole number of more than
// eleven digits as it was typed, and a merged cell in each of its places.
func sheetRows(f *excelize.File, name string) ([][]string, error) {
	it, err := f.Rows(name)
	if err != nil {
		return nil, ErrDamaged
	}
	defer it.Close()
	var rows [][]string
	for it.Next() {
		cells, err := it.Columns()
		if err != nil {
			return nil, ErrDamaged
		}
		if rows = append(rows, cells); len(rows) > mostRows {
			return nil, ErrTooLarge
		}
	}
	if it.Error() != nil {
		return nil, ErrDamaged
	}
	return even(rows), spread(f, name, rows)
}

// even gives all rows the same number of cells.
func even(rows [][]string) [][]string {
	width := 0
	for _, r := range rows {
		width = max(width, len(r))
	}
	width = min(width, 200)
	for i, r := range rows {
		cells := make([]string, width)
		copy(cells, r)
		rows[i] = cells
	}
	return rows
}

func spread(f *excelize.File, name string, rows [][]string) error {
	merged, err := f.GetMergeCells(name)
	if err != nil {
		return ErrDamaged
	}
	for _, m := range merged {
		c0, r0, err0 := excelize.CellNameToCoordinates(m.GetStartAxis())
		c1, r1, err1 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err0 != nil || err1 != nil {
			return ErrDamaged
		}
		for r := r0; r <= min(r1, len(rows)); r++ {
			for c := c0; c <= min(c1, len(rows[r-1])); c++ {
				rows[r-1][c-1] = m.GetCellValue()
			}
		}
	}
	return nil
}

// takeSheet takes a sheet's rows as questions and answers where a row of its
// first ones names both columns.
func (s *Source) takeSheet(rows [][]string) {
	for i, r := range rows[:min(len(rows), 5)] {
		q, a, basis := faqColumns(r)
		if q < 0 || a < 0 {
			continue
		}
		for _, row := range rows[i+1:] {
			if strings.TrimSpace(row[q]) == "" || strings.TrimSpace(row[a]) == "" {
				continue
			}
			e := Answered{Question: row[q], Answer: row[a]}
			if basis >= 0 {
				e.Basis = strings.TrimSpace(row[basis])
			}
			s.Asked = append(s.Asked, e)
		}
		return
	}
	s.Lines = append(s.Lines, tableLines(rows)...)
}

func faqColumns(row []string) (question, answer, basis int) {
	question, answer, basis = -1, -1, -1
	for i, c := range row {
		switch strings.TrimSpace(c) {
		case "问题", "问", "提问", "咨询问题", "常见问题", "问题内容":
			question = i
		case "答案", "答", "回答", "答复", "解答", "答复内容", "回复":
			answer = i
		case "依据", "来源", "出处", "政策依据", "文件依据", "依据文件":
			basis = i
		}
	}
	return question, answer, basis
}
