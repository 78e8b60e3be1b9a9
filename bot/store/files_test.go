package store

import (
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"testing"
)

// shared opens two programs of one office in PostgreSQL.
func shared(t *testing.T) (one, two *DB) {
	t.Helper()
	where := postgres(t)
	for _, db := range []**DB{&one, &two} {
		var err error
		*db, err = OpenPostgres(filepath.Join(t.TempDir(), "zujian.db"), where)
		must(t, err)
		t.Cleanup(func() { (*db).Close() })
	}
	return one, two
}

// put has a program put one file.
func put(db *DB, t *testing.T, name, text string) error {
	return db.ChangeFiles(t.Context(), func(f *Files) error { return f.Put(name, []byte(text)) })
}

// TestFilesAreChangedInTurn has two programs count in one file at once: no step is
// lost, and the versions follow each other.
func TestFilesAreChangedInTurn(t *testing.T) {
	one, two := shared(t)
	const each = 25
	step := func(f *Files) error {
		was := []byte{}
		if sum, err := f.Sum("n"); err != nil {
			return err
		} else if sum != "" {
			if was, err = f.Body("n"); err != nil {
				return err
			}
		}
		return f.Put("n", append(was, 'x'))
	}
	var both sync.WaitGroup
	for _, db := range []*DB{one, two} {
		both.Go(func() {
			for range each {
				if err := db.ChangeFiles(t.Context(), step); err != nil {
					t.Error(err)
				}
			}
		})
	}
	both.Wait()
	must(t, one.ReadFiles(t.Context(), func(f *Files) error {
		data, err := f.Body("n")
		if len(data) != 2*each || f.Version != 2*each {
			t.Errorf("%d steps in %d versions", len(data), f.Version)
		}
		return err
	}))
}

// TestFilesSince lists what was changed and taken away after a version, and what
// was put again as it was as not changed; a change that fails leaves nothing.
func TestFilesSince(t *testing.T) {
	one, two := shared(t)
	must(t, put(one, t, "a", "甲"))
	must(t, put(one, t, "b", "乙"))
	must(t, two.ChangeFiles(t.Context(), func(f *Files) error {
		return errors.Join(f.Put("a", []byte("甲")), f.Put("b", nil), f.Put("c", []byte{}), f.Put("none", nil))
	}))
	failed := errors.New("failed")
	err := one.ChangeFiles(t.Context(), func(f *Files) error { return errors.Join(f.Put("d", []byte("丁")), failed) })
	if !errors.Is(err, failed) {
		t.Error(err)
	}
	must(t, one.ReadFiles(t.Context(), func(f *Files) error {
		all, err := f.Since(2)
		names := []string{}
		for _, x := range all {
			names = append(names, x.Name)
		}
		if !slices.Equal(names, []string{"b", "c"}) || all[0].Sum != "" || f.Version != 3 {
			t.Errorf("after version 2: %v, now %d", all, f.Version)
		}
		return err
	}))
}

// TestFilesOfOfficesDoNotMix has another office see none.
func TestFilesOfOfficesDoNotMix(t *testing.T) {
	one, _ := shared(t)
	other, _ := shared(t)
	must(t, put(one, t, "a", "甲"))
	if v, err := other.FilesVersion(t.Context()); v != 0 || err != nil {
		t.Errorf("another office is at version %d, %v", v, err)
	}
	must(t, put(other, t, "a", "乙"))
	must(t, one.ReadFiles(t.Context(), func(f *Files) error {
		data, err := f.Body("a")
		if string(data) != "甲" {
			t.Errorf("it holds %s", data)
		}
		return err
	}))
}

// TestFilesGoWithTheRecords refuses a change once the records went elsewhere.
func TestFilesGoWithTheRecords(t *testing.T) {
	one, two := shared(t)
	must(t, one.setPlace(t.Context(), Moved))
	if err := put(two, t, "a", "甲"); !errors.Is(err, ErrNotHere) {
		t.Errorf("changed: %v", err)
	}
}
