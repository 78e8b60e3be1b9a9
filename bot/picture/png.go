package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"strconv"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// scale makes a picture sharp on a telephone.
const scale = 2

// PNG gives the picture as pixels, twice as many each way as points.
func (p *Picture) PNG() ([]byte, error) {
	bounds := image.Rect(0, 0, int(width*scale), int(math.Ceil(p.height*scale)))
	c := &canvas{img: image.NewRGBA(bounds), ink: vector.NewRasterizer(bounds.Dx(), bounds.Dy())}
	draw.Draw(c.img, bounds, image.NewUniform(rgb(paper)), image.Point{}, draw.Src)
	for _, s := range p.shapes {
		switch {
		case s.box != nil:
			c.box(s.box)
		case s.rule != nil:
			c.stroke(s.rule)
		case s.text != nil:
			if err := c.label(s.text); err != nil {
				return nil, err
			}
		}
	}
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.DefaultCompression}).Encode(&b, c.img)
	return b.Bytes(), err
}

type canvas struct {
	img *image.RGBA
	ink *vector.Rasterizer
	buf sfnt.Buffer
}

// in draws shapes into a part of the picture: what is drawn stands in that
// part's own co-ordinates, so that a letter does not cost a whole picture.
func (c *canvas) in(x, y, w, h float64, colour string, path func(move, line func(x, y float64), cube func(a, b, d, e, f, g float64))) {
	x0, y0 := math.Floor(x*scale), math.Floor(y*scale)
	r := image.Rect(int(x0), int(y0), int(math.Ceil((x+w)*scale))+1, int(math.Ceil((y+h)*scale))+1)
	c.ink.Reset(r.Dx(), r.Dy())
	at := func(v, o float64) float32 { return float32(v*scale - o) }
	path(func(x, y float64) { c.ink.MoveTo(at(x, x0), at(y, y0)) },
		func(x, y float64) { c.ink.LineTo(at(x, x0), at(y, y0)) },
		func(a, b, d, e, f, g float64) {
			c.ink.CubeTo(at(a, x0), at(b, y0), at(d, x0), at(e, y0), at(f, x0), at(g, y0))
		})
	c.ink.ClosePath()
	c.ink.Draw(c.img, r, image.NewUniform(rgb(colour)), image.Point{})
}

func (c *canvas) box(b *box) {
	if b.edge == "" {
		c.rounded(b.x, b.y, b.w, b.h, b.round, b.fill)
		return
	}
	const edge = 1.5
	if b.dashed {
		c.rounded(b.x, b.y, b.w, b.h, b.round, b.fill)
		c.dashes(b)
		return
	}
	c.rounded(b.x-edge/2, b.y-edge/2, b.w+edge, b.h+edge, b.round+edge/2, b.edge)
	c.rounded(b.x+edge/2, b.y+edge/2, b.w-edge, b.h-edge, max(b.round-edge/2, 0), b.fill)
}

// rounded fills a rectangle with round corners.
func (c *canvas) rounded(x, y, w, h, r float64, colour string) {
	r = min(r, w/2, h/2)
	k := r * 0.5523 // a quarter of a circle as a curve
	c.in(x, y, w, h, colour, func(move, line func(x, y float64), cube func(a, b, d, e, f, g float64)) {
		move(x+r, y)
		line(x+w-r, y)
		cube(x+w-r+k, y, x+w, y+r-k, x+w, y+r)
		line(x+w, y+h-r)
		cube(x+w, y+h-r+k, x+w-r+k, y+h, x+w-r, y+h)
		line(x+r, y+h)
		cube(x+r-k, y+h, x, y+h-r+k, x, y+h-r)
		line(x, y+r)
		cube(x, y+r-k, x+r-k, y, x+r, y)
	})
}

