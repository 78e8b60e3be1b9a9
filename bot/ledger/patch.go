package ledger

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
)

// extra is what is added to one row of a worksheet: texts from a column on,
// and the style of each cell.
type extra struct {
	texts []string
	style int
}

// patched gives the worksheet's XML with cells added to its rows from column
// col on. Every other byte is the original's, but for the attributes that say
// how far the sheet, a row or a filter reaches, and the widths of the added
// columns. Empty cells that stand in the way are replaced.
func (sk *skeleton) patched(col int, rows map[int]extra, widths []float64) []byte {
	var edits []edit
	for i := range sk.rows {
		r := &sk.rows[i]
		if x, ok := rows[r.n]; ok {
			edits = append(edits, sk.rowEdits(r, col, x)...)
		}
	}
	edits = append(edits, sk.columnEdit(col, widths))
	last := col + len(widths) - 1
	if e, ok := sk.reach(sk.dimension, last); ok {
		edits = append(edits, e)
	}
	if a, ok := areaOf(sk.filter.text(sk.data)); ok && sk.filter.to > 0 && a.c1 < col {
		if e, ok := sk.reach(sk.filter, last); ok {
			edits = append(edits, e)
		}
	}
	return applied(sk.data, edits)
}

// edit replaces a stretch of the original.
type edit struct {
	at  span
	new string
}

func applied(data []byte, edits []edit) []byte {
	slices.SortStableFunc(edits, func(a, b edit) int { // what is only put in comes first
		return cmp.Or(a.at.from-b.at.from, a.at.to-b.at.to)
	})
	size := len(data)
	for _, e := range edits {
		size += len(e.new)
	}
	out := make([]byte, 0, size)
	at := 0
	for _, e := range edits {
		out = append(out, data[at:e.at.from]...)
		out = append(out, e.new...)
		at = e.at.to
	}
	return append(out, data[at:]...)
}

// rowEdits adds cells to a row, in the order of the columns.
func (sk *skeleton) rowEdits(r *rawRow, col int, x extra) []edit {
	var cells strings.Builder
	for i, text := range x.texts {
		sk.writeCell(&cells, r.n, col+i, text, x.style)
	}
	if r.self {
		tag := strings.TrimSuffix(strings.TrimRight(r.tag.text(sk.data), " "), "/>")
		return []edit{{r.tag, tag + ">" + cells.String() + "</" + sk.prefix + "row>"}}
	}
	var edits []edit
	at := r.end
	for i := len(r.cells) - 1; i >= 0 && int(r.cells[i].c) >= col; i-- {
		c := r.cells[i]
		if int(c.c) >= col+len(x.texts) {
			at = c.at.from
			continue
		}
		edits = append(edits, edit{c.at, ""})
		at = c.at.from
	}
	edits = append(edits, edit{span{at, at}, cells.String()})
	if first, end, ok := strings.Cut(r.spansAt.text(sk.data), ":"); ok && atoi(end) < col+len(x.texts) {
		edits = append(edits, edit{r.spansAt, first + ":" + strconv.Itoa(col+len(x.texts))})
	}
	return edits
}

// writeCell writes a text into the cell itself, so that the workbook's list of
// shared texts stays as it is. A text is never a formula.
func (sk *skeleton) writeCell(b *strings.Builder, r, c int, text string, style int) {
	p := sk.prefix
	b.WriteString("<" + p + `c r="` + letter(c) + strconv.Itoa(r+1) + `" s="` + strconv.Itoa(style) + `"`)
	if text == "" {
		b.WriteString("/>")
		return
	}
	b.WriteString(` t="inlineStr"><` + p + `is><` + p + `t xml:space="preserve">`)
	b.WriteString(escaped(text))
	b.WriteString("</" + p + "t></" + p + "is></" + p + "c>")
}

// escaped makes a text safe inside XML; what XML cannot hold is dropped.
func escaped(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer does not fail
	return strings.ReplaceAll(b.String(), "\ufffd", "")
}

// columnEdit rewrites the widths of columns so that the added ones have their
// own and are not hidden.
func (sk *skeleton) columnEdit(col int, widths []float64) edit {
	first, last := col+1, col+len(widths)
	var out strings.Builder
	out.WriteString("<" + sk.prefix + "cols>")
	write := func(attrs []xml.Attr, lo, hi int) {
		if lo > hi {
			return
		}
		out.WriteString("<" + sk.prefix + "col")
		for _, a := range attrs {
			v := a.Value
			switch a.Name.Local {
			case "min":
				v = strconv.Itoa(lo)
			case "max":
				v = strconv.Itoa(hi)
			}
			name := a.Name.Local
			if a.Name.Space != "" {
				name = a.Name.Space + ":" + name
			}
			out.WriteString(" " + name + `="` + escaped(v) + `"`)
		}
		out.WriteString("/>")
	}
	own := func() {
		for i, w := range widths {
			out.WriteString("<" + sk.prefix + `col min="` + strconv.Itoa(first+i) + `" max="` + strconv.Itoa(first+i) +
				`" width="` + strconv.FormatFloat(w, 'f', -1, 64) + `" customWidth="1"/>`)
		}
	}
	done := false
	for _, c := range sk.columns {
		write(c.attrs, c.min, min(c.max, first-1))
		if c.max >= first && !done {
			own()
			done = true
		}
		write(c.attrs, max(c.min, last+1), c.max)
	}
	if !done {
		own()
	}
	out.WriteString("</" + sk.prefix + "cols>")
	if sk.colsAt.to == 0 {
		return edit{span{sk.sheetAt, sk.sheetAt}, out.String()}
	}
	return edit{sk.colsAt, out.String()}
}

// reach lets a range go on to a column.
func (sk *skeleton) reach(s span, col int) (edit, bool) {
	a, ok := areaOf(s.text(sk.data))
	if !ok || s.to == 0 || a.c1 >= col {
		return edit{}, false
	}
	a.c1 = col
	return edit{s, a.ref()}, true
}
