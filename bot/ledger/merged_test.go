package ledger_test

import (
	"bytes"
	"context"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"zujian/bot/ledger"
)

// long makes a ledger of that many firms; lay lays out what the test is about.
func long(t *testing.T, rows int, lay func(x *excelize.File, page string)) []byte {
	t.Helper()
	x := excelize.NewFile()
	defer x.Close()
	const page = "Sheet1"
	s, err := x.NewStreamWriter(page)
	if err != nil {
		t.Fatal(err)
	}
	put := func(r int, cells ...any) {
		cell, _ := excelize.CoordinatesToCellName(1, r)
		if err := s.SetRow(cell, cells); err != nil {
			t.Fatal(err)
		}
	}
	put(1, "单位名称", "单位类型", "所属园区", "有无党组织")
	for r := 2; r < rows+2; r++ {
		put(r, "东河"+string(rune('甲'))+"电子厂", "企业", "高新区", "有")
	}
	if err := s.Flush(); err != nil {
		t.Fatal(err)
	}
	lay(x, page)
	var out bytes.Buffer
	if err := x.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestMergedLedgersAreRead holds that a merge over tens of thousands of rows, or
// that many merges, cost about as much as the rows themselves.
func TestMergedLedgersAreRead(t *testing.T) {
	rows := 30_000
	if testing.Short() {
		rows = 3_000
	}
	last := strconv.Itoa(rows + 1)
	for name, lay := range map[string]func(*excelize.File, string){
		"one over all": func(x *excelize.File, page string) {
			if err := x.MergeCell(page, "C2", "C"+last); err != nil {
				t.Fatal(err)
			}
		},
		"one over all names": func(x *excelize.File, page string) {
			if err := x.MergeCell(page, "A2", "A"+last); err != nil {
				t.Fatal(err)
			}
		},
	} {
		data := long(t, rows, lay)
		from := time.Now()
		f, err := ledger.Read(book(t), name, data, nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		res, err := f.Check(context.Background(), nil)
		if err != nil || len(res.Rows) == 0 {
			t.Fatalf("%s: %d rows, %v", name, len(res.Rows), err)
		}
		if took := time.Since(from); took > 60*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

// TestFarColumnsStayNarrow holds that a stray value far to the right in every
// row does not make each row as wide as the widest page there can be.
func TestFarColumnsStayNarrow(t *testing.T) {
	const rows = 1_500
	x := excelize.NewFile()
	defer x.Close()
	s, err := x.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	cells := make([]any, 16_384)
	cells[0], cells[1], cells[2], cells[len(cells)-1] = "东河电子厂", "企业", "有", "1"
	for r := 1; r <= rows; r++ {
		cell, _ := excelize.CoordinatesToCellName(1, r)
		if err := s.SetRow(cell, cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Flush(); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := x.Write(&out); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := ledger.Read(book(t), "far.xlsx", out.Bytes(), nil); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; !testing.Short() && mb > 200 || mb > 400 {
		t.Errorf("reading took %d MB", mb)
	}
}
