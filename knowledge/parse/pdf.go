package parse

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// What reading one PDF may take: most is 64 KiB pages of memory (768 MB).
const (
	longestPDF = 60 * time.Second
	mostPDF    = 12288
)

// readPDF reads the text layer with PDFium, which runs in WebAssembly without
// any of the disk in its sight. It ends with ctx.
func readPDF(ctx context.Context, data []byte) (*Source, error) {
	ctx, stop := context.WithTimeout(ctx, longestPDF)
	defer stop()
	pool, err := webassembly.Init(webassembly.Config{Context: ctx, MaxTotal: 1, FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfig().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithMemoryLimitPages(mostPDF).WithCloseOnContextDone(true)})
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	in, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	s, err := pdfText(in, data)
	if err != nil && ctx.Err() != nil {
		return nil, ErrTooLarge
	}
	return s, err
}

func pdfText(in pdfium.Pdfium, data []byte) (*Source, error) {
	doc, err := in.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return nil, ErrPassword
	case err != nil:
		return nil, ErrDamaged
	}
	count, err := in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil || count.PageCount == 0 {
		return nil, ErrDamaged
	}
	var pages [][]string
	pictures := 0
	for i := range count.PageCount {
		lines, drawn, err := pdfPage(in, doc.Document, i)
		if err != nil {
			return nil, ErrDamaged
		}
		if len(lines) == 0 && drawn {
			pictures++
		}
		pages = append(pages, lines)
	}
	if pictures == count.PageCount {
		return nil, ErrScanned
	}
	s := &Source{Format: "PDF", Lines: joinPages(pages)}
	if pictures > 0 {
		s.Doubts = append(s.Doubts, "有几页只有图片，没有文字，这几页没有读进来")
	}
	return s, nil
}

// pdfPage gives a page's lines, and whether anything is drawn on it.
func pdfPage(in pdfium.Pdfium, doc references.FPDF_DOCUMENT, i int) ([]string, bool, error) {
	page := requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: i}}
	text, err := in.GetPageText(&requests.GetPageText{Page: page})
	if err != nil {
		return nil, false, err
	}
	var lines []string
	for l := range strings.SplitSeq(strings.ReplaceAll(text.Text, "\r", "\n"), "\n") {
		l = strings.Trim(l, " \x00\ufffe\u0002")
		if strings.TrimSpace(l) != "" {
			lines = append(lines, l)
		}
	}
	if len(lines) > 0 {
		return lines, true, nil
	}
	objects, err := in.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page})
	if err != nil {
		return nil, false, err
	}
	return nil, objects.Count > 0, nil
}
