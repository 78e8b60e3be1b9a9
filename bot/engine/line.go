package engine

import (
	"strings"
	"unicode/utf8"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

// Basis is a verbatim stretch of a clause that a line was built from: the
// clause's index in its document, and the bytes of its text.
type Basis struct {
	Document string `json:"document"` // its id
	Clause   int    `json:"clause"`
	From     int    `json:"from"`
	To       int    `json:"to"`
}

// line is a first line as it is being written: stretches of the document, each
// noted, and a few words of our own between them.
type line struct {
	doc   *knowledge.Document
	text  strings.Builder
	told  strings.Builder // without the words that are checked apart, or not at all
	spans []string
	basis []Basis
	whole bool // nothing has to be quoted beside it
}

// quote writes a stretch that stands in the clauses from the first to the last.
// It may run over the end of one into the next, as an entry's text does.
func (l *line) quote(first, last int, s string) {
	if s == "" {
		return
	}
	l.text.WriteString(s)
	l.told.WriteString(s)
	for i := first; i <= last; i++ {
		if at := strings.Index(l.doc.Clauses[i].Text, s); at >= 0 {
			l.note(i, at, at+len(s))
			return
		}
	}
	for i := first; i < last; i++ {
		text := l.doc.Clauses[i].Text
		for n := len(s) - 1; n > 0; n-- {
			if utf8.RuneStart(s[n]) && strings.HasSuffix(text, s[:n]) && strings.HasPrefix(l.doc.Clauses[i+1].Text, s[n:]) {
				l.note(i, len(text)-n, len(text))
				l.note(i+1, 0, len(s)-n)
				return
			}
		}
	}
}

func (l *line) note(clause, from, to int) {
	l.basis = append(l.basis, Basis{l.doc.ID, clause, from, to})
	l.spans = append(l.spans, l.doc.Clauses[clause].Text[from:to])
}

// say writes a mark, or a word of the small vocabulary.
func (l *line) say(s string) { l.text.WriteString(s) }

// end closes the line with a full stop.
func (l *line) end() string {
	s := strings.TrimRight(l.text.String(), "，；、：:,; 　\n")
	if last, _ := utf8.DecodeLastRuneInString(s); !strings.ContainsRune("。？！!?…", last) {
		s += "。"
	}
	return s
}

var leadingNumber = text.NewPattern(`^(?:[（(][一二三四五六七八九十\d]+[)）]|\d{1,3}[)）]|\d{1,2}[.．、]|[①-⑳]` +
	`|第[一二三四五六七八九十百零〇\d]+[章节条](?:之[一二三四五六七八九十]+)?[\s　]+|[一二三四五六七八九十]+、|[-•·●]\s|\d{1,3}；)[\s　]*`)

// withoutNumber is a text without the number it is listed under.
func withoutNumber(s string) string {
	s = strings.TrimSpace(s)
	for {
		t := leadingNumber.ReplaceAllString(s, "")
		if t == s || t == "" || opensDecimal.MatchString(s) {
			return s
		}
		s = t
	}
}

// opensDecimal tells a number that is part of the text: “3.5%”, not “2.2024年” and
// not “1.60至69周岁”.
var opensDecimal = text.NewPattern(`^\d+[.．](?:\d(?:\D|$)|\d{2,3}(?:[^\d至周岁名家人户天日月年]|$))`)

// marked cuts a text behind each of the marks, in either width, outside
// brackets, quotation and title marks, and not inside a number or a time.
func marked(s, marks string) []string {
	var out []string
	depth, start := 0, 0
	for i, r := range s {
		end := i + utf8.RuneLen(r)
		switch {
		case strings.ContainsRune("（(“《【", r):
			depth++
		case strings.ContainsRune("）)”》】", r):
			depth = max(0, depth-1)
		case depth == 0 && strings.ContainsRune(marks, fullWidth(r)) && !(digitAt(s, i-1) && digitAt(s, end)):
			if strings.TrimSpace(s[start:end]) != "" {
				out = append(out, s[start:end])
			}
			start = end
		}
	}
	if strings.TrimSpace(s[start:]) != "" {
		out = append(out, s[start:])
	}
	return out
}

func digitAt(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }

func fullWidth(r rune) rune {
	switch r {
	case ',':
		return '，'
	case ';':
		return '；'
	case ':':
		return '：'
	}
	return r
}

func endsInColon(s string) bool { return strings.HasSuffix(s, "：") || strings.HasSuffix(s, ":") }

func size(s string) int { return utf8.RuneCountInString(s) }

// bare is a stretch without the marks at its end.
func bare(s string) string {
	return strings.TrimRight(strings.TrimSpace(s), "，；。：:,;、 　\n")
}
