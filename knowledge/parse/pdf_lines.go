package parse

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"zujian/knowledge/text"
)

// printed is one line as it is printed. em is the width of a Chinese character.
type printed struct {
	cells             []cell // the parts between gaps; one where there are none
	left, right, base float64
	em                float64
	page, column      int        // lines of one column of one page follow one another
	rows              [][]string // a table by its drawn lines, instead of cells
}

// printedPage is what is printed on one page.
type printedPage struct {
	glyphs []glyph
	bars   []bar
}

// cell is a stretch of a line without a gap.
type cell struct {
	text        string
	left, right float64
}

// gapWide is how wide, in characters, a gap is that may part two cells.
const gapWide = 0.45

func (l printed) text() string {
	var all []string
	for _, c := range l.cells {
		all = append(all, c.text)
	}
	return strings.Join(all, " ")
}

// printedText gives the paragraphs of pages: lines put together by where they
// stand; page numbers and running heads left out, footnotes apart.
func printedText(pages []printedPage) (text, notes []string) {
	body := bodySize(pages)
	var lines []printed
	column := 0
	for i, p := range pages {
		page := p.lines(body)
		for j := range page {
			page[j].page = i
		}
		column = inColumns(page, column+1)
		lines = append(lines, page...)
	}
	lines, feet := withoutFeet(withoutEdges(lines, len(pages)), body)
	return paragraphs(lines), footnotes(feet)
}

// noteMark is what a footnote begins with.
var noteMark = text.NewPattern(`^[\[〔【(（]?(\d{1,3})[\]〕】)）]? ?(?:[\p{Han}“《（].*)$`)

// footnotes joins the lines of each note, which its number begins, and leaves
// the number out. Numbers go on or begin again.
func footnotes(lines []printed) []string {
	var notes []string
	last := 0
	for _, l := range lines {
		line := l.text()
		m := noteMark.FindStringSubmatchIndex(line)
		if m != nil {
			if n := text.Whole(line[m[2]:m[3]]); n == last+1 || n == 1 {
				last = n
				notes = append(notes, strings.TrimLeft(line[m[3]:], "]〕】)） "))
				continue
			}
		}
		if len(notes) == 0 {
			notes = append(notes, "")
		}
		notes[len(notes)-1] = glue(notes[len(notes)-1], line)
	}
	return notes
}

// lines gives the lines of a page, and in their place the tables that are drawn.
func (p printedPage) lines(body float64) []printed {
	tables := grids(p.bars)
	rest, before := apartFromTables(withoutMarks(p.glyphs, body), tables)
	tables = slices.DeleteFunc(tables, func(g *grid) bool { _, filled := before[g]; return !filled })
	slices.SortStableFunc(tables, func(a, b *grid) int { return cmp.Compare(before[a], before[b]) })
	var out []printed
	from := 0
	for _, g := range tables {
		out = append(out, printedLines(rest[from:before[g]], body)...)
		out = append(out, printed{left: g.xs[0], right: g.xs[len(g.xs)-1], base: g.ys[0], em: body, rows: g.rows(body)})
		from = before[g]
	}
	return append(out, printedLines(rest[from:], body)...)
}

func square(r rune) bool { return unicode.Is(unicode.Han, r) || r >= 0x3000 && r < 0xFFEF }

// bodySize is the width that most Chinese characters have.
func bodySize(pages []printedPage) float64 {
	count := map[int]int{}
	for _, p := range pages {
		for _, g := range p.glyphs {
			if unicode.Is(unicode.Han, g.r) {
				count[int(math.Round((g.right-g.left)*4))]++
			}
		}
	}
	best, most := 48, 0 // 12 points where there are none
	for size, n := range count {
		if n > most || n == most && size > best {
			best, most = size, n
		}
	}
	return float64(max(best, 1)) / 4
}

// withoutMarks drops the marks of notes: small digits raised above the line.
func withoutMarks(in []glyph, body float64) []glyph {
	out := in[:0:0]
	for i, g := range in {
		if i > 0 && (unicode.IsDigit(g.r) || strings.ContainsRune("[]〔〕①②③④⑤⑥⑦⑧⑨*", g.r)) && g.right-g.left < 0.8*body && len(out) > 0 {
			last := out[len(out)-1]
			if rise := g.base - last.base; rise > 0.15*body && rise < 0.8*body && math.Abs(g.left-last.right) < 0.3*body {
				continue
			}
		}
		out = append(out, g)
	}
	return out
}

