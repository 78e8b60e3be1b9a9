package parse

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// ofdRun is a run of characters; lengths are in millimetres, y grows downwards.
type ofdRun struct {
	x, y, size float64
	steps      []float64 // from each character to the next; may be short
	text       string
}

func (r ofdRun) glyphs() []glyph {
	var out []glyph
	x := r.x
	for i, c := range []rune(r.text) {
		width := r.size
		if c < 128 {
			width /= 2
		}
		if i < len(r.steps) && r.steps[i] > 0 && r.steps[i] < 1.2*r.size {
			width = r.steps[i] // a character fills its step
		}
		if !unicode.IsSpace(c) {
			out = append(out, glyph{c, x, x + width, -r.y})
		}
		if i < len(r.steps) {
			width = r.steps[i]
		}
		x += width
	}
	return out
}

// mostSteps is how many steps one run may have.
const mostSteps = 10_000

// steps reads the distances between characters: numbers, or g n d for n times d.
func steps(s string) []float64 {
	var out []float64
	fields := strings.Fields(s)
	for i := 0; i < len(fields) && len(out) < mostSteps; i++ {
		if fields[i] != "g" || i+2 >= len(fields) {
			out = append(out, numbers(fields[i])[0])
			continue
		}
		d := numbers(fields[i+2])[0]
		for range min(int(numbers(fields[i+1])[0]), mostSteps) {
			out = append(out, d)
		}
		i += 2
	}
	return out
}

// size is the font's size; where it is not said, about what a box holds.
func (o ofdText) size() float64 {
	if n := numbers(o.Size)[0]; n > 0 {
		return n
	}
	return numbers(o.Boundary + " 0 0 0 0")[3] * 0.8
}

// farthest is beyond any place on a page, in millimetres.
const farthest = 1e6

// numbers reads numbers with spaces between; there are always two at least.
func numbers(s string) []float64 {
	var out []float64
	for _, f := range strings.Fields(s) {
		n, err := strconv.ParseFloat(f, 64)
		if err != nil || !(math.Abs(n) < farthest) { // NaN is less than nothing
			n = 0
		}
		out = append(out, n)
	}
	return append(out, 0, 0)
}
