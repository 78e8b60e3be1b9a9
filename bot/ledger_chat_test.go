package main

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zujian/bot/ledger"
	"zujian/bot/office"
)

// sends has 赵主任 send a file in his direct chat.
func (p *page) sends(name string, data []byte) {
	p.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		p.t.Fatal(err)
	}
	if _, err := part.Write(data); err != nil {
		p.t.Fatal(err)
	}
	w.Close()
	resp, err := http.Post(p.base+"/file", w.FormDataContentType(), &b)
	if err != nil {
		p.t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		p.t.Fatal(resp.Status)
	}
}

// TestLedgerInADirectChat has an operator send a ledger and get it back, and
// nobody else.
func TestLedgerInADirectChat(t *testing.T) {
	dir, p, tr := serves(t, "")
	table := []byte("单位名称,所在园区,有无党组织,女职工数\n秘密甲公司,东河园区,有,30\n秘密乙公司,无,无,2\n")
	p.sends("台账.csv", table)
	p.hears("只收管理员发来的台账")
	code := did(t, exitDone, "", "pair")
	_, code, _ = strings.Cut(code, "发：")
	p.says("zhao", strings.TrimSpace(code))
	p.hears("配对好了")
	p.sends("台账.csv", table)
	p.hears("一共2家单位")
	resp, err := http.Get(p.base + "/file/0")
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%v, %s", err, resp.Status)
	}
	plain := &office.Office{Ctx: t.Context(), Data: t.TempDir(), Err: io.Discard, Now: time.Now}
	l, err := plain.Library()
	if err != nil {
		t.Fatal(err)
	}
	b, err := plain.Book(l)
	if err != nil {
		t.Fatal(err)
	}
	f, err := ledger.Read(b, "台账.csv", table, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := f.Check(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	name, want, err := res.Give()
	if err != nil || name != "台账-建议.csv" || !bytes.Equal(out, want) {
		t.Errorf("%s, %v: not what the command gives:\n%s", name, err, out)
	}
	p.sends("坏.xlsx", []byte("PK\x03\x04"))
	p.hears("不完整或者已经损坏")
	p.sends("说明.txt", []byte("今天天气很好"))
	p.hears("请用 XLSX 或者 CSV")
	tr.ends(exitDone)
	err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte("秘密甲公司")) {
			t.Errorf("%s holds a name of the ledger", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
