package ledger_test

import (
	"bytes"
	"context"
	"os"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"zujian/bot/ledger"
)

// large is a ledger of 10,000 organisations.
func large(t testing.TB) []byte {
	l := layouts()[2]
	l.rows, l.seed = 10_000, 10
	l.cols = append(l.cols, col{"统一社会信用代码", "", "code"}, col{"地址", "", "address"}, col{"联系人", "personal", "person"}, col{"电话", "personal", "phone"}, col{"职工总数", "staff", "staff"}, col{"成立时间", "", "date"}, col{"备注", "remark", "remark"}, col{"经营范围", "", "scope"}, col{"社区", "village", "village"}, col{"行业", "industry", "industry"})
	data, _ := l.make(t)
	return data
}

// TestTenThousand times a ledger of 10,000 rows beside the library's own
// reading and writing of the same file.
func TestTenThousand(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute: needs a run without -short")
	}
	data := large(t)
	b := book(t)
	debug.FreeOSMemory()
	plain := timed(func() {
		x, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		defer x.Close()
		rows, err := x.GetRows("Sheet1")
		if err != nil {
			t.Fatal(err)
		}
		for r := range rows {
			for c := range 8 {
				cell, _ := excelize.CoordinatesToCellName(30+c, r+1)
				if err := x.SetCellStr("Sheet1", cell, "本级妇联"); err != nil {
					t.Fatal(err)
				}
			}
		}
		if _, err := x.WriteToBuffer(); err != nil {
			t.Fatal(err)
		}
	})
	debug.FreeOSMemory()
	heard := 0
	ours := timed(func() {
		f, err := ledger.Read(b, "大.xlsx", data, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := f.Check(context.Background(), func(int, int) { heard++ })
		if err != nil {
			t.Fatal(err)
		}
		if res.Summary.Organisations != 10_000 {
			t.Fatalf("%d organisations", res.Summary.Organisations)
		}
		if _, err := res.XLSX(); err != nil {
			t.Fatal(err)
		}
	})
	t.Logf("10,000 行，%d 列，%.1f MB：读、判断、写 %.1f 秒；excelize 自己读了再写同样多的格 %.1f 秒", 20, float64(len(data))/1e6, ours.Seconds(), plain.Seconds())
	if heard < 100 {
		t.Errorf("progress was heard %d times", heard)
	}
	// The peer has done less in the same minute on the same machine: no clock
	// says more than that.
	if ours > 4*plain {
		t.Errorf("it took %v, the peer %v", ours, plain)
	}
	if file := os.Getenv("LEDGERS"); file != "" {
		if err := os.WriteFile(file+"/large.xlsx", data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func timed(do func()) time.Duration {
	runtime.GC()
	from := time.Now()
	do()
	return time.Since(from)
}