// printedLines puts glyphs that follow one another at one height on a line.
func printedLines(glyphs []glyph, body float64) []printed {
	var out []printed
	for from := 0; from < len(glyphs); {
		to := from + 1
		for to < len(glyphs) && math.Abs(glyphs[to].base-glyphs[from].base) < 0.35*body && glyphs[to].left > glyphs[to-1].left-body/2 {
			to++
		}
		l := printLine(glyphs[from:to], body)
		if n := len(out); n > 0 && math.Abs(out[n-1].base-l.base) < 0.35*body && l.left > out[n-1].right-body/2 {
			out[n-1].join(l)
		} else {
			out = append(out, l)
		}
		from = to
	}
	return out
}

func printLine(glyphs []glyph, body float64) printed {
	l := printed{left: glyphs[0].left, base: glyphs[0].base, em: sizeOf(glyphs, body)}
	c := cell{left: l.left}
	for i, g := range glyphs {
		if i > 0 {
			switch gap := g.left - glyphs[i-1].right; {
			case gap > gapWide*l.em:
				l.cells = append(l.cells, c)
				c = cell{left: g.left}
			case gap > 0.15*l.em && g.r < 128 && glyphs[i-1].r < 128:
				c.text += " "
			}
		}
		c.text += string(g.r)
		c.right = g.right
	}
	l.cells = append(l.cells, c)
	l.right = c.right
	return l
}

// sizeOf is the width of the widest Chinese character, since the boxes of some
// are drawn tight; twice that of the widest other where there are none.
func sizeOf(glyphs []glyph, body float64) float64 {
	var widths, others []float64
	for _, g := range glyphs {
		if square(g.r) {
			widths = append(widths, g.right-g.left)
		} else {
			others = append(others, 2*(g.right-g.left))
		}
	}
	if len(widths) == 0 {
		widths = others
	}
	if m := slices.Max(widths); m > 0 {
		return m
	}
	return body
}

// join puts a part behind that was written apart: a cell, or the line's rest.
func (l *printed) join(m printed) {
	if last := &l.cells[len(l.cells)-1]; m.left-last.right <= gapWide*l.em {
		last.text, last.right = last.text+m.cells[0].text, m.cells[0].right
		m.cells = m.cells[1:]
	}
	l.cells = append(l.cells, m.cells...)
	l.right = m.right
}

// inColumns numbers the columns of a page from n on and gives the last number.
// A column begins where the text steps up again, to the right of three lines
// at least that began at about that height.
func inColumns(lines []printed, n int) int {
	start := 0 // of the lines left of where a step up may lead
	for i := range lines {
		l := lines[i]
		if i > 0 && l.base > lines[i-1].base+l.em/2 {
			from := i
			for from > start && lines[from-1].right <= l.left+l.em/2 {
				from--
			}
			cells := from > 0 && len(lines[from-1].cells) > 1
			if i-from >= 3 && !cells && math.Abs(lines[from].base-l.base) < 2.5*l.em {
				n++
				start = i
			}
		}
		lines[i].column = n
	}
	return n
}

// A page's number as offices print it: — 3 —, 第3页 共9页, 3/9.
var pageNumber = text.NewPattern(`^[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/,，共]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–－·\s]*$`)

var digits = text.NewPattern(`\d+`)

// begins says whether a line opens a paragraph by what it says.
func begins(l string) bool {
	p := plainly(l)
	return numbered(l) || attachmentHead.MatchString(p) || dayLine.MatchString(p) || documentNumber.MatchString(p)
}

func headKey(l string) string {
	if utf8.RuneCountInString(l) > 40 || strings.HasSuffix(l, "。") || numbered(l) {
		return ""
	}
	return digits.ReplaceAllString(l, "#")
}

