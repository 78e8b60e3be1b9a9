package catalogue

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"zujian/bot/store"
	"zujian/bot/store/cluster"
	"zujian/bot/store/mirror"
	"zujian/knowledge"
	"zujian/knowledge/text"
)

// kept gives what of a folder is shared, each file with its sum.
func kept(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"words.yaml", "catalogue/catalogue.json", "catalogue/past/*", "catalogue/texts/*", "catalogue/originals/*"} {
		paths, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if strings.HasPrefix(filepath.Base(path), text.Aside) {
				continue // it was being written by a program that was killed
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name, _ := filepath.Rel(dir, path)
			all = append(all, name+" "+hashOf(data))
		}
	}
	return all
}

// alike fails where two folders do not hold the same; least is how many files that
// must be.
func alike(t *testing.T, one, two string, least int) {
	t.Helper()
	a, b := kept(t, one), kept(t, two)
	if slices.Equal(a, b) && len(a) >= least {
		return
	}
	in := func(all []string) func(string) bool {
		return func(line string) bool { return slices.Contains(all, line) }
	}
	t.Errorf("%d files here, %d there; only here: %v; only there: %v", len(a), len(b), slices.DeleteFunc(slices.Clone(a), in(b)), slices.DeleteFunc(slices.Clone(b), in(a)))
}

