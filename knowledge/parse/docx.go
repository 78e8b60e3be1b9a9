package parse

import (
	"encoding/xml"
	"strings"

	"zujian/knowledge/text"
)

// docx reads the main part of a Word document, a paragraph at a time.
type docx struct {
	walker
	num   *numbering
	cells budget
}

func readDOCX(a *archive) (*source, error) {
	data, err := a.read("word/document.xml")
	if err != nil {
		return nil, err
	}
	s, err := docxContent(data, readNumbering(a), "DOCX")
	if err != nil {
		return nil, err
	}
	for _, part := range []string{"word/footnotes.xml", "word/endnotes.xml"} {
		if data, err := a.read(part); err == nil {
			if notes, err := docxContent(data, &numbering{}, ""); err == nil {
				s.Notes = append(s.Notes, notes.Lines...)
			}
		}
	}
	return s, nil
}

// docxContent reads a part that holds text.
func docxContent(data []byte, num *numbering, format string) (*source, error) {
	d := &docx{walker: walker{Decoder: newXML(data)}, num: num}
	lines, err := d.lines("", d.block)
	if err != nil {
		return nil, err
	}
	return &source{Format: format, Lines: lines}, nil
}

// passedOver is what is not the text as it stands: what was deleted or moved
// away, field codes, and the copy for older programs.
func passedOver(name string) bool {
	switch name {
	case "del", "moveFrom", "instrText", "delInstrText", "Fallback", "sectPr", "delText", "tblPr", "tblGrid", "trPr", "sdtPr":
		return true
	}
	return false
}

func (d *docx) block(e xml.StartElement) ([]string, error) {
	switch name := e.Name.Local; {
	case passedOver(name):
		return nil, d.Skip()
	case name == "p":
		return d.paragraph()
	case name == "tbl":
		rows, err := d.table()
		return tableLines(rows), err
	}
	return nil, nil
}

type value struct {
	Val string `xml:"val,attr"`
}

type paragraphProperties struct {
	Style value `xml:"pStyle"`
	Num   *struct {
		Level value `xml:"ilvl"`
		ID    value `xml:"numId"`
	} `xml:"numPr"`
}

// paragraph gives the paragraph's lines, its automatic number before the
// first, and those of text boxes in it behind.
func (d *docx) paragraph() ([]string, error) {
	var text strings.Builder
	var boxes []string
	var p paragraphProperties
	hidden := false
	err := d.inside("p", func(e xml.StartElement) (err error) {
		switch name := e.Name.Local; name {
		case "pPr":
			return d.DecodeElement(&p, &e)
		case "r":
			hidden = false
		case "vanish":
			hidden = attr(e, "val") != "0" && attr(e, "val") != "false"
		case "txbxContent", "footnote", "endnote": // notes stand within the text in Word 2003 only
			var more []string
			more, err = d.lines(name, d.block)
			boxes = append(boxes, more...)
		default:
			return d.inline(e, &text, hidden)
		}
		return err
	}, nil)
	return append(d.finish(text.String(), p), boxes...), err
}

// inline takes one element of a run.
func (d *docx) inline(e xml.StartElement, text *strings.Builder, hidden bool) error {
	switch name := e.Name.Local; {
	case passedOver(name):
		return d.Skip()
	case name == "t":
		var s string
		if err := d.DecodeElement(&s, &e); err != nil {
			return err
		}
		if !hidden {
			text.WriteString(s)
		}
	case name == "tab":
		text.WriteByte(' ')
	case name == "br", name == "cr":
		text.WriteByte('\n')
	case name == "noBreakHyphen":
		text.WriteByte('-')
	}
	return nil
}

// finish puts the number before the text. A paragraph without text has none:
// Word counts it, but nobody reads it.
func (d *docx) finish(text string, p paragraphProperties) []string {
	level, id := "", ""
	if p.Num != nil {
		level, id = p.Num.Level.Val, p.Num.ID.Val
	}
	label := d.num.next(p.Style.Val, id, level)
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return strings.Split(label+strings.TrimLeft(text, " \u3000"), "\n")
}

// table gives the rows; a cell that spans columns or rows stands in each.
func (d *docx) table() (rows [][]string, err error) {
	err = d.inside("tbl", func(e xml.StartElement) (err error) {
		switch {
		case passedOver(e.Name.Local):
			err = d.Skip()
		case e.Name.Local == "tr":
			rows, err = d.row(rows)
		}
		return err
	}, nil)
	return rows, err
}

type cellProperties struct {
	Span  value  `xml:"gridSpan"`
	Merge *value `xml:"vMerge"`
}

func (d *docx) row(rows [][]string) ([][]string, error) {
	var cells []string
	deleted := false
	err := d.inside("tr", func(e xml.StartElement) (err error) {
		switch e.Name.Local {
		case "del": // in trPr: the row was deleted
			deleted = true
			err = d.Skip()
		case "tc":
			cells, err = d.cell(cells, rows)
		}
		return err
	}, nil)
	if deleted || err != nil {
		return rows, err
	}
	return append(rows, cells), nil
}

func (d *docx) cell(cells []string, rows [][]string) ([]string, error) {
	var p cellProperties
	lines, err := d.lines("tc", func(e xml.StartElement) ([]string, error) {
		if e.Name.Local == "tcPr" {
			return nil, d.DecodeElement(&p, &e)
		}
		return d.block(e)
	})
	if err != nil {
		return nil, err
	}
	return d.place(p, cells, rows, strings.Join(lines, "\n"))
}

// place puts a cell into each of the columns that it spans.
func (d *docx) place(p cellProperties, cells []string, rows [][]string, content string) ([]string, error) {
	if p.Merge != nil && p.Merge.Val != "restart" && len(rows) > 0 {
		if above := rows[len(rows)-1]; len(cells) < len(above) {
			content = above[len(cells)]
		}
	}
	span := max(1, min(text.Whole(p.Span.Val), 60))
	if err := d.cells.take(span, content); err != nil {
		return nil, err
	}
	for range span {
		cells = append(cells, content)
	}
	return cells, nil
}
