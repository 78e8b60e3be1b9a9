package parse

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A page's number as offices print it: — 3 —, 第3页 共9页, 3/9.
var pageNumber = regexp.MustCompile(`^[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/,，共]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–－·\s]*$`)

var digits = regexp.MustCompile(`\d+`)

// joinPages gives the paragraphs of a text that is known by pages and lines:
// without page numbers and running heads, with broken lines joined again.
func joinPages(pages [][]string) []string {
	pages = withoutHeads(pages)
	width := usualWidth(pages)
	var out []string
	open := false // the last line was broken, not ended
	for _, page := range pages {
		for _, l := range page {
			indented := strings.HasPrefix(l, "\u3000") || strings.HasPrefix(l, "  ")
			l = strings.TrimSpace(strings.Trim(l, "\u3000"))
			if l == "" {
				continue
			}
			if open && !indented && !begins(l) {
				out[len(out)-1] = glue(out[len(out)-1], l)
			} else {
				out = append(out, l)
			}
			open = runsOn(l, width)
		}
	}
	return out
}

// runsOn says whether a line goes to the edge of the text, so that the next
// may belong to it.
func runsOn(l string, width int) bool {
	last, _ := utf8.DecodeLastRuneInString(l)
	n := columns(l)
	return last != '：' && n >= width-4 && !(strings.ContainsRune("。！？", last) && n < width-1)
}

// begins says whether a line opens a paragraph by what it says.
func begins(l string) bool {
	return numbered(l) || attachmentHead.MatchString(l) || dayLine.MatchString(l) || documentNumber.MatchString(l)
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

// columns is how wide a line is set, a Chinese character as two.
func columns(l string) int {
	n := 0
	for _, r := range l {
		n++
		if r > 0x2000 {
			n++
		}
	}
	return n
}

// usualWidth is the width that one line in ten reaches, of those that are long.
func usualWidth(pages [][]string) int {
	var all []int
	for _, p := range pages {
		for _, l := range p {
			if n := columns(strings.TrimSpace(l)); n > 20 {
				all = append(all, n)
			}
		}
	}
	if len(all) == 0 {
		return 1 << 20
	}
	slices.Sort(all)
	return all[len(all)*7/10]
}

// withoutHeads drops page numbers, and the first and last lines that most
// pages share but for the numbers in them.
func withoutHeads(pages [][]string) [][]string {
	seen := map[string]int{}
	for _, p := range pages {
		for _, l := range edges(p) {
			seen[l]++
		}
	}
	out := make([][]string, len(pages))
	for i, p := range pages {
		for j, l := range p {
			edge := j < 2 || j >= len(p)-2
			t := strings.TrimSpace(l)
			if edge && (pageNumber.MatchString(t) && t != "" || len(pages) > 2 && seen[headKey(t)]*2 > len(pages)) {
				continue
			}
			out[i] = append(out[i], l)
		}
	}
	return out
}

// edges gives the keys of the first two and last two lines of a page, once.
func edges(p []string) []string {
	var out []string
	for j, l := range p {
		if k := headKey(strings.TrimSpace(l)); (j < 2 || j >= len(p)-2) && k != "" && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

func headKey(l string) string {
	if utf8.RuneCountInString(l) > 40 || strings.HasSuffix(l, "。") || numbered(l) {
		return ""
	}
	return digits.ReplaceAllString(l, "#")
}
