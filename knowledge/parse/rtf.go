package parse

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
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
}

type rtfState struct {
	skip, hidden, table bool
	uc                  int // how many characters stand in for a Unicode one
}

func readRTF(data []byte) (*Source, error) {
	r := &rtf{data: data, state: rtfState{uc: 1}}
	if !r.run() {
		return nil, ErrDamaged
	}
	r.paragraph()
	r.endTable()
	return &Source{Format: "RTF", Lines: r.lines}, nil
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
			r.state, r.stack = r.stack[len(r.stack)-1], r.stack[:len(r.stack)-1]
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
	if s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(r.bytes); err == nil {
		r.text.Write(s)
	}
	r.bytes = r.bytes[:0]
}

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
		"footerf", "listtable", "listoverridetable", "object", "fldinst", "footnote", "annotation", "xe", "tc", "themedata", "rsidtbl", "generator", "nonshppict":
		r.state.skip = true
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
	if r.state.table {
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
		r.cells = append(r.cells, strings.TrimSpace(r.take()))
		return
	}
	r.rows, r.cells = append(r.rows, r.cells), nil
}

func (r *rtf) endTable() {
	if len(r.rows) > 0 {
		r.lines = append(r.lines, tableLines(r.rows)...)
		r.rows = nil
	}
}
