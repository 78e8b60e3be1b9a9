package parse

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// rtf reads Rich Text. Groups that hold no text of the body are passed over;
// the numbers of lists are in the text (listtext).
type rtf struct {
	data  []byte
	at    int
	state rtfState
	stack []rtfState

	text  strings.Builder
	bytes []byte   // text in the code page, not yet decoded
	units []uint16 // text in UTF-16, not yet decoded
	cells []string
	rows  [][]string
	lines []string
	notes []string

	page     int         // the code page of the whole text
	charsets map[int]int // of each font
	budget   budget
	failed   error
	merges   []rtfMerge // of the cells of the row at hand, as the row defines them
}

type rtfState struct {
	skip, hidden, table bool
	fonts               bool // within the table of fonts
	note                bool // within a footnote
	font                int
	uc                  int // how many characters stand in for a Unicode one
}

func readRTF(data []byte) (*source, error) {
	r := &rtf{data: data, state: rtfState{uc: 1}, charsets: map[int]int{}}
	if !r.run() {
		return nil, ErrDamaged
	}
	if r.failed != nil {
		return nil, r.failed
	}
	r.paragraph()
	r.endTable()
	return &source{Format: "RTF", Lines: r.lines, Notes: r.notes}, nil
}

// run reads to the end, and says whether every group was closed.
func (r *rtf) run() bool {
	for r.at < len(r.data) {
		c := r.data[r.at]
		r.at++
		switch c {
		case '{':
			if len(r.stack) > 1000 {
				return false
			}
			r.stack = append(r.stack, r.state)
		case '}':
			if len(r.stack) == 0 {
				return false
			}
			r.close()
			if len(r.stack) == 0 {
				return true
			}
		case '\\':
			r.control()
		case '\r', '\n':
		default:
			r.byte(c)
		}
	}
	return false
}

func (r *rtf) byte(c byte) {
	if !r.state.skip && !r.state.hidden {
		r.flushUnits()
		r.bytes = append(r.bytes, c)
	}
}

func (r *rtf) flushBytes() {
	if len(r.bytes) == 0 {
		return
	}
	r.text.WriteString(r.decoded())
	r.bytes = r.bytes[:0]
}

// decoded reads the bytes at hand in the font's character set, or the text's
// code page. Western ones are tried as Chinese first: many writers name them
// whatever they write.
func (r *rtf) decoded() string {
	e := encoding.Encoding(simplifiedchinese.GB18030)
	switch charset := r.charsets[r.state.font]; {
	case charset == 136, charset <= 1 && r.page == 950:
		e = traditionalchinese.Big5
	case charset == 128, charset <= 1 && r.page == 932:
		e = japanese.ShiftJIS
	case charset == 129, charset <= 1 && r.page == 949:
		e = korean.EUCKR
	}
	s, err := e.NewDecoder().Bytes(r.bytes)
	if err != nil || bytes.ContainsRune(s, utf8.RuneError) {
		s, _ = charmap.Windows1252.NewDecoder().Bytes(r.bytes)
	}
	return string(s)
}

// close ends a group; a footnote is kept apart from the text around it.
func (r *rtf) close() {
	was := r.state
	r.state, r.stack = r.stack[len(r.stack)-1], r.stack[:len(r.stack)-1]
	if was.note && !r.state.note {
		r.flushUnits()
		r.flushBytes()
		whole := r.text.String()
		if at := strings.LastIndexByte(whole, noteStart); at >= 0 {
			r.notes = append(r.notes, strings.Split(strings.TrimSpace(whole[at+1:]), "\n")...)
			r.text.Reset()
			r.text.WriteString(whole[:at])
		}
		return
	}
	if was.font != r.state.font {
		font := r.state.font
		r.state.font = was.font
		r.flushBytes()
		r.state.font = font
	}
}

// noteStart parts a footnote from the text that it interrupts.
const noteStart = 1

func (r *rtf) flushUnits() {
	if len(r.units) > 0 {
		r.text.WriteString(string(utf16.Decode(r.units)))
		r.units = r.units[:0]
	}
}

func (r *rtf) write(s string) {
	if !r.state.skip && !r.state.hidden {
		r.flushUnits()
		r.flushBytes()
		r.text.WriteString(s)
	}
}

