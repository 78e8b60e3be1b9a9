package parse

import (
	"encoding/binary"
)

// doc is a binary Word document (97–2003; WPS writes the same): the text in
// pieces, and beside it the properties of its paragraphs and characters.
// ([MS-DOC] 2.4.1, retrieving text)
type doc struct {
	main, table []byte
	pieces      []piece
	paragraphs  []span // by place in the file, in order
	characters  []span
	styles      []docStyle
	num         *numbering
}

// piece is a stretch of the text: characters from to (not included) begin at
// offset in the file, in bytes of Windows-1252 or in UTF-16.
type piece struct {
	from, to, offset int
	narrow           bool
}

// span holds the properties of what stands in the file from one offset to
// another.
type span struct {
	from, to int
	style    int
	grpprl   []byte
}

// Places in the file information block, from [MS-DOC] 2.5.
const (
	fibFlags  = 0x0A
	fibText   = 0x4C // counts of characters: the text, then each of the next
	fibFeet   = 0x50
	fibHeads  = 0x54
	fibMacros = 0x58
	fibMarks  = 0x5C
	fibEnds   = 0x60
	fibBoxes  = 0x64
	fibStyles = 0xA2
	fibChpx   = 0xFA
	fibPapx   = 0x102
	fibClx    = 0x1A2
	fibLists  = 0x2E2
	fibLfos   = 0x2EA
	fibLeast  = 0x2F2

	word97 = 0xC1
)

// readDOC reads the streams of a compound file that is a Word document.
func readDOC(streams map[string][]byte) (*source, error) {
	d := &doc{main: streams["WordDocument"]}
	if len(d.main) < fibLeast || binary.LittleEndian.Uint16(d.main) != 0xA5EC {
		return nil, ErrDamaged
	}
	if binary.LittleEndian.Uint16(d.main[2:]) < word97 {
		return nil, errFrom(ErrUnsupported, "这是 Word 95 或者更早的文件。请打开后另存为 DOCX 再放")
	}
	flags := binary.LittleEndian.Uint16(d.main[fibFlags:])
	if flags&0x0100 != 0 {
		return nil, ErrPassword
	}
	d.table = streams["0Table"]
	if flags&0x0200 != 0 {
		d.table = streams["1Table"]
	}
	if err := d.readPieces(); err != nil {
		return nil, err
	}
	d.paragraphs = d.readSpans(fibPapx, paragraphsOf)
	d.characters = d.readSpans(fibChpx, charactersOf)
	d.readStyles()
	d.readLists()
	s := &source{Format: "DOC"}
	from := 0
	for _, at := range []int{fibText, fibFeet, fibHeads, fibMacros, fibMarks, fibEnds, fibBoxes} {
		to := from + d.u32(d.main, at)
		switch at {
		case fibText:
			if s.Lines = d.lines(from, to); s.Lines == nil {
				return nil, ErrTooLarge
			}
		case fibFeet, fibEnds, fibBoxes:
			s.Notes = append(s.Notes, d.lines(from, to)...)
		}
		from = to
	}
	return s, nil
}

func (d *doc) u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[at:]))
}

func (d *doc) u32(b []byte, at int) int {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint32(b[at:]))
}

// part gives what of the table stream a pair of offset and length in the file
// information block names.
func (d *doc) part(at int) []byte {
	from, n := d.u32(d.main, at), d.u32(d.main, at+4)
	if n == 0 || from > len(d.table) || n > len(d.table)-from {
		return nil
	}
	return d.table[from : from+n]
}

func (d *doc) readPieces() error {
	clx := d.part(fibClx)
	for len(clx) > 3 && clx[0] == 1 {
		clx = clx[min(len(clx), 3+d.u16(clx, 1)):]
	}
	if len(clx) < 5 || clx[0] != 2 {
		return ErrDamaged
	}
	plc := clx[5:]
	plc = plc[:min(len(plc), d.u32(clx, 1))]
	n := (len(plc) - 4) / 12
	if n < 1 {
		return ErrDamaged
	}
	for i := range n {
		fc := d.u32(plc, 4*(n+1)+8*i+2)
		p := piece{from: d.u32(plc, 4*i), to: d.u32(plc, 4*i+4), offset: fc &^ (1 << 30), narrow: fc&(1<<30) != 0}
		if p.narrow {
			p.offset /= 2
		}
		if p.to <= p.from {
			continue
		}
		if p.end() > len(d.main) {
			return ErrDamaged
		}
		d.pieces = append(d.pieces, p)
	}
	return nil
}

func (p piece) size() int {
	if p.narrow {
		return 1
	}
	return 2
}

