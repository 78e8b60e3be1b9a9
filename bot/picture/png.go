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
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// scale makes a picture sharp on a telephone.
const scale = 2

// PNG gives the picture as pixels, twice as many each way as points.
func (p *Picture) PNG() ([]byte, error) {
	bounds := image.Rect(0, 0, int(width*scale), int(math.Ceil(p.height*scale)))
	c := &canvas{img: image.NewRGBA(bounds), ink: vector.NewRasterizer(bounds.Dx(), bounds.Dy()), faces: map[float64]font.Face{}}
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
	img   *image.RGBA
	ink   *vector.Rasterizer
	faces map[float64]font.Face // by their size
}

// in draws a shape into a part of the picture: what is drawn stands in that
// part's own co-ordinates, so that a small one does not cost a whole picture.
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

// label writes a text. A bold one is written twice, a little apart: the font has
// one weight.
func (c *canvas) label(l *label) error {
	face, err := c.face(l.size)
	if err != nil {
		return err
	}
	x := l.x
	if l.middle {
		x -= measure(l.text, l.size) / 2
	}
	offsets := []float64{0}
	if l.bold {
		offsets = append(offsets, l.size*0.03)
	}
	for _, o := range offsets {
		d := font.Drawer{Dst: c.img, Src: image.NewUniform(rgb(l.colour)), Face: face,
			Dot: fixed.Point26_6{X: fixed.Int26_6((x + o) * scale * 64), Y: fixed.Int26_6(l.y * scale * 64)}}
		d.DrawString(strings.Map(shown, l.text))
	}
	return nil
}

// face gives the letters of a size, in points.
func (c *canvas) face(size float64) (font.Face, error) {
	if f := c.faces[size]; f != nil {
		return f, nil
	}
	f, err := opentype.NewFace(sans(), &opentype.FaceOptions{Size: size * scale, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, fmt.Errorf("make letters of %g points: %w", size, err)
	}
	c.faces[size] = f
	return f, nil
}

// rgb reads #rrggbb.
func rgb(hex string) color.RGBA {
	n, err := strconv.ParseUint(hex[1:], 16, 24)
	if err != nil {
		return color.RGBA{A: 255}
	}
	return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}
}
