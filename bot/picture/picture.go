// Package picture draws what people would rather look at than read: the path of
// a recommendation, and how far the forming has come. A picture is laid out
// once and given as SVG or PNG; the letters come from a font of its own, so
// that a PNG looks the same everywhere.
package picture

// A picture as wide as a telephone shows it, in points.
const (
	width  = 720.0
	margin = 32.0
)

// Colours, as SVG writes them. On white and on the light ones the dark ones
// have a contrast of at least 4.5 : 1 (WCAG 2.2, 1.4.3).
const (
	ink    = "#1f2937"
	pale   = "#4b5563"
	line   = "#94a3b8"
	paper  = "#ffffff"
	light  = "#f1f5f9"
	strong = "#1d4ed8"
	soft   = "#bfdbfe"
	doubt  = "#92400e"
	sand   = "#fef3c7"
)

// Picture is a finished drawing.
type Picture struct {
	title  string
	height float64
	shapes []shape
}

// shape is one thing that is drawn; exactly one of its parts is set.
type shape struct {
	box  *box
	rule *stroke
	text *label
}

type box struct {
	x, y, w, h, round float64
	fill, edge        string
	dashed            bool
}

// stroke is a line; with a head it ends in an arrow, downwards.
type stroke struct {
	x0, y0, x1, y1 float64
	colour         string
	head           bool
}

// label is one line of text; y is its base line.
type label struct {
	x, y, size float64
	colour     string
	text       string
	middle     bool // x is the middle, not the left
	bold       bool
}

func (p *Picture) draw(s shape)       { p.shapes = append(p.shapes, s) }
func (p *Picture) box(b box)          { p.draw(shape{box: &b}) }
func (p *Picture) stroke(s stroke)    { p.draw(shape{rule: &s}) }
func (p *Picture) label(l label)      { p.draw(shape{text: &l}) }
func lineHeight(size float64) float64 { return size * 1.5 }

// paragraph writes text over as many lines as it takes and gives where the
// next would begin.
func (p *Picture) paragraph(text string, x, y, w, size float64, colour string, bold bool) float64 {
	for _, l := range wrapped(text, w, size) {
		y += lineHeight(size)
		p.label(label{x: x, y: y - size*0.4, size: size, colour: colour, text: l, bold: bold})
	}
	return y
}
