package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zujian/knowledge"
	"zujian/knowledge/catalogue"
	"zujian/knowledge/parse"
)

// scanReader reads any file as a scan of one page.
type scanReader struct{}

func (scanReader) Read(string, []byte, func(string)) (*parse.Reading, error) {
	d := &knowledge.Document{ID: "f0000aaaa", Title: "扫描的通知", Kind: knowledge.Notice, Format: "PDF 扫描识别", Note: parse.ScanNote,
		Sections: []knowledge.Section{{Label: "第1段", Parent: -1}},
		Clauses:  []knowledge.Clause{{Number: 1, Text: "各单位要报送台账。", Locator: "第1段第1句", Page: 1}}}
	return &parse.Reading{Document: d, Pictures: map[int][]byte{1: []byte("\xff\xd8picture")}}, nil
}

func (scanReader) Rest() {}

// TestConsoleShowsScannedPages has a quotation from a scan lead to the picture
// of its page.
func TestConsoleShowsScannedPages(t *testing.T) {
	v := opensConsole(t, nil).enters()
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, held, _, err := v.s.Office.Held()
	if err != nil {
		t.Fatal(err)
	}
	out, err := held.ReadBy(scanReader{}).Add([]string{file}, catalogue.Given{By: "test"}, time.Now(), nil)
	if err != nil || out[0].Status != catalogue.Added {
		t.Fatal(out, err)
	}
	if _, body := v.gets("/documents/" + out[0].ID); !strings.Contains(body, `href="/documents/`+out[0].ID+`/1">看原件第1页`) {
		t.Errorf("no way to the page in %s", body)
	}
	if code, body := v.gets("/documents/" + out[0].ID + "/1"); code != http.StatusOK || body != "\xff\xd8picture" {
		t.Errorf("the picture: %d %q", code, body)
	}
	if code, _ := v.gets("/documents/" + out[0].ID + "/2"); code != http.StatusUnprocessableEntity {
		t.Errorf("a page that is not there: %d", code)
	}
}
