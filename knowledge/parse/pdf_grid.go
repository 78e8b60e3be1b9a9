package parse

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// near is how far apart, in points, lines may be that meet.
const near = 2.5

// grid is a table by the lines that are drawn around its cells.
type grid struct {
	xs, ys []float64 // where its columns and rows are parted, both growing
	cells  [][]int   // by row from the bottom and column: the number of the cell, which may cover several places
	texts  [][]glyph // of each cell
}

// grids finds the tables of a page: lines that meet, around two columns at
// least.
func grids(bars []bar) []*grid {
	group := make([]int, len(bars))
	for i := range group {
		group[i] = i
	}
	for i, a := range bars {
		for j, b := range bars[:i] {
			if a.meets(b) {
				group[root(group, i)] = root(group, j)
			}
		}
	}
	together := map[int][]bar{}
	for i, b := range bars {
		together[root(group, i)] = append(together[root(group, i)], b)
	}
	var out []*grid
	for i := range bars {
		if g := gridOf(together[i]); g != nil {
			out = append(out, g)
		}
	}
	return out
}

// root is the number that stands for all that are joined with i.
func root(of []int, i int) int {
	for of[i] != i {
		of[i] = of[of[i]]
		i = of[i]
	}
	return i
}

func gridOf(bars []bar) *grid {
	g := &grid{}
	for _, b := range bars {
		if b.level() {
			g.ys = append(g.ys, (b.bottom+b.top)/2)
		} else {
			g.xs = append(g.xs, (b.left+b.right)/2)
		}
	}
	g.xs, g.ys = apart(g.xs), apart(g.ys)
	rows, columns := len(g.ys)-1, len(g.xs)-1
	if rows < 1 || columns < 2 || rows*columns > mostBars {
		return nil
	}
	joined := make([]int, rows*columns)
	for i := range joined {
		joined[i] = i
	}
	for r := range rows {
		for c := range columns {
			x, y := (g.xs[c]+g.xs[c+1])/2, (g.ys[r]+g.ys[r+1])/2
			if i := r*columns + c; r > 0 && !slices.ContainsFunc(bars, func(b bar) bool { return b.level() && b.crosses(x, g.ys[r]) }) {
				joined[root(joined, i)] = root(joined, i-columns)
			}
			if i := r*columns + c; c > 0 && !slices.ContainsFunc(bars, func(b bar) bool { return !b.level() && b.crosses(g.xs[c], y) }) {
				joined[root(joined, i)] = root(joined, i-1)
			}
		}
	}
	g.texts = make([][]glyph, len(joined))
	for r := range rows {
		g.cells = append(g.cells, nil)
		for c := range columns {
			g.cells[r] = append(g.cells[r], root(joined, r*columns+c))
		}
	}
	return g
}

func (b bar) meets(o bar) bool {
	return b.left < o.right+near && o.left < b.right+near && b.bottom < o.top+near && o.bottom < b.top+near
}

func (b bar) crosses(x, y float64) bool {
	return x > b.left-near && x < b.right+near && y > b.bottom-near && y < b.top+near
}

// apart gives the places in order, those that are nearly one as one.
func apart(at []float64) []float64 {
	slices.Sort(at)
	return slices.CompactFunc(at, func(a, b float64) bool { return math.Abs(b-a) < 2*near })
}

// take takes a character that stands in one of the cells.
func (g *grid) take(r glyph) bool {
	x, y := (r.left+r.right)/2, r.base+(r.right-r.left)/4
	c, r0 := stretch(g.xs, x), stretch(g.ys, y)
	if c < 0 || r0 < 0 {
		return false
	}
	g.put(r0, c, r)
	return true
}

func (g *grid) put(row, column int, r glyph) {
	at := g.cells[row][column]
	g.texts[at] = append(g.texts[at], r)
}

// stretch gives the stretch that a place lies in; -1: none.
func stretch(at []float64, v float64) int {
	return slices.IndexFunc(at, func(end float64) bool { return v < end }) - 1
}

// rows gives the text of each cell, from the top, in each place that it covers.
func (g *grid) rows(body float64) [][]string {
	var out [][]string
	for _, cells := range slices.Backward(g.cells) {
		var row []string
		for _, at := range cells {
			row = append(row, printedCell(g.texts[at], body))
		}
		out = append(out, row)
	}
	return out
}

// printedCell gives the text of a cell, whose lines go on in the next unless
// that begins with a number or this ends a sentence.
func printedCell(glyphs []glyph, body float64) string {
	if len(glyphs) == 0 {
		return ""
	}
	text := ""
	for _, l := range printedLines(glyphs, body) {
		last, _ := utf8.DecodeLastRuneInString(text)
		line := ""
		for _, c := range l.cells {
			line = glue(line, c.text)
		}
		if numbered(line) || strings.ContainsRune("。；", last) {
			text += "\n"
		}
		text = glue(text, line)
	}
	return text
}

// apartFromTables gives what of a page's characters stands in no table, and the
// tables, each with how many of those characters come before it.
func apartFromTables(glyphs []glyph, tables []*grid) (rest []glyph, before map[*grid]int) {
	before = map[*grid]int{}
	for _, r := range glyphs {
		i := slices.IndexFunc(tables, func(g *grid) bool { return g.take(r) })
		if i < 0 {
			rest = append(rest, r)
		} else if _, met := before[tables[i]]; !met {
			before[tables[i]] = len(rest)
		}
	}
	return rest, before
}
