package parse

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

const (
	pdfPatience = 50 * time.Second // for one file
	pdfMemory   = 4 << 10          // pages of 64 KB: 256 MB
	mostPages   = 2000
	mostGlyphs  = 4_000_000
)

// pdfPool starts the PDF engine, which takes seconds the first time and is
// kept compiled in the user's cache folder after it. It sees no files.
var pdfPool = sync.OnceValues(func() (pdfium.Pool, error) {
	config := wazero.NewRuntimeConfig().WithCloseOnContextDone(true).WithMemoryLimitPages(pdfMemory).
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
	if dir, err := os.UserCacheDir(); err == nil {
		if cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(dir, "zujian", "pdf")); err == nil {
			config = config.WithCompilationCache(cache)
		}
	}
	engine, err := unpackedEngine()
	if err != nil {
		return nil, err
	}
	return webassembly.InitWithWASM(webassembly.Config{
		WASM: engine, MaxIdle: 1, MaxTotal: 2, RuntimeConfig: config,
		FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
	})
})

// readPDF reads a PDF's text layer. A file that the engine cannot finish in
// time is given up.
func readPDF(data []byte, progress func(string)) (*source, error) {
	pool, err := pdfPool()
	if err != nil {
		return nil, errFrom(ErrUnsupported, "读 PDF 的部件在这台机器上启动不了。请用 WPS 转成 Word，逐句核对后再放")
	}
	engine, err := pool.GetInstance(pdfPatience)
	if err != nil {
		return nil, errFrom(ErrUnsupported, "正在读别的 PDF，请过一会儿再放")
	}
	type result struct {
		s   *source
		err error
	}
	done := make(chan result, 1)
	late := time.NewTimer(pdfPatience)
	defer late.Stop()
	go func() {
		defer func() {
			if thrown := recover(); thrown != nil { // the engine was stopped, or ran into the file's damage
				done <- result{nil, caught(thrown, ErrDamaged)}
			}
		}()
		s, err := (&pdf{engine: engine, progress: func(page string) {
			late.Reset(pagePatience)
			if progress != nil {
				progress(page)
			}
		}}).read(data)
		done <- result{s, err}
	}()
	select {
	case r := <-done:
		if trace := closed(engine); r.s != nil {
			r.s.Trace = trace
		}
		return r.s, r.err
	case <-late.C:
		_ = engine.Kill()
		return nil, ErrTooLarge
	}
}

// closed gives the engine back, and where it was when the state that the file
// left it in let it fail.
func closed(engine pdfium.Pdfium) (trace string) {
	defer func() {
		if thrown := recover(); thrown != nil {
			trace = caught(thrown, nil).Trace
		}
	}()
	_ = engine.Close()
	return ""
}

// glyph is one character on a page: where it begins and ends, and the line it
// stands on. Lengths are in points, y grows upwards.
type glyph struct {
	r                 rune
	left, right, base float64
}

type pdf struct {
	engine   pdfium.Pdfium
	progress func(string)
	glyphs   int

	objects int // that were looked at for lines
}

func (p *pdf) read(data []byte) (*source, error) {
	opened, err := p.engine.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		if errors.Is(err, pdferrors.ErrPassword) {
			return nil, ErrPassword
		}
		return nil, ErrDamaged
	}
	count, err := p.engine.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil || count.PageCount == 0 {
		return nil, ErrDamaged
	}
	if count.PageCount > mostPages {
		return nil, ErrTooLarge
	}
	s := &source{Format: "PDF"}
	var pages []printedPage
	var scanned []int
	for i := range count.PageCount {
		page, pictures, err := p.page(opened.Document, i)
		if err != nil {
			return nil, err
		}
		if len(page.glyphs) == 0 && pictures {
			scanned = append(scanned, i)
		}
		pages = append(pages, page)
	}
	if len(scanned) > 0 {
		return p.withScans(opened.Document, s, pages, scanned)
	}
	s.Lines, s.Notes = printedText(pages)
	return s, nil
}

