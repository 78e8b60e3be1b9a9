package parse

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// readDOC reads Word 97–2003 by its piece table ([MS-DOC] 2.4.1, 2.8.35):
// where each stretch of the text stands, and in which encoding.
func readDOC(streams map[string][]byte) (*Source, error) {
	fib := streams["WordDocument"]
	if len(fib) < 0x1aa || binary.LittleEndian.Uint16(fib) != 0xa5ec {
		return nil, ErrDamaged
	}
	flags := binary.LittleEndian.Uint16(fib[0x0a:])
	if flags&0x0100 != 0 {
		return nil, ErrPassword
	}
	table := streams["0Table"]
	if flags&0x0200 != 0 {
		table = streams["1Table"]
	}
	at, size := u32(fib, 0x1a2), u32(fib, 0x1a6)
	if at+size > len(table) || at < 0 || size < 0 {
		return nil, ErrDamaged
	}
	text, err := pieces(fib, table[at:at+size], u32(fib, 0x4c))
	if err != nil {
		return nil, err
	}
	s := &Source{Format: "DOC", Lines: docLines(text)}
	s.Doubts = append(s.Doubts, "旧版 DOC 里自动编的号（一、（一）1.）读不出来。编号缺了的话，请另存为 DOCX 再放")
	return s, nil
}

func u32(b []byte, at int) int { return int(int32(binary.LittleEndian.Uint32(b[at:]))) }

// pieces puts the text of the main document together, most characters long.
func pieces(doc, clx []byte, most int) ([]uint16, error) {
	for len(clx) > 3 && clx[0] == 1 { // property modifiers stand before the table
		n := 3 + int(binary.LittleEndian.Uint16(clx[1:]))
		if n > len(clx) {
			return nil, ErrDamaged
		}
		clx = clx[n:]
	}
	if len(clx) < 9 || clx[0] != 2 {
		return nil, ErrDamaged
	}
	clx = clx[5:]
	n := (len(clx) - 4) / 12
	var text []uint16
	for i := range n {
		begin, end := u32(clx, 4*i), u32(clx, 4*i+4)
		piece, err := stretch(doc, end-begin, uint32(u32(clx, 4*(n+1)+8*i+2)))
		if err != nil {
			return nil, err
		}
		text = append(text, piece...)
		if len(text) > largest {
			return nil, ErrDamaged
		}
	}
	if most < 0 || most > len(text) {
		most = len(text)
	}
	return text[:most], nil
}

// stretch reads n characters at an offset whose second-highest bit says that
// they are of one byte each.
func stretch(doc []byte, n int, fc uint32) ([]uint16, error) {
	narrow, at := fc&0x40000000 != 0, int(fc&0x3fffffff)
	size := 2 * n
	if narrow {
		at, size = at/2, n
	}
	if n < 0 || n > len(doc) || at+size > len(doc) {
		return nil, ErrDamaged
	}
	if narrow {
		return oneByte(doc[at : at+size]), nil
	}
	out := make([]uint16, n)
	for i := range out {
		out[i] = binary.LittleEndian.Uint16(doc[at+2*i:])
	}
	return out, nil
}

// oneByte decodes characters of one byte: CP1252 by the standard, GBK as some
// Chinese programs write it.
func oneByte(b []byte) []uint16 {
	for _, c := range b {
		if c >= 0x80 {
			if s, err := simplifiedchinese.GBK.NewDecoder().Bytes(b); err == nil && !strings.ContainsRune(string(s), 0xfffd) {
				return utf16.Encode([]rune(string(s)))
			}
			break
		}
	}
	s, _ := charmap.Windows1252.NewDecoder().Bytes(b)
	return utf16.Encode([]rune(string(s)))
}

// docLines gives the paragraphs: field codes are dropped and their results
// kept, and cells are put together to rows.
func docLines(text []uint16) []string {
	var lines, cells []string
	var rows [][]string
	var b strings.Builder
	var codes int // fields whose code is being read
	take := func() string {
		s := b.String()
		b.Reset()
		return s
	}
	for _, r := range utf16.Decode(text) {
		switch {
		case r == 0x13:
			codes++
		case r == 0x14, r == 0x15 && codes > 0:
			codes = max(0, codes-1)
		case codes > 0, r == 0x15:
		case r == 0x07 && b.Len() == 0 && len(cells) > 0:
			rows, cells = append(rows, cells), nil
		case r == 0x07:
			cells = append(cells, take())
		case r == '\r' && len(cells) > 0:
			b.WriteByte('\n')
		case r == '\r', r == 0x0b, r == 0x0c:
			lines, rows = append(lines, tableLines(rows)...), nil
			lines = append(lines, take())
		case r == '\t':
			b.WriteByte(' ')
		case r == 0x1e:
			b.WriteByte('-')
		case r >= ' ':
			b.WriteRune(r)
		}
	}
	lines = append(lines, tableLines(rows)...)
	return append(lines, take())
}
