package parse

import (
	"cmp"
	"fmt"
	"math"
	"path"
	"slices"
	"strings"
)

// mostPrinted is how many characters all the pages of one file may show, a page
// that is named several times counted each time.
const mostPrinted = 1_000_000

// A page of an OFD file (GB/T 33190): text objects placed on it, each with
// its box and its runs, in layers and blocks inside blocks.
type ofdPage struct {
	Layers    []ofdBlock `xml:"Content>Layer"`
	Templates []struct {
		ID string `xml:"TemplateID,attr"`
	} `xml:"Template"`
}

type ofdBlock struct {
	Texts  []ofdText  `xml:"TextObject"`
	Images []struct{} `xml:"ImageObject"`
	Blocks []ofdBlock `xml:"PageBlock"`
}

type ofdText struct {
	Boundary string `xml:"Boundary,attr"`
	Size     string `xml:"Size,attr"`
	Matrix   string `xml:"CTM,attr"`
	Codes    []struct {
		X    *string `xml:"X,attr"` // absent: as in the run before
		Y    *string `xml:"Y,attr"`
		Step string  `xml:"DeltaX,attr"`
		Text string  `xml:",chardata"`
	} `xml:"TextCode"`
}

type ofdRoot struct {
	Body []struct {
		Root string `xml:"DocRoot"`
	} `xml:"DocBody"`
}

type ofdPlace struct {
	ID  string `xml:"ID,attr"`
	Loc string `xml:"BaseLoc,attr"`
}

type ofdDocument struct {
	Templates []ofdPlace `xml:"CommonData>TemplatePage"`
	Pages     []ofdPlace `xml:"Pages>Page"`
}

// ofd collects what the pages of a file show.
type ofd struct {
	*archive
	source  *source
	pages   []printedPage
	printed int
	read    map[string]*ofdPage
}

func readOFD(a *archive) (*source, error) {
	if a.has("Encryptions.xml") || a.has("Doc_0/Encryptions.xml") {
		return nil, ErrPassword
	}
	var root ofdRoot
	if err := a.xml("OFD.xml", &root); err != nil {
		return nil, err
	}
	o := &ofd{archive: a, source: &source{Format: "OFD"}, read: map[string]*ofdPage{}}
	for _, b := range root.Body {
		if err := o.document(strings.TrimPrefix(strings.TrimSpace(b.Root), "/")); err != nil {
			return nil, err
		}
	}
	if o.printed == 0 && len(o.source.Doubts) > 0 {
		return nil, ErrScanned
	}
	o.source.Lines, o.source.Notes = printedText(o.pages)
	return o.source, nil
}

func (o *ofd) document(at string) error {
	var d ofdDocument
	if err := o.xml(at, &d); err != nil {
		return err
	}
	if len(d.Pages) > mostPages {
		return ErrTooLarge
	}
	templates := map[string]string{}
	for _, t := range d.Templates {
		templates[t.ID] = ofdPath(at, t.Loc)
	}
	for _, p := range d.Pages {
		page, err := o.page(ofdPath(at, p.Loc))
		if err != nil {
			return err
		}
		layers := slices.Clone(page.Layers)
		for _, t := range page.Templates {
			if under, err := o.page(templates[t.ID]); err == nil {
				layers = append(layers, under.Layers...)
			}
		}
		if err := o.show(layers); err != nil {
			return err
		}
	}
	return nil
}

// page reads a page once, however often it is named.
func (o *ofd) page(name string) (*ofdPage, error) {
	if p := o.read[name]; p != nil {
		return p, nil
	}
	p := new(ofdPage)
	err := o.xml(name, p)
	if err == nil {
		o.read[name] = p
	}
	return p, err
}

// show takes the characters of a page, and notes one that has none.
func (o *ofd) show(layers []ofdBlock) error {
	texts, images := flatten(ofdBlock{Blocks: layers}, 0)
	for _, t := range texts {
		for _, c := range t.Codes {
			o.printed += len(c.Text)
		}
	}
	if o.printed > mostPrinted {
		return ErrTooLarge
	}
	glyphs := pageGlyphs(texts)
	if len(glyphs) == 0 && images+len(texts) > 0 {
		o.source.Doubts = append(o.source.Doubts, fmt.Sprintf("第%d页只有图片，没有读到文字。", len(o.pages)+1))
	}
	o.pages = append(o.pages, printedPage{glyphs: glyphs})
	return nil
}

// flatten gives all the texts of a block and of those inside it, and how many
// pictures they have.
func flatten(b ofdBlock, depth int) (texts []ofdText, images int) {
	texts, images = b.Texts, len(b.Images)
	for _, in := range b.Blocks {
		if depth > deepest {
			break
		}
		t, n := flatten(in, depth+1)
		texts, images = append(texts, t...), images+n
	}
	return texts, images
}

func (a *archive) xml(name string, into any) error {
	data, err := a.read(name)
	if err != nil {
		return err
	}
	if newXML(data).Decode(into) != nil {
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

// pageGlyphs gives the characters of a page in the order of reading, y then x.
// What stands aslant over the rest is a watermark and left out.
func pageGlyphs(texts []ofdText) []glyph {
	var runs, aslant []ofdRun
	straight, turned := 0, 0
	for _, t := range texts {
		if more := t.runs(); t.aslant() {
			aslant, turned = append(aslant, more...), turned+len(more)
		} else {
			runs, straight = append(runs, more...), straight+len(more)
		}
	}
	if straight == 0 {
		runs = aslant // a page that lies on its side
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

// matrix is how a text object is turned and stretched: x' = ax+cy+e, y' = bx+dy+f.
func (t ofdText) matrix() []float64 {
	if n := numbers(t.Matrix); len(n) >= 8 && (n[0] != 0 || n[1] != 0) {
		return n
	}
	return []float64{1, 0, 0, 1, 0, 0}
}

func (t ofdText) aslant() bool {
	m := t.matrix()
	return math.Abs(m[1]) > 0.1*math.Abs(m[0])
}

// runs gives the runs of a text object by where they stand on the page.
func (t ofdText) runs() []ofdRun {
	box, m := numbers(t.Boundary), t.matrix()
	stretch := math.Hypot(m[0], m[1])
	x, y := 0.0, 0.0
	var out []ofdRun
	for _, c := range t.Codes {
		if c.X != nil {
			x = numbers(*c.X)[0]
		}
		if c.Y != nil {
			y = numbers(*c.Y)[0]
		}
		r := ofdRun{box[0] + m[0]*x + m[2]*y + m[4], box[1] + m[1]*x + m[3]*y + m[5], max(t.size()*stretch, 1), steps(c.Step), c.Text}
		for i := range r.steps {
			r.steps[i] *= stretch
		}
		out = append(out, r)
	}
	return out
}
