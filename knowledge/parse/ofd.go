package parse

import (
	"encoding/xml"
	"path"
	"slices"
	"strconv"
	"strings"
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
	Codes    []struct {
		X    string `xml:"X,attr"`
		Y    string `xml:"Y,attr"`
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

type placed struct {
	x, y float64
	text string
}

func readOFD(a *archive) (*Source, error) {
	var root ofdRoot
	if err := a.xml("OFD.xml", &root); err != nil {
		return nil, err
	}
	var pages [][]string
	pictures := 0
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
			pages = append(pages, page.lines())
			for _, l := range page.Layers {
				pictures += len(l.Images)
			}
		}
	}
	lines := joinPages(pages)
	if len(lines) == 0 && pictures > 0 {
		return nil, ErrScanned
	}
	return &Source{Format: "OFD", Lines: lines}, nil
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

// lines orders the runs by y, then x; runs of one height are one line.
func (p ofdPage) lines() []string {
	var all []placed
	add := func(objects []ofdText) {
		for _, o := range objects {
			box := numbers(o.Boundary)
			for _, c := range o.Codes {
				all = append(all, placed{box[0] + numbers(c.X)[0], box[1] + numbers(c.Y)[0], c.Text})
			}
		}
	}
	for _, l := range p.Layers {
		add(l.Objects)
		for _, b := range l.Blocks {
			add(b.Objects)
		}
	}
	return inLines(all)
}

// inLines puts runs within half a line's height (2 mm) on one line.
func inLines(all []placed) []string {
	slices.SortStableFunc(all, func(a, b placed) int { return compare(a.y, b.y) })
	var lines []string
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].y-all[0].y < 2 {
			n++
		}
		slices.SortStableFunc(all[:n], func(a, b placed) int { return compare(a.x, b.x) })
		line := ""
		for _, r := range all[:n] {
			line += r.text
		}
		lines = append(lines, line)
		all = all[n:]
	}
	return lines
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
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