// dashes draws the edge of a box in pieces.
func (c *canvas) dashes(b *box) {
	const on, step, thick = 7.0, 12.0, 1.5
	for x := b.x + b.round; x < b.x+b.w-b.round; x += step {
		n := min(on, b.x+b.w-b.round-x)
		c.rounded(x, b.y-thick/2, n, thick, 0, b.edge)
		c.rounded(x, b.y+b.h-thick/2, n, thick, 0, b.edge)
	}
	for y := b.y + b.round; y < b.y+b.h-b.round; y += step {
		n := min(on, b.y+b.h-b.round-y)
		c.rounded(b.x-thick/2, y, thick, n, 0, b.edge)
		c.rounded(b.x+b.w-thick/2, y, thick, n, 0, b.edge)
	}
}

// stroke draws a line that goes down or across.
func (c *canvas) stroke(s *stroke) {
	const thick = 2.0
	x0, x1, y0, y1 := min(s.x0, s.x1), max(s.x0, s.x1), min(s.y0, s.y1), max(s.y0, s.y1)
	c.rounded(x0-thick/2, y0-thick/2, x1-x0+thick, y1-y0+thick, 0, s.colour)
	if !s.head {
		return
	}
	c.in(s.x1-6, s.y1-9, 12, 9, s.colour, func(move, line func(x, y float64), _ func(a, b, d, e, f, g float64)) {
		move(s.x1, s.y1)
		line(s.x1-6, s.y1-9)
		line(s.x1+6, s.y1-9)
	})
}

func (c *canvas) label(l *label) error {
	x := l.x
	if l.middle {
		x -= measure(l.text, l.size) / 2
	}
	for _, r := range l.text {
		if err := c.glyph(r, x, l); err != nil {
			return err
		}
		x += advance(r) * l.size
	}
	return nil
}

// glyph fills a letter's outline. A bold one is drawn twice, a little apart:
// the font has one weight.
func (c *canvas) glyph(r rune, x float64, l *label) error {
	_, g := shown(&c.buf, r)
	const em = 1000
	segments, err := sans().LoadGlyph(&c.buf, g, fixed.I(em), nil)
	if err != nil {
		return fmt.Errorf("draw %q: %w", r, err)
	}
	offsets := []float64{0}
	if l.bold {
		offsets = append(offsets, l.size*0.03)
	}
	for _, o := range offsets {
		c.in(x-l.size*0.2, l.y-l.size*1.1, l.size*1.6, l.size*1.5, l.colour, func(move, line func(x, y float64), cube func(a, b, d, e, f, g float64)) {
			outline(segments, x+o, l.y, l.size/em/64, move, line, cube)
		})
	}
	return nil
}

func outline(segments sfnt.Segments, x, y, k float64, move, line func(x, y float64), cube func(a, b, d, e, f, g float64)) {
	px := func(p fixed.Point26_6) float64 { return x + float64(p.X)*k }
	py := func(p fixed.Point26_6) float64 { return y + float64(p.Y)*k }
	var last fixed.Point26_6
	for _, s := range segments {
		a := s.Args
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			move(px(a[0]), py(a[0]))
			last = a[0]
		case sfnt.SegmentOpLineTo:
			line(px(a[0]), py(a[0]))
			last = a[0]
		case sfnt.SegmentOpQuadTo:
			q := func(from, to float64) float64 { return from + (to-from)*2/3 }
			cube(q(px(last), px(a[0])), q(py(last), py(a[0])), q(px(a[1]), px(a[0])), q(py(a[1]), py(a[0])), px(a[1]), py(a[1]))
			last = a[1]
		case sfnt.SegmentOpCubeTo:
			cube(px(a[0]), py(a[0]), px(a[1]), py(a[1]), px(a[2]), py(a[2]))
			last = a[2]
		}
	}
}

// rgb reads #rrggbb.
func rgb(hex string) color.RGBA {
	n, err := strconv.ParseUint(hex[1:], 16, 24)
	if err != nil {
		return color.RGBA{A: 255}
	}
	return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}
}
