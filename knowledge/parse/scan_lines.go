package parse

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"zujian/knowledge/text"
)

// word is what was recognised at one place of a page: lengths in pixels from
// its upper left corner, how sure in percent.
type word struct {
	line                     string // which block, paragraph and line it stands in
	text                     string
	left, top, right, bottom float64
	sure                     float64
}

// readWords reads what tesseract writes: a table of which the rows of level 5
// are words.
func readWords(tsv string) []word {
	var out []word
	for l := range strings.SplitSeq(tsv, "\n") {
		f := strings.Split(l, "\t")
		if len(f) < 12 || f[0] != "5" || strings.TrimSpace(f[11]) == "" {
			continue
		}
		var n [5]float64
		for i := range 5 {
			n[i], _ = strconv.ParseFloat(f[6+i], 64)
		}
		out = append(out, word{strings.Join(f[2:5], " "), strings.TrimSpace(f[11]), n[0], n[1], n[0] + n[2], n[1] + n[3], n[4]})
	}
	return out
}

// inLines gives the words of each line, in the order of reading.
func inLines(words []word) [][]word {
	var out [][]word
	for from := 0; from < len(words); {
		to := from + 1
		for to < len(words) && words[to].line == words[from].line {
			to++
		}
		out = append(out, words[from:to])
		from = to
	}
	return out
}

// unsureBelow is from which a line is named to the person, in percent.
const unsureBelow = 70

// unsure names the lines that were not recognised well.
func unsure(words []word, page int) []string {
	var out []string
	for _, l := range inLines(words) {
		text, sum, n := "", 0.0, 0
		for _, w := range l {
			text = glue(text, w.text)
			sum, n = sum+w.sure*float64(runes(w.text)), n+runes(w.text)
		}
		if sure := sum / float64(n); sure < unsureBelow && n > 3 {
			r := []rune(text)
			out = append(out, fmt.Sprintf("第%d页“%s”认得不太准（%.0f%%），请对照原件。", page, string(r[:min(len(r), 24)]), sure))
		}
	}
	return out
}

// redHeads gives the lines in red that are surely words: a stamp is not.
func redHeads(words []word) []word {
	var out []word
	for _, l := range inLines(words) {
		sum, text := 0.0, ""
		for _, w := range l {
			sum, text = sum+w.sure, text+w.text
		}
		if sum/float64(len(l)) > 60 && strings.HasSuffix(text, "文件") {
			for _, w := range l {
				w.line = "red " + w.line
				out = append(out, w)
			}
		}
	}
	return out
}

// scannedText gives the paragraphs of recognised pages: by where their lines
// stand, as for printed text, with all letters of the common size.
func scannedText(pages []seen) (text, notes []string) {
	em := commonSize(pages)
	var lines []printed
	for i, p := range pages {
		lines = append(lines, p.lines(em, i)...)
	}
	lines = slices.DeleteFunc(lines, func(l printed) bool {
		return l.rows == nil && !slices.ContainsFunc([]rune(l.text()), readable) || l.rows == nil && scannedNumber.MatchString(l.text())
	})
	lines, feet := withoutFeet(withoutEdges(lines, len(pages)), em)
	text, notes = paragraphs(lines), footnotes(feet)
	for _, all := range [][]string{text, notes} {
		for i, l := range all {
			all[i] = inChinese(l)
		}
	}
	return text, notes
}

// lines gives the lines of a page, and in their place the tables drawn on it.
func (p seen) lines(em float64, page int) []printed {
	var out []printed
	tables := p.tables
	for _, l := range inLines(p.words) {
		for len(tables) > 0 && tables[0].ys[0]/pointPer > -l[0].bottom {
			out, tables = append(out, tables[0].line(em, page)), tables[1:]
		}
		out = append(out, scannedLine(l, em, page))
	}
	for _, g := range tables {
		out = append(out, g.line(em, page))
	}
	return out
}

// line is a table of a scanned page as a line of it, in pixels.
func (g *grid) line(em float64, page int) printed {
	return printed{
		left: g.xs[0] / pointPer, right: g.xs[len(g.xs)-1] / pointPer, base: g.ys[0] / pointPer, em: em,
		page: page, column: page, rows: g.rows(em * pointPer),
	}
}

// scannedNumber is a page's number, whose dashes look like a one.
var scannedNumber = text.NewPattern(`^[一—\-_. ]*\d{1,3}[一—\-_. ]*$`)

// inChinese puts full-width marks where half-width ones were seen beside
// Chinese, and has each bracket open as it closes. Quotation marks without their
// other half were blanks.
func inChinese(l string) string {
	if strings.Count(l, "“") != strings.Count(l, "”") {
		l = strings.NewReplacer("“", "", "”", "").Replace(l)
	}
	l = scannedYear.ReplaceAllString(l, "〔${1}〕${2}号")
	r := []rune(l)
	var open []int
	for i, c := range r {
		beside := i > 0 && square(r[i-1]) || i+1 < len(r) && square(r[i+1])
		if at := strings.IndexRune("(),;:!?", c); at >= 0 && beside {
			r[i] = []rune("（），；：！？")[at]
		}
		switch r[i] {
		case '（', '《', '〈', '【', '〔', '[':
			open = append(open, i)
		case '）', '》', '〉', '】', '〕', ']':
			if n := len(open); n > 0 {
				r[open[n-1]] = opening[r[i]]
				open = open[:n-1]
			}
		}
	}
	return string(r)
}

// scannedYear is the year in a document's number, whose brackets are often read
// as something else.
var scannedYear = text.NewPattern(`[^\p{Han}\d\s]((?:19|20)\d{2})[^\p{Han}\d\s] ?(\d{1,4}) ?号`)

var opening = map[rune]rune{'）': '（', '》': '《', '〉': '〈', '】': '〔', '〕': '〔', ']': '〔'}

func readable(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// commonSize is the width of a character in most lines.
func commonSize(pages []seen) float64 {
	var widths []float64
	for _, p := range pages {
		for _, l := range inLines(p.words) {
			if n := breadth(l); n >= 8 {
				widths = append(widths, (l[len(l)-1].right-l[0].left)/n)
			}
		}
	}
	if len(widths) == 0 {
		return 32
	}
	slices.Sort(widths)
	return max(widths[len(widths)/2], 4)
}

// breadth is how many characters wide a line is: Latin ones are half.
func breadth(l []word) float64 {
	n := 0.0
	for _, w := range l {
		for _, r := range w.text {
			if n++; r < 128 {
				n -= 0.5
			}
		}
	}
	return n
}

// scannedLine makes a printed line of words, parted where a wide gap is.
func scannedLine(l []word, em float64, page int) printed {
	p := printed{left: l[0].left, em: em, page: page, column: page}
	bottoms := make([]float64, 0, len(l))
	c := cell{left: l[0].left}
	for i, w := range l {
		bottoms = append(bottoms, w.bottom)
		if i > 0 && w.left-l[i-1].right > 1.5*em && c.text != "" {
			p.cells = append(p.cells, c)
			c = cell{left: w.left}
		}
		c.text, c.right = glue(c.text, w.text), w.right
	}
	p.cells = append(p.cells, c)
	p.right = c.right
	slices.Sort(bottoms)
	p.base = -bottoms[len(bottoms)/2]
	size, n := (p.right-p.left)/max(breadth(l), 1), breadth(l)
	if n >= 4 && size > 1.25*em || n >= 8 && size < 0.8*em {
		p.em = size // a title, or a footnote
	}
	return p
}
