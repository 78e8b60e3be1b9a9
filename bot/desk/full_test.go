package desk

import (
	"context"
	"database/sql"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"zujian/bot/chat"
	"zujian/bot/store"
)

// fullDisk are records on a disk that may take nothing.
type fullDisk struct {
	Records
	full   *atomic.Bool
	reason error
}

func (f fullDisk) Record(ctx context.Context, t store.Turn) error {
	if f.full.Load() {
		return f.reason
	}
	return f.Records.Record(ctx, t)
}

func (f fullDisk) Operators(context.Context) ([]chat.Target, int, error) {
	return []chat.Target{{Channel: "wechat", Chat: "赵主任"}}, 1, nil
}

// refusal is what SQLite says where it may not write.
func refusal(t *testing.T) error {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "x.db")+"?_pragma=query_only(1)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.Exec("CREATE TABLE x (y)")
	if !store.Unwritable(err) {
		t.Fatalf("not told as unwritable: %v", err)
	}
	return err
}

// TestFullDiskStillAnswers has the disk take nothing for some time: people get
// their answers once, unrecorded, and the operators hear of it once.
func TestFullDiskStillAnswers(t *testing.T) {
	var full atomic.Bool
	reason := refusal(t)
	inHouse(t, func(o *Options) { o.Records = fullDisk{o.Records, &full, reason} }, func(t *testing.T, h *house) {
		told := 0
		h.runner.Direct, h.runner.Unwritable = func(outs ...store.Out) { h.pump.Direct(outs...) }, func() { told++ }
		h.expect(h.says("li", "@组建助手 一"), "答：一")
		full.Store(true)
		h.expect(h.says("li", "@组建助手 二"), "答：二", SayUnwritable)
		h.expect(h.says("li", "@组建助手 三"), "答：三")
		h.sim.SetDown(true)
		h.expect(h.says("li", "@组建助手 四"))
		pass(3 * time.Minute)
		h.expect(func() { h.sim.SetDown(false); pass(2 * time.Minute) }, "答：四")
		full.Store(false)
		h.expect(h.says("li", "@组建助手 五"), "答：五")
		full.Store(true)
		h.expect(h.says("li", "@组建助手 六"), "答：六", SayUnwritable)
		if told != 2 {
			t.Errorf("told %d times, want 2", told)
		}
	})
}