func caughtUp(t *testing.T, all ...*mirror.Folder) {
	t.Helper()
	for _, f := range all {
		if err := f.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// machines gives two machines of one office.
func machines(t *testing.T) (dirs [2]string, all [2]*Catalogue, copies [2]*mirror.Folder) {
	t.Helper()
	url, office := postgres(t)
	for i := range all {
		dirs[i] = t.TempDir()
		all[i], copies[i] = machine(t, dirs[i], url, office)
	}
	return dirs, all, copies
}

// TestMachinesFollowEachOther has one machine begin with an empty folder, change
// what the other added, be away for longer than earlier catalogues are kept, and
// take back what the other did.
func TestMachinesFollowEachOther(t *testing.T) {
	dirs, c, copies := machines(t)
	id := add(t, c[0], Given{}, write(t, dirs[0], "a.txt", noticeOf(1)), write(t, dirs[0], "b.txt", noticeOf(2)))[0].ID
	caughtUp(t, copies[1])
	alike(t, dirs[0], dirs[1], 6)
	if err := c[1].Change("废止", today, func(s *State) error { return s.Retire(id, "2026-05-01") }); err != nil {
		t.Fatal(err)
	}
	if did, err := c[0].Undo(today); did != "废止" || err != nil {
		t.Errorf("took back %q, %v", did, err)
	}
	for n := range mostPast + 15 {
		if n%2 == 0 {
			add(t, c[0], Given{}, write(t, dirs[0], "c.txt", noticeOf(100+n)))
		} else if _, err := c[0].Undo(today); err != nil {
			t.Fatal(err)
		}
	}
	caughtUp(t, copies[1])
	alike(t, dirs[0], dirs[1], mostPast)
	s, err := c[1].Read()
	if err != nil || s.Version != 3+mostPast+15 || s.Entry(id).Validity != knowledge.InForce {
		t.Errorf("version %d, %+v, %v", s.Version, s.Entry(id), err)
	}
}

// TestTwoMachinesAddAtOnce loses nothing and counts every change.
func TestTwoMachinesAddAtOnce(t *testing.T) {
	dirs, c, copies := machines(t)
	const each = 12
	var both sync.WaitGroup
	for i := range c {
		both.Go(func() {
			for n := range each {
				path := write(t, dirs[i], "a.txt", noticeOf(1000*i+n))
				if out, err := c[i].Add([]string{path}, Given{}, today, nil); err != nil || out[0].Status != Added {
					t.Errorf("%+v %v", out, err)
				}
			}
		})
	}
	both.Wait()
	caughtUp(t, copies[:]...)
	alike(t, dirs[0], dirs[1], 4*each)
	s, err := c[0].Read()
	if err != nil || len(s.Entries) != 2*each || s.Version != 2*each {
		t.Errorf("%d documents in %d changes, %v", len(s.Entries), s.Version, err)
	}
	if docs, lost := c[1].Documents(s); len(docs) != 2*each || len(lost) > 0 {
		t.Errorf("%d documents, lost %v", len(docs), lost)
	}
}

// TestWatchedFoldersStayApart has a file be laid on one machine: the other, which
// has none, retires nothing, and follows when it is taken away there.
func TestWatchedFoldersStayApart(t *testing.T) {
	dirs, c, copies := machines(t)
	var w [2]*watched
	for i := range w {
		w[i] = &watched{t, c[i], filepath.Join(dirs[i], "documents"), today}
		if err := os.Mkdir(w[i].folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	w[0].put("a.txt", noticeOf(1))
	w[1].put("b.txt", noticeOf(2))
	w[0].settled()
	w[1].settled()
	for range 3 {
		w[1].look(time.Minute)
		w[0].look(time.Minute)
	}
	caughtUp(t, copies[:]...)
	if len(w[0].inForce()) != 2 || len(w[1].inForce()) != 2 {
		t.Errorf("one holds %v, the other %v", w[0].inForce(), w[1].inForce())
	}
	if err := os.Remove(filepath.Join(w[0].folder, "a.txt")); err != nil {
		t.Fatal(err)
	}
	w[0].settled()
	caughtUp(t, copies[1])
	if got := w[1].inForce(); len(got) != 1 {
		t.Errorf("taken away on the other machine, here hold %v", got)
	}
}

// TestPostgresIsAway refuses a change while PostgreSQL is away and leaves nothing
// of it; what is there can be read all the time.
func TestPostgresIsAway(t *testing.T) {
	server := cluster.For(t)
	dir := t.TempDir()
	c, f := machine(t, dir, server.URL("zujian"), "东镇")
	add(t, c, Given{}, write(t, dir, "a.txt", noticeOf(1)))
	before := kept(t, dir)
	server.Down()
	if _, err := c.Add([]string{write(t, dir, "b.txt", noticeOf(2))}, Given{}, today, nil); !store.Unwritable(err) {
		t.Errorf("added: %v", err)
	}
	if err := c.Change("改", today, func(s *State) error { return s.Retire(s.Entries[0].ID, "2026-01-01") }); !store.Unwritable(err) {
		t.Errorf("changed: %v", err)
	}
	if after := kept(t, dir); !slices.Equal(before, after) {
		t.Errorf("half of it was taken: %v", after)
	}
	if err := server.Up(); err != nil {
		t.Fatal(err)
	}
	for late := time.Now().Add(time.Minute); f.CatchUp(t.Context()) != nil; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatal("PostgreSQL does not come back")
		}
	}
	add(t, c, Given{}, filepath.Join(dir, "b.txt"))
	if s, err := c.Read(); err != nil || len(s.Entries) != 2 {
		t.Errorf("%+v %v", s, err)
	}
}

// TestMachinesAreKilled kills one of two programs again and again while both add to
// one office. What one said to be added is there, all of what was added together or
// nothing, and both folders hold the same.
func TestMachinesAreKilled(t *testing.T) {
	if where := os.Getenv("CATALOGUE_MACHINE"); where != "" {
		addOnMachine(where)
		return
	}
	kills := 8
	if os.Getenv("ZUJIAN_LONG") != "" {
		kills = 100
	}
	url, office := postgres(t)
	dirs := [2]string{t.TempDir(), t.TempDir()}
	var programs [2]*adding
	for i := range programs {
		programs[i] = startAdding(t, dirs[i], url, office, i)
	}
	var said []string
	for round := range kills {
		p := programs[round%2]
		said = append(said, p.killedAfter(rand.IntN(12))...)
		programs[round%2] = startAdding(t, dirs[round%2], url, office, 2+round)
	}
	for _, p := range programs {
		said = append(said, p.killedAfter(1)...)
	}
	c, f := machine(t, dirs[0], url, office)
	_, g := machine(t, dirs[1], url, office)
	caughtUp(t, f, g)
	s, err := c.Read()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []*mirror.Folder{f, g} { // removes what of a killed change nothing speaks of
		if err := f.FetchAgain(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	alike(t, dirs[0], dirs[1], 10)
	docs, lost := c.Documents(s)
	if len(lost) > 0 || len(docs)%together != 0 || s.Version != len(docs)/together {
		t.Errorf("%d documents in %d changes, %d texts lost", len(docs), s.Version, len(lost))
	}
	for _, id := range said {
		if s.Entry(id) == nil {
			t.Errorf("%s was said to be added and is not there", id)
		}
	}
	if len(said) < kills {
		t.Errorf("only %d were said to be added: the kills came too early to show anything", len(said))
	}
	t.Logf("%d kills, %d documents, %d of them said to be added", kills, len(docs), len(said))
}

// adding is a program that adds.
type adding struct {
	cmd   *exec.Cmd
	lines *bufio.Scanner
}

func startAdding(t *testing.T, dir, url, office string, base int) *adding {
	t.Helper()
	p := &adding{cmd: exec.Command(os.Args[0], "-test.run=^TestMachinesAreKilled$")}
	p.cmd.Env = append(os.Environ(), "CATALOGUE_MACHINE="+strings.Join([]string{dir, url, office, fmt.Sprint(base)}, "\n"))
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	p.lines = bufio.NewScanner(out)
	return p
}

// killedAfter kills it after it said so many things more, and gives what it said to
// be added.
func (p *adding) killedAfter(more int) (ids []string) {
	hear := func() bool {
		if !p.lines.Scan() {
			return false
		}
		if id, added := strings.CutPrefix(p.lines.Text(), "added "); added {
			ids = append(ids, id)
		}
		return true
	}
	for range 1 + more {
		hear()
	}
	_ = p.cmd.Process.Kill()
	for hear() {
	}
	_ = p.cmd.Wait() // killed: the status says no more
	return ids
}

func addOnMachine(where string) {
	at := strings.Split(where, "\n")
	dir, base := at[0], 0
	fmt.Sscan(at[3], &base)
	c, _, _, err := workingCopy(dir, at[1], at[2])
	if err != nil {
		panic(err)
	}
	for n := base * 1000; ; n += together {
		var paths []string
		for i := range together {
			path := filepath.Join(dir, fmt.Sprintf("%d.txt", n+i))
			if err := os.WriteFile(path, []byte(noticeOf(n+i)), 0o600); err != nil {
				panic(err)
			}
			paths = append(paths, path)
		}
		out, err := c.Add(paths, Given{}, today, func(done, _ int) { fmt.Println("read", done) })
		if err != nil {
			fmt.Println("failed", err)
			continue
		}
		for _, o := range out {
			fmt.Println("added", o.ID)
		}
	}
}

// TestFolderComesToPostgres has an office that was in its folder alone come to
// PostgreSQL by its first machine; another, which had other documents, leaves them
// aside and says so.
func TestFolderComesToPostgres(t *testing.T) {
	url, office := postgres(t)
	dirs := [2]string{t.TempDir(), t.TempDir()}
	for i, dir := range dirs {
		w := &watched{t, In(filepath.Join(dir, "catalogue")), filepath.Join(dir, "documents"), today}
		if err := os.Mkdir(w.folder, 0o700); err != nil {
			t.Fatal(err)
		}
		w.put("a.txt", noticeOf(i))
		w.settled()
		write(t, dir, "words.yaml", fmt.Sprint("# ", i))
	}
	c, f := machine(t, dirs[0], url, office)
	before, err := c.Read()
	if err != nil {
		t.Fatal(err)
	}
	caughtUp(t, f)
	s, err := c.Read()
	if err != nil || len(s.Entries) != 1 || len(s.Folder) != 1 {
		t.Errorf("%+v after %+v, %v", s, before, err)
	}
	var told []string
	other, g := machine(t, dirs[1], url, office)
	g.Say = func(text string) { told = append(told, text) }
	caughtUp(t, g)
	alike(t, dirs[0], dirs[1], 5)
	if left, _ := filepath.Glob(filepath.Join(dirs[1], "*.own-*")); len(left) != 2 || len(told) != 2 {
		t.Errorf("left aside %v, told %v", left, told)
	}
	if s, err := other.Read(); err != nil || len(s.Entries) != 1 || s.Entries[0].ID != before.Entries[0].ID {
		t.Errorf("%+v %v", s, err)
	}
	w := &watched{t, other, filepath.Join(dirs[1], "documents"), today.Add(time.Hour)}
	w.settled()
	if len(w.inForce()) != 2 {
		t.Errorf("what lies in its folder is not taken in: %v", w.inForce())
	}
}

// TestDamagedCopyIsFetchedAgain damages every shared file of a folder in every way.
func TestDamagedCopyIsFetchedAgain(t *testing.T) {
	dirs, c, copies := machines(t)
	add(t, c[0], Given{}, write(t, dirs[0], "a.txt", noticeOf(1)))
	caughtUp(t, copies[1])
	copies[1].Say = func(string) {}
	for how, damage := range damages {
		for _, line := range kept(t, dirs[1]) {
			name, _, _ := strings.Cut(line, " ")
			path := filepath.Join(dirs[1], name)
			data, err := os.ReadFile(path)
			if err = errors.Join(err, damage(path, data)); err != nil {
				t.Fatal(err)
			}
			if err := copies[1].FetchAgain(context.Background()); err != nil {
				t.Fatalf("%s %s: %v", name, how, err)
			}
			if after, err := os.ReadFile(path); err != nil || string(after) != string(data) {
				t.Errorf("%s %s: it is not there again: %v", name, how, err)
			}
		}
	}
	alike(t, dirs[0], dirs[1], 4)
}
