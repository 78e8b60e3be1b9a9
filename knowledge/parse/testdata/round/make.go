//go:build ignore

// Make writes the texts *.src of this folder to every format with real office
// software: LibreOffice (soffice) and Chromium on the path, Chinese fonts
// installed. Run it as `go run make.go` in this folder, for all the texts or for
// those that are named.
//
// A source line begins with what it is: ! a line by itself, a full-width space a
// paragraph, #1 to #4 an automatic number (一、 （一） 1. （1）), #z a chapter, #a an
// article, #e an item of an article （一）, | a row of a table (^ a cell that is
// merged with the one above), % two columns from here or to here, @ the head of
// every page; [[…]] is a footnote.
package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

var kinds = map[string]int{"#1": 1, "#2": 2, "#3": 3, "#4": 4, "#z": 5, "#a": 6, "#e": 7}

func main() {
	sources, err := filepath.Glob("*.src")
	check(err)
	if len(os.Args) > 1 {
		sources = os.Args[1:]
	}
	dir, err := os.MkdirTemp("", "round")
	check(err)
	defer os.RemoveAll(dir)
	for _, name := range sources {
		data, err := os.ReadFile(name)
		check(err)
		lines := strings.Split(strings.TrimRight(string(data), "\n"), "\n")
		base := strings.TrimSuffix(name, ".src")
		check(os.WriteFile(filepath.Join(dir, base+".fodt"), []byte(openDocument(lines)), 0o600))
		check(os.WriteFile(base+".html", gbk(page(lines)), 0o644))
		check(os.WriteFile(filepath.Join(dir, base+"-chromium.html"), []byte(strings.Replace(page(lines), "gbk", "utf-8", 1)), 0o600))
		check(os.WriteFile(base+".ofd", ofd(plain(lines), head(lines)), 0o644))
		check(os.WriteFile(base+"-cmap.pdf", cmap(plain(lines), head(lines)), 0o644))
		check(os.WriteFile(base+".txt", gbk(strings.Join(plain(lines), "\r\n")), 0o644))
		for _, format := range []string{"docx", "odt", "rtf", "doc", "pdf"} {
			run("soffice", "--headless", "--convert-to", format, "--outdir", dir, filepath.Join(dir, base+".fodt"))
			move(filepath.Join(dir, base+"."+format), base+"."+format)
		}
		run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
			"--no-pdf-header-footer", "--user-data-dir="+filepath.Join(dir, "chromium"), "--print-to-pdf="+filepath.Join(dir, "c.pdf"), "file://"+filepath.Join(dir, base+"-chromium.html"))
		move(filepath.Join(dir, "c.pdf"), base+"-chromium.pdf")
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func run(name string, args ...string) {
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		log.Fatalf("%s: %v\n%s", name, err, out)
	}
}

func move(from, to string) {
	data, err := os.ReadFile(from)
	check(err)
	check(os.WriteFile(to, data, 0o644))
}

// gbk falls back to UTF-8 with a mark where a character is not in GB18030.
func gbk(s string) []byte {
	out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	check(err)
	return []byte(out)
}

func head(lines []string) string {
	for _, l := range lines {
		if h, ok := strings.CutPrefix(l, "@"); ok {
			return h
		}
	}
	return ""
}

func cut(l string) (kind int, text string) {
	for mark, k := range kinds {
		if rest, ok := strings.CutPrefix(l, mark+" "); ok {
			return k, rest
		}
	}
	return 0, l
}

// plain gives the text with its numbers written out and without footnotes.
func plain(lines []string) []string {
	var out, above []string
	var count [8]int
	for _, l := range lines {
		k, text := cut(l)
		switch {
		case k > 0:
			count[k]++
			for j := k + 1; j < 5; j++ {
				count[j] = 0
			}
			if k == 6 {
				count[7] = 0
			}
			out = append(out, label(k, count[k])+bare(text))
		case l == "%" || strings.HasPrefix(l, "@"):
		case strings.HasPrefix(l, "|"):
			above = filled(strings.Split(l[1:], "|"), above)
			out = append(out, strings.Join(above, "　　　"))
		default:
			out = append(out, bare(strings.TrimPrefix(l, "!")))
		}
	}
	return out
}

