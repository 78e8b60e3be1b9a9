package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"zujian/knowledge"
)

// widths of the added columns, in characters.
var widths = []float64{12, 26, 30, 40, 28, 44, 30, 60}

// XLSX gives the workbook: the original pages as they were with the added
// columns on the right, and the pages 汇总, 联合组建建议 and 依据原文.
func (res *Result) XLSX() (out []byte, err error) {
	defer func() {
		if thrown := recover(); thrown != nil { // what an odd file makes the library do
			knowledge.Caught(thrown)
			out, err = nil, errDamaged
		}
	}()
	f := res.File
	if f.csv {
		return res.fromCSV()
	}
	x, err := openBook(f.data)
	if err != nil {
		return nil, err
	}
	defer x.Close()
	w := &writer{x: x, res: res, derived: map[int]int{}}
	filters := map[string]area{}
	for _, s := range f.sheets {
		if a, ok := w.addColumns(s); ok {
			filters[s.name] = a
		}
	}
	w.widenFilters(filters)
	if err := w.pages(); err != nil {
		return nil, err
	}
	buf, err := x.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("write the workbook: %w", err)
	}
	return buf.Bytes(), nil
}

// Macros reports whether the workbook holds macros; it must keep its kind then.
func (f *File) Macros() bool {
	return !f.csv && bytes.Contains(f.data, []byte("xl/vbaProject.bin"))
}

type writer struct {
	x       *excelize.File
	res     *Result
	derived map[int]int // style of the cell beside → style of ours
}

// column is where the added columns begin: right of everything that stands in
// the rows of the tables.
func (s *sheet) column(tables []*table) int {
	rows := map[int]bool{}
	for _, t := range tables {
		for r := t.top; r <= t.header; r++ {
			rows[r] = true
		}
		for _, r := range t.rows {
			rows[r] = true
		}
	}
	last := 0
	for r := range rows {
		for c := len(s.row(r)) - 1; c > last; c-- {
			if s.grid[r][c] != "" {
				last = c
			}
		}
	}
	if s.raw != nil {
		for _, raw := range s.raw.rows {
			if rows[raw.n] {
				last = max(last, raw.lastFull)
			}
		}
	}
	for _, a := range s.merged {
		for r := range rows {
			if a.r0 <= r && r <= a.r1 && a.c0 <= last+len(added) {
				last = max(last, min(a.c1, mostColumns))
			}
		}
	}
	return last + 1
}

func (s *sheet) row(r int) []string {
	if r < len(s.grid) {
		return s.grid[r]
	}
	return nil
}

// addColumns adds the columns to one page, and gives what its filter reaches
// over then.
func (w *writer) addColumns(s *sheet) (filter area, ok bool) {
	tables := w.res.tablesOf(s)
	if len(tables) == 0 {
		return area{}, false
	}
	col := s.column(tables)
	if col+len(added) > excelize.MaxColumns {
		w.res.Summary.Doubts = append(w.res.Summary.Doubts, "“"+s.name+"”右边没有空列了，没有加上建议。")
		return area{}, false
	}
	rows := map[int]extra{}
	at := map[int]*rawRow{}
	for i := range s.raw.rows {
		at[s.raw.rows[i].n] = &s.raw.rows[i]
	}
	for _, t := range tables {
		rows[t.header] = extra{added, besideStyle(at[t.header], col)}
	}
	for i := range w.res.Rows {
		r := &w.res.Rows[i]
		if r.table.sheet == s {
			rows[r.Line-1] = extra{r.Cells(w.res.File.book), w.style(besideStyle(at[r.Line-1], col))}
		}
	}
	w.x.Pkg.Store(s.path, s.raw.patched(col, rows, widths))
	filter, ok = areaOf(s.raw.filter.text(s.raw.data))
	if !ok || filter.c1 >= col {
		return filter, false
	}
	filter.c1 = col + len(added) - 1
	return filter, true
}

// tablesOf gives the tables of a page that have recommendations.
func (res *Result) tablesOf(s *sheet) []*table {
	return slices.DeleteFunc(res.File.usable(), func(t *table) bool { return t.sheet != s })
}

// besideStyle is the style of the last cell before the added columns, so that
// they look like the table.
func besideStyle(r *rawRow, col int) int {
	if r == nil {
		return 0
	}
	for i := len(r.cells) - 1; i >= 0; i-- {
		if int(r.cells[i].c) < col {
			return int(r.cells[i].style)
		}
	}
	return 0
}

// style gives a style like that of the cell beside, but to the left and on one
// line: a row must not grow by what is added to it.
func (w *writer) style(beside int) int {
	if id, ok := w.derived[beside]; ok {
		return id
	}
	id := beside
	if style, err := w.x.GetStyle(beside); err == nil {
		style.NumFmt, style.CustomNumFmt = 0, nil
		style.Alignment = &excelize.Alignment{Horizontal: "left", Vertical: "center"}
		if n, err := w.x.NewStyle(style); err == nil {
			id = n
		}
	}
	w.derived[beside] = id
	return id
}

// widenFilters lets the hidden names that filters go by reach as far as the
// filters do.
func (w *writer) widenFilters(filters map[string]area) {
	for _, n := range w.x.GetDefinedName() {
		a, ok := filters[n.Scope]
		if n.Name != "_xlnm._FilterDatabase" || !ok {
			continue
		}
		_ = w.x.DeleteDefinedName(&excelize.DefinedName{Name: n.Name, Scope: n.Scope})
		n.RefersTo = "'" + strings.ReplaceAll(n.Scope, "'", "''") + "'!" + absolute(a)
		_ = w.x.SetDefinedName(&n)
	}
}

func absolute(a area) string {
	return "$" + letter(a.c0) + "$" + itoa(a.r0+1) + ":$" + letter(a.c1) + "$" + itoa(a.r1+1)
}

// pageName gives a name that no page has yet.
func (w *writer) pageName(name string) (string, error) {
	for i := 1; i < 100; i++ {
		try := name
		if i > 1 {
			try = name + itoa(i)
		}
		n, err := w.x.GetSheetIndex(try)
		if err != nil {
			return "", fmt.Errorf("look for a page: %w", err)
		}
		if n < 0 {
			return try, nil
		}
	}
	return "", errors.New("no name for a page is free")
}
