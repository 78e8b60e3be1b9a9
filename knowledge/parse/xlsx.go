package parse

import (
	"bytes"
	"errors"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// mostColumns is how many columns of a sheet are read; a table of an office has
// fewer, and a stray cell may stand in the 16,384th.
const mostColumns = 200

// mostWide is how many rows may reach beyond those columns: a few are strays,
// more are data or made to cost time.
const mostWide = 100

// readXLSX reads a workbook: a list of questions and answers becomes an article
// each, any other sheet one line a row under its headings.
func readXLSX(a *archive, data []byte) (*source, error) {
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
	s := &source{Format: "XLSX"}
	parts, err := sheetParts(a)
	if err != nil {
		return nil, err
	}
	var cells budget
	for _, name := range f.GetSheetList() {
		if visible, err := f.GetSheetVisible(name); err == nil && !visible {
			continue
		}
		if !strings.HasPrefix(parts[name], "xl/worksheets/") {
			s.Doubts = append(s.Doubts, "“"+name+"”是一张图，没有文字可读。")
			continue
		}
		if err := s.takeWorksheet(f, a, name, parts[name], &cells); err != nil {
			return nil, err
		}
	}
	s.Lines = append(s.Lines, faqLines(s.Asked)...)
	if len(s.Lines) == 0 {
		return nil, ErrEmpty
	}
	return s, nil
}

// sheetParts gives where in the archive each sheet stands, by its name.
func sheetParts(a *archive) (map[string]string, error) {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := errors.Join(a.xml("xl/workbook.xml", &book), a.xml("xl/_rels/workbook.xml.rels", &rels)); err != nil {
		return nil, damagedOr(err)
	}
	targets := map[string]string{}
	for _, r := range rels.All {
		targets[r.ID] = strings.TrimPrefix(path.Join("/xl", r.Target), "/")
		if strings.HasPrefix(r.Target, "/") {
			targets[r.ID] = strings.TrimPrefix(r.Target, "/")
		}
	}
	parts := map[string]string{}
	for _, s := range book.Sheets {
		parts[s.Name] = targets[s.ID]
	}
	return parts, nil
}

func (s *source) takeWorksheet(f *excelize.File, a *archive, name, part string, cells *budget) error {
	rows, beyond, err := sheetRows(f, name, cells)
	if err != nil {
		return err
	}
	if beyond {
		s.Doubts = append(s.Doubts, "“"+name+"”有写在很右边的格子，只读了前面的列。")
	}
	if err := spread(a, part, rows, cells); err != nil {
		return err
	}
	plain := make([][]string, len(rows))
	for i, r := range rows {
		plain[i] = r.cells
	}
	s.takeSheet(plain)
	return nil
}

// sheetRow is a row that has something in it, with its number in the sheet.
type sheetRow struct {
	number int
	cells  []string
}

// sheetRows gives the cells as they are shown, all rows with as many; beyond
// says that some stood too far right to be read.
func sheetRows(f *excelize.File, name string, cells *budget) (rows []sheetRow, beyond bool, err error) {
	wide := 0
	it, err := f.Rows(name)
	if err != nil {
		return nil, false, ErrDamaged
	}
	defer it.Close()
	width := 0
	for number := 1; it.Next(); number++ {
		r, err := it.Columns()
		if err != nil {
			return nil, false, ErrDamaged
		}
		if len(r) > mostColumns {
			beyond = beyond || strings.Join(r[mostColumns:], "") != ""
			if wide++; wide > mostWide {
				return nil, false, ErrTooLarge
			}
		}
		r = filled(r[:min(len(r), mostColumns)])
		if len(r) == 0 {
			continue
		}
		if err := cells.take(1, strings.Join(r, "")); err != nil {
			return nil, false, err
		}
		width = max(width, len(r))
		rows = append(rows, sheetRow{number, r})
	}
	if it.Error() != nil {
		return nil, false, ErrDamaged
	}
	if err := cells.take(width*len(rows), ""); err != nil {
		return nil, false, err
	}
	for i := range rows {
		rows[i].cells = widened(rows[i].cells, width)
	}
	return rows, beyond, nil
}

// widened gives a row with so many cells.
func widened(row []string, width int) []string {
	even := make([]string, width)
	copy(even, row)
	return even
}

// filled gives a row without the blank cells at its end.
func filled(row []string) []string {
	for len(row) > 0 && strings.TrimSpace(row[len(row)-1]) == "" {
		row = row[:len(row)-1]
	}
	return append([]string(nil), row...)
}

// spread writes a merged cell into each of its places.
func spread(a *archive, part string, rows []sheetRow, cells *budget) error {
	var sheet struct {
		Merged []struct {
			Ref string `xml:"ref,attr"`
		} `xml:"mergeCells>mergeCell"`
	}
	if err := a.xml(part, &sheet); err != nil {
		return err
	}
	at := map[int]int{}
	for i, r := range rows {
		at[r.number] = i
	}
	for _, m := range sheet.Merged {
		from, to, _ := strings.Cut(m.Ref, ":")
		c0, r0, err0 := excelize.CellNameToCoordinates(from)
		c1, r1, err1 := excelize.CellNameToCoordinates(to)
		if err0 != nil || err1 != nil {
			continue // damage that costs no more than the merging
		}
		i, there := at[r0]
		if !there || c0 > len(rows[i].cells) {
			continue
		}
		text := rows[i].cells[c0-1]
		for ; i < len(rows) && rows[i].number <= r1; i++ {
			c1 := min(c1, len(rows[i].cells))
			if err := cells.take(max(0, c1-c0+1), text); err != nil {
				return err
			}
			for c := c0; c <= c1; c++ {
				rows[i].cells[c-1] = text
			}
		}
	}
	return nil
}