// filled is a row with the text of the cells above in those merged with them.
func filled(row, above []string) []string {
	for i, c := range row {
		if c == "^" {
			row[i] = above[i]
		}
	}
	return row
}

// covers is how many rows the cell in this column of line i reaches down over.
func covers(lines []string, i, column int) int {
	n := 1
	for i+n < len(lines) && strings.HasPrefix(lines[i+n], "|") && strings.Split(lines[i+n][1:], "|")[column] == "^" {
		n++
	}
	return n
}

func bare(text string) string {
	for {
		from := strings.Index(text, "[[")
		if from < 0 {
			return text
		}
		to := strings.Index(text, "]]")
		text = text[:from] + text[to+2:]
	}
}

var digits = []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三"}

func label(k, n int) string {
	switch k {
	case 1:
		return digits[n] + "、"
	case 2, 7:
		return "（" + digits[n] + "）"
	case 3:
		return fmt.Sprintf("%d.", n)
	case 4:
		return fmt.Sprintf("（%d）", n)
	case 5:
		return "第" + digits[n] + "章　"
	}
	return "第" + digits[n] + "条　"
}

const chinese = `style:num-format="一, 二, 三, ..."`

// openDocument writes a flat OpenDocument text with automatic numbers, notes,
// tables, columns and page heads.
func openDocument(lines []string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:default-style style:family="paragraph"><style:paragraph-properties fo:text-align="justify" style:punctuation-wrap="simple"/><style:text-properties fo:font-size="14pt" style:font-size-asian="14pt" fo:font-family="Noto Serif CJK SC" style:font-family-asian="Noto Serif CJK SC" fo:language="zh" fo:country="CN" style:language-asian="zh" style:country-asian="CN"/></style:default-style>
<style:style style:name="Footnote" style:family="paragraph"><style:text-properties fo:font-size="9pt" style:font-size-asian="9pt"/></style:style>
<style:style style:name="Small" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="9pt" style:font-size-asian="9pt"/></style:style></office:styles>
<office:automatic-styles>
<style:style style:name="T" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="18pt" style:font-size-asian="18pt"/></style:style>
<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" style:vertical-align="middle"/></style:style>
<style:style style:name="F" style:family="paragraph"/><style:style style:name="R" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/></style:style>
<style:style style:name="B" style:family="paragraph"><style:paragraph-properties fo:text-indent="28pt"/></style:style>
<style:style style:name="C" style:family="section"><style:section-properties text:dont-balance-text-columns="false"><style:columns fo:column-count="2" fo:column-gap="20pt"/></style:section-properties></style:style>
<text:list-style style:name="L">
<text:list-level-style-number text:level="1" style:num-suffix="、" ` + chinese + `>` + indent + `</text:list-level-style-number>
<text:list-level-style-number text:level="2" style:num-prefix="（" style:num-suffix="）" ` + chinese + `>` + indent + `</text:list-level-style-number>
<text:list-level-style-number text:level="3" style:num-suffix="." style:num-format="1">` + indent + `</text:list-level-style-number>
<text:list-level-style-number text:level="4" style:num-prefix="（" style:num-suffix="）" style:num-format="1">` + indent + `</text:list-level-style-number></text:list-style>
<text:list-style style:name="Z"><text:list-level-style-number text:level="1" style:num-prefix="第" style:num-suffix="章" ` + chinese + `>` + spaced + `</text:list-level-style-number></text:list-style>
<text:list-style style:name="A"><text:list-level-style-number text:level="1" style:num-prefix="第" style:num-suffix="条" ` + chinese + `>` + spaced + `</text:list-level-style-number><text:list-level-style-number text:level="2" style:num-prefix="（" style:num-suffix="）" ` + chinese + `>` + indent + `</text:list-level-style-number></text:list-style>
<style:page-layout style:name="P"><style:page-layout-properties fo:page-width="420pt" fo:page-height="595pt" fo:margin-top="45pt" fo:margin-bottom="45pt" fo:margin-left="55pt" fo:margin-right="55pt"/><style:header-style/><style:footer-style/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="P">`)
	if h := head(lines); h != "" {
		b.WriteString(`<style:header><text:p text:style-name="Small">` + h + `</text:p></style:header>`)
	}
	b.WriteString(`<style:footer><text:p text:style-name="Small">— <text:page-number text:select-page="current">1</text:page-number> —</text:p></style:footer></style:master-page></office:master-styles><office:body><office:text>`)
	clear(lists)
	columns, below, notes := false, false, 0 // below the head: what stands by itself there stands on the right
	for i, l := range lines {
		k, text := cut(l)
		text = noted(text, &notes)
		below = below || k > 0 || strings.HasPrefix(l, "　")
		switch {
		case l == "%":
			if columns {
				b.WriteString(`</text:section>`)
			} else {
				b.WriteString(`<text:section text:style-name="C" text:name="s">`)
			}
			columns = !columns
		case strings.HasPrefix(l, "@"):
		case strings.HasPrefix(l, "|"):
			b.WriteString(rows(lines, i))
		case k > 0 && k < 5:
			b.WriteString(listed("L", k, text))
		case k == 5:
			b.WriteString(listed("Z", 1, text))
		case k == 6:
			b.WriteString(listed("A", 1, text))
		case k == 7:
			b.WriteString(listed("A", 2, text))
		case strings.HasPrefix(l, "!"):
			style := "T"
			if strings.HasSuffix(text, "：") {
				style = "F"
			} else if below {
				style = "R"
			}
			b.WriteString(`<text:p text:style-name="` + style + `">` + strings.TrimPrefix(text, "!") + `</text:p>`)
		default:
			b.WriteString(`<text:p text:style-name="B">` + strings.TrimPrefix(text, "　") + `</text:p>`)
		}
	}
	b.WriteString(`</office:text></office:body></office:document>`)
	return b.String()
}

const (
	indent = `<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="nothing" fo:text-indent="28pt" fo:margin-left="0pt"/></style:list-level-properties>`
	spaced = `<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="space" fo:text-indent="28pt" fo:margin-left="0pt"/></style:list-level-properties>`
)

var lists = map[string]int{}

// listed writes one item; its list goes on from the last of its style.
func listed(style string, level int, text string) string {
	lists[style]++
	id := fmt.Sprintf(`xml:id="%s%d"`, style, lists[style])
	if lists[style] > 1 {
		id += fmt.Sprintf(` text:continue-list="%s%d"`, style, lists[style]-1)
	}
	return fmt.Sprintf(`<text:list %s text:style-name="%s">%s<text:p>%s</text:p>%s</text:list>`, id, style,
		strings.Repeat(`<text:list-item><text:list>`, level-1)+`<text:list-item>`, text, `</text:list-item>`+strings.Repeat(`</text:list></text:list-item>`, level-1))
}

func noted(text string, n *int) string {
	for {
		from := strings.Index(text, "[[")
		if from < 0 {
			return text
		}
		to := strings.Index(text, "]]")
		*n++
		text = text[:from] + fmt.Sprintf(`<text:note text:id="n%d" text:note-class="footnote"><text:note-citation>%d</text:note-citation><text:note-body><text:p text:style-name="Footnote">%s</text:p></text:note-body></text:note>`, *n, *n, text[from+2:to]) + text[to+2:]
	}
}

// rows writes the table that begins at line i, and nothing inside one.
func rows(lines []string, i int) string {
	if strings.HasPrefix(lines[i-1], "|") {
		return ""
	}
	var b strings.Builder
	b.WriteString(fmt.Sprintf(`<table:table><table:table-column table:number-columns-repeated="%d"/>`, strings.Count(lines[i], "|")))
	for ; i < len(lines) && strings.HasPrefix(lines[i], "|"); i++ {
		b.WriteString(`<table:table-row>`)
		for column, c := range strings.Split(lines[i][1:], "|") {
			if c == "^" {
				b.WriteString(`<table:covered-table-cell/>`)
				continue
			}
			b.WriteString(fmt.Sprintf(`<table:table-cell table:style-name="Cell" table:number-rows-spanned="%d"><text:p>%s</text:p></table:table-cell>`, covers(lines, i, column), c))
		}
		b.WriteString(`</table:table-row>`)
	}
	return b.String() + `</table:table>`
}

// page writes the text as a government's site shows it.
func page(lines []string) string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html><head><meta charset="gbk"><title>` + title(lines) + `_某某政府网</title><style>@page{size:420pt 595pt;margin:50pt}body{font:14pt "Noto Serif CJK SC"}#zoom p{text-indent:2em;margin:4pt 0}.c{columns:2}h1{font-size:18pt;text-align:center}table{border-collapse:collapse}td{border:1px solid;padding:4pt}#zoom td p{text-indent:0}@media print{.nav{display:none}}</style></head><body><div class="nav">首页 &gt; 政务公开 &gt; 文件</div><div id="zoom">`)
	columns, table := false, false
	written := plain(lines)
	k := 0
	for i, l := range lines {
		if table && !strings.HasPrefix(l, "|") {
			b.WriteString("</table>")
			table = false
		}
		switch {
		case l == "%":
			if columns {
				b.WriteString(`</div>`)
			} else {
				b.WriteString(`<div class="c">`)
			}
			columns = !columns
			continue
		case strings.HasPrefix(l, "@"):
			continue
		case strings.HasPrefix(l, "|"):
			if !table {
				b.WriteString("<table>")
				table = true
			}
			b.WriteString("<tr>")
			for column, c := range strings.Split(l[1:], "|") {
				if c != "^" {
					b.WriteString(fmt.Sprintf("<td rowspan=%d><p>%s</p></td>", covers(lines, i, column), c))
				}
			}
			b.WriteString("</tr>\n")
		default:
			b.WriteString("<p>" + html.EscapeString(strings.TrimPrefix(written[k], "　")) + "</p>\n")
		}
		k++
	}
	if table {
		b.WriteString("</table>")
	}
	return b.String() + `</div><div class="nav">版权所有：某某政府网</div></body></html>`
}

