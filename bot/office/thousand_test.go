package office

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"zujian/knowledge/catalogue"
)

// TestThousandDocuments adds 1,000 documents of 50 clauses and has questions
// answered meanwhile. Its figures are printed; it takes a minute.
func TestThousandDocuments(t *testing.T) {
	if os.Getenv("ZUJIAN_LONG") == "" {
		t.Skip("takes a minute and prints figures only: set ZUJIAN_LONG=1")
	}
	dir := t.TempDir()
	p := &Office{Ctx: context.Background(), Err: io.Discard, Out: io.Discard, Now: time.Now}
	if err := p.Configure(dir, ""); err != nil {
		t.Fatal(err)
	}
	var paths []string
	for n := range 1000 {
		var b strings.Builder
		fmt.Fprintf(&b, "第%d项妇联工作管理办法\n", n)
		for i := range 50 {
			fmt.Fprintf(&b, "第%d条　第%d镇第%d村的妇联组织每%d个月向镇妇联报送一次%s台账。\n", i+1, n, i, i%12+1, []string{"走访", "培训", "活动", "维权"}[i%4])
		}
		fmt.Fprintf(&b, "2024年%d月%d日\n", n%12+1, n%28+1)
		path := filepath.Join(dir, fmt.Sprintf("%d.txt", n))
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	o, err := p.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	stop, took := make(chan bool), make(chan []time.Duration)
	go func() {
		var all []time.Duration
		for {
			select {
			case <-stop:
				took <- all
				return
			default:
			}
			began := time.Now()
			if got := o.shelf.at(everything).Answer(context.Background(), []string{"园区里的企业归谁管"}); got.Status != "answered" {
				t.Errorf("%+v", got)
			}
			all = append(all, time.Since(began))
			runtime.Gosched()
		}
	}()
	began := time.Now()
	l, err := p.AllDocuments()
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.catalogue(l).Add(paths, catalogue.Given{}, time.Now(), nil)
	if err != nil || out[999].Status != catalogue.Added {
		t.Fatal(out[999], err)
	}
	added := time.Since(began)
	if l, err = p.Library(); err != nil {
		t.Fatal(err)
	}
	read := time.Since(began)
	if err := o.shelf.fill(l); err != nil {
		t.Fatal(err)
	}
	whole := time.Since(began)
	close(stop)
	all := <-took
	slices.Sort(all)
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	began = time.Now()
	got := o.shelf.at(everything).Answer(context.Background(), []string{"第7项妇联工作管理办法第3条"})
	t.Logf("1,000 documents: added in %s, read %s, answered from %s after the start; %d answers meanwhile, middle %s, 99%% %s, longest %s; heap after it %d MB; one answer over all %s: %s",
		added, read, whole, len(all), all[len(all)/2], all[len(all)*99/100], all[len(all)-1], m.HeapAlloc>>20, time.Since(began), got.Status)
}
