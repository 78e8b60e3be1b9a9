package parse

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"zujian/knowledge/text"
)

// newXML decodes a part whatever its encoding: some programs write UTF-16 or
// GBK into packages.
func newXML(data []byte) *xml.Decoder {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		if text, err := with(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), data); err == nil {
			data = []byte(text)
		}
	}
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	d.CharsetReader = func(name string, in io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(name), "utf-16") {
			return in, nil // it was decoded above
		}
		e, err := htmlindex.Get(name)
		if err != nil {
			return nil, err
		}
		return e.NewDecoder().Reader(in), nil
	}
	return d
}

// deepest is how far tables and text boxes may stand inside one another.
const deepest = 40

// walker goes through an XML part element by element.
type walker struct {
	*xml.Decoder
	depth int
}

// inside calls f with every element that begins before the element within ends,
// or the part where within is empty; f may read the element to its end. words,
// where it is not nil, is called with the text between. It fails with this
// package's errors only.
func (w *walker) inside(within string, f func(xml.StartElement) error, words func(string)) error {
	if w.depth++; w.depth > deepest {
		return ErrDamaged
	}
	defer func() { w.depth-- }()
	for {
		t, err := w.Token()
		if err != nil {
			if within == "" && errors.Is(err, io.EOF) {
				return nil
			}
			return ErrDamaged
		}
		switch e := t.(type) {
		case xml.EndElement:
			if e.Name.Local == within {
				return nil
			}
		case xml.CharData:
			if words != nil {
				words(string(e))
			}
		case xml.StartElement:
			if err := f(e); err != nil {
				return damagedOr(err)
			}
		}
	}
}

// lines collects the lines that block gives for each element inside another.
func (w *walker) lines(within string, block func(xml.StartElement) ([]string, error)) ([]string, error) {
	var lines []string
	err := w.inside(within, func(e xml.StartElement) error {
		more, err := block(e)
		lines = append(lines, more...)
		return err
	}, nil)
	return lines, err
}

// damagedOr makes whatever an XML decoder fails with the file's damage; what
// this package failed with stays.
func damagedOr(err error) error {
	for _, own := range []error{ErrPassword, ErrTooLarge, ErrEmpty} {
		if errors.Is(err, own) {
			return err
		}
	}
	return ErrDamaged
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

var (
	xmlHead  = text.NewPattern(`\A\s*<\?xml[^>]*\?>`)
	flatODF  = text.NewPattern(`<office:document[\s>]`)
	wordXML  = text.NewPattern(`<w:wordDocument[\s>]`)
	flatOPC  = text.NewPattern(`(?s)<w:document[\s>].*</w:document>`)
	excelXML = text.NewPattern(`<(?:ss:)?Workbook[\s>]`)
)

func isOfficeXML(text string) bool {
	head := text[:min(len(text), 4000)]
	kind := flatODF.MatchString(head) || wordXML.MatchString(head) || excelXML.MatchString(head) || strings.Contains(head, "<pkg:package")
	return kind && xmlHead.MatchString(head)
}

// readOfficeXML reads the office formats that are one XML file: flat
// OpenDocument, Word 2003, and a package of Word written flat.
func readOfficeXML(text string) (*source, error) {
	text = xmlHead.ReplaceAllString(text, "") // the text is UTF-8 by now, whatever it says
	head := text[:min(len(text), 4000)]
	switch {
	case flatODF.MatchString(head):
		return odtContent([]byte(text), nil)
	case wordXML.MatchString(head):
		return docxContent([]byte(text), &numbering{}, "Word 2003 XML")
	case excelXML.MatchString(head):
		return nil, errOldSheet
	}
	if part := flatOPC.FindString(text); part != "" {
		return docxContent([]byte(part), &numbering{}, "Word XML")
	}
	return nil, errResave
}
