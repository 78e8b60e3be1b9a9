package parse

import (
	"image"
	"image/draw"
)

// mostTables is how many tables of one page are recognised apart; each takes as
// long as a page.
const mostTables = 4

// cellGap is how many pixels of white stand around the cells of a table where
// they are recognised one under the other.
const cellGap = 24

// takeTables has the cells of a page's tables recognised apart from the page,
// off which they are wiped: side by side, the lines of neighbouring cells would
// be read as one.
func takeTables(page *image.Gray, bars []bar) ([]*grid, error) {
	var out []*grid
	for _, g := range grids(bars) {
		if len(g.ys) < 3 || len(out) == mostTables {
			continue // a frame, or one too many
		}
		strip, cells := g.strip(page)
		if strip.Rect.Dx()*strip.Rect.Dy() > mostPixels {
			continue
		}
		words, err := recognisePage(strip)
		if err != nil {
			return nil, err
		}
		for _, w := range words {
			for _, c := range cells {
				if middle := int(w.top+w.bottom) / 2; middle >= c.from && middle < c.to {
					g.texts[c.cell] = append(g.texts[c.cell], w.glyphs()...)
				}
			}
		}
		wipe(page, inPixels(bar{g.xs[0], g.ys[0], g.xs[len(g.xs)-1], g.ys[len(g.ys)-1]}).Inset(-4))
		out = append(out, g)
	}
	return out, nil
}

// placed says where on a strip the picture of a cell stands.
type placed struct{ cell, from, to int }

// strip is a picture of a table's cells one under the other.
func (g *grid) strip(page *image.Gray) (*image.Gray, []placed) {
	var parts []image.Rectangle
	var cells []placed
	width, height := 0, cellGap
	for at := range g.texts {
		r := g.place(at)
		if r.Empty() {
			continue
		}
		r = inPixels(bar{float64(g.xs[r.Min.X]), g.ys[r.Min.Y], g.xs[r.Max.X], g.ys[r.Max.Y]}).Inset(4)
		parts = append(parts, r)
		cells = append(cells, placed{at, height, height + r.Dy()})
		width, height = max(width, r.Dx()), height+r.Dy()+cellGap
	}
	out := image.NewGray(image.Rect(0, 0, width+2*cellGap, height))
	wipe(out, out.Rect)
	for i, r := range parts {
		draw.Draw(out, image.Rect(cellGap, cells[i].from, cellGap+r.Dx(), cells[i].to), page, r.Min, draw.Src)
	}
	return out, cells
}

// place gives the columns and rows that a cell covers; none where another one
// stands for it.
func (g *grid) place(cell int) (r image.Rectangle) {
	for row, cells := range g.cells {
		for column, c := range cells {
			if c == cell {
				r = r.Union(image.Rect(column, row, column+1, row+1))
			}
		}
	}
	return r
}

func inPixels(b bar) image.Rectangle {
	return image.Rect(int(b.left/pointPer), int(-b.top/pointPer), int(b.right/pointPer), int(-b.bottom/pointPer))
}

// glyphs gives the characters of a word, each as wide as the others.
func (w word) glyphs() []glyph {
	var out []glyph
	all := []rune(w.text)
	wide := (w.right - w.left) / float64(len(all))
	for i, r := range all {
		left := w.left + float64(i)*wide
		out = append(out, glyph{r, left * pointPer, (left + wide) * pointPer, -w.bottom * pointPer})
	}
	return out
}