// title is the lines of the title in one.
func title(lines []string) string {
	whole := ""
	for _, l := range lines {
		if part, ok := strings.CutPrefix(l, "!"); ok && (whole != "" || strings.HasPrefix(part, "关于") || kindOf.MatchString(part)) {
			if whole += part; kindOf.MatchString(part) {
				return whole
			}
		}
	}
	return ""
}

var kindOf = regexp.MustCompile(`(?:通知|办法|方案|要点|解读|意见|问答)$`)

// wrap breaks lines as a printer does: 22 characters, two of indent for a
// paragraph's first line, no break before a closing mark.
func wrap(lines []string) []string {
	var out []string
	for _, l := range lines {
		if strings.Contains(l, "　　　") { // a row
			out = append(out, "　　"+l)
			continue
		}
		r := []rune("　　" + strings.TrimPrefix(l, "　"))
		for len(r) > 22 {
			n := 22
			for n < len(r) && strings.ContainsRune("，。；：、）”》？", r[n]) {
				n++
			}
			out, r = append(out, string(r[:n])), r[n:]
		}
		if len(r) > 0 {
			out = append(out, string(r))
		}
	}
	return out
}

// pages cuts lines into pages of 24 with a head and a number.
func pages(lines []string, head string) [][]string {
	var out [][]string
	lines = wrap(lines)
	for len(lines) > 0 {
		n := min(24, len(lines))
		p := append([]string{}, lines[:n]...)
		if head != "" {
			p = append([]string{head}, p...)
		}
		out = append(out, append(p, fmt.Sprintf("— %d —", len(out)+1)))
		lines = lines[n:]
	}
	return out
}

