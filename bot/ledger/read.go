package ledger

import (
	"encoding/csv"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"

	"zujian/knowledge"
	"zujian/knowledge/parse"
)

// readSheet reads one page: its values as they are shown, and how it is laid
// out.
func readSheet(x *excelize.File, p sheetPath) (s *sheet, err error) {
	defer func() {
		if thrown := recover(); thrown != nil {
			knowledge.Caught(thrown)
			s, err = nil, errDamaged
		}
	}()
	data, ok := part(x, p.path)
	if !ok {
		return nil, errDamaged
	}
	raw, err := scan(data)
	if err != nil {
		return nil, errDamaged
	}
	s = &sheet{name: p.name, path: p.path, raw: raw, merged: raw.merged, listed: raw.tables,
		hiddenR: map[int]bool{}, hiddenC: map[int]bool{}, comments: commented(x, p.path)}
	x.Pkg.Store(p.path, raw.narrow())
	if s.grid, err = values(x, p.name); err != nil {
		return nil, err
	}
	s.trim()
	for _, r := range raw.rows {
		if r.hidden {
			s.hiddenR[r.n] = true
		}
	}
	for _, c := range raw.columns {
		for i := c.min; c.hidden && i <= min(c.max, mostColumns); i++ {
			s.hiddenC[i-1] = true
		}
	}
	return s, nil
}

// values gives the cells as they are shown.
func values(x *excelize.File, name string) ([][]string, error) {
	it, err := x.Rows(name)
	if err != nil {
		return nil, errDamaged
	}
	defer it.Close()
	var rows [][]string
	full := 0
	for it.Next() {
		cells, err := it.Columns()
		if err != nil {
			return nil, errDamaged
		}
		if len(cells) > 0 {
			if full++; full > mostRows {
				return nil, ErrTooLarge
			}
		}
		rows = append(rows, cells)
	}
	if it.Error() != nil {
		return nil, errDamaged
	}
	return rows, nil
}

// narrow takes out the cells beyond the columns a ledger may have, before the
// library reads it: that makes a row as wide as its farthest cell, up to 16,384
// for one stray value.
func (sk *skeleton) narrow() []byte {
	var out []byte
	from := 0
	for _, row := range sk.rows {
		for _, c := range row.cells {
			if c.c >= mostColumns {
				out = append(out, sk.data[from:c.at.from]...)
				from = c.at.to
			}
		}
	}
	if from == 0 {
		return sk.data
	}
	return append(out, sk.data[from:]...)
}

// commented gives the cells that bear a note.
func commented(x *excelize.File, sheetPath string) map[[2]int]bool {
	out := map[[2]int]bool{}
	rels, err := relations(x, sheetPath)
	if err != nil {
		return out
	}
	for _, r := range rels {
		if path.Base(r.kind) != "comments" {
			continue
		}
		var notes struct {
			List []struct {
				Ref string `xml:"ref,attr"`
			} `xml:"commentList>comment"`
		}
		if decodePart(x, r.path, &notes) != nil {
			continue
		}
		for _, n := range notes.List {
			if row, col, ok := position(n.Ref); ok {
				out[[2]int{row, col}] = true
			}
		}
	}
	return out
}

// mostWorkedOut is how many formulas without a stored result are worked out.
const mostWorkedOut = 20_000

// workOut fills in the results of formulas that the program which wrote the
// file did not store, and spreads merged values. It works on a copy: what is
// worked out never gets into the file.
func workOut(data []byte, sheets []*sheet) error {
	var x *excelize.File
	for _, s := range sheets {
		for i, at := range s.raw.unresolved {
			if i >= mostWorkedOut || at[0] >= len(s.grid) || at[1] >= mostColumns {
				break
			}
			if x == nil {
				var err error
				if x, err = openBook(data); err != nil {
					return err
				}
				defer x.Close()
			}
			s.workOut(x, at[0], at[1])
		}
		s.raw.unresolved = nil
		if s.tooSpread() {
			return ErrTooLarge
		}
		s.spread()
	}
	return nil
}

func (s *sheet) workOut(x *excelize.File, r, c int) {
	defer func() {
		if thrown := recover(); thrown != nil { // a formula the library cannot take
			knowledge.Caught(thrown)
		}
	}()
	v, err := x.CalcCellValue(s.name, letter(c)+itoa(r+1))
	if err != nil || v == "" {
		return
	}
	for len(s.grid[r]) <= c {
		s.grid[r] = append(s.grid[r], "")
	}
	s.grid[r][c] = tidy(v)
	s.formulas++
}

// openCSV reads text in any of the encodings offices use, parted by commas,
// tabs, semicolons or bars.
func openCSV(data []byte) ([]*sheet, error) {
	text, err := parse.Text(data)
	if err != nil {
		return nil, errKind
	}
	if strings.TrimSpace(text) == "" {
		return nil, errEmpty
	}
	if looksLikeMarkup(text) {
		return nil, errMarkup
	}
	if strings.Count(text, string(divider(text))) > mostCells {
		return nil, ErrTooLarge
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = divider(text), true, -1
	s := &sheet{name: "台账", hiddenR: map[int]bool{}, hiddenC: map[int]bool{}, comments: map[[2]int]bool{}}
	width, end := 0, 0
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errDamaged
		}
		line, _ := r.FieldPos(0)
		for ; end < line-1 && len(s.grid) <= mostRows; end++ {
			s.grid = append(s.grid, nil) // an empty line keeps its number
		}
		end = line + strings.Count(strings.Join(row, ""), "\n")
		if s.grid = append(s.grid, row); len(s.grid) > mostRows {
			return nil, ErrTooLarge
		}
		width = max(width, len(row))
	}
	s.trim()
	if width < 2 {
		return nil, errKind
	}
	return []*sheet{s}, nil
}

// divider tells what parts the fields: what stands most often in the first
// lines that have any of them.
func divider(text string) rune {
	best, most := ',', 0
	lines := strings.SplitN(text, "\n", 20)
	for _, d := range []rune{',', '\t', ';', '|'} {
		n := 0
		for _, l := range lines {
			n += strings.Count(l, string(d))
		}
		if n > most {
			best, most = d, n
		}
	}
	return best
}

// errMarkup means a page of the web under the name of a workbook, as many
// systems export them.
var errMarkup = errors.New("这份“表格”其实是网页格式（有的系统导出来就是这样）。请用 WPS 或者 Excel 打开，另存为 XLSX 再试")

func looksLikeMarkup(text string) bool {
	head := strings.ToLower(strings.TrimSpace(text[:min(len(text), 2000)]))
	for _, begins := range []string{"<!doctype", "<?xml", "<table"} {
		if strings.HasPrefix(head, begins) {
			return true
		}
	}
	return strings.Contains(head, "<html")
}
