package catalogue

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"zujian/knowledge"
	"zujian/knowledge/parse"
)

var today = time.Date(2026, 5, 6, 7, 8, 9, 0, time.UTC)

func write(t testing.TB, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func noticeOf(n int) string {
	return fmt.Sprintf("关于第%d项工作的通知\n东妇〔2024〕%d号\n各镇街妇联：\n一、要做好第%d项工作。\n二、每月%d日前报送。\n东河市妇女联合会\n2024年3月%d日\n", n, n, n, n%28+1, n%28+1)
}

func add(t *testing.T, c *Catalogue, g Given, paths ...string) []Outcome {
	t.Helper()
	out, err := c.Add(paths, g, today, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAddHeldAndRefused(t *testing.T) {
	both(t, func(t *testing.T, dir string, c *Catalogue) {
		first := write(t, dir, "a.txt", noticeOf(1))
		secret := write(t, dir, "b.txt", "机密★3年\n某通知\n一、内容。")
		again := write(t, dir, "c.md", "# 关于第1项工作的通知\n\n东妇〔2024〕1号\n\n各镇街妇联：\n\n一、要做好第1项工作。\n\n二、每月2日前报送。\n\n东河市妇女联合会\n\n2024年3月2日\n")
		out := add(t, c, Given{By: "组织科"}, first, secret, filepath.Join(dir, "none.txt"))
		if out[0].Status != Added || out[1].Status != Refused || out[2].Status != Refused || !strings.Contains(out[1].Say, "密级") || !strings.Contains(out[2].Say, "没有找到") {
			t.Fatalf("%+v", out)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, "catalogue", "[^p]*", "*")); len(left) != 2 { // nothing is left of what was refused
			t.Errorf("kept %v: the text and the file of one document were expected", left)
		}
		if out := add(t, c, Given{}, first, again); out[0].Status != Held || out[1].Status != Held || !strings.Contains(out[1].Say, "正文") {
			t.Errorf("%+v", out)
		}
		s, err := c.Read()
		if err != nil || len(s.Entries) != 1 {
			t.Fatalf("%+v %v", s, err)
		}
		e := s.Entries[0]
		if e.Number != "东妇〔2024〕1号" || e.Issued != "2024-03-02" || e.Issuer != "东河市妇女联合会" || e.AddedBy != "组织科" || !e.AddedAt.Equal(today) {
			t.Errorf("%+v", e)
		}
		docs, lost := c.Documents(s)
		if len(docs) != 1 || len(lost) != 0 || docs[0].Clauses[0].Text != "要做好第1项工作。" {
			t.Errorf("%v %v", docs, lost)
		}
	})
}

func TestReplaceRetireRestoreUndo(t *testing.T) {
	both(t, func(t *testing.T, dir string, c *Catalogue) {
		old := add(t, c, Given{}, write(t, dir, "old.txt", "妇联工作办法\n第一条　每年开会一次。\n2020年1月1日\n"))[0]
		fresh := add(t, c, Given{}, write(t, dir, "new.txt", "妇联工作办法（修订）\n第一条　每年开会两次。\n第二条　本办法自2025年7月1日起施行。\n2025年6月1日\n"))[0]
		if !slices.Equal(fresh.Instead, []string{old.ID}) {
			t.Fatalf("seems to replace %v", fresh.Instead)
		}
		change := func(f func(*State) error) error { return c.Change("改", today, f) }
		if err := change(func(s *State) error { return s.Replace(fresh.ID, old.ID, today) }); err != nil {
			t.Fatal(err)
		}
		s, _ := c.Read()
		if e := s.Entry(old.ID); e.Validity != knowledge.Superseded || e.Ended != "2025-07-01" || e.ReplacedBy != fresh.ID {
			t.Errorf("%+v", e)
		}
		if err := change(func(s *State) error { return s.Replace(old.ID, fresh.ID, today) }); err == nil {
			t.Error("two documents may replace each other")
		}
		if err := change(func(s *State) error { return s.Retire(fresh.ID, "2026-01-01") }); err != nil {
			t.Fatal(err)
		}
		if err := change(func(s *State) error { return s.Retire(fresh.ID, "2026-01-01") }); err == nil {
			t.Error("retired twice, so that undo takes nothing back")
		}
		if did, err := c.Undo(today); did != "改" || err != nil {
			t.Errorf("%q %v", did, err)
		}
		s, _ = c.Read()
		if s.Entry(fresh.ID).Validity != knowledge.InForce || s.Entry(old.ID).Validity != knowledge.Superseded {
			t.Error("undo took back more or less than the last change")
		}
		if err := change(func(s *State) error { return s.Restore(old.ID) }); err != nil {
			t.Fatal(err)
		}
		if s, _ = c.Read(); s.Entry(old.ID).Validity != knowledge.InForce || s.Entry(old.ID).ReplacedBy != "" {
			t.Errorf("%+v", s.Entry(old.ID))
		}
	})
}

// TestFailureChangesNothing has a change fail at its end.
func TestFailureChangesNothing(t *testing.T) {
	both(t, func(t *testing.T, dir string, c *Catalogue) {
		add(t, c, Given{}, write(t, dir, "a.txt", noticeOf(1)))
		before, err := os.ReadFile(c.path())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Add([]string{write(t, dir, "b.txt", noticeOf(2))}, Given{Replaces: []string{"nobody"}, By: "x"}, today, nil); err == nil {
			t.Fatal("a document replaces one that is not there")
		}
		if err := c.Change("改", today, func(s *State) error { s.Entries = nil; return errors.New("no") }); err == nil {
			t.Fatal("the failure was lost")
		}
		after, err := os.ReadFile(c.path())
		if err != nil || string(after) != string(before) {
			t.Errorf("the catalogue is now %s, %v", after, err)
		}
		if err := errors.Join(os.WriteFile(c.path(), []byte("{"), 0o600), os.WriteFile(c.past(1), []byte("{"), 0o600)); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Read(); err == nil || !strings.Contains(err.Error(), "备份") {
			t.Errorf("a damaged catalogue gave %v", err)
		}
	})
}

func TestDiff(t *testing.T) {
	read := func(text string) *knowledge.Document {
		d, err := parse.Parse("a.txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	got := Diff(read("办法\n第一条　甲。\n第二条　乙。\n第三条　丙。\n"), read("办法\n第一条　甲。\n第二条　乙二。\n第三条　丙。\n第四条　丁。\n"))
	if len(got) != 2 || got[0].Old.Quote != "乙。" || got[0].New.Quote != "乙二。" || got[1].Old.Quote != "" || got[1].New.Locator != "第四条第1句" {
		t.Errorf("%+v", got)
	}
}

// TestKilled kills a program while it adds, a hundred times and each time
// elsewhere. After it the catalogue reads, has every text, and holds what was
// added together, all or none.
func TestKilled(t *testing.T) {
	if dir := os.Getenv("CATALOGUE_KILLED"); dir != "" {
		addForever(dir)
		return
	}
	t.Parallel()
	dir := t.TempDir()
	c := In(filepath.Join(dir, "catalogue"))
	random := rand.New(rand.NewPCG(1, 2))
	most := 0
	for round := range 100 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilled$")
		cmd.Env = append(os.Environ(), "CATALOGUE_KILLED="+dir, fmt.Sprintf("CATALOGUE_ROUND=%d", round))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for range 1 + random.IntN(14) {
			if !lines.Scan() {
				break
			}
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		s, err := c.Read()
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		docs, lost := c.Documents(s)
		if len(lost) > 0 || len(docs)%together != 0 {
			t.Fatalf("round %d: %d documents, %d texts lost", round, len(docs), len(lost))
		}
		most = max(most, len(docs))
	}
	if most < 5*together {
		t.Errorf("only %d documents were ever held: the kills came too early to show anything", most)
	}
	t.Logf("100 kills, %d documents at the end", most)
}

// together is how many files are added in one change.
const together = 5

func addForever(dir string) {
	c := In(filepath.Join(dir, "catalogue"))
	base := 0
	fmt.Sscan(os.Getenv("CATALOGUE_ROUND"), &base)
	for n := base * 1000; ; n += together {
		var paths []string
		for i := range together {
			path := filepath.Join(dir, fmt.Sprintf("%d.txt", n+i))
			if err := os.WriteFile(path, []byte(noticeOf(n+i)), 0o600); err != nil {
				panic(err)
			}
			paths = append(paths, path)
		}
		if _, err := c.Add(paths, Given{}, today, func(done, _ int) { fmt.Println(done) }); err != nil {
			fmt.Println(err)
		}
		fmt.Println("added")
	}
}
