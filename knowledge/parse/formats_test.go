package parse

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"zujian/knowledge"
)

// notice is a notice as an office writes it, a paragraph a line.
const notice = `中共某某市委两新工作委员会文件
某两新工委〔2024〕12号
关于进一步做好两新组织
妇联组建工作的通知
各县（市、区）委两新工委，市直有关单位：
为做好组建工作，现通知如下。
一、总体要求
各地要应建尽建。
（一）抓摸底。各镇街要在3月底前摸清底数。
1.逐户走访。
2.建好台账。
二、组织实施
各地要按时报送。
附件：1.任务分工表
某某市委两新工作委员会
2024年5月30日
附件1
任务分工表
1.园区负责园区内的单位。
（此件公开发布）`

// placesOf are where the notice's sentences must be found, in any format.
var placesOf = []string{"一、标题 一、总体要求", "一、第1句 各地要应建尽建。", "一、（一）标题 （一）抓摸底。", "一、（一）第1句 各镇街要在3月底前摸清底数。",
	"一、（一）1.第1句 逐户走访。", "一、（一）2.第1句 建好台账。", "二、标题 二、组织实施", "二、第1句 各地要按时报送。", "附件1第1点第1句 园区负责园区内的单位。"}

func clauses(d *knowledge.Document) string {
	var b strings.Builder
	for _, c := range d.Clauses {
		b.WriteString(c.Locator + " " + c.Text + "\n")
	}
	return b.String()
}