// ofd writes an OFD file (GB/T 33190) by hand: a text object for each line.
func ofd(lines []string, head string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	put := func(name, text string) {
		w, err := z.Create(name)
		check(err)
		_, err = w.Write([]byte(text))
		check(err)
	}
	put("OFD.xml", `<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" DocType="OFD" Version="1.0"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`)
	list := ""
	for i, p := range pages(lines, head) {
		list += fmt.Sprintf(`<ofd:Page ID="%d" BaseLoc="Pages/Page_%d/Content.xml"/>`, i+1, i)
		body := ""
		for j, l := range p {
			left := 20.0
			for strings.HasPrefix(l, "　") {
				l, left = strings.TrimPrefix(l, "　"), left+5
			}
			for m, part := range strings.Split(l, "　　　") {
				body += fmt.Sprintf(`<ofd:TextObject ID="%d" Boundary="%.1f %d 120 6" Font="1" Size="5"><ofd:TextCode X="0" Y="4.5" DeltaX="g %d 5">%s</ofd:TextCode></ofd:TextObject>`, 100+j, left+float64(60*m), 20+9*j, utf8.RuneCountInString(part)-1, html.EscapeString(part))
			}
		}
		put(fmt.Sprintf("Doc_0/Pages/Page_%d/Content.xml", i), `<?xml version="1.0" encoding="UTF-8"?><ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer ID="1">`+body+`</ofd:Layer></ofd:Content></ofd:Page>`)
	}
	put("Doc_0/Document.xml", `<?xml version="1.0" encoding="UTF-8"?><ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Pages>`+list+`</ofd:Pages></ofd:Document>`)
	check(z.Close())
	return b.Bytes()
}