// withoutEdges drops page numbers and running heads: what stands first or last
// on most pages.
func withoutEdges(lines []printed, pages int) []printed {
	top, bottom := map[int]float64{}, map[int]float64{}
	for _, l := range lines {
		if y, ok := top[l.page]; !ok || l.base > y {
			top[l.page] = l.base
		}
		if y, ok := bottom[l.page]; !ok || l.base < y {
			bottom[l.page] = l.base
		}
	}
	edge := func(l printed) bool { return l.base > top[l.page]-l.em || l.base < bottom[l.page]+l.em }
	seen := map[string]int{}
	for _, l := range lines {
		if k := headKey(l.text()); edge(l) && k != "" {
			seen[k]++
		}
	}
	return slices.DeleteFunc(lines, func(l printed) bool {
		if !edge(l) {
			return false
		}
		n := seen[headKey(l.text())]
		return pageNumber.MatchString(l.text()) || pages > 1 && n > 1 && 2*n > pages
	})
}

// withoutFeet parts footnotes from the rest: smaller text under all of the
// page's body that is no table.
func withoutFeet(lines []printed, body float64) (text, feet []printed) {
	lowest := map[int]float64{}
	for _, l := range lines {
		if y, ok := lowest[l.page]; l.em >= 0.9*body && (!ok || l.base < y) {
			lowest[l.page] = l.base
		}
	}
	low := func(l printed) bool {
		y, ok := lowest[l.page]
		return ok && l.em < 0.9*body && l.base < y
	}
	rows := map[int]int{} // of a table in small print at the end of a page
	for _, l := range lines {
		if n := len(l.cells); low(l) && (n > 2 || n == 2 && runes(l.cells[0].text) > 2) { // a note has its mark alone before it
			rows[l.page]++
		}
	}
	for _, l := range lines {
		if low(l) && rows[l.page] < 2 {
			feet = append(feet, l)
		} else {
			text = append(text, l)
		}
	}
	return text, feet
}

// toWhom is a line that says to whom a notice goes, which stands by itself.
var toWhom = text.NewPattern(`^[^，。；]*(?:委|局|办|会|妇联|单位|部门|街道|镇|乡|公司|同志|支部)[：:]$|^[^。；]{2,60}、[^。；]*(?:单位|部门|妇联)[：:]$`)

// paragraphs joins the lines of each paragraph, and the cells of each row.
func paragraphs(lines []printed) []string {
	margins := columnMargins(lines)
	var out []string
	after := true // nothing to go on with
	for i := 0; i < len(lines); {
		rows, n := drawnTable(lines[i:])
		if n == 0 {
			rows, n = printedTable(lines[i:])
		}
		if n > 0 {
			out = append(out, tableLines(rows)...)
			i, after = i+n, true
			continue
		}
		l := lines[i]
		apart := after || begins(l.text()) || len(l.cells) > 1 && organ.MatchString(l.cells[0].text)
		if apart || toWhom.MatchString(out[len(out)-1]) || startsParagraph(lines[i-1], l, margins) {
			out = append(out, l.text())
		} else {
			out[len(out)-1] = glue(out[len(out)-1], l.text())
		}
		i, after = i+1, false
	}
	return out
}

// drawnTable gives the rows of the table that the first lines are, which may go
// on on the next pages, and how many lines that is.
func drawnTable(lines []printed) (rows [][]string, taken int) {
	for _, l := range lines {
		if l.rows == nil || taken > 0 && (l.page == lines[taken-1].page || len(l.rows[0]) != len(rows[0])) {
			break
		}
		rows, taken = append(rows, l.rows...), taken+1
	}
	return rows, taken
}

// printedTable gives the rows of the table that begins with the first line,
// and how many lines it takes; 0 where none begins. Its first row says where
// columns begin; parts come cell by cell, so that one further left than the one
// before begins a row.
func printedTable(lines []printed) (rows [][]string, taken int) {
	heads := lines[0].cells
	if len(heads) < 2 || numbered(lines[0].text()) {
		return nil, 0
	}
	row, last, base := make([]string, len(heads)), -1, 0.0
	for _, l := range lines {
		if l.rows != nil || !inTable(heads, l) {
			break
		}
		for _, c := range l.cells {
			k := headOf(heads, c, l.em)
			if k < last || k == last && base-l.base > 1.8*l.em || k == last && base == l.base {
				rows, row = append(rows, row), make([]string, len(heads))
			}
			row[k] += c.text
			last, base = k, l.base
		}
		taken++
	}
	if rows = append(rows, row); len(rows) < 2 {
		return nil, 0
	}
	return rows, taken
}

