package picture

import "strings"

// notFirst are signs that no line begins with, notLast those that none ends
// with (GB/T 15834, 5.1).
const (
	notFirst = "，。、；：？！”’）》〉】」』…—·,.;:?!)]}%"
	notLast  = "“‘（《〈【「『(["
)

// wrapped breaks a text into lines of a width. A line break in it stays; words
// and numbers of Latin letters are kept whole where they fit a line.
func wrapped(text string, w, size float64) []string {
	var out []string
	for part := range strings.SplitSeq(text, "\n") {
		out = append(out, wrapOne([]rune(part), w, size)...)
	}
	return out
}

func wrapOne(r []rune, w, size float64) []string {
	var out []string
	for len(r) > 0 {
		n := fits(r, w, size)
		if n < len(r) {
			n = goodBreak(r, n)
		}
		out = append(out, strings.TrimRight(string(r[:n]), " "))
		r = r[n:]
		for len(r) > 0 && r[0] == ' ' {
			r = r[1:]
		}
	}
	return out
}

// fits gives how many characters a line takes, at least one.
func fits(r []rune, w, size float64) int {
	used := 0.0
	for i, c := range r {
		if used += advance(c) * size; used > w && i > 0 {
			return i
		}
	}
	return len(r)
}

// goodBreak moves a break back to where a line may end, by at most a third.
func goodBreak(r []rune, n int) int {
	for b := n; b > n-n/3 && b > 0; b-- {
		if strings.ContainsRune(notFirst, r[b]) || strings.ContainsRune(notLast, r[b-1]) || latin(r[b-1]) && latin(r[b]) {
			continue
		}
		return b
	}
	return n
}

func latin(c rune) bool {
	return c < 0x80 && (c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')
}

// measure gives how wide a text is.
func measure(text string, size float64) float64 {
	w := 0.0
	for _, c := range text {
		w += advance(c) * size
	}
	return w
}