// cmap writes a PDF by hand whose font is not embedded and whose text is coded
// by a Chinese CMap, as old office software does.
func cmap(lines []string, head string) []byte {
	var b bytes.Buffer
	var at []int
	obj := func(text string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), text)
	}
	b.WriteString("%PDF-1.4\n")
	all := pages(lines, head)
	width, step := 420, 150
	if wide(lines) {
		width, step = 842, 170
	}
	kids := ""
	for i := range all {
		kids += fmt.Sprintf("%d 0 R ", 6+2*i)
	}
	obj("<</Type/Catalog/Pages 2 0 R>>")
	obj(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(all), kids))
	obj("<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[4 0 R]>>")
	obj("<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>/DW 1000/FontDescriptor 5 0 R>>")
	obj("<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>")
	for i, p := range all {
		text := ""
		for j, l := range p {
			left := 60.0
			for strings.HasPrefix(l, "　") {
				l, left = strings.TrimPrefix(l, "　"), left+14
			}
			for m, part := range strings.Split(l, "　　　") {
				text += fmt.Sprintf("BT /F1 14 Tf 1 0 0 1 %.0f %d Tm <%X> Tj ET\n", left+float64(step*m), 540-20*j, utf16be(part))
			}
		}
		obj(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d 595]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>", width, 7+2*i))
		obj(fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(text), text))
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// wide says whether a table has more columns than an upright page has room for.
func wide(lines []string) bool {
	return slices.ContainsFunc(lines, func(l string) bool { return strings.Count(l, "　　　") > 2 })
}

func utf16be(s string) []byte {
	var out []byte
	for _, r := range s {
		if r > 0xFFFF {
			r -= 0x10000
			hi, lo := 0xD800+r>>10, 0xDC00+r&0x3FF
			out = append(out, byte(hi>>8), byte(hi), byte(lo>>8), byte(lo))
			continue
		}
		out = append(out, byte(r>>8), byte(r))
	}
	return out
}
