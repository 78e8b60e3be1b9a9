package picture_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/image/font/opentype"

	"zujian/bot/picture"
	"zujian/knowledge"
	"zujian/knowledge/rule"
)

func book(t testing.TB) *rule.Book {
	t.Helper()
	l, err := knowledge.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	b, err := rule.Shipped(l.Documents)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func draw(t testing.TB, description string) (rule.Recommendation, *picture.Picture) {
	t.Helper()
	b := book(t)
	facts := b.Read(description).Facts
	r := rule.Decide(b, facts)
	return r, picture.Path(b, facts, r)
}

var cases = map[string]string{
	"single":  "开发区里一家电子厂，女工六百来人，有支部，副书记是女的，支部是先进支部，条件成熟，有女职委",
	"unknown": "一家电子厂",
	"law":     "园区里的律所，女律师没几个，联合支部",
	"outside": "县人民医院",
	"none":    "镇上一家理发店，一个女的都没有，没有党组织",
}

// textsOf gives the words of an SVG, in order.
func textsOf(t *testing.T, svg []byte) string {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	var out strings.Builder
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out.String()
		}
		if err != nil {
			t.Fatalf("not XML: %v", err)
		}
		if c, ok := tok.(xml.CharData); ok {
			out.Write(c)
		}
	}
}

// TestPathSaysTheConclusion holds that every result of the recommendation, its
// place and what is not known stand in the picture.
func TestPathSaysTheConclusion(t *testing.T) {
	b := book(t)
	for name, description := range cases {
		r, p := draw(t, description)
		got := textsOf(t, p.SVG())
		for _, x := range r.Reasons {
			if r.Status == rule.OutOfScope {
				break
			}
			if !strings.Contains(got, b.Say(x.Result)) || !strings.Contains(got, x.Place()) {
				t.Errorf("%s: %q at %s is not in the picture: %s", name, b.Say(x.Result), x.Place(), got)
			}
		}
		for _, id := range r.Unknown {
			f, _ := b.Fact(id)
			if !strings.Contains(got, f.Name) {
				t.Errorf("%s: it does not say that %s is not known", name, f.Name)
			}
		}
	}
}

// TestSVGNeedsNothing holds that a picture asks nothing of the world and
// carries no script, whatever an office calls its bodies.
func TestSVGNeedsNothing(t *testing.T) {
	p := picture.Progress("进度", []picture.Done{{Name: `<script>alert(1)</script>&"`, Built: 1, Units: 2}})
	svg := string(p.SVG())
	if strings.Contains(svg, "<script") {
		t.Errorf("a name became an element: %s", svg)
	}
	if regexp.MustCompile(`(?i)href|url\(|@import|on[a-z]+=`).MatchString(svg) {
		t.Errorf("it refers to something: %s", svg)
	}
	if strings.Count(svg, "http") != 1 {
		t.Errorf("there is an address besides the name space: %s", svg)
	}
}

func TestPNGHasLetters(t *testing.T) {
	dir := os.Getenv("PICTURES")
	for name, description := range cases {
		_, p := draw(t, description)
		data, err := p.PNG()
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > 400_000 {
			t.Errorf("%s: %d bytes are too many to send", name, len(data))
		}
		checkInk(t, name, data)
		if dir != "" {
			os.WriteFile(dir+"/"+name+".png", data, 0o600)
			os.WriteFile(dir+"/"+name+".svg", p.SVG(), 0o600)
		}
	}
	p := picture.Progress("各乡镇（街道）组建进度", []picture.Done{{"城关街道", 12, 40}, {"李家镇", 0, 7}, {"濮阳路街道", 3, 3}, {"（没有写）", 1, 4}})
	data, err := p.PNG()
	if err != nil {
		t.Fatal(err)
	}
	checkInk(t, "progress", data)
	if dir != "" {
		os.WriteFile(dir+"/progress.png", data, 0o600)
	}
}

// checkInk looks for dark pixels in the title and for many shades: letters
// with smooth edges.
func checkInk(t *testing.T, name string, data []byte) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	dark, shades := 0, map[uint32]bool{}
	for y := 40; y < 120; y++ {
		for x := 64; x < 600; x++ {
			r, g, b, _ := img.At(x, y).RGBA()
			shades[r>>8] = true
			if r+g+b < 3*0x6000 {
				dark++
			}
		}
	}
	if dark < 500 || len(shades) < 20 {
		t.Errorf("%s: %d dark pixels, %d shades: no letters", name, dark, len(shades))
	}
}

// letters tells which characters the font has.
func letters(t *testing.T) func(rune) bool {
	t.Helper()
	data, err := os.ReadFile("font/sans.otf")
	if err != nil {
		t.Fatal(err)
	}
	sans, err := opentype.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return func(c rune) bool {
		g, err := sans.GlyphIndex(nil, c)
		return err == nil && g != 0
	}
}

// TestEveryWordCanBeDrawn holds that the font has every character of the rules
// and of the documents they quote.
func TestEveryWordCanBeDrawn(t *testing.T) {
	b := book(t)
	var all strings.Builder
	for _, r := range b.Rules {
		all.WriteString(b.Say(r.Result) + r.Given + r.Modality + r.Inference)
	}
	for _, f := range b.Facts {
		all.WriteString(f.Name + f.Question)
		for _, v := range f.Values {
			all.WriteString(v.Name + v.Note + v.Value)
		}
	}
	for _, tie := range b.Ties {
		all.WriteString(tie.Say)
	}
	has := letters(t)
	for _, c := range all.String() {
		if !has(c) {
			t.Errorf("the font has no %q", c)
		}
	}
	if has('\U0002A6D6') {
		t.Error("it says that it can draw everything")
	}
}

func BenchmarkPNG(b *testing.B) {
	_, p := draw(b, cases["single"])
	for b.Loop() {
		if _, err := p.PNG(); err != nil {
			b.Fatal(err)
		}
	}
}
