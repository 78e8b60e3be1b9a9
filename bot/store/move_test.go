package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// filled puts something of everything into a store.
func filled(t *testing.T, db *DB) {
	t.Helper()
	ctx := t.Context()
	key := Key{"wechat", "东镇群", "李"}
	must(t, db.Record(ctx, Turn{Key: key, Message: "m1", At: start, Out: []Out{{Target: to("东镇群"), Text: "答"}, {Target: to("东镇群"), Text: "再答"}},
		Session: &Session{State: []byte("{\x00}"), Updated: start, Expires: start.Add(time.Hour)},
		Audit:   &Audit{Question: "问", Status: "answered"}, Unanswered: "问"}))
	ids, err := db.AddReminders(ctx, Reminder{Plan: []byte("p"), Target: to("东镇群"), Created: start, Slot: Slot{Due: start, At: start}})
	must(t, err)
	must(t, db.Fire(ctx, start, Burst{Target: to("东镇群"), Firings: []Firing{{Reminder: ids[0], Due: start, Outcome: FiringQueued}},
		Steps: []Step{{Reminder: ids[0], Was: start}}, Out: &Out{Target: to("东镇群"), Text: "提醒"}}))
	must(t, db.Mute(ctx, "wechat", "西镇群", true, start))
	_, err = db.MuteReminders(ctx, "wechat", "西镇群", true, start)
	must(t, err)
	must(t, db.KeepDraft(ctx, key, []byte("d"), start.Add(time.Hour)))
	must(t, db.KeepFeedback(ctx, false, "看不懂", start))
	code, err := db.NewPairingCode(ctx, start)
	must(t, err)
	_, err = db.Pair(ctx, who("p1"), code, start)
	must(t, err)
	_, err = db.NewPairingCode(ctx, start)
	must(t, err)
	_, err = db.sql.Exec("INSERT INTO report (channel, state, since, cause) VALUES ('wechat', 1, 2, '')")
	must(t, err)
	gone, err := db.Enqueue(ctx, start, Out{Target: to("东镇群"), Text: "不要了"})
	must(t, err)
	_, err = db.sql.Exec("DELETE FROM outbox WHERE id = ?", gone[0]) // its id is never given again
	must(t, err)
}

// laid is the files of a folder.
type laid map[string]string

func (l laid) Give(put func(name string, data []byte) error) error {
	for name, data := range l {
		if err := put(name, []byte(data)); err != nil {
			return err
		}
	}
	return nil
}

func (l laid) Take(ctx context.Context, from *DB) (int, error) {
	err := from.ReadFiles(ctx, func(f *Files) error {
		all, err := f.Since(0)
		for _, x := range all {
			data, unread := f.Body(x.Name)
			l[x.Name], err = string(data), errors.Join(err, unread)
		}
		return err
	})
	return len(l), err
}

// held gives every row of every table that is not about the store itself.
func held(t *testing.T, db *DB) []string {
	t.Helper()
	var all []string
	for _, table := range tables {
		rows, err := db.sql.Query("SELECT * FROM " + table)
		must(t, err)
		names, err := rows.Columns()
		must(t, err)
		for rows.Next() {
			row, into := make([]any, len(names)), make([]any, len(names))
			for i := range row {
				into[i] = &row[i]
			}
			must(t, rows.Scan(into...))
			if i := slices.Index(names, "office"); i >= 0 {
				row = slices.Delete(row, i, i+1)
			}
			if line := fmt.Sprintf("%s %v", table, row); !strings.Contains(line, placeKey) {
				all = append(all, line)
			}
		}
		must(t, errors.Join(rows.Err(), rows.Close()))
	}
	slices.Sort(all)
	return all
}

// TestMoveTakesEverything moves a store to PostgreSQL, back, and there again: every row is
// there, the store that was left says so, and no id is given twice.
func TestMoveTakesEverything(t *testing.T) {
	there, err := OpenPostgres(filepath.Join(t.TempDir(), "zujian.db"), postgres(t))
	must(t, err)
	defer there.Close()
	here, _ := open(t)
	ctx := t.Context()
	filled(t, here)
	want := held(t, here)
	folder := laid{"formation.yaml": "甲", "catalogue/texts/1.json": "\x00乙"}
	wantFiles := maps.Clone(folder)
	tried := func(from, to *DB) {
		t.Helper()
		counts, err := Move(ctx, from, to, folder)
		must(t, err)
		if least := slices.Min(slices.Collect(maps.Values(counts))); least == 0 {
			t.Errorf("a table was empty, which shows nothing: %v", counts)
		}
		if got := held(t, to); !slices.Equal(got, want) {
			t.Errorf("moved\n%s\nto\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"))
		}
		if !maps.Equal(folder, wantFiles) || counts[FilesTable] != len(wantFiles) {
			t.Errorf("the folder holds %q, counted %d", folder, counts[FilesTable])
		}
		if a, err := from.Place(ctx); a != Moved || err != nil {
			t.Errorf("the store that was left is %q, %v", a, err)
		}
		if b, err := to.Place(ctx); b != Here || err != nil {
			t.Errorf("the store that they came to is %q, %v", b, err)
		}
		if from.Person("wechat", "李") != to.Person("wechat", "李") {
			t.Error("people have other names now")
		}
	}
	tried(here, there)
	if _, err := Move(ctx, here, there, folder); !errors.Is(err, ErrNotHere) {
		t.Error("what was moved was moved again")
	}
	ids, err := there.Enqueue(ctx, start, Out{Target: to("东镇群"), Text: "新的"})
	must(t, err)
	if ids[0] <= 4 {
		t.Errorf("the id %d was given before", ids[0])
	}
	want = held(t, there)
	clear(folder)
	tried(there, here)
	tried(here, there)
}

