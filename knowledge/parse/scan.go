package parse

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/gif" // pictures of pages come in any of these
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"

	"zujian/knowledge"
)

// What is given to the recognition of scanned pages.
const (
	scanDPI      = 200
	pagePatience = 90 * time.Second // for one page
	mostScanned  = 80               // pages of one file
	mostPixels   = 40_000_000       // of one page
)

// ScanNote is what an answer from a scan adds.
const ScanNote = "这份文件是扫描识别的，可能有认错的字，请对照原件。"

// whatToInstall is said where scans cannot be read.
const whatToInstall = "要让程序自己认字，请装 tesseract 和它的中文包（Debian、Ubuntu 是 tesseract-ocr 和 tesseract-ocr-chi-sim），装好以后重新放一遍"

// tesseract is the program that recognises Chinese print, or empty.
var tesseract = sync.OnceValue(func() string {
	path, err := exec.LookPath("tesseract")
	if err != nil {
		return ""
	}
	out, err := exec.Command(path, "--list-langs").CombinedOutput()
	if err != nil || !strings.Contains("\n"+string(out), "\nchi_sim") {
		return ""
	}
	return path
})

// ReadsScans says whether scans can be read on this machine, and where not,
// what to do.
func ReadsScans() (bool, string) {
	if tesseract() == "" {
		return false, whatToInstall
	}
	return true, ""
}

// scans recognises the scanned pages of a file.
type scans struct {
	progress func(string)
	pages    []seen
	wrong    []string

	pictures map[int][]byte // of each page
}

// seen is what was recognised on the picture of a page.
type seen struct {
	number int // in the file, from 1
	words  []word
	tables []*grid
}

// page recognises one picture of a page; n counts from 1, of how many there are.
func (s *scans) page(picture image.Image, n, of int) error {
	if s.progress != nil {
		s.progress(fmt.Sprintf("认第%d页，共%d页", n, of))
	}
	b := picture.Bounds()
	if b.Dx()*b.Dy() > mostPixels {
		return ErrTooLarge
	}
	page := inBlack(setRight(withoutRed(picture)))
	tables, err := takeTables(page, rulesOf(page))
	if err != nil {
		return err
	}
	words, err := recognisePage(page)
	if err != nil {
		return err
	}
	if n == 1 {
		if head, err := recognisePage(onlyRed(picture)); err == nil {
			words = append(redHeads(head), words...)
		}
	}
	s.pages = append(s.pages, seen{n, words, tables})
	if s.pictures == nil {
		s.pictures = map[int][]byte{}
	}
	s.pictures[n] = forChecking(picture)
	s.wrong = append(s.wrong, unsure(words, n)...)
	return nil
}

// recognisePage has tesseract find the words on a picture. It fails where that
// takes too long or fails itself.
func recognisePage(picture image.Image) ([]word, error) {
	var file bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&file, picture); err != nil {
		return nil, ErrDamaged
	}
	ctx, cancel := context.WithTimeout(context.Background(), pagePatience-10*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, tesseract(), "stdin", "stdout", "-l", "chi_sim", "--dpi", fmt.Sprint(scanDPI), "--psm", "6", "tsv")
	cmd.Stdin = &file
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return nil, ErrTooSlow
	}
	if err != nil {
		return nil, ErrScanned
	}
	return readWords(string(out)), nil
}

// readPicture reads a page that was photographed or scanned into a picture.
func readPicture(data []byte, kind string, progress func(string)) (*source, error) {
	if tesseract() == "" {
		return nil, fmt.Errorf("%w（%s 图片）。%s", ErrScanned, kind, whatToInstall)
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w（%s 图片）", ErrScanned, kind)
	}
	if config.Width*config.Height > mostPixels {
		return nil, ErrTooLarge
	}
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, ErrDamaged
	}
	s := scans{progress: progress}
	if err := s.page(picture, 1, 1); err != nil {
		return nil, err
	}
	return s.source(kind)
}

// source makes a file's text of its pages.
func (s *scans) source(format string) (*source, error) {
	lines, notes := scannedText(s.pages)
	if len(lines) == 0 {
		return nil, ErrScanned
	}
	return &source{Format: format + " 扫描识别", Lines: lines, Notes: notes, Scanned: s.texts(), Pictures: s.pictures, Doubts: s.doubts()}, nil
}

// mostUnsure is how many uncertain lines are named; the rest are counted.
const mostUnsure = 8

func (s *scans) doubts() []string {
	out := []string{fmt.Sprintf("有%d页是扫描识别的，请对照原件核对一遍。", len(s.pages))}
	for i, w := range s.wrong {
		if i == mostUnsure {
			return append(out, fmt.Sprintf("另外还有%d行认得不太准。", len(s.wrong)-mostUnsure))
		}
		out = append(out, w)
	}
	return out
}

// pageText is what was recognised on a page, without blanks.
type pageText struct {
	number int
	text   string
}

func (s *scans) texts() []pageText {
	var out []pageText
	for i, p := range s.pages {
		text, notes := scannedText(s.pages[i : i+1])
		out = append(out, pageText{p.number, squeezed(strings.Join(append(text, notes...), ""))})
	}
	return out
}

// onPages notes on which page each clause begins.
func onPages(clauses []knowledge.Clause, pages []pageText) {
	for i := range clauses {
		begin := []rune(squeezed(clauses[i].Text))
		begin = begin[:min(len(begin), 8)]
		for k, p := range pages {
			if strings.Contains(p.text, string(begin)) {
				clauses[i].Page, pages = p.number, pages[k:]
				break
			}
		}
	}
}

// pictureWide is how many pixels across a page's picture has that is kept for
// checking.
const pictureWide = 1000

// forChecking is a page's picture as a person looks at it: a JPEG, smaller than
// the original.
func forChecking(picture image.Image) []byte {
	b := picture.Bounds()
	high := max(1, b.Dy()*pictureWide/b.Dx())
	out := image.NewRGBA(image.Rect(0, 0, pictureWide, high))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, out.Rect, picture, b, draw.Over, nil)
	var file bytes.Buffer
	if jpeg.Encode(&file, out, &jpeg.Options{Quality: 60}) != nil {
		return nil
	}
	return file.Bytes()
}