func (p piece) end() int { return p.offset + (p.to-p.from)*p.size() }

// readSpans reads the pages of 512 bytes that hold properties.
func (d *doc) readSpans(at int, of func(page []byte, run, runs int) (int, []byte)) []span {
	plc := d.part(at)
	n := (len(plc) - 4) / 8
	var out []span
	for i := range max(n, 0) {
		from := (d.u32(plc, 4*(n+1)+4*i) & 0x3FFFFF) * 512
		if from+512 > len(d.main) {
			continue
		}
		page := d.main[from : from+512]
		runs := int(page[511])
		for r := range runs {
			if 4*(runs+1) > 511 {
				break
			}
			style, grpprl := of(page, r, runs)
			out = append(out, span{d.u32(page, 4*r), d.u32(page, 4*r+4), style, grpprl})
		}
	}
	return out
}

func paragraphsOf(page []byte, run, runs int) (style int, grpprl []byte) {
	at := 4*(runs+1) + 13*run
	if at >= len(page) || page[at] == 0 {
		return 0, nil
	}
	at = 2 * int(page[at])
	n := 2*int(page[at]) - 1
	at++
	if n < 0 && at < len(page) {
		n = 2 * int(page[at])
		at++
	}
	if n < 2 || at+n > len(page) {
		return 0, nil
	}
	return int(binary.LittleEndian.Uint16(page[at:])), page[at+2 : at+n]
}

func charactersOf(page []byte, run, runs int) (style int, grpprl []byte) {
	at := 4*(runs+1) + run
	if at >= len(page) || page[at] == 0 {
		return 0, nil
	}
	at = 2 * int(page[at])
	n := int(page[at])
	if at+1+n > len(page) {
		return 0, nil
	}
	return 0, page[at+1 : at+1+n]
}

// spanAt gives the properties at an offset; they are asked for in order, so
// the search goes on from where the last ended.
type spanAt struct {
	all []span
	at  int
}

func (s *spanAt) of(offset int) *span {
	for range 2 {
		for ; s.at < len(s.all); s.at++ {
			if p := &s.all[s.at]; offset >= p.from && offset < p.to {
				return p
			}
		}
		s.at = 0 // pieces need not stand in the file in their order
	}
	return nil
}

// Single property modifiers that matter here, [MS-DOC] 2.6.
const (
	sprmDeleted = 0x0800
	sprmVanish  = 0x083C
	sprmLevel   = 0x260A
	sprmList    = 0x460B
	sprmInTable = 0x2416
	sprmRowEnd  = 0x2417
	sprmTable   = 0xD608
	sprmTabs    = 0xC615
)

// each calls f with every modifier of a list and its operand.
func each(grpprl []byte, f func(op int, operand []byte)) {
	for len(grpprl) >= 3 {
		op := int(binary.LittleEndian.Uint16(grpprl))
		n, skip := [8]int{1, 1, 2, 4, 2, 2, 0, 3}[op>>13], 2
		switch {
		case op == sprmTable && len(grpprl) >= 4:
			n, skip = int(binary.LittleEndian.Uint16(grpprl[2:]))-1, 4
		case op == sprmTabs && grpprl[2] == 255:
			return // its own two lists; nothing that matters comes behind
		case op>>13 == 6:
			n, skip = int(grpprl[2]), 3
		}
		if n < 0 || skip+n > len(grpprl) {
			return
		}
		f(op, grpprl[skip:skip+n])
		grpprl = grpprl[skip+n:]
	}
}

// shape is what is known of a paragraph.
type shape struct {
	level, list     int
	inTable, rowEnd bool
	cells           []byte // what the end of a row says of its cells
}

func (s *shape) apply(grpprl []byte) {
	each(grpprl, func(op int, v []byte) {
		switch op {
		case sprmLevel:
			s.level = int(v[0])
		case sprmList:
			s.list = int(int16(binary.LittleEndian.Uint16(v)))
		case sprmInTable:
			s.inTable = v[0] != 0
		case sprmRowEnd:
			s.rowEnd = v[0] != 0
		case sprmTable:
			s.cells = v
		}
	})
}

func (d *doc) shape(p *span) shape {
	var s shape
	if p == nil {
		return s
	}
	if p.style < len(d.styles) {
		s.level, s.list = d.styles[p.style].level, d.styles[p.style].list
	}
	s.apply(p.grpprl)
	return s
}

func hidden(p *span) bool {
	gone := false
	if p != nil {
		each(p.grpprl, func(op int, v []byte) {
			if op == sprmDeleted || op == sprmVanish {
				gone = gone || v[0]&1 != 0
			}
		})
	}
	return gone
}
