package parse

import (
	"encoding/xml"
	"strings"
)

// paragraph gives the text of a paragraph, and the lines of frames in it.
func (o *odt) paragraph(name string) (string, []string, error) {
	if o.depth++; o.depth > deepest {
		return "", nil, ErrDamaged
	}
	defer func() { o.depth-- }()
	var text strings.Builder
	var boxes []string
	for {
		t, err := o.dec.Token()
		if err != nil {
			return "", nil, ErrDamaged
		}
		switch e := t.(type) {
		case xml.CharData:
			text.WriteString(blanks.ReplaceAllString(string(e), " "))
		case xml.EndElement:
			if e.Name.Local == name {
				return text.String(), boxes, nil
			}
		case xml.StartElement:
			switch e.Name.Local {
			case "text-box":
				var more []string
				more, err = o.blocks("text-box")
				boxes = append(boxes, more...)
			default:
				err = o.inline(e, &text)
			}
			if err != nil {
				return "", nil, damagedOr(err)
			}
		}
	}
}

func (o *odt) inline(e xml.StartElement, text *strings.Builder) error {
	switch e.Name.Local {
	case "note":
		return o.note()
	case "annotation", "ruby-text", "page-number", "title", "desc":
		return o.dec.Skip()
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
	lists := o.lists
	o.lists = nil
	defer func() { o.lists = lists }()
	for {
		t, err := o.dec.Token()
		if err != nil {
			return ErrDamaged
		}
		switch e := t.(type) {
		case xml.EndElement:
			if e.Name.Local == "note" {
				return nil
			}
		case xml.StartElement:
			if e.Name.Local != "note-body" {
				if err := o.dec.Skip(); err != nil {
					return ErrDamaged
				}
				continue
			}
			lines, err := o.blocks("note-body")
			if err != nil {
				return err
			}
			o.notes = append(o.notes, lines...)
		}
	}
}

// table gives the rows; a cell that spans columns or rows stands in each.
func (o *odt) table() ([][]string, error) {
	var rows [][]string
	for {
		t, err := o.dec.Token()
		if err != nil {
			return nil, ErrDamaged
		}
		switch e := t.(type) {
		case xml.EndElement:
			switch e.Name.Local {
			case "table":
				return rows, nil
			}
		case xml.StartElement:
			switch e.Name.Local {
			case "table-row":
				rows = append(rows, nil)
			case "table-cell", "covered-table-cell":
				if len(rows) == 0 {
					return nil, ErrDamaged
				}
				if err := o.cell(e, rows); err != nil {
					return nil, err
				}
			}
		}
	}
}

func (o *odt) cell(e xml.StartElement, rows [][]string) error {
	lines, err := o.blocks(e.Name.Local)
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
