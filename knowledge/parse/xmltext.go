package parse

import (
	"bytes"
	"encoding/xml"
	"io"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
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

var (
	xmlHead  = regexp.MustCompile(`\A\s*<\?xml[^>]*\?>`)
	flatODF  = regexp.MustCompile(`<office:document[\s>]`)
	wordXML  = regexp.MustCompile(`<w:wordDocument[\s>]`)
	flatOPC  = regexp.MustCompile(`(?s)<w:document[\s>].*</w:document>`)
	excelXML = regexp.MustCompile(`<(?:ss:)?Workbook[\s>]`)
)

func isOfficeXML(text string) bool {
	head := text[:min(len(text), 4000)]
	return xmlHead.MatchString(head) && (flatODF.MatchString(head) || wordXML.MatchString(head) || excelXML.MatchString(head) || strings.Contains(head, "<pkg:package"))
}

// readOfficeXML reads the office formats that are one XML file: flat
// OpenDocument, Word 2003, and a package of Word written flat.
func readOfficeXML(text string) (*Source, error) {
	text = xmlHead.ReplaceAllString(text, "") // the text is UTF-8 by now, whatever it says
	head := text[:min(len(text), 4000)]
	switch {
	case flatODF.MatchString(head):
		return odtContent([]byte(text), nil)
	case wordXML.MatchString(head):
		return docxContent([]byte(text), &numbering{}, "Word 2003 XML")
	case excelXML.MatchString(head):
		return nil, errFrom(ErrUnsupported, "这是旧的 Excel 表格。请打开后另存为 XLSX 再放")
	}
	if part := flatOPC.FindString(text); part != "" {
		return docxContent([]byte(part), &numbering{}, "Word XML")
	}
	return nil, errFrom(ErrUnsupported, "请用 WPS 或者 Word 打开，另存为 DOCX 再放")
}
