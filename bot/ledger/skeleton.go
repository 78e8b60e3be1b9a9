package ledger

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
)

// skeleton is where things stand in the XML of a worksheet (ECMA-376, part 1,
// 18.3), so that cells can be added to its rows and every other byte stays as
// it is.
type skeleton struct {
	data       []byte
	prefix     string // of the main namespace, with its colon, or ""
	rows       []rawRow
	merged     []area
	columns    []rawColumn
	colsAt     span // the element cols, empty where there is none
	sheetAt    int  // where sheetData begins
	dimension  span // the value of dimension's ref
	filter     span // the value of autoFilter's ref
	tables     bool // has tableParts
	unresolved [][2]int
}

type span struct{ from, to int }

func (s span) text(data []byte) string { return string(data[s.from:s.to]) }

type rawRow struct {
	n        int // counted from 0
	tag      span
	self     bool // <row/>
	end      int  // where </row> begins
	hidden   bool
	cells    []rawCell
	spansAt  span // the value of spans
	lastFull int  // last column with a value, -1 for none
}

type rawCell struct {
	c, style int32
	at       span
	empty    bool
}

// rawColumn is one col element.
type rawColumn struct {
	min, max int // counted from 1, as in the file
	hidden   bool
	attrs    []xml.Attr
}

// scanner walks through a worksheet's tokens.
type scanner struct {
	d     *xml.Decoder
	sk    *skeleton
	row   *rawRow
	cell  *rawCell
	value bool // the cell has a value
	form  bool // the cell has a formula
	next  int  // row number where the file does not say
}

var errNoSheet = errors.New("no sheetData")

// scan finds its way through a worksheet's XML.
func scan(data []byte) (*skeleton, error) {
	s := &scanner{d: xml.NewDecoder(bytes.NewReader(data)), sk: &skeleton{data: data, sheetAt: -1}}
	for {
		from := int(s.d.InputOffset())
		token, err := s.d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		at := span{from, int(s.d.InputOffset())}
		switch t := token.(type) {
		case xml.StartElement:
			s.start(t, at)
		case xml.EndElement:
			s.end(t, at)
		}
	}
	if s.sk.sheetAt < 0 {
		return nil, errNoSheet
	}
	return s.sk, nil
}

func (s *scanner) start(e xml.StartElement, at span) {
	switch e.Name.Local {
	case "sheetData":
		s.sk.sheetAt = at.from
		if e.Name.Space != "" {
			s.sk.prefix = e.Name.Space + ":"
		}
	case "row":
		s.startRow(e, at)
	case "c":
		s.startCell(e, at)
	case "v", "is":
		s.value = s.value || s.cell != nil
	case "f":
		s.form = s.cell != nil
	case "mergeCell":
		if a, ok := areaOf(attr(e, "ref")); ok {
			s.sk.merged = append(s.sk.merged, a)
		}
	case "cols":
		s.sk.colsAt = at
	case "col":
		s.column(e)
	case "dimension":
		s.sk.dimension = s.attrAt(at, "ref")
	case "autoFilter":
		if s.sk.filter.to == 0 {
			s.sk.filter = s.attrAt(at, "ref")
		}
	case "tableParts":
		s.sk.tables = true
	}
}

func (s *scanner) end(e xml.EndElement, at span) {
	switch e.Name.Local {
	case "row":
		if s.row != nil {
			s.row.end = at.from
			s.row.self = at.from == at.to
			s.sk.rows = append(s.sk.rows, *s.row)
			s.row = nil
		}
	case "c":
		s.endCell(at)
	case "cols":
		s.sk.colsAt.to = at.to
	}
}

func (s *scanner) startRow(e xml.StartElement, at span) {
	n, err := strconv.Atoi(attr(e, "r"))
	if err != nil {
		n = s.next + 1
	}
	s.next = n
	s.row = &rawRow{n: n - 1, tag: at, hidden: isHidden(e), lastFull: -1, spansAt: s.attrAt(at, "spans")}
}

func (s *scanner) startCell(e xml.StartElement, at span) {
	if s.row == nil {
		return
	}
	c := int32(0)
	if n := len(s.row.cells); n > 0 {
		c = s.row.cells[n-1].c + 1
	}
	if _, col, ok := position(attr(e, "r")); ok {
		c = int32(col)
	}
	style, _ := strconv.Atoi(attr(e, "s"))
	s.cell = &rawCell{c: c, style: int32(style), at: at, empty: true}
	s.value, s.form = false, false
}

func (s *scanner) endCell(at span) {
	if s.cell == nil || s.row == nil {
		return
	}
	s.cell.at.to = at.to
	s.cell.empty = !s.value && !s.form
	if !s.cell.empty {
		s.row.lastFull = max(s.row.lastFull, int(s.cell.c))
	}
	if s.form && !s.value {
		s.sk.unresolved = append(s.sk.unresolved, [2]int{s.row.n, int(s.cell.c)})
	}
	s.row.cells = append(s.row.cells, *s.cell)
	s.cell = nil
}

func (s *scanner) column(e xml.StartElement) {
	lo, err0 := strconv.Atoi(attr(e, "min"))
	hi, err1 := strconv.Atoi(attr(e, "max"))
	if err0 == nil && err1 == nil && lo <= hi {
		s.sk.columns = append(s.sk.columns, rawColumn{lo, hi, isHidden(e), e.Copy().Attr})
	}
}

// attrAt finds the value of an attribute in a tag as it stands in the file.
func (s *scanner) attrAt(tag span, name string) span {
	text := s.sk.data[tag.from:tag.to]
	for _, quote := range []string{`"`, `'`} {
		i := bytes.Index(text, []byte(" "+name+"="+quote))
		if i < 0 {
			continue
		}
		from := i + len(name) + 3
		if n := bytes.IndexByte(text[from:], quote[0]); n >= 0 {
			return span{tag.from + from, tag.from + from + n}
		}
	}
	return span{}
}

func isHidden(e xml.StartElement) bool {
	v := attr(e, "hidden")
	return v == "1" || v == "true"
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}
