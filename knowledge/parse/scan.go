package parse

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/gif" // pictures of pages come in any of these
	_ "image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"
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
	heard func(string)
	pages [][]word
	read  int // pages that were recognised
	wrong []string
}

// page recognises one picture of a page; n counts from 1, of how many there are.
func (s *scans) page(picture image.Image, n, of int) error {
	if s.heard != nil {
		s.heard(fmt.Sprintf("认第%d页，共%d页", n, of))
	}
	b := picture.Bounds()
	if b.Dx()*b.Dy() > mostPixels {
		return ErrTooLarge
	}
	words, err := recognisePage(inBlack(withoutRed(picture)))
	if err != nil {
		return err
	}
	if n == 1 {
		if head, err := recognisePage(onlyRed(picture)); err == nil {
			words = append(redHeads(head), words...)
		}
	}
	s.read++
	s.pages = append(s.pages, words)
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
func readPicture(data []byte, kind string, heard func(string)) (*Source, error) {
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
	s := scans{heard: heard}
	if err := s.page(picture, 1, 1); err != nil {
		return nil, err
	}
	return s.source(kind)
}

// source makes a file's text of its pages.
func (s *scans) source(format string) (*Source, error) {
	lines := scannedText(s.pages)
	if len(lines) == 0 {
		return nil, ErrScanned
	}
	return &Source{Format: format + " 扫描识别", Lines: lines, Scanned: true, Doubts: s.doubts()}, nil
}

// mostUnsure is how many uncertain lines are named; the rest are counted.
const mostUnsure = 8

func (s *scans) doubts() []string {
	out := []string{fmt.Sprintf("有%d页是扫描识别的，请对照原件核对一遍。", s.read)}
	for i, w := range s.wrong {
		if i == mostUnsure {
			return append(out, fmt.Sprintf("另外还有%d行认得不太准。", len(s.wrong)-mostUnsure))
		}
		out = append(out, w)
	}
	return out
}
