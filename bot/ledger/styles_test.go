package ledger_test

import (
	"archive/zip"
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zujian/bot/ledger"
)

// plainBook is a workbook as a program writes it that knows no styles.
func plainBook(t *testing.T, rows ...string) []byte {
	t.Helper()
	const main, office = "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
		"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	const packaged, sheetType = "http://schemas.openxmlformats.org/package/2006/",
		"application/vnd.openxmlformats-officedocument.spreadsheetml."
	var cells strings.Builder
	for _, r := range rows {
		cells.WriteString("<row>")
		for _, c := range strings.Split(r, ",") {
			cells.WriteString(`<c t="inlineStr"><is><t>` + c + `</t></is></c>`)
		}
		cells.WriteString("</row>")
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="` + packaged + `content-types"><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + sheetType + `sheet.main+xml"/>` +
			`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + sheetType + `worksheet+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + packaged + `relationships"><Relationship Id="rId1" Type="` + office +
			`/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="` + main + `" xmlns:r="` + office +
			`"><sheets><sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + packaged + `relationships"><Relationship Id="rId1" Type="` + office +
			`/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", `<worksheet xmlns="` + main + `"><sheetData>` + cells.String() + `</sheetData></worksheet>`},
	} {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestWorkbookWithoutStylesIsGivenBack holds that what can be read can be written.
func TestWorkbookWithoutStylesIsGivenBack(t *testing.T) {
	f, err := ledger.Read(book(t), "台账.xlsx", plainBook(t, "单位名称,单位类型,女职工数,党组织", "甲电子有限公司,企业,620,有"), nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := f.Check(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	data, err := res.XLSX()
	if err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	rows, err := x.GetRows("台账")
	if err != nil || len(rows) != 2 || len(rows[1]) < 5 || rows[1][0] != "甲电子有限公司" {
		t.Errorf("%q %v", rows, err)
	}
}