// withScans reads a file some or all of whose pages are pictures, each stretch
// of pages in its own way.
func (p *pdf) withScans(document references.FPDF_DOCUMENT, s *source, pages []printedPage, scanned []int) (*source, error) {
	if tesseract() == "" && len(scanned) == len(pages) {
		return nil, errFrom(ErrScanned, whatToInstall)
	}
	r := scans{progress: p.progress}
	for from := 0; from < len(pages); {
		picture := slices.Contains(scanned, from)
		to := from + 1
		for to < len(pages) && slices.Contains(scanned, to) == picture {
			to++
		}
		if !picture {
			lines, notes := printedText(pages[from:to])
			s.Lines, s.Notes = append(s.Lines, lines...), append(s.Notes, notes...)
		} else if err := p.recognise(document, s, &r, from, to, len(pages)); err != nil {
			return nil, err
		}
		from = to
	}
	if len(s.Lines) == 0 {
		return nil, ErrScanned
	}
	if len(r.pages) > 0 {
		s.Format, s.Scanned, s.Pictures, s.Doubts = "PDF 扫描识别", r.texts(), r.pictures, append(r.doubts(), s.Doubts...)
	}
	return s, nil
}

// recognise reads the pictures of pages from to (not included); those beyond
// what is read at once are named.
func (p *pdf) recognise(document references.FPDF_DOCUMENT, s *source, r *scans, from, to, of int) error {
	before := len(r.pages)
	for i := from; i < to; i++ {
		if tesseract() == "" || len(r.pages) >= mostScanned {
			s.Doubts = append(s.Doubts, "第"+strconv.Itoa(i+1)+"页只有图片，没有读到文字。")
			continue
		}
		if err := p.recognisePage(document, r, i, of); err != nil {
			return err
		}
	}
	lines, notes := scannedText(r.pages[before:])
	s.Lines, s.Notes = append(s.Lines, lines...), append(s.Notes, notes...)
	return nil
}

func (p *pdf) recognisePage(document references.FPDF_DOCUMENT, r *scans, i, of int) error {
	page := requests.Page{ByIndex: &requests.PageByIndex{Document: document, Index: i}}
	drawn, err := p.engine.RenderPageInDPI(&requests.RenderPageInDPI{DPI: scanDPI, Page: page})
	if err != nil {
		return ErrDamaged
	}
	defer drawn.Cleanup()
	return r.page(drawn.Result.RenderedImage, i+1, of)
}

func (p *pdf) page(document references.FPDF_DOCUMENT, i int) (out printedPage, pictures bool, err error) {
	loaded, err := p.engine.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: document, Index: i})
	if err != nil {
		return out, false, ErrDamaged
	}
	page := requests.Page{ByReference: &loaded.Page}
	defer func() { _, _ = p.engine.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page}) }()
	objects := 0
	if n, err := p.engine.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page}); err == nil {
		objects = n.Count
	}
	if out.glyphs, err = p.characters(page); err != nil {
		return out, false, err
	}
	if len(out.glyphs) > 0 {
		out.bars = p.bars(page, objects)
	}
	return out, objects > 0, nil
}

// characters gives the characters of a page in the order of the file.
func (p *pdf) characters(page requests.Page) (out []glyph, err error) {
	text, err := p.engine.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return nil, ErrDamaged
	}
	defer func() { _, _ = p.engine.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage}) }()
	n, err := p.engine.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		return nil, ErrDamaged
	}
	if p.glyphs += n.Count; p.glyphs > mostGlyphs {
		return nil, ErrTooLarge
	}
	var half rune
	for j := range n.Count {
		g, ok := p.glyph(text.TextPage, j)
		switch {
		case !ok:
		case half != 0 && utf16.IsSurrogate(g.r):
			g.r, half = utf16.DecodeRune(half, g.r), 0
			out = append(out, g)
		case utf16.IsSurrogate(g.r):
			half = g.r
		default:
			out = append(out, g)
		}
	}
	return out, nil
}

func (p *pdf) glyph(page references.FPDF_TEXTPAGE, i int) (glyph, bool) {
	u, err := p.engine.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: page, Index: i})
	if err != nil || u.Unicode <= ' ' || slices.Contains([]uint{0xA0, 0x3000, 0xFFFE, 0xFFFF}, u.Unicode) {
		return glyph{}, false
	}
	box, err := p.engine.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: page, Index: i})
	if err != nil {
		return glyph{}, false
	}
	origin, err := p.engine.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: page, Index: i})
	if err != nil {
		return glyph{}, false
	}
	return glyph{rune(u.Unicode), float64(box.Rect.Left), float64(box.Rect.Right), origin.Y}, true
}
