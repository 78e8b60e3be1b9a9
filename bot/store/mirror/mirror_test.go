package mirror

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"zujian/bot/store"
	"zujian/bot/store/cluster"
)

// machine is a folder of an office with what it said.
type machine struct {
	*testing.T
	*Folder
	said []string
}

// machines gives two machines of one office.
func machines(t *testing.T) [2]*machine {
	t.Helper()
	url := cluster.For(t).URL("zujian")
	var all [2]*machine
	for i := range all {
		dir := t.TempDir()
		db, err := store.OpenPostgres(filepath.Join(dir, "zujian.db"), store.Postgres{URL: url, Office: "东镇"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		m := &machine{T: t}
		m.Folder = &Folder{Dir: dir, Head: "own/head", Owned: []string{"own/*"}, Edited: []string{"*.yaml"},
			Use: func(work func(*store.DB) error) error { return work(db) },
			Say: func(text string) { m.said = append(m.said, text) }}
		m.All = func(put Put) error { return nil }
		all[i] = m
	}
	return all
}

func (m *machine) follows() {
	m.Helper()
	if err := m.CatchUp(m.Context()); err != nil {
		m.Fatal(err)
	}
}

func (m *machine) writes(name, text string) {
	m.Helper()
	if err := os.WriteFile(m.path(name), []byte(text), 0o600); err != nil {
		m.Fatal(err)
	}
}

func (m *machine) has(name, want string) {
	m.Helper()
	if data, err := os.ReadFile(m.path(name)); err != nil || string(data) != want {
		m.Errorf("%s is %q, %v, where %q was expected", name, data, err, want)
	}
}

// TestFilesThatPeopleWrite writes on one machine, on both, and removes: nothing
// that somebody wrote is lost without a word.
func TestFilesThatPeopleWrite(t *testing.T) {
	both := machines(t)
	one, two := both[0], both[1]
	one.writes("a.yaml", "甲")
	one.follows()
	two.follows()
	two.has("a.yaml", "甲")
	two.writes("a.yaml", "乙")
	two.writes("b.yaml", "")
	two.follows()
	one.follows()
	one.has("a.yaml", "乙")
	one.has("b.yaml", "")
	if len(one.said)+len(two.said) > 0 {
		t.Errorf("said %v %v", one.said, two.said)
	}

	one.writes("a.yaml", "丙")
	two.writes("a.yaml", "丁")
	one.follows()
	two.follows()
	two.has("a.yaml", "丙")
	own, _ := filepath.Glob(two.path("a.yaml.own-*"))
	if len(own) != 1 || len(two.said) != 1 || !strings.Contains(two.said[0], "各改各的") {
		t.Fatalf("left aside %v, said %v", own, two.said)
	}
	two.has(filepath.Base(own[0]), "丁")

	if err := os.Remove(one.path("a.yaml")); err != nil {
		t.Fatal(err)
	}
	one.follows()
	one.has("a.yaml", "丙")
	if len(one.said) != 1 || !strings.Contains(one.said[0], "不见了") {
		t.Errorf("said %v", one.said)
	}
}

// TestEditIsForAllOrNotAtAll has both machines count in one file at once, and work
// fail half way.
func TestEditIsForAllOrNotAtAll(t *testing.T) {
	both := machines(t)
	const each = 10
	var counting sync.WaitGroup
	for _, m := range both {
		counting.Go(func() {
			for range each {
				err := m.Edit(t.Context(), func() error {
					was, _ := os.ReadFile(m.path("n.yaml")) // none: it is the first
					return os.WriteFile(m.path("n.yaml"), append(was, 'x'), 0o600)
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	counting.Wait()
	failed := errors.New("failed")
	err := both[0].Edit(t.Context(), func() error {
		both[0].writes("n.yaml", "half")
		both[0].writes("new.yaml", "half")
		return failed
	})
	if !errors.Is(err, failed) {
		t.Error(err)
	}
	for _, m := range both {
		m.follows()
		m.has("n.yaml", strings.Repeat("x", 2*each))
		if m.sum("new.yaml") != "" || len(m.said) > 0 {
			t.Errorf("half of it is there; said %v", m.said)
		}
	}
}

// TestHeadComesLast cuts a machine off at each file that it fetches: what its head
// speaks of is there.
func TestHeadComesLast(t *testing.T) {
	both := machines(t)
	fill := func(round int) {
		t.Helper()
		err := both[0].Change(t.Context(), func(put Put) error {
			err := put("own/head", fmt.Append(nil, round))
			for i := range 3 {
				err = errors.Join(err, put(fmt.Sprintf("own/%d-%d", round, i), []byte("x")), put(fmt.Sprintf("own/%d-%d", round-1, i), nil))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	fill(1)
	both[1].follows()
	fill(2)
	for cut := range 8 {
		left := cut
		err := both[1].Use(func(db *store.DB) error {
			return db.ReadFiles(t.Context(), func(files *store.Files) error {
				k := both[1].known()
				wanted, err := both[1].wanted(files, &k)
				for _, x := range wanted {
					if left--; left < 0 {
						break
					}
					err = errors.Join(err, both[1].take(files, x, &k))
				}
				return err
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		head, err := os.ReadFile(both[1].path("own/head"))
		if err != nil {
			t.Fatal(err)
		}
		for i := range 3 {
			if name := fmt.Sprintf("own/%s-%d", head, i); both[1].sum(name) == "" {
				t.Errorf("cut off after %d: %s is not there", cut, name)
			}
		}
	}
	both[1].follows()
	both[1].has("own/head", "2")
	if left := both[1].matching([]string{"own/1-*"}); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// TestNamesLeadNowhereElse has a store hold names that no folder asked for.
func TestNamesLeadNowhereElse(t *testing.T) {
	m := machines(t)[0]
	err := m.Change(t.Context(), func(put Put) error {
		return errors.Join(put("own/a", []byte("x")), put("own/../../out", []byte("x")), put("zujian.toml", []byte("x")))
	})
	if err != nil {
		t.Fatal(err)
	}
	m.has("own/a", "x")
	for _, name := range []string{"own/../../out", "zujian.toml"} {
		if m.sum(name) != "" {
			t.Errorf("%s was written", name)
		}
	}
}
