package store

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// broken is a folder of which not everything can be read.
type broken struct{ laid }

func (b broken) Give(put func(name string, data []byte) error) error {
	return errors.Join(b.laid.Give(put), errors.New("unread"))
}

// filesOf gives the files that a store keeps.
func filesOf(t *testing.T, db *DB) laid {
	t.Helper()
	all := laid{}
	must(t, db.ReadFiles(t.Context(), func(f *Files) error {
		kept, err := f.Since(0)
		for _, x := range kept {
			if x.Sum != "" {
				data, unread := f.Body(x.Name)
				all[x.Name], err = string(data), errors.Join(err, unread)
			}
		}
		return err
	}))
	return all
}

// TestRestoreIntoPostgres has a copy of a store take the place of what is in
// PostgreSQL: all of it, or nothing where a row is refused, a file is not read or
// another program uses it.
func TestRestoreIntoPostgres(t *testing.T) {
	where := postgres(t)
	there, err := OpenPostgres(filepath.Join(t.TempDir(), "zujian.db"), where)
	must(t, err)
	defer there.Close()
	here, path := open(t)
	ctx := t.Context()
	filled(t, here)
	filled(t, there)
	_, err = there.Enqueue(ctx, start, Out{Target: to("东镇群"), Text: "后来的"})
	must(t, err)
	must(t, there.ChangeFiles(ctx, func(f *Files) error {
		return errors.Join(f.Put("words.yaml", []byte("后来的")), f.Put("glossary.yaml", []byte("后来的")))
	}))
	folder := laid{"words.yaml": "甲", "catalogue/texts/1.json": "\x00乙"}
	before, files := held(t, there), filesOf(t, there)
	refused := func(how string, folder Folder, want error) {
		t.Helper()
		if _, err := Restore(ctx, here, there, folder); err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("%s: restored: %v", how, err)
		}
		if !slices.Equal(held(t, there), before) || !maps.Equal(filesOf(t, there), files) {
			t.Errorf("%s: half of it was restored", how)
		}
	}

	other, err := OpenPostgres(filepath.Join(t.TempDir(), "zujian.db"), where)
	must(t, err)
	defer other.Close()
	serving, stop := context.WithCancel(ctx)
	began, ended := make(chan bool), make(chan bool)
	go func() {
		defer close(ended)
		other.WhileHolding(serving, Reminders, func() {}, func(ctx context.Context) { close(began); <-ctx.Done() })
	}()
	<-began
	refused("in use", folder, ErrInUse)
	if used, err := there.InUse(ctx); !used || err != nil {
		t.Errorf("in use: %v, %v", used, err)
	}
	stop()
	<-ended
	if used, err := there.InUse(ctx); used || err != nil {
		t.Errorf("in use by nobody: %v, %v", used, err)
	}

	raw, err := sql.Open("sqlite", dsn(path)+"&_pragma=ignore_check_constraints(1)")
	must(t, err)
	defer raw.Close()
	set := func(status string) {
		t.Helper()
		_, err := raw.Exec("UPDATE reminder SET state = ?", status)
		must(t, err)
	}
	set("bent")
	refused("a row that is refused", folder, nil)
	set("active")
	refused("a file that is not read", broken{folder}, nil)

	counts, err := Restore(ctx, here, there, folder)
	must(t, err)
	if !slices.Equal(held(t, there), held(t, here)) || !maps.Equal(filesOf(t, there), folder) {
		t.Errorf("restored %v and %v", held(t, there), filesOf(t, there))
	}
	delete(counts, "setting")
	if all, err := there.CountAll(ctx); !maps.Equal(all, counts) || counts[FilesTable] != len(folder) || err != nil {
		t.Errorf("counted %v, and there are %v: %v", counts, all, err)
	}
	if p, err := there.Place(ctx); p != Here || err != nil {
		t.Errorf("it is %q, %v", p, err)
	}
	if there.Person("wechat", "李") != here.Person("wechat", "李") {
		t.Error("people have other names now")
	}
	must(t, there.KeepFeedback(ctx, true, "", start.Add(time.Hour)))
}
