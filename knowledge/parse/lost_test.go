package parse

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// TestNothingIsLost makes a small file of everything that is easily passed over
// or read wrong: what it is read as, or refused for.
func TestNothingIsLost(t *testing.T) {
	const body, more = "各单位要在三月底以前报送台账，不得拖延，由县妇联汇总。", "联系电话另行通知，请各单位留意，及时处理。"
	in := func(e encoding.Encoding, s string) []byte {
		out, err := e.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return []byte(out)
	}
	word := func(inside string) string { return wordOpen + wordPart(body) + inside + "</w:body></w:document>" }
	box := "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>" + wordPart(more) + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>" +
		wordPart(more) + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
	notes := `<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote>` + wordPart(more) + "</w:footnote></w:footnotes>"
	odt := func(inside string) string {
		return `<office:document office:mimetype="application/vnd.oasis.opendocument.text" xmlns:office="o" xmlns:text="t" xmlns:draw="d"><office:body><office:text><text:p>` + body + inside + `</text:p></office:text></office:body></office:document>`
	}
	rtf := func(head, text string) []byte { return []byte(`{\rtf1` + head + `\uc1 ` + text + `\par}`) }
	escaped := func(b []byte) string {
		var s strings.Builder
		for _, c := range b {
			fmt.Fprintf(&s, `\'%02x`, c)
		}
		return s.String()
	}
	units := func(s string) string {
		var b strings.Builder
		for _, r := range s {
			fmt.Fprintf(&b, `\u%d?`, int16(r))
		}
		return b.String()
	}
	ofdText := func(y int, s string) string {
		return fmt.Sprintf(`<ofd:TextObject Boundary="20 %d 170 6" Size="5"><ofd:TextCode X="0" Y="4" DeltaX="g %d 5">%s</ofd:TextCode></ofd:TextObject>`, y, len([]rune(s))-1, s)
	}
	ofdPage := func(inside string) string {
		return `<ofd:Page xmlns:ofd="o">` + inside + `</ofd:Page>`
	}
	old := readFile(t, "testdata/round/2-measures.doc")
	binary.LittleEndian.PutUint16(old[bytes.Index(old, []byte("\xec\xa5"))+2:], 0x65)
	const japaneseText = "女性連合会の組織を設立するための手続きについてお知らせします。ひらがなとカタカナです。"
	for name, c := range map[string]struct {
		data   []byte
		refuse error
		say    string // in the refusal
		extra  bool   // the second sentence is there too
	}{
		"text box.docx":      {data: zipped(t, "word/document.xml", word(box)), extra: true},
		"footnote.docx":      {data: zipped(t, "word/document.xml", word(""), "word/footnotes.xml", notes), extra: true},
		"endnote.docx":       {data: zipped(t, "word/document.xml", word(""), "word/endnotes.xml", strings.ReplaceAll(notes, "footnote", "endnote")), extra: true},
		"utf-16 inside.docx": {data: zipped(t, "word/document.xml", string(in(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), strings.Replace(word(""), `"1.0"`, `"1.0" encoding="UTF-16"`, 1))))},
		"gbk inside.docx":    {data: zipped(t, "word/document.xml", string(in(simplifiedchinese.GBK, strings.Replace(word(""), `"1.0"`, `"1.0" encoding="GBK"`, 1))))},
		"2003.xml": {data: []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="x"><w:docPr><w:view w:val="print"/></w:docPr><w:body><wx:sect>` +
			wordPart(body) + `<w:p><w:r><w:t>附言</w:t></w:r><w:r><w:footnote>` + wordPart(more) + `</w:footnote></w:r></w:p></wx:sect></w:body></w:wordDocument>`), extra: true},
		"flat.fodt": {data: []byte(`<?xml version="1.0" encoding="UTF-8"?>` + odt(`<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>`+more+`</text:p></text:note-body></text:note>`)), extra: true},
		"frame.odt": {data: zipped(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", odt(`<draw:frame><draw:text-box><text:p>`+more+`</text:p></draw:text-box></draw:frame>`)), extra: true},
		"page.mht":  {data: []byte("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"b\"\n\n--b\nContent-Type: text/html; charset=\"gb2312\"\n\n" + string(in(simplifiedchinese.GBK, "<html><body><p>"+body+"</p></body></html>")) + "\n--b--\n")},
		"divs.html": {data: []byte("<html><body><div>" + body + "</div><div><span>" + more + "</span></div></body></html>"), extra: true},
		"template.ofd": {data: zipped(t, "OFD.xml", `<ofd:OFD xmlns:ofd="o"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
			"Doc_0/Document.xml", `<ofd:Document xmlns:ofd="o"><ofd:CommonData><ofd:TemplatePage ID="9" BaseLoc="Tpls/T.xml"/></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages></ofd:Document>`,
			"Doc_0/P.xml", ofdPage(`<ofd:Template TemplateID="9"/><ofd:Content><ofd:Layer>`+ofdText(30, body)+`</ofd:Layer></ofd:Content>`),
			"Doc_0/Tpls/T.xml", ofdPage(`<ofd:Content><ofd:Layer>`+ofdText(60, more)+`</ofd:Layer></ofd:Content>`)), extra: true},
		"text box.rtf":  {data: rtf(``, units(body)+`\par {\shp{\*\shpinst{\shptxt `+units(more)+`\par}}}`), extra: true},
		"footnote.rtf":  {data: rtf(``, units(body)+`{\*\footnote \chftn `+units(more)+`}`), extra: true},
		"gbk.rtf":       {data: rtf(`\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}}\f0 `, escaped(in(simplifiedchinese.GBK, body)))},
		"western.rtf":   {data: rtf(`\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Times;}}\f0 `, escaped(in(simplifiedchinese.GBK, body)))},
		"95.doc":        {data: old, refuse: ErrUnsupported, say: "Word 95"},
		"utf-16be.txt":  {data: in(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), body+"\n2024\n"+more), extra: true},
		"nul.txt":       {data: []byte(body + "\x00\n" + more), extra: true},
		"big5.txt":      {data: in(traditionalchinese.Big5, "各單位要在三月底以前報送臺帳，不得拖延，由縣婦聯匯總。")},
		"hz.txt":        {data: append(in(simplifiedchinese.HZGB2312, body), "~}\n"...)},
		"utf-7.txt":     {data: []byte("+VERTVU9NiYFXKE4JZwhelU7lUk1iJZABU/CNJv8M- +TA1fl2LWXvb/DHUxU7+Zhoou/ww- +UZ1ri1Nr- +VERTVU9NiYFXKE4JZwhelQ-\n"), refuse: ErrUnsupported},
		"shift-jis.txt": {data: in(japanese.ShiftJIS, japaneseText), refuse: ErrUnsupported},
		"euc-jp.txt":    {data: in(japanese.EUCJP, japaneseText), refuse: ErrUnsupported},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := readSource(name, c.data, nil)
			if c.refuse != nil {
				if !errors.Is(err, c.refuse) || !strings.Contains(err.Error(), c.say) {
					t.Fatalf("%v, %+v", err, s)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			lines := "\n" + strings.Join(append(s.Lines, s.Notes...), "\n") + "\n"
			want := body
			if name == "big5.txt" {
				want = "各單位要在三月底以前報送臺帳，不得拖延，由縣婦聯匯總。"
			}
			if n := strings.Count(lines, "\n"+want+"\n"); n != 1 {
				t.Errorf("the text stands there %d times: %q", n, lines)
			}
			if n := strings.Count(lines, "\n"+more+"\n"); c.extra != (n == 1) {
				t.Errorf("the other sentence stands there %d times: %q", n, lines)
			}
		})
	}
}
