package parse

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klippa-app/go-pdfium/requests"
	"github.com/pmezard/go-difflib/difflib"

	"zujian/knowledge"
)

// TestScannedPages makes scans of printed pages, askew, grey, specked and
// stamped in red, and has them recognised.
func TestScannedPages(t *testing.T) {
	if tesseract() == "" {
		t.Skip("needs tesseract with chi_sim (Debian: tesseract-ocr tesseract-ocr-chi-sim)")
	}
	sources, err := filepath.Glob("testdata/round/*.src")
	if err != nil {
		t.Fatal(err)
	}
	if raced {
		sources = sources[:1]
	}
	began := time.Now()
	pages, same, all, placed, clauses := 0, 0, 0, 0, 0
	for i, source := range sources {
		if strings.Contains(source, "columns") {
			continue // pages in two columns are recognised line by line across them
		}
		printed := drawPages(t, strings.TrimSuffix(source, ".src")+".pdf")
		s := scans{}
		for n, p := range printed {
			if err := s.page(scan(p, uint64(10*i+n)), n+1, len(printed)); err != nil {
				t.Fatal(err)
			}
		}
		pages += len(printed)
		got, err := s.source("PDF")
		if err != nil {
			t.Fatal(err)
		}
		d, err := got.document("x")
		if err != nil {
			t.Fatal(err)
		}
		want := written(t, source)
		here, total := alike(strings.Join(want, ""), joined(d.Clauses))
		same, all = same+here, all+total
		p := placedOf(want, d)
		placed, clauses = placed+p, clauses+len(want)
		t.Logf("%s: %d pages, %.3f of the characters, %d of %d clauses in their places", filepath.Base(source), len(printed), float64(here)/float64(total), p, len(want))
	}
	each := time.Since(began) / time.Duration(pages)
	t.Logf("%d pages: %.3f of the characters, %.3f of the clauses in their places, %.1f s a page", pages, float64(same)/float64(all), float64(placed)/float64(clauses), each.Seconds())
	if float64(same)/float64(all) < 0.97 || float64(placed)/float64(clauses) < 0.9 {
		t.Error("less than .97 of the characters or .9 of the places")
	}
	if each > 30*time.Second || pages < 20 && !raced {
		t.Errorf("%d pages, %v for each", pages, each)
	}
}

// drawPages draws the pages of a PDF as they are printed.
func drawPages(t *testing.T, name string) []image.Image {
	t.Helper()
	pool, err := pdfPool()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := pool.GetInstance(pdfPatience)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(engine)
	data := readFile(t, name)
	opened, err := engine.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		t.Fatal(err)
	}
	count, err := engine.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		t.Fatal(err)
	}
	var out []image.Image
	for i := range count.PageCount {
		drawn, err := engine.RenderPageInDPI(&requests.RenderPageInDPI{DPI: scanDPI, Page: requests.Page{ByIndex: &requests.PageByIndex{Document: opened.Document, Index: i}}})
		if err != nil {
			t.Fatal(err)
		}
		from := drawn.Result.RenderedImage
		copied := image.NewRGBA(from.Bounds())
		for y := range copied.Bounds().Dy() {
			for x := range copied.Bounds().Dx() {
				copied.Set(x, y, from.At(x, y))
			}
		}
		out = append(out, copied)
		drawn.Cleanup()
	}
	return out
}

