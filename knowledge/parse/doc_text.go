package parse

import (
	"encoding/binary"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// docText collects the text as it is walked through.
type docText struct {
	d       *doc
	out     []string
	text    strings.Builder
	cells   []string // of the row at hand
	cell    []string // paragraphs of the cell at hand
	rows    [][]string
	budget  budget
	full    bool   // more cells than a document may have
	fields  []bool // open fields; true while their code is read
	waiting uint16 // the first half of a pair
}

// lines gives the text of the characters from to (not included); nil where they
// hold too many cells.
func (d *doc) lines(from, to int) []string {
	w := &docText{d: d}
	paragraphs, characters := spanAt{all: d.paragraphs}, spanAt{all: d.characters}
	for _, p := range d.pieces {
		for i := max(0, from-p.from); i < min(p.to, to)-p.from; i++ {
			offset := p.offset + i*p.size()
			r, ok := w.rune(p, offset)
			switch {
			case !ok:
			case r == '\r' || r == '\a' || r == '\f':
				w.end(r, d.shape(paragraphs.of(offset)))
			case !hidden(characters.of(offset)):
				w.take(r)
			}
		}
	}
	w.end('\r', shape{})
	if w.full {
		return nil
	}
	return w.out
}

func (w *docText) rune(p piece, offset int) (rune, bool) {
	if p.narrow {
		return charmap.Windows1252.DecodeByte(w.d.main[offset]), true
	}
	u := binary.LittleEndian.Uint16(w.d.main[offset:])
	if w.waiting != 0 {
		r := utf16.DecodeRune(rune(w.waiting), rune(u))
		w.waiting = 0
		return r, r != utf8.RuneError
	}
	if utf16.IsSurrogate(rune(u)) {
		w.waiting = u
		return 0, false
	}
	return rune(u), true
}

// take takes one character of a paragraph. 0x13 to 0x15 stand around a field
// and its code; other controls are pictures, marks of notes and the like.
func (w *docText) take(r rune) {
	switch r {
	case 0x13:
		w.fields = append(w.fields, true)
	case 0x14:
		if n := len(w.fields); n > 0 {
			w.fields[n-1] = false
		}
	case 0x15:
		if n := len(w.fields); n > 0 {
			w.fields = w.fields[:n-1]
		}
	default:
		for _, code := range w.fields {
			if code {
				return
			}
		}
		w.write(r)
	}
}

func (w *docText) write(r rune) {
	switch {
	case r == '\t':
		w.text.WriteByte(' ')
	case r == '\v':
		w.text.WriteByte('\n')
	case r == 0x1E:
		w.text.WriteByte('-')
	case r >= ' ':
		w.text.WriteRune(r)
	}
}

// end ends a paragraph, a cell or a row.
func (w *docText) end(mark rune, s shape) {
	text := w.text.String()
	w.text.Reset()
	if label := w.label(s); strings.TrimSpace(text) != "" {
		text = label + strings.TrimLeft(text, " \u3000")
	}
	switch {
	case s.rowEnd:
		w.endRow(s.cells)
	case s.inTable && mark == '\a':
		w.cells = append(w.cells, strings.Join(append(w.cell, text), "\n"))
		w.cell = nil
	case s.inTable:
		w.cell = append(w.cell, text)
	default:
		w.out = append(append(w.out, tableLines(w.rows)...), strings.Split(text, "\n")...)
		w.rows = nil
	}
}

// endRow ends a row; a cell that is merged with the one left of it, or above
// it, has that one's text. ([MS-DOC] 2.9.319 TCGRF)
func (w *docText) endRow(definition []byte) {
	if len(definition) > 0 {
		at := 1 + 2*(int(definition[0])+1)
		for i := range w.cells {
			flags := w.d.u16(definition, at+20*i)
			switch {
			case w.cells[i] != "":
			case flags&3 == 1 && i > 0:
				w.cells[i] = w.cells[i-1]
			case flags>>5&3 == 1 && len(w.rows) > 0 && i < len(w.rows[len(w.rows)-1]):
				w.cells[i] = w.rows[len(w.rows)-1][i]
			}
		}
	}
	for _, c := range w.cells {
		w.full = w.full || w.budget.take(1, c) != nil
	}
	if !w.full {
		w.rows = append(w.rows, w.cells)
	}
	w.cells, w.cell = nil, nil
}

func (w *docText) label(s shape) string {
	if s.list <= 0 {
		return ""
	}
	return w.d.num.next("", strconv.Itoa(s.list), strconv.Itoa(s.level))
}
