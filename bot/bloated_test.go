package main

import (
	"archive/zip"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// bloated writes a workbook of so many rows, each with the same cells: small as a
// file, whatever it holds. begin is written before the rows.
func bloated(t *testing.T, path, begin, row string, rows int) {
	t.Helper()
	plain := filepath.Join(t.TempDir(), "plain.xlsx")
	x := excelize.NewFile()
	defer x.Close()
	if err := x.SaveAs(plain); err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(plain)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := zip.NewWriter(f)
	for _, part := range z.File {
		if part.Name != "xl/worksheets/sheet1.xml" {
			if err := out.Copy(part); err != nil {
				t.Fatal(err)
			}
		}
	}
	w, err := out.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`+begin)
	for range rows {
		io.WriteString(w, row)
	}
	io.WriteString(w, `</sheetData></worksheet>`)
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestBloatedLedgers puts small files through ledger that hold more than any
// machine should unpack: each is done with within the bounds of the fault folder.
func TestBloatedLedgers(t *testing.T) {
	bot := built(t)
	text := func(s string) string { return `<c t="inlineStr"><is><t>` + s + `</t></is></c>` }
	head := "<row>" + text("单位名称") + text("单位类型") + text("党组织") + "</row>"
	for name, x := range map[string]struct {
		row  string
		rows int
	}{
		"cells": {"<row>" + strings.Repeat("<c><v>1</v></c>", 200) + "</row>", 99_000},
		"csv":   {"1,", 20_000_000},
		"rows":  {"<row/>", 20_000_000},
		"empty": {"<row>" + strings.Repeat("<c/>", 190) + "</row>", 99_000},
		"texts": {"<row>" + text(strings.Repeat("东河电子厂", 3000)) + text("企业") + "</row>", 8000},
		"names": {"<row>" + text("东河电子厂") + text("企业") + text("有") + strings.Repeat(text("1"), 20) + "</row>", 99_000},
		"most":  {"<row>" + text("东河电子厂") + text("企业") + text("有") + strings.Repeat(text("1"), 20) + "</row>", 26_000},
	} {
		t.Run(name, func(t *testing.T) {
			in, out := filepath.Join(t.TempDir(), "in.xlsx"), filepath.Join(t.TempDir(), "out.xlsx")
			if name == "csv" {
				in = filepath.Join(t.TempDir(), "in.csv")
				write(t, in, "单位名称,单位类型,党组织\n"+strings.Repeat(x.row, x.rows))
			} else {
				bloated(t, in, head, x.row, x.rows)
			}
			info, err := os.Stat(in)
			if err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(bot, "--data", t.TempDir(), "ledger", in, "-o", out)
			said, err := cmd.CombinedOutput()
			took, rss := cmd.ProcessState.UserTime(), maxRSS(cmd) // not the time that others had the machine
			t.Logf("%d kB: %.1f s, %d MB, %v: %.60s", info.Size()>>10, took.Seconds(), rss>>20, err, said)
			if took > faultTime || rss > faultMemory {
				t.Errorf("took %v and %d MB", took, rss>>20)
			}
			if err != nil && !strings.Contains(string(said), "请") {
				t.Errorf("%v: %s", err, said)
			}
		})
	}
}