// control reads what follows a backslash: a sign, or a word with its number.
func (r *rtf) control() {
	if r.at >= len(r.data) {
		return
	}
	c := r.data[r.at]
	if c == '\'' && r.at+2 < len(r.data) {
		if b, err := strconv.ParseUint(string(r.data[r.at+1:r.at+3]), 16, 8); err == nil {
			r.byte(byte(b))
		}
		r.at += 3
		return
	}
	if !isLetter(c) {
		r.at++
		r.sign(c)
		return
	}
	start := r.at
	for r.at < len(r.data) && isLetter(r.data[r.at]) {
		r.at++
	}
	word := string(r.data[start:r.at])
	start = r.at
	if r.at < len(r.data) && r.data[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.data) && r.data[r.at] >= '0' && r.data[r.at] <= '9' {
		r.at++
	}
	n, err := strconv.Atoi(string(r.data[start:r.at]))
	if r.at < len(r.data) && r.data[r.at] == ' ' {
		r.at++
	}
	r.word(word, n, err == nil)
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func (r *rtf) sign(c byte) {
	switch c {
	case '*':
		r.state.skip = true
	case '~':
		r.write(" ")
	case '_':
		r.write("-")
	case '\\', '{', '}':
		r.write(string(c))
	case '\n', '\r':
		r.paragraph()
	}
}

func (r *rtf) word(word string, n int, given bool) {
	on := !given || n != 0
	switch word {
	case "fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr",
		"footerf", "listtable", "listoverridetable", "object", "fldinst", "annotation", "xe", "tc", "themedata", "rsidtbl",
		"generator", "nonshppict", "shprslt":
		r.state.skip = true
		r.state.fonts = r.state.fonts || word == "fonttbl"
	case "ansicpg":
		r.page = n
	case "f":
		if !r.state.skip {
			r.flushBytes()
		}
		r.state.font = n
	case "fcharset":
		if r.state.fonts && len(r.charsets) < 10_000 {
			r.charsets[r.state.font] = n
		}
	case "footnote", "shptxt", "dptxbxtext": // older readers pass over them, or over what a text box stands in
		above := len(r.stack) - 1
		if word != "footnote" {
			above--
		}
		r.state.skip = above >= 0 && r.stack[above].skip
		r.write(string(rune(noteStart)))
		r.state.note = true
	case "clmgf", "clmrg", "clvmgf", "clvmrg", "cellx", "trowd":
		r.merge(word)
	case "deleted", "v":
		r.state.hidden = on
	case "plain":
		r.state.hidden = false
	case "bin":
		r.at += min(len(r.data)-r.at, max(0, n))
	case "uc":
		r.state.uc = max(0, min(n, 10))
	case "u":
		r.unicode(n)
	case "pard":
		r.state.table = false
	case "intbl":
		r.state.table = true
	case "par", "sect", "page":
		r.paragraph()
	case "line":
		r.write("\n")
	case "tab":
		r.write(" ")
	case "cell", "row":
		r.table(word)
	case "emdash":
		r.write("—")
	case "lquote", "rquote", "ldblquote", "rdblquote":
		r.write(map[string]string{"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"}[word])
	}
}

// unicode takes one UTF-16 unit and passes over what stands in for it.
func (r *rtf) unicode(n int) {
	if !r.state.skip && !r.state.hidden {
		r.flushBytes()
		r.units = append(r.units, uint16(n))
	}
	for range r.state.uc {
		switch {
		case r.at+3 < len(r.data) && r.data[r.at] == '\\' && r.data[r.at+1] == '\'':
			r.at += 4
		case r.at < len(r.data) && r.data[r.at] != '\\' && r.data[r.at] != '{' && r.data[r.at] != '}':
			r.at++
		}
	}
}

func (r *rtf) take() string {
	r.flushUnits()
	r.flushBytes()
	s := r.text.String()
	r.text.Reset()
	return s
}

func (r *rtf) paragraph() {
	if r.state.skip {
		return
	}
	if r.state.table || r.state.note {
		r.write("\n")
		return
	}
	s := r.take()
	r.endTable()
	r.lines = append(r.lines, strings.Split(s, "\n")...)
}

func (r *rtf) table(word string) {
	if r.state.skip {
		return
	}
	if word == "cell" {
		text := r.merged(strings.TrimSpace(r.take()))
		if r.failed == nil {
			r.failed = r.budget.take(1, text)
		}
		if r.failed == nil {
			r.cells = append(r.cells, text)
		}
		return
	}
	r.rows, r.cells = append(r.rows, r.cells), nil
}

// rtfMerge says that a cell belongs to the one left of it, or above it.
type rtfMerge struct{ left, above bool }

// merge takes what the row says of its cells, before their text.
func (r *rtf) merge(word string) {
	if word == "trowd" {
		r.merges = nil
	}
	if word == "trowd" || len(r.merges) == 0 {
		r.merges = append(r.merges, rtfMerge{})
	}
	switch at := &r.merges[len(r.merges)-1]; word {
	case "clmrg":
		at.left = true
	case "clvmrg":
		at.above = true
	case "cellx":
		if len(r.merges) < 1000 {
			r.merges = append(r.merges, rtfMerge{})
		}
	}
}

// merged gives the text of a cell, which is another's where they are merged.
func (r *rtf) merged(text string) string {
	i := len(r.cells)
	if i >= len(r.merges) || text != "" {
		return text
	}
	if m := r.merges[i]; m.left && i > 0 {
		return r.cells[i-1]
	} else if m.above && len(r.rows) > 0 && i < len(r.rows[len(r.rows)-1]) {
		return r.rows[len(r.rows)-1][i]
	}
	return text
}

func (r *rtf) endTable() {
	if len(r.rows) > 0 {
		r.lines = append(r.lines, tableLines(r.rows)...)
		r.rows = nil
	}
}
