package store

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// writeUntilKilled is the child of TestKillLeavesWholeTurns: it records turns,
// claims and settles, and says each step after it was written.
func writeUntilKilled(path string) {
	db, err := Open(path)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	ctx := context.Background()
	for i := 0; ; i++ {
		id := fmt.Sprint("m", i)
		err := db.Record(ctx, Turn{Key: Key{"wechat", "甲", "李"}, Message: id, At: start,
			Session: &Session{State: []byte(id), Updated: start, Expires: start.Add(time.Hour)},
			Out:     []Out{{Target: to("甲"), Text: id}}, Audit: &Audit{Question: id, Status: "answered"}})
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println("recorded", i)
		it, err := db.Claim(ctx, "wechat", start)
		if err != nil || it == nil {
			os.Exit(1)
		}
		if err := db.Settle(ctx, it.ID, Result{Status: Sent, At: start}); err != nil {
			os.Exit(1)
		}
	}
}

// TestKillLeavesWholeTurns kills a writing program at several points with
// SIGKILL. What it had said to be written must be there, and every turn whole.
// That the disk itself keeps its word is not tested by this.
func TestKillLeavesWholeTurns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kill.db")
	said := -1
	for round := range 5 {
		said = runAndKill(t, path+fmt.Sprint(round), 20+13*round)
		checkWhole(t, path+fmt.Sprint(round), said)
	}
}

func runAndKill(t *testing.T, path string, after int) int {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), "ZUJIAN_KILLED_CHILD="+path)
	pipe, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	said := -1
	lines := bufio.NewScanner(pipe)
	for lines.Scan() {
		if _, err := fmt.Sscanf(lines.Text(), "recorded %d", &said); err != nil {
			t.Fatalf("child: %s", lines.Text())
		}
		if said == after {
			must(t, child.Process.Kill())
		}
	}
	child.Wait() // it was killed: the status says no more
	return said
}

func checkWhole(t *testing.T, path string, said int) {
	t.Helper()
	db, err := Open(path)
	must(t, err)
	defer db.Close()
	var check string
	must(t, db.sql.QueryRow("PRAGMA integrity_check").Scan(&check))
	var seen, audit, outbox, open int
	must(t, db.sql.QueryRow("SELECT (SELECT count(*) FROM seen), (SELECT count(*) FROM audit), (SELECT count(*) FROM outbox), (SELECT count(*) FROM outbox WHERE status IN ('pending', 'sending'))").Scan(&seen, &audit, &outbox, &open))
	if check != "ok" || seen < said+1 || seen != audit || seen != outbox || open > 1 {
		t.Errorf("integrity %s; said %d, seen %d, audit %d, outbox %d, open %d", check, said+1, seen, audit, outbox, open)
	}
	s, err := db.Session(context.Background(), Key{"wechat", "甲", "李"}, start)
	must(t, err)
	if want := fmt.Sprint("m", seen-1); s == nil || string(s.State) != want {
		t.Errorf("session %+v, want %s", s, want)
	}
}

func BenchmarkRecord(b *testing.B) {
	db, err := Open(filepath.Join(b.TempDir(), "b.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	record(b, db)
}

func record(b *testing.B, db *DB) {
	for i := 0; b.Loop(); i++ {
		err := db.Record(b.Context(), Turn{Key: Key{"wechat", "甲", "李"}, Message: fmt.Sprint(i), At: start,
			Out: []Out{{Target: to("甲"), Text: "答"}}, Audit: &Audit{Question: "问", Status: "answered"}})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// TestALogThatWasCutIsNoticed removes, cuts and damages the log that a killed
// program left, and leaves it alone.
func TestALogThatWasCutIsNoticed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cut.db")
	runAndKill(t, path, 30)
	for how, damage := range map[string]func(log string, data []byte) error{
		"whole":   func(string, []byte) error { return nil },
		"removed": func(log string, _ []byte) error { return os.Remove(log) },
		"emptied": func(log string, _ []byte) error { return os.Truncate(log, 0) },
		"cut":     func(log string, data []byte) error { return os.Truncate(log, int64(len(data)/2)) },
		"flipped": func(log string, data []byte) error {
			data[len(data)/2] ^= 0x15
			return os.WriteFile(log, data, 0o600)
		},
	} {
		dir := t.TempDir()
		for _, end := range []string{"", "-wal", "-shm", ".id"} {
			data, err := os.ReadFile(path + end)
			must(t, err)
			must(t, os.WriteFile(filepath.Join(dir, "cut.db"+end), data, 0o600))
			if end == "-wal" {
				must(t, damage(filepath.Join(dir, "cut.db-wal"), data))
			}
		}
		for _, when := range []string{"at first", "later"} {
			db, err := Open(filepath.Join(dir, "cut.db"))
			must(t, err)
			at, err := db.Cut(t.Context())
			must(t, err)
			if at.IsZero() == (how != "whole") {
				t.Errorf("%s, %s: noticed at %v", how, when, at)
			}
			must(t, db.Close())
		}
	}
}
