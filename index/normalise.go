package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"zujian/knowledge/text"

	"golang.org/x/text/unicode/norm"
)

// Normalise gives the one form in which questions and texts are compared:
// half width, lower case, simplified characters, one character for its
// variants (帐 and 账), words and numbers apart by one space where they were
// apart, and nothing of punctuation, marks, control and invisible characters
// but such a space. Blanks between two Chinese characters are dropped, since
// people who type on a telephone leave them; punctuation is kept as a space,
// since it ends a phrase. Bytes that are not UTF-8 are dropped. A normal form
// stays as it is when normalised again, but for the spaces that punctuation
// left between Chinese characters: they are then taken for blanks.
func Normalise(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	n := normaliser{put: func(r rune) { b.WriteRune(r) }}
	n.all(s)
	return b.String()
}

// normalRunes is Normalise as runes, appended to buf.
func normalRunes(buf []rune, s string) []rune {
	n := normaliser{put: func(r rune) { buf = append(buf, r) }}
	n.all(s)
	return buf
}

// normaliser remembers what stands between the last rune put and the next.
type normaliser struct {
	put   func(rune)
	last  rune // last rune put, 0 at the start
	blank bool // white space since
	mark  bool // punctuation since
}

func (n *normaliser) all(s string) {
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
			continue // a byte that is no UTF-8
		}
		n.one(r)
	}
}

// one takes a rune of the input; the two cheap ranges cover nearly all text.
func (n *normaliser) one(r rune) {
	switch {
	case r < utf8.RuneSelf:
		n.fold(r)
	case r >= hanFirst && r <= hanLast:
		n.letter(text.Simplified(r))
	case invisible(r):
	default:
		for _, f := range norm.NFKC.String(string(r)) {
			n.fold(f)
		}
	}
}

func (n *normaliser) fold(r rune) {
	switch {
	case r >= 'A' && r <= 'Z':
		n.letter(r + 'a' - 'A')
	case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
		n.letter(r)
	case r == ' ' || r == '\t' || r == '\n' || r == '\r' || unicode.IsSpace(r):
		n.blank = true
	case invisible(r):
	case unicode.IsLetter(r) || unicode.IsNumber(r):
		n.letter(text.Simplified(unicode.ToLower(r)))
	default:
		n.mark = true
	}
}

func (n *normaliser) letter(r rune) {
	between := n.mark || n.blank && !(isHan(n.last) && isHan(r))
	if between && n.last != 0 {
		n.put(' ')
	}
	n.put(r)
	n.last, n.blank, n.mark = r, false, false
}

// invisible says that r is to be dropped without a trace: controls, format
// characters (zero width, direction), combining marks, variation selectors,
// surrogates and private use.
func invisible(r rune) bool {
	if r == '\t' || r == '\n' || r == '\r' {
		return false
	}
	return r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.M, unicode.Co, unicode.Cs)
}

const (
	hanFirst = 0x3400
	hanLast  = 0x9FFF
)

// isHan says that r is a Chinese character.
func isHan(r rune) bool {
	return r >= hanFirst && r <= hanLast || r >= 0x20000 && r <= 0x3FFFF
}
