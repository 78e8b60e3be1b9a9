package catalogue

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zujian/knowledge"
)

// damages are what a disk, or somebody, does to a file.
var damages = map[string]func(path string, data []byte) error{
	"removed": func(path string, _ []byte) error { return os.Remove(path) },
	"emptied": func(path string, _ []byte) error { return os.WriteFile(path, nil, 0o600) },
	"cut":     func(path string, data []byte) error { return os.WriteFile(path, data[:len(data)/2], 0o600) },
	"flipped": func(path string, data []byte) error {
		bad := bytes.Clone(data)
		bad[len(bad)/2] ^= 1
		return os.WriteFile(path, bad, 0o600)
	},
	"reworded": func(path string, data []byte) error {
		return os.WriteFile(path, bytes.ReplaceAll(data, []byte("每月"), []byte("每年")), 0o600)
	},
}

// TestDamageIsFoundAndMended damages each file of a catalogue in every way: no
// other word than those that were taken in is given, and afterwards all of them
// are there again.
func TestDamageIsFoundAndMended(t *testing.T) {
	for how, damage := range damages {
		dir := t.TempDir()
		c := In(filepath.Join(dir, "catalogue"))
		out := add(t, c, Given{}, write(t, dir, "a.txt", noticeOf(1)), write(t, dir, "b.txt", noticeOf(2)))
		if err := c.Change("改", today, func(s *State) error { return s.Retire(out[1].ID, "2026-05-01") }); err != nil {
			t.Fatal(err)
		}
		want := words(t, c)
		for _, path := range files(t, c.dir) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := damage(path, data); err != nil {
				t.Fatal(err)
			}
			if got := words(t, c); !strings.Contains(want, got) {
				t.Errorf("%s %s: other words are given: %s", path, how, got)
			}
			m, err := c.Mend(today)
			if err != nil || len(m.Lost) > 0 {
				t.Errorf("%s %s: %+v %v", path, how, m, err)
			}
			if got := words(t, c); got != want {
				t.Errorf("%s %s: not mended: %s", path, how, got)
			}
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// words gives every sentence of the documents with what is catalogued of them.
func words(t *testing.T, c *Catalogue) string {
	t.Helper()
	s, err := c.Read()
	if err != nil {
		t.Fatal(err)
	}
	docs, _ := c.Documents(s)
	var all strings.Builder
	for _, d := range docs {
		all.WriteString(d.Title + string(d.Validity))
		for _, x := range d.Clauses {
			all.WriteString(x.Locator + x.Text)
		}
		all.WriteString("\n")
	}
	return all.String()
}

func files(t *testing.T, dir string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && !strings.HasSuffix(path, ".lock") {
			all = append(all, path)
		}
		return err
	})
	if err != nil || len(all) < 6 {
		t.Fatalf("%v %v", all, err)
	}
	return all
}

// TestLostTextComesBackWithItsFile loses a text and the file it was read from: it
// is named, nothing else is, and adding the file again brings it back.
func TestLostTextComesBackWithItsFile(t *testing.T) {
	dir := t.TempDir()
	c := In(filepath.Join(dir, "catalogue"))
	path := write(t, dir, "a.txt", noticeOf(1))
	id := add(t, c, Given{}, path)[0].ID
	s, err := c.Read()
	if err != nil {
		t.Fatal(err)
	}
	e := *s.Entry(id)
	for _, file := range []string{c.text(e), c.Original(e)} {
		if err := os.WriteFile(file, []byte("{}"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	stamp := c.Stamp()
	if m, err := c.Mend(today); err != nil || len(m.Lost) != 1 || m.Lost[0] != id || c.Stamp() != stamp {
		t.Fatalf("%+v %v", m, err)
	}
	if lost := c.Unbacked(s); len(lost) != 1 {
		t.Errorf("files that are damaged: %v", lost)
	}
	if out := add(t, c, Given{}, path); out[0].Status != Held {
		t.Errorf("%+v", out)
	}
	if m, err := c.Mend(today); err != nil || len(m.Rebuilt) != 1 {
		t.Errorf("%+v %v", m, err)
	}
	if docs, lost := c.Documents(s); len(docs) != 1 || len(lost) > 0 || docs[0].Validity != knowledge.InForce {
		t.Errorf("%v %v", docs, lost)
	}
}
