package parse

import (
	"cmp"
	"encoding/xml"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A page of an OFD file (GB/T 33190): text objects placed on it, each with
// its box and its runs.
type ofdPage struct {
	Layers []struct {
		Objects []ofdText  `xml:"TextObject"`
		Images  []struct{} `xml:"ImageObject"`
		Blocks  []struct {
			Objects []ofdText `xml:"TextObject"`
		} `xml:"PageBlock"`
	} `xml:"Content>Layer"`
}

type ofdText struct {
	Boundary string `xml:"Boundary,attr"`
	Size     string `xml:"Size,attr"`
	Codes    []struct {
		X    string `xml:"X,attr"`
		Y    string `xml:"Y,attr"`
		Step string `xml:"DeltaX,attr"`
		Text string `xml:",chardata"`
	} `xml:"TextCode"`
}

type ofdRoot struct {
	Body []struct {
		Root string `xml:"DocRoot"`
	} `xml:"DocBody"`
}

type ofdDocument struct {
	Pages []struct {
		Loc string `xml:"BaseLoc,attr"`
	} `xml:"Pages>Page"`
}

func readOFD(a *archive) (*Source, error) {
	var root ofdRoot
	if err := a.xml("OFD.xml", &root); err != nil {
		return nil, err
	}
	var pages [][]glyph
	pictures, read := 0, 0
	for _, b := range root.Body {
		at := strings.TrimPrefix(strings.TrimSpace(b.Root), "/")
		var d ofdDocument
		if err := a.xml(at, &d); err != nil {
			return nil, err
		}
		for _, p := range d.Pages {
			var page ofdPage
			if err := a.xml(ofdPath(at, p.Loc), &page); err != nil {
				return nil, err
			}
			pages = append(pages, page.glyphs())
			read += len(pages[len(pages)-1])
			for _, l := range page.Layers {
				pictures += len(l.Images)
			}
		}
	}
	if read == 0 && pictures > 0 {
		return nil, ErrScanned
	}
	return &Source{Format: "OFD", Lines: printedText(pages)}, nil
}

func (a *archive) xml(name string, into any) error {
	data, err := a.read(name)
	if err != nil {
		return err
	}
	if xml.Unmarshal(data, into) != nil {
		return ErrDamaged
	}
	return nil
}

func ofdPath(from, loc string) string {
	loc = strings.TrimSpace(loc)
	if rest, ok := strings.CutPrefix(loc, "/"); ok {
		return rest
	}
	return path.Join(path.Dir(from), loc)
}

// glyphs gives the characters of the page in the order of reading, y then x. A
// run says where it begins; its characters follow at the size of the font.
func (p ofdPage) glyphs() []glyph {
	var runs []ofdRun
	add := func(objects []ofdText) {
		for _, o := range objects {
			box := numbers(o.Boundary)
			for _, c := range o.Codes {
				runs = append(runs, ofdRun{box[0] + numbers(c.X)[0], box[1] + numbers(c.Y)[0], max(o.size(), 1), steps(c.Step), c.Text})
			}
		}
	}
	for _, l := range p.Layers {
		add(l.Objects)
		for _, b := range l.Blocks {
			add(b.Objects)
		}
	}
	slices.SortStableFunc(runs, func(a, b ofdRun) int { return cmp.Compare(a.y, b.y) })
	for from := 0; from < len(runs); {
		to := from + 1
		for to < len(runs) && runs[to].y-runs[from].y < runs[from].size/2 {
			to++
		}
		slices.SortStableFunc(runs[from:to], func(a, b ofdRun) int { return cmp.Compare(a.x, b.x) })
		from = to
	}
	var out []glyph
	for _, r := range runs {
		out = append(out, r.glyphs()...)
	}
	return out
}

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

// numbers reads numbers with spaces between; there are always two at least.
func numbers(s string) []float64 {
	var out []float64
	for _, f := range strings.Fields(s) {
		n, err := strconv.ParseFloat(f, 64)
		if err != nil {
			n = 0
		}
		out = append(out, n)
	}
	return append(out, 0, 0)
}
