package ledger

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"

	"zujian/knowledge"
	"zujian/knowledge/parse"
)

// Largest is how many bytes a ledger may have.
const Largest = 100 << 20

const (
	mostRows    = 100_000
	mostColumns = 200
)

// openSheets reads every page that is not hidden; csv says that there is one,
// and that it came as text.
func openSheets(data []byte) (sheets []*sheet, csv bool, err error) {
	if len(data) > Largest {
		return nil, false, ErrTooLarge
	}
	switch parse.Sniff(data) {
	case parse.KindEmpty:
		return nil, false, errEmpty
	case parse.KindEncrypted:
		return nil, false, errPassword
	case parse.KindOldSheet:
		return nil, false, errLegacy
	case parse.KindZip:
		sheets, err = openXLSX(data)
		return sheets, false, err
	case parse.KindText:
		sheets, err = openCSV(data)
		return sheets, true, err
	case parse.KindDamaged:
		return nil, false, errDamaged
	}
	return nil, false, errKind
}

func openXLSX(data []byte) ([]*sheet, error) {
	if err := checkZip(data); err != nil {
		return nil, err
	}
	x, err := openBook(data)
	if err != nil {
		return nil, err
	}
	defer x.Close()
	paths, err := sheetPaths(x)
	if err != nil {
		return nil, errDamaged
	}
	var out []*sheet
	for _, p := range paths {
		if p.hidden || p.kind != "worksheet" {
			continue
		}
		s, err := readSheet(x, p)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return nil, errEmpty
	}
	return out, workOut(data, out)
}

// checkZip tells a workbook from other zip files, and one that unpacks beyond
// all measure.
func checkZip(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return errDamaged
	}
	book := false
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return errPassword
		}
		book = book || strings.EqualFold(strings.ReplaceAll(f.Name, "\\", "/"), "xl/workbook.xml")
	}
	if !book {
		return errKind
	}
	return measure(z)
}

func openBook(data []byte) (x *excelize.File, err error) {
	defer func() {
		if thrown := recover(); thrown != nil { // what a damaged file makes the library do
			knowledge.Caught(thrown)
			x, err = nil, errDamaged
		}
	}()
	x, err = excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostMarkup})
	switch {
	case err == nil:
		return x, styled(x)
	case errors.Is(err, excelize.ErrWorkbookPassword):
		return nil, errPassword
	case strings.Contains(err.Error(), "unzip size"):
		return nil, ErrTooLarge
	}
	return nil, errDamaged
}

// noStyles is a list of styles with the one that every cell has by itself.
const noStyles = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
	`<fonts count="1"><font><sz val="11"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>` +
	`<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>` +
	`<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf/></cellXfs></styleSheet>`

// styled gives a workbook without a list of styles one, which the library needs
// for writing: programs that make workbooks may leave it out.
func styled(x *excelize.File) error {
	const styles, types, rels = "xl/styles.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
	if _, ok := part(x, styles); ok {
		return nil
	}
	for name, adds := range map[string][2]string{
		types: {"</Types>", `<Override PartName="/` + styles +
			`" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>`},
		rels: {"</Relationships>", `<Relationship Id="rIdStyles" ` +
			`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>`},
	} {
		data, ok := part(x, name)
		if !ok {
			return errDamaged
		}
		x.Pkg.Store(name, bytes.Replace(data, []byte(adds[0]), []byte(adds[1]+adds[0]), 1))
	}
	x.Pkg.Store(styles, []byte(noStyles))
	x.Relationships.Delete(rels) // what was read of these is read anew
	x.ContentTypes, x.Styles = nil, nil
	return nil
}

// sheetPath is where a page stands in the package.
type sheetPath struct {
	name, path, kind string
	hidden           bool
}

// sheetPaths reads the list of pages from the workbook and its relations.
func sheetPaths(x *excelize.File) ([]sheetPath, error) {
	var book struct {
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
			IDs   string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := decodePart(x, "xl/workbook.xml", &book); err != nil {
		return nil, err
	}
	rels, err := relations(x, "xl/workbook.xml")
	if err != nil {
		return nil, err
	}
	var out []sheetPath
	for _, s := range book.Sheets {
		r := rels[s.ID+s.IDs]
		out = append(out, sheetPath{s.Name, r.path, path.Base(r.kind), s.State == "hidden" || s.State == "veryHidden"})
	}
	return out, nil
}

type relation struct{ kind, path string }

// relations gives what a part refers to, by id.
func relations(x *excelize.File, part string) (map[string]relation, error) {
	var file struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
			Mode   string `xml:"TargetMode,attr"`
		} `xml:"Relationship"`
	}
	out := map[string]relation{}
	dir, base := path.Split(part)
	err := decodePart(x, dir+"_rels/"+base+".rels", &file)
	if errors.Is(err, errNoPart) {
		return out, nil
	}
	for _, r := range file.List {
		target := r.Target
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		out[r.ID] = relation{r.Type, strings.TrimPrefix(target, "/")}
	}
	return out, err
}

var errNoPart = errors.New("no such part")

func part(x *excelize.File, name string) ([]byte, bool) {
	v, ok := x.Pkg.Load(name)
	if !ok {
		return nil, false
	}
	data, ok := v.([]byte)
	return data, ok
}

func decodePart(x *excelize.File, name string, to any) error {
	data, ok := part(x, name)
	if !ok {
		return errNoPart
	}
	return xml.Unmarshal(data, to)
}
