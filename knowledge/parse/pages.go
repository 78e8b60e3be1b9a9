package parse

import (
	"strings"
	"unicode/utf8"

	"zujian/knowledge/text"
)

// A page's number as offices print it: — 3 —, 第3页 共9页, 3/9.
var pageNumber = text.NewPattern(`^[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/,，共]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–－·\s]*$`)

var digits = text.NewPattern(`\d+`)

// begins says whether a line opens a paragraph by what it says.
func begins(l string) bool {
	return numbered(l) || attachmentHead.MatchString(plainly(l)) || dayLine.MatchString(plainly(l)) || documentNumber.MatchString(plainly(l))
}

// glue joins two parts of a broken line: with a space between Latin words.
func glue(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if last < 128 && first < 128 && last > ' ' && first > ' ' && isLetter(byte(last)) && isLetter(byte(first)) {
		return a + " " + b
	}
	return a + b
}

func headKey(l string) string {
	if utf8.RuneCountInString(l) > 40 || strings.HasSuffix(l, "。") || numbered(l) {
		return ""
	}
	return digits.ReplaceAllString(l, "#")
}