// TestTablesAreAllMoved fails where a table is made that Move does not know.
func TestTablesAreAllMoved(t *testing.T) {
	db, _ := open(t)
	rows, err := db.sql.Query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
	must(t, err)
	defer rows.Close()
	var all []string
	for rows.Next() {
		var name string
		must(t, rows.Scan(&name))
		all = append(all, name)
	}
	slices.Sort(all)
	if want := slices.Sorted(slices.Values(tables)); !slices.Equal(all, want) {
		t.Errorf("there are %v, and %v are moved", all, want)
	}
}

// TestMoveIsWholeOrNothing has one row in the middle be refused, and a move cut
// off after the records arrived.
func TestMoveIsWholeOrNothing(t *testing.T) {
	there, err := OpenPostgres(filepath.Join(t.TempDir(), "zujian.db"), postgres(t))
	must(t, err)
	defer there.Close()
	here, path := open(t)
	ctx := t.Context()
	filled(t, here)
	folder := laid{"words.yaml": "甲"}
	raw, err := sql.Open("sqlite", dsn(path)+"&_pragma=ignore_check_constraints(1)")
	must(t, err)
	defer raw.Close()
	set := func(status string) {
		t.Helper()
		_, err := raw.Exec("UPDATE reminder SET state = ?", status)
		must(t, err)
	}
	before := held(t, there)
	set("bent")
	if _, err := Move(ctx, here, there, folder); err == nil {
		t.Fatal("a row that PostgreSQL refuses was moved")
	}
	if v, err := there.FilesVersion(ctx); v != 0 || err != nil {
		t.Errorf("the files were moved alone: %d, %v", v, err)
	}
	if p, _ := here.Place(ctx); p != Here || !slices.Equal(held(t, there), before) {
		t.Errorf("after a move that failed the records are %q, and there are %v", p, held(t, there))
	}
	set("active")
	_, err = here.giveAll(ctx, there, folder, Came) // killed here
	must(t, err)
	if p, _ := there.Place(ctx); p != Came {
		t.Errorf("cut off, it is %q", p)
	}
	_, err = Move(ctx, here, there, folder)
	must(t, err)
	must(t, there.setPlace(ctx, Came)) // killed at the very end
	_, err = Move(ctx, here, there, folder)
	must(t, err)
	if p, _ := there.Place(ctx); p != Here || !slices.Equal(held(t, there), held(t, here)) {
		t.Errorf("after the second time it is %q", p)
	}
	other, _ := open(t)
	filled(t, other)
	if _, err := Move(ctx, other, there, folder); !errors.Is(err, ErrTaken) {
		t.Errorf("over the records of another: %v", err)
	}
}

// TestCopyOfPostgresIsAFile makes what a backup holds, and opens it.
func TestCopyOfPostgresIsAFile(t *testing.T) {
	both(t, func(t *testing.T, db *DB, _ func() (*DB, error)) {
		filled(t, db)
		path := filepath.Join(t.TempDir(), "copy.db")
		must(t, db.CopyTo(t.Context(), path))
		copied, err := Open(path)
		must(t, err)
		defer copied.Close()
		if p, _ := copied.Place(t.Context()); p != Here || !slices.Equal(held(t, copied), held(t, db)) {
			t.Errorf("the copy is %q and not the same", p)
		}
	})
}

// TestOfficesDoNotMix fills two offices of one database: neither sees a row of
// the other, also where a query has no condition.
func TestOfficesDoNotMix(t *testing.T) {
	one, err := OpenPostgres(filepath.Join(t.TempDir(), "zujian.db"), postgres(t))
	must(t, err)
	defer one.Close()
	other, err := OpenPostgres(filepath.Join(t.TempDir(), "zujian.db"), postgres(t))
	must(t, err)
	defer other.Close()
	before := held(t, other)
	filled(t, one)
	if got := held(t, other); !slices.Equal(got, before) {
		t.Errorf("the other office sees %v", got)
	}
	_, err = other.sql.Exec("DELETE FROM outbox")
	must(t, err)
	if counts, _ := one.Counts(t.Context()); counts[Pending] == 0 {
		t.Error("the other office removed what is not its own")
	}
	if _, err := other.sql.Exec("INSERT INTO muted (office, channel, chat, at) VALUES ('第1镇', 'a', 'b', 1)"); err == nil {
		t.Error("a row was written for another office")
	}
}