func mustParse(t *testing.T, name string, data []byte) *knowledge.Document {
	t.Helper()
	d, err := Parse(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func checkNotice(t *testing.T, d *knowledge.Document) {
	t.Helper()
	if d.Title != "关于进一步做好两新组织妇联组建工作的通知" || d.Number != "某两新工委〔2024〕12号" || d.Issued != "2024-05-30" ||
		d.Addressee != "各县（市、区）委两新工委，市直有关单位" || d.Issuer != "某某市委两新工作委员会" {
		t.Errorf("%q %q %q %q %q", d.Title, d.Number, d.Issued, d.Addressee, d.Issuer)
	}
	got := clauses(d)
	for _, want := range placesOf {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func zipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const wordOpen = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`

// wordPart writes lines as paragraphs; a line that begins N| is in list 1 at
// level N.
func wordPart(lines ...string) string {
	var b strings.Builder
	for _, l := range lines {
		p := ""
		if len(l) > 1 && l[1] == '|' {
			p = fmt.Sprintf(`<w:pPr><w:numPr><w:ilvl w:val="%c"/><w:numId w:val="1"/></w:numPr></w:pPr>`, l[0])
			l = l[2:]
		}
		b.WriteString("<w:p>" + p + "<w:r><w:t>" + l + "</w:t></w:r></w:p>")
	}
	return b.String()
}

const wordNumbers = `<w:numbering xmlns:w="x"><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="4"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%4条"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`

func TestDOCXNumbersAreRendered(t *testing.T) {
	lines := strings.Split(notice, "\n")
	for i, l := range lines {
		for prefix, level := range map[string]string{"一、": "0|", "二、": "0|", "（一）": "1|", "1.逐": "2|逐", "2.建": "2|建"} {
			if rest, ok := strings.CutPrefix(l, prefix); ok {
				lines[i] = level + rest
			}
		}
	}
	data := zipped(t, "word/document.xml", wordOpen+wordPart(lines...)+"</w:body></w:document>", "word/numbering.xml", wordNumbers)
	checkNotice(t, mustParse(t, "a.docx", data))
}

func TestDOCXTablesDeletionsAndArticles(t *testing.T) {
	cell := func(p, s string) string { return "<w:tc><w:tcPr>" + p + "</w:tcPr>" + wordPart(s) + "</w:tc>" }
	table := "<w:tbl><w:tr>" + cell("", "单位") + cell("", "任务") + cell("", "时限") + "</w:tr><w:tr>" + cell(`<w:vMerge w:val="restart"/>`, "城关镇") + cell("", "摸底") + cell("", "3月底") +
		"</w:tr><w:tr>" + cell("<w:vMerge/>", "") + cell("", "组建") + cell("", "6月底") + "</w:tr></w:tbl>"
	gone := `<w:p><w:r><w:t>留下的话。</w:t></w:r><w:del><w:r><w:delText>删掉的话。</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏着的话。</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>`
	data := zipped(t, "word/document.xml", wordOpen+wordPart("某某管理办法", "3|本办法适用于园区。", "本办法由妇联解释。")+gone+table+"</w:body></w:document>", "word/numbering.xml", wordNumbers)
	got := clauses(mustParse(t, "a.docx", data))
	for _, want := range []string{"第四条第一款第1句 本办法适用于园区。", "第四条第二款第1句 本办法由妇联解释。", "留下的话。", "单位：城关镇；任务：摸底；时限：3月底", "单位：城关镇；任务：组建；时限：6月底"} {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "删掉") || strings.Contains(got, "藏着") || strings.Contains(got, "PAGE") {
		t.Errorf("deleted, hidden or field text in\n%s", got)
	}
}

func TestTextInEveryEncoding(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(notice)
	if err != nil {
		t.Fatal(err)
	}
	var le, be bytes.Buffer
	for _, u := range utf16.Encode([]rune(notice)) {
		le.Write([]byte{byte(u), byte(u >> 8)})
		be.Write([]byte{byte(u >> 8), byte(u)})
	}
	for name, data := range map[string]string{"utf-8": notice, "utf-8 mark": "\ufeff" + notice, "gb18030": gb, "crlf": strings.ReplaceAll(notice, "\n", "\r\n"),
		"utf-16 little": "\xff\xfe" + le.String(), "utf-16 big": "\xfe\xff" + be.String(), "utf-16 without a mark": le.String()} {
		t.Run(name, func(t *testing.T) { checkNotice(t, mustParse(t, "a.bin", []byte(data))) })
	}
}

func TestGovernmentPage(t *testing.T) {
	page := `<html><head><meta charset="gbk"><meta name="ArticleTitle" content="关于进一步做好两新组织妇联组建工作的通知"></head><body><div>首页 &gt; 通知</div><div id="UCAP-CONTENT"><p>` +
		strings.ReplaceAll(strings.Replace(notice, "关于进一步做好两新组织\n妇联组建工作的通知", "关于进一步做好两新组织妇联组建工作的通知", 1), "\n", "</p>\n<p>　　") + `</p></div><div>版权所有</div></body></html>`
	gb, err := simplifiedchinese.GBK.NewEncoder().String(page)
	if err != nil {
		t.Fatal(err)
	}
	d := mustParse(t, "a.txt", []byte(gb))
	checkNotice(t, d)
	if strings.Contains(clauses(d), "版权") || strings.Contains(clauses(d), "首页") {
		t.Error("the page's chrome was read as text")
	}
}

func TestXLSXQuestionsAndAnswers(t *testing.T) {
	f := excelize.NewFile()
	for i, row := range [][]any{{"序号", "问题", "答案", "依据"}, {1, "律所归谁管", "由司法行业综合党委管。每年报一次。", "某文件第二条"}, {2, "人数不够怎么办？", "可以联合组建", ""}} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	d := mustParse(t, "常见问题.xlsx", b.Bytes())
	got := clauses(d)
	for _, want := range []string{"第1条第1句 由司法行业综合党委管。", "（依据：某文件第二条）", "第2条第1句 可以联合组建。"} {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if len(d.Asked) != 2 || d.Asked[0].Asks[0] != "律所归谁管" {
		t.Errorf("asked %v", d.Asked)
	}
}

func TestODTNumbersAndChanges(t *testing.T) {
	content := `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:table="b"><office:automatic-styles><text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-suffix="、" style:num-format="一, 二, 三, ..."/><text:list-level-style-number text:level="2" style:num-prefix="（" style:num-suffix="）" style:num-format="一, 二, 三, ..."/></text:list-style></office:automatic-styles>
<office:body><office:text><text:tracked-changes><text:p>删掉的话。</text:p></text:tracked-changes><text:h>某某工作方案</text:h><text:list text:style-name="L1"><text:list-item><text:p>各地要组建。</text:p><text:list><text:list-item><text:p>先摸底。</text:p></text:list-item><text:list-item><text:p>后<text:span>建档</text:span>。<text:note><text:p>脚注。</text:p></text:note></text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>按时报送。</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>单位</text:p></table:table-cell><table:table-cell><text:p>时限</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>城关镇</text:p></table:table-cell><table:table-cell><text:p>3月底</text:p></table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>`
	d := mustParse(t, "a.odt", zipped(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", content))
	want := "一、第1句 各地要组建。\n一、（一）第1句 先摸底。\n一、（二）第1句 后建档。\n二、第1句 按时报送。\n末段第1句 单位：城关镇；时限：3月底\n"
	if got := clauses(d); got != want || d.Title != "某某工作方案" {
		t.Errorf("%s\n%s", d.Title, got)
	}
}

func TestRTF(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}{\header \'d2\'b3}`)
	for _, r := range notice {
		if r == '\n' {
			b.WriteString(`\par `)
			continue
		}
		fmt.Fprintf(&b, `\u%d?`, int16(r))
	}
	b.WriteString(`\par {\deleted gone}\'b9\'da\par}`)
	d := mustParse(t, "a.doc", []byte(strings.Replace(b.String(), `\'b9\'da\par`, "", 1)))
	checkNotice(t, d)
	if _, err := Parse("a.rtf", []byte(b.String()[:200])); !errors.Is(err, ErrDamaged) {
		t.Errorf("cut short gave %v", err)
	}
}

func TestOFD(t *testing.T) {
	var b strings.Builder
	for i, l := range strings.Split(notice, "\n") {
		fmt.Fprintf(&b, `<ofd:TextObject Boundary="20 %d 170 6"><ofd:TextCode X="0" Y="4">%s</ofd:TextCode></ofd:TextObject>`, 10+8*i, l)
	}
	data := zipped(t, "OFD.xml", `<ofd:OFD xmlns:ofd="o"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
		"Doc_0/Document.xml", `<ofd:Document xmlns:ofd="o"><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>`,
		"Doc_0/Pages/Page_0/Content.xml", `<ofd:Page xmlns:ofd="o"><ofd:Content><ofd:Layer>`+b.String()+`</ofd:Layer></ofd:Content></ofd:Page>`)
	checkNotice(t, mustParse(t, "a.ofd", data))
}

func TestOfficeFilesRefused(t *testing.T) {
	whole := zipped(t, "word/document.xml", wordOpen+wordPart("一份通知", "内容很多。")+"</w:body></w:document>")
	bomb := zipped(t, "word/document.xml", wordOpen+strings.Repeat(" ", mostUnpacked+1))
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"truncated":    {whole[:len(whole)/2], ErrDamaged},
		"bomb":         {bomb, ErrTooLarge},
		"other zip":    {zipped(t, "a.txt", "文字"), ErrUnsupported},
		"slides":       {zipped(t, "ppt/presentation.xml", "<a/>"), ErrUnsupported},
		"bad xml":      {zipped(t, "word/document.xml", wordOpen+"<w:p><w:r>"), ErrDamaged},
		"empty":        {zipped(t, "word/document.xml", wordOpen+"</w:body></w:document>"), ErrEmpty},
		"secret":       {zipped(t, "word/document.xml", wordOpen+wordPart("机 密★3年", "一份通知", "内容。")+"</w:body></w:document>"), ErrSecret},
		"internal":     {[]byte("内部资料，不得外传\n某通知\n内容。"), ErrSecret},
		"odt locked":   {zipped(t, "META-INF/manifest.xml", "<m:encryption-data/>", "content.xml", "x"), ErrPassword},
		"picture":      {[]byte("\x89PNG\r\n\x1a\n"), ErrScanned},
		"cut pdf":      {[]byte("%PDF-1.4\n1 0 obj\n<</Type/Catalog"), ErrDamaged},
		"cut compound": {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ErrDamaged},
		"two letters":  {[]byte("hi"), ErrEmpty},
		"program":      {[]byte("\x7fELF\x02\x01\x01\x00\x00"), ErrUnsupported},
	} {
		if _, err := Parse("a.docx", c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestLibreOfficeFiles writes the notice to each format with real office
// software and reads it back.
func TestLibreOfficeFiles(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("needs LibreOffice (soffice) to write the files")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "n.txt"), []byte("\ufeff"+notice), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"docx", "odt", "rtf"} {
		t.Run(format, func(t *testing.T) {
			out, err := exec.Command(office, "--headless", "--convert-to", format, "--outdir", dir, filepath.Join(dir, "n.txt")).CombinedOutput()
			if err != nil {
				t.Fatalf("%v %s", err, out)
			}
			data, err := os.ReadFile(filepath.Join(dir, "n."+format))
			if err != nil {
				t.Fatal(err)
			}
			checkNotice(t, mustParse(t, "n."+format, data))
		})
	}
}