// inTable says whether every part of a line stands where a column of the table
// begins, and none runs into the next.
func inTable(heads []cell, l printed) bool {
	for _, c := range l.cells {
		k := headOf(heads, c, l.em)
		if k < 0 || k+1 < len(heads) && c.right > heads[k+1].left+l.em/2 {
			return false
		}
	}
	return true
}

// headOf gives the column that a part begins in, or is centred in; -1: none.
func headOf(heads []cell, c cell, em float64) int {
	return slices.IndexFunc(heads, func(h cell) bool {
		return math.Abs(h.left-c.left) < 0.6*em || math.Abs(h.left+h.right-c.left-c.right) < em
	})
}

// margin is where the text of a column begins and ends.
type margin struct{ left, right float64 }

// columnMargins finds the margins of each column, from all the columns of the
// document that begin at the same place.
func columnMargins(lines []printed) map[int]margin {
	lefts := map[int][]printed{}
	for _, l := range lines {
		if l.rows != nil || len(l.cells) > 1 && !numbered(l.text()) { // rows say nothing of the margins
			continue
		}
		lefts[l.column] = append(lefts[l.column], l)
	}
	left := map[int]float64{}
	for k, in := range lefts {
		left[k] = slices.MinFunc(in, func(a, b printed) int { return cmp.Compare(a.left, b.left) }).left
	}
	out := map[int]margin{}
	for k, in := range lefts {
		var rights []float64
		least, em := left[k], in[0].em
		for _, at := range left {
			if len(in) < 3 && at < least && left[k]-at < 4*em {
				least = at // few lines: all of them may be indented
			}
		}
		for o, more := range lefts {
			if math.Abs(left[o]-least) < 3*em {
				for _, l := range more {
					rights = append(rights, l.right)
				}
			}
		}
		slices.Sort(rights)
		// A title may run over the columns under it: the edge is where several
		// lines end.
		at := len(rights) - 1
		for few := max(1, len(rights)/10); few > 0 && len(rights) > 4 && rights[at]-rights[at-few] > 1.2*em; few-- {
			at--
		}
		out[k] = margin{least, rights[at]}
	}
	return out
}

// runsOn says that a line stops within a sentence, which the next takes up at
// the margin: so it does where the margin on the right is not to be told.
func runsOn(before, l printed, m margin) bool {
	last, _ := utf8.DecodeLastRuneInString(before.text())
	within := unicode.Is(unicode.Han, last) || strings.ContainsRune("，、", last)
	at := func(l printed, from, to float64) bool { return l.left > m.left+from*l.em && l.left < m.left+to*l.em }
	return within && at(before, 1.5, 2.5) && at(l, -0.5, 0.5) && before.column == l.column && len(before.cells) == 1 &&
		math.Abs(before.em-l.em) < 0.1*l.em && before.base-l.base < 2.4*l.em && before.right-m.left > 0.6*(m.right-m.left)
}

// startsParagraph says whether a line opens a paragraph by where it stands: it
// is indented, or the line before did not reach the edge, or its size is
// another, or a gap is between.
func startsParagraph(before, l printed, margins map[int]margin) bool {
	switch {
	case l.left > margins[l.column].left+1.2*l.em:
		return true
	case runsOn(before, l, margins[l.column]):
		return false
	case before.right < margins[before.column].right-2.2*before.em:
		return true
	case math.Abs(before.em-l.em) > 0.15*l.em:
		return true
	}
	// After the end of a sentence there was room for one more character.
	last, _ := utf8.DecodeLastRuneInString(before.text())
	first, _ := utf8.DecodeRuneInString(l.text())
	if strings.ContainsRune("。！？", last) && unicode.Is(unicode.Han, first) && before.right < margins[before.column].right-0.95*before.em {
		return true
	}
	return l.column == before.column && before.base-l.base > 2.4*l.em
}