// scan is a page as a cheap scanner gives it: turned by up to a degree, grey,
// with specks, and with the red ring of a stamp over its text.
func scan(page image.Image, seed uint64) image.Image {
	random := rand.New(rand.NewPCG(seed, 7))
	b := page.Bounds()
	sin, cos := math.Sincos((random.Float64()*2 - 1) * math.Pi / 180)
	cx, cy := float64(b.Dx())/2, float64(b.Dy())/2
	out := image.NewRGBA(b)
	stampX, stampY, radius := cx*(0.6+0.8*random.Float64()), cy*(1+0.6*random.Float64()), 160.0
	for y := range b.Dy() {
		for x := range b.Dx() {
			fx, fy := float64(x)-cx, float64(y)-cy
			r, g, bl, _ := page.At(int(fx*cos-fy*sin+cx+0.5), int(fx*sin+fy*cos+cy+0.5)).RGBA()
			v := (r + g + bl) / 3 >> 8
			if _, _, _, a := page.At(int(fx*cos-fy*sin+cx+0.5), int(fx*sin+fy*cos+cy+0.5)).RGBA(); a == 0 {
				v = 255
			}
			v = 30 + v*200/255 + uint32(random.IntN(20))
			c := color.RGBA{uint8(v), uint8(v), uint8(v), 255}
			if random.IntN(4000) == 0 {
				c = color.RGBA{40, 40, 40, 255}
			}
			if d := math.Hypot(float64(x)-stampX, float64(y)-stampY); d < radius && d > radius-9 || d < 30 {
				c = color.RGBA{uint8(max(150, v)), uint8(v / 4), uint8(v / 4), 255}
			}
			out.Set(x, y, c)
		}
	}
	return out
}

func joined(clauses []knowledge.Clause) string {
	var b strings.Builder
	for _, c := range clauses {
		b.WriteString(c.Locator + " " + squeeze(c.Text))
	}
	return b.String()
}

// alike counts how many characters of a text are in another, in its order.
func alike(want, got string) (same, all int) {
	w, g := strings.Split(want, ""), strings.Split(got, "")
	for _, m := range difflib.NewMatcherWithJunk(w, g, false, nil).GetMatchingBlocks() {
		same += m.Size
	}
	return same, len(w)
}

// placedOf counts the clauses that came back at their places, in words that are
// nearly the same.
func placedOf(want []string, d *knowledge.Document) int {
	n := 0
	for _, w := range want {
		place, text, _ := strings.Cut(w, " ")
		for _, c := range d.Clauses {
			if same, all := alike(text, squeeze(c.Text)); c.Locator == place && 10*same >= 8*all {
				n++
				break
			}
		}
	}
	return n
}

// TestScannedPDF reads a file of which one page is a picture and the others are
// none, through the whole way in.
func TestScannedPDF(t *testing.T) {
	page := drawPages(t, "testdata/round/1-notice.pdf")[0]
	var file bytes.Buffer
	if err := jpeg.Encode(&file, scan(page, 3), &jpeg.Options{Quality: 80}); err != nil {
		t.Fatal(err)
	}
	data := pdfOf(file.Bytes(), page.Bounds())
	if tesseract() == "" {
		if _, err := Parse("扫描.pdf", data); err == nil || !strings.Contains(err.Error(), "tesseract-ocr-chi-sim") {
			t.Errorf("where no scans are read, it is not said what to install: %v", err)
		}
		return
	}
	var progress []string
	r, err := ReadDocument("扫描.pdf", data, func(page string) { progress = append(progress, page) })
	if err != nil {
		t.Fatal(err)
	}
	if d := r.Document; d.Number != "某两新工委〔2024〕12号" || d.Note != ScanNote || !strings.Contains(d.Format, "扫描识别") || len(r.Doubts) == 0 {
		t.Errorf("%q %q %q %v", d.Number, d.Note, d.Format, r.Doubts)
	}
	picture, err := jpeg.Decode(bytes.NewReader(r.Pictures[1]))
	if err != nil || picture.Bounds().Dx() != pictureWide {
		t.Errorf("the picture of the page: %v", err)
	}
	for _, c := range r.Document.Clauses {
		if c.Page != 1 {
			t.Errorf("%q stands on page %d", c.Text, c.Page)
		}
	}
	if len(progress) != 1 || progress[0] != "认第1页，共1页" {
		t.Errorf("progress %v", progress)
	}
}

// pdfOf makes a file with one page that is a picture.
func pdfOf(jpg []byte, size image.Rectangle) []byte {
	content := "q 420 0 0 595 0 0 cm /P Do Q"
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R/Resources<</XObject<</P 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content),
		fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length %d>>stream\n%s\nendstream",
			size.Dx(), size.Dy(), len(jpg), jpg)}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}
