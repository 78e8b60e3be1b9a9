package parse

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// docStyle is what a paragraph style says of numbering.
type docStyle struct{ level, list int }

// readStyles reads the paragraph styles. ([MS-DOC] 2.9.271, STSH)
func (d *doc) readStyles() {
	b := d.part(fibStyles)
	n, base := d.u16(b, 2), d.u16(b, 4)
	at := 2 + d.u16(b, 0)
	d.styles = make([]docStyle, min(n, 4096))
	based := make([]int, len(d.styles))
	for i := range d.styles {
		size := d.u16(b, at)
		if at+2+size > len(b) {
			break
		}
		std := b[at+2 : at+2+size]
		at += 2 + size + size%2
		kind := d.u16(std, 2)
		if size == 0 || kind&0xF != 1 {
			continue
		}
		based[i] = kind >> 4
		upx := base + 2 + 2*d.u16(std, base) + 2
		upx += upx % 2
		s := shape{}
		if m := d.u16(std, upx); m > 2 && upx+2+m <= len(std) {
			s.apply(std[upx+4 : upx+2+m])
		}
		d.styles[i] = docStyle{s.level, s.list}
	}
	for i := range d.styles {
		for from, hops := based[i], 0; d.styles[i].list == 0 && from < len(d.styles) && hops < 10; hops++ {
			d.styles[i] = d.styles[from]
			from = based[from]
		}
	}
}

// readLists reads how lists number their levels, and which list each override
// stands for. ([MS-DOC] 2.9.150 LSTF, 2.9.131 LFO, 2.9.149 LVL)
func (d *doc) readLists() {
	d.num = &numbering{lists: map[string]*list{}, styles: map[string]styleNum{}}
	lists, from := d.part(fibLists), d.u32(d.main, fibLists)
	if len(lists) < 2 {
		return
	}
	rest := d.table[min(len(d.table), from+len(lists)):] // the levels stand behind
	byID := map[int]*list{}
	for i := range d.u16(lists, 0) {
		at := 2 + 28*i
		if at+28 > len(lists) {
			break
		}
		l := &list{count: new([9]int)}
		levels := 9
		if lists[at+26]&1 != 0 {
			levels = 1
		}
		for j := range levels {
			l.levels[j], rest = d.level(rest)
		}
		byID[d.u32(lists, at)] = l
	}
	d.readOverrides(byID)
}

// level reads one level and gives what stands behind it.
func (d *doc) level(b []byte) (level, []byte) {
	if len(b) < 28 {
		return level{}, nil
	}
	v := level{start: d.u32(b, 0), format: docFormats[b[4]]}
	b = b[min(len(b), 28+int(b[24])+int(b[25])):]
	n := d.u16(b, 0)
	if 2+2*n > len(b) {
		return v, nil
	}
	var text strings.Builder
	var units []uint16
	for i := range n {
		u := uint16(d.u16(b, 2+2*i))
		if u < 9 {
			text.WriteString(string(utf16.Decode(units)) + "%" + strconv.Itoa(int(u)+1))
			units = nil
			continue
		}
		units = append(units, u)
	}
	v.text = text.String() + string(utf16.Decode(units))
	if v.format == "" {
		v.format = "decimal"
	}
	return v, b[2+2*n:]
}

// docFormats names the ways of numbering as DOCX does. ([MS-OSHARED] 2.2.1.3)
var docFormats = map[byte]string{
	0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter",
	10: "ideographDigital", 11: "japaneseCounting", 18: "decimalEnclosedCircle", 23: "bullet",
	30: "ideographTraditional", 31: "ideographZodiac",
	33: "taiwaneseCounting", 34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand",
	37: "chineseCounting", 38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none",
}

func (d *doc) readOverrides(byID map[int]*list) {
	b := d.part(fibLfos)
	n := min(d.u32(b, 0), len(b)/16)
	rest := b[min(len(b), 4+16*n):]
	for i := range n {
		at := 4 + 16*i
		base := byID[d.u32(b, at)]
		if base == nil || at+16 > len(b) {
			continue
		}
		own := &list{levels: base.levels, count: base.count, start: map[int]int{}}
		rest = rest[min(len(rest), 4):]
		for range int(b[at+12]) {
			if len(rest) < 8 {
				break
			}
			start, flags := d.u32(rest, 0), d.u32(rest, 4)
			rest = rest[8:]
			j := flags & 0xF
			if flags&0x20 != 0 && j < 9 {
				own.levels[j], rest = d.level(rest)
			} else if flags&0x10 != 0 && j < 9 {
				own.start[j] = start
			}
		}
		d.num.lists[strconv.Itoa(i+1)] = own
	}
}
