package parse

import (
	"encoding/xml"
	"strings"
)

// paragraph gives the text of a paragraph, and the lines of frames in it.
func (o *odt) paragraph(name string) (string, []string, error) {
	var text strings.Builder
	var boxes []string
	err := o.inside(name, func(e xml.StartElement) error {
		if e.Name.Local != "text-box" {
			return o.inline(e, &text)
		}
		more, err := o.lines("text-box", o.block)
		boxes = append(boxes, more...)
		return err
	}, func(words string) { text.WriteString(blanks.ReplaceAllString(words, " ")) })
	return text.String(), boxes, err
}

func (o *odt) inline(e xml.StartElement, text *strings.Builder) error {
	switch e.Name.Local {
	case "note":
		return o.note()
	case "annotation", "ruby-text", "page-number", "title", "desc":
		return o.Skip()
	case "s":
		text.WriteString(strings.Repeat(" ", min(atLeast(attr(e, "c")), 100)))
	case "tab":
		text.WriteByte(' ')
	case "line-break":
		text.WriteByte('\n')
	}
	return nil
}

// note takes a footnote or endnote, and not its mark.
func (o *odt) note() error {
	lists := o.open
	o.open = nil
	defer func() { o.open = lists }()
	return o.inside("note", func(e xml.StartElement) error {
		if e.Name.Local != "note-body" {
			return o.Skip()
		}
		lines, err := o.lines("note-body", o.block)
		o.notes = append(o.notes, lines...)
		return err
	}, nil)
}

// table gives the rows; a cell that spans columns or rows stands in each.
func (o *odt) table() (rows [][]string, err error) {
	err = o.inside("table", func(e xml.StartElement) error {
		switch e.Name.Local {
		case "table-row":
			rows = append(rows, nil)
		case "table-cell", "covered-table-cell":
			if len(rows) == 0 {
				return ErrDamaged
			}
			return o.cell(e, rows)
		}
		return nil
	}, nil)
	return rows, err
}

func (o *odt) cell(e xml.StartElement, rows [][]string) error {
	lines, err := o.lines(e.Name.Local, o.block)
	if err != nil {
		return err
	}
	last := len(rows) - 1
	text := strings.Join(lines, "\n")
	if e.Name.Local == "covered-table-cell" {
		switch at := len(rows[last]); {
		case at > 0 && rows[last][at-1] != "" && (last == 0 || at >= len(rows[last-1]) || rows[last-1][at] == rows[last-1][at-1]):
			text = rows[last][at-1]
		case last > 0 && at < len(rows[last-1]):
			text = rows[last-1][at]
		}
	}
	times := min(atLeast(attr(e, "number-columns-repeated")), 60)
	if err := o.cells.take(times, text); err != nil {
		return err
	}
	for range times {
		rows[last] = append(rows[last], text)
	}
	return nil
}
