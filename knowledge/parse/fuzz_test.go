package parse

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzFormats holds that no content makes a reader panic, and that what is
// read has clauses with places.
func FuzzFormats(f *testing.F) {
	f.Add([]byte(notice))
	f.Add([]byte(`{\rtf1\ansi \u-10179?\'b9\'da\cell\row\par}`))
	f.Add([]byte("<html><body><p>一份通知</p><table><tr><td>单位<td>时限<tr><td>甲<td>三月</table></body></html>"))
	f.Add(zipped(f, "word/document.xml", wordOpen+wordPart("一份通知", "0|内容。")+"</w:body></w:document>", "word/numbering.xml", wordNumbers))
	for _, name := range []string{"2-measures.doc", "3-plan.ofd", "3-plan.docx", "2-measures.odt", "3-plan.rtf", "3-plan-cmap.pdf"} {
		data, err := os.ReadFile(filepath.Join("testdata/round", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Parse("a", data)
		if err != nil {
			return
		}
		for _, c := range d.Clauses {
			if c.Locator == "" || c.Text == "" {
				t.Errorf("%+v", c)
			}
		}
	})
}

func BenchmarkDOCX(b *testing.B) {
	data := zipped(b, "word/document.xml", wordOpen+strings.Repeat(wordPart("0|各地要应建尽建。", "1|先摸清底数。"), 500)+"</w:body></w:document>", "word/numbering.xml", wordNumbers)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Parse("a.docx", data); err != nil {
			b.Fatal(err)
		}
	}
}
