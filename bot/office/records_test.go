package office

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zujian/bot/store"
	"zujian/bot/store/cluster"
)

// inPostgres gives an office whose configuration names a PostgreSQL of the
// test's own; it skips without one.
func inPostgres(t *testing.T, c *cluster.Cluster) *Office {
	t.Helper()
	dir := t.TempDir()
	toml := fmt.Sprintf("[store]\npostgres = %q\noffice = %q\n", c.URL("zujian"), t.Name()+dir)
	if err := os.WriteFile(filepath.Join(dir, "zujian.toml"), []byte(toml), 0o600); err != nil {
		t.Fatal(err)
	}
	p := &Office{Ctx: context.Background(), Out: io.Discard, Err: io.Discard, Now: time.Now}
	if err := p.Configure(dir, ""); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestRecordsAreInOnePlace moves an office's records to PostgreSQL and back. At
// every step what holds an old copy, or nothing, is refused with what to do.
func TestRecordsAreInOnePlace(t *testing.T) {
	p := inPostgres(t, cluster.For(t))
	away, near := p.Config(), p.Config()
	near.Store = storeConfig{}
	here := func() { p.config.Store(&near) }
	there := func() { p.config.Store(&away) }
	refused := func(what string) {
		t.Helper()
		if db, err := p.OpenStore(); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("opened, or not told %q: %v", what, err)
			if err == nil {
				db.Close()
			}
		}
	}
	held := func(want int) {
		t.Helper()
		db, err := p.OpenStore()
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if asked, err := db.Unanswered(p.Ctx, 9); len(asked) != want || err != nil {
			t.Errorf("%d questions, want %d: %v", len(asked), want, err)
		}
	}
	ask := func(q string) {
		t.Helper()
		db, err := p.OpenStore()
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := db.Record(p.Ctx, store.Turn{Key: store.Key{Channel: "wechat", Chat: "c", Speaker: "s"}, At: time.Now(), Unanswered: q}); err != nil {
			t.Fatal(err)
		}
	}
	here()
	ask("第一问")
	if _, err := p.MoveStore(true); err == nil || !strings.Contains(err.Error(), "不知道 PostgreSQL 在哪里") {
		t.Errorf("moved to nowhere: %v", err)
	}
	there()
	refused("请先用 bot store move postgres 搬过去")
	if n, err := p.MoveStore(true); err != nil || n["unanswered"] != 1 {
		t.Fatalf("moved %v: %v", n, err)
	}
	held(1)
	ask("第二问")
	here()
	refused("记录已经搬到 PostgreSQL 里了")
	there()
	if _, err := p.MoveStore(true); err == nil || !strings.Contains(err.Error(), "已经搬走了") {
		t.Errorf("moved twice: %v", err)
	}
	release, err := store.Serve(p.State())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.MoveStore(false); err == nil || !strings.Contains(err.Error(), "请先停掉它") {
		t.Errorf("moved under a service: %v", err)
	}
	release()
	if n, err := p.MoveStore(false); err != nil || n["unanswered"] != 2 {
		t.Fatalf("moved back %v: %v", n, err)
	}
	refused("记录已经搬回 zujian.db 了")
	here()
	held(2)
}

// TestBackupOfPostgres makes a backup of records in PostgreSQL: it holds a file
// that a program without PostgreSQL reads.
func TestBackupOfPostgres(t *testing.T) {
	p := inPostgres(t, cluster.For(t))
	db, err := p.OpenStore()
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Record(p.Ctx, store.Turn{Key: store.Key{Channel: "wechat", Chat: "c", Speaker: "s"}, At: time.Now(), Unanswered: "问"}); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), BackupDatabase)
	if err := db.CopyTo(p.Ctx, copied); err != nil {
		t.Fatal(err)
	}
	if _, err := p.NightlyBackup(p.Ctx, db); err != nil {
		t.Fatal(err)
	}
	file, err := store.Open(copied)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if asked, err := file.Unanswered(p.Ctx, 9); len(asked) != 1 || err != nil {
		t.Errorf("the copy holds %v: %v", asked, err)
	}
}

// TestWhereTheRecordsAreIsChecked has every wrong value say what is wrong,
// without a password.
func TestWhereTheRecordsAreIsChecked(t *testing.T) {
	if say := (storeConfig{Postgres: "postgres://10.0.0.5/zujian"}).check(); say != "" {
		t.Errorf("nobody named: %q", say)
	}
	for want, c := range map[string]storeConfig{
		"":        {Postgres: "postgres://zujian@10.0.0.5/zujian", PasswordFile: "f", Office: "东镇"},
		"要像":      {Postgres: "mysql://zujian:geheim@10.0.0.5/zujian"},
		"不要带密码":   {Postgres: "postgres://zujian:geheim@10.0.0.5/zujian"},
		"只能写一个":   {Postgres: "postgres://zujian@10.0.0.5/zujian", PasswordFile: "f", PasswordEnv: "e"},
		"，现在是“”。": {Office: "东镇"},
	} {
		if say := c.check(); (say == "") != (want == "") || !strings.Contains(say, want) || strings.Contains(say, "geheim") {
			t.Errorf("%+v: %q", c, say)
		}
	}
}
