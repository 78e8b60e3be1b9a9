package index

import (
	"context"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

func memory(t testing.TB, passages []Passage) *searcher {
	t.Helper()
	x, err := OpenMemory(func() iter.Seq[Passage] { return slices.Values(passages) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeIndex(t, x) })
	return searching(t, x, passages)
}

func searching(t testing.TB, x *Index, passages []Passage) *searcher {
	t.Helper()
	r, err := newSearcher(context.Background(), x, passages)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func search(t testing.TB, x *searcher, question string, size int) []string {
	t.Helper()
	ids, err := x.idsFor(context.Background(), question, size)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestSearch(t *testing.T) {
	x := memory(t, written)
	for _, c := range []struct {
		name, question string
		size           int
		want           []string
	}{
		{"all", "渡船满员上客", 10, []string{"b1", "b2"}},
		{"size", "渡船满员上客", 1, []string{"b1"}},
		{"nothing to search", "？！", 10, []string{}},
		{"nothing shared", "xylophone", 10, []string{}},
		{"only asking", "什么", 10, []string{}},
	} {
		got := search(t, x, c.question, c.size)
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: found %v, want %v", c.name, got, c.want)
		}
	}
}

func TestEmptyIndex(t *testing.T) {
	if got := search(t, memory(t, nil), "灯塔", 10); len(got) > 0 {
		t.Errorf("found %v in nothing", got)
	}
}

func TestHostileQueries(t *testing.T) {
	x := memory(t, written)
	for _, s := range []string{
		"", "\x00", "\xff\xfe", "\u202e灯塔", strings.Repeat("灯塔夜间", 30000), strings.Repeat(" ", 100000), "👍", "'; DROP TABLE x; --",
		"<script>alert(1)</script>", "\ud7ff\uffff", "𠮷", strings.Repeat("a", 100000),
	} {
		if _, err := x.search(context.Background(), s, 10); err != nil {
			t.Errorf("%.20q: %v", s, err)
		}
	}
}

// TestStanding: of two passages just as near, the law's comes first, unless
// the question names the place of the others.
func TestStanding(t *testing.T) {
	text := "用人单位不得因结婚降低女职工的工资。"
	x := memory(t, []Passage{
		{ID: "local", Title: "东海市妇女保障条例", Text: text},
		{ID: "law", Title: "妇女保障法", Text: text},
		{ID: "other", Title: "渔船登记规则", Text: "渔船应当登记。"},
	})
	for q, want := range map[string]string{"结婚后能不能降工资": "law", "东海市结婚后能不能降工资": "local"} {
		if got := search(t, x, q, 10); len(got) == 0 || got[0] != want {
			t.Errorf("%s: found %v, want %s first", q, got, want)
		}
	}
	for title, want := range map[string]bool{
		"中华人民共和国民法典": false, "妇女权益保障法": false, "在推进会上的讲话": false, "关于组建工作的通知": false, "": false,
		"物业管理条例": true, "征兵工作办法": true, "刑事诉讼规则（试行）": true, "关于适用公司法若干问题的规定（三）": true, "劳动法实施细则": true,
	} {
		if got := subordinate(title); got != want {
			t.Errorf("%s ranks below a law: %v, want %v", title, got, want)
		}
	}
}

// TestNeighbours: what a passage goes on about was named in the one before, of
// the same document only.
func TestNeighbours(t *testing.T) {
	beside := []Passage{
		{ID: "1", Title: "甲", Text: "青石桥建于清代，跨度很大。"},
		{ID: "2", Title: "甲", Text: "桥身长约四十米，宽三米。"},
		{ID: "3", Title: "乙", Text: "木船长约四十米，宽三米。"},
		{ID: "4", Title: "丙", Text: "石料来自后山。"},
	}
	x := memory(t, beside)
	got := search(t, x, "青石的身长约多少", 10)
	if i, k := slices.Index(got, "2"), slices.Index(got, "3"); i < 0 || k >= 0 && k < i {
		t.Errorf("found %v, want 2 before 3", got)
	}
	for i := range beside {
		p, err := x.x.snapshot.read(uint64(i))
		if err != nil {
			t.Fatal(err)
		}
		n, ok := x.near.of(uint32(i), behind)
		if ok != (p.ID == "1") {
			t.Errorf("behind %s stands %d (%v)", p.ID, n, ok)
		}
	}
}

func TestConcurrentSearch(t *testing.T) {
	x := memory(t, written)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				hits, err := x.search(context.Background(), "大雾时多久鸣笛", 10)
				if err != nil || len(hits) == 0 || hits[0].ID != "a2" {
					t.Errorf("found %v (%v)", hits, err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestSampleFloor judges passages and questions written for this test. One of
// them, 一次能借几本书, shares no two neighbouring characters with its answer
// and is known to be missed.
func TestSampleFloor(t *testing.T) {
	sample := filepath.Join("testdata", "sample")
	r, err := Judge(context.Background(), filepath.Join(sample, "passages.jsonl"), filepath.Join(sample, "queries.jsonl"),
		JudgeOptions{Plain: true, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d questions: hit@1 %.3f, MRR %.3f; plain cjk %.3f, %.3f", r.N, r.Hit1, r.MRR10, r.Plain.Hit1, r.Plain.MRR10)
	if r.Hit1 < 0.9 || r.Hit5 < 0.95 {
		t.Errorf("hit@1 %.3f, hit@5 %.3f", r.Hit1, r.Hit5)
	}
	if r.MRR10 < r.Plain.MRR10 {
		t.Errorf("MRR %.3f, plain cjk %.3f", r.MRR10, r.Plain.MRR10)
	}
}

// shared is where the judged sets lie that do not come with the project.
func shared(t testing.TB, set string) (passages, queries string) {
	t.Helper()
	dir := filepath.Join("..", "..", "shared", "corpus", set)
	passages, queries = filepath.Join(dir, "passages.jsonl.gz"), filepath.Join(dir, "queries.jsonl")
	if _, err := os.Stat(passages); err != nil {
		t.Skipf("the judged set %s is not here: %v", set, err)
	}
	return passages, queries
}

// TestReadingFloor holds the figures of the README, less twice the standard
// error of 300 questions.
func TestReadingFloor(t *testing.T) {
	if testing.Short() {
		t.Skip("indexes 4,919 passages")
	}
	passages, queries := shared(t, "reading")
	r, err := Judge(context.Background(), passages, queries, JudgeOptions{Limit: 300, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d questions: hit@1 %.3f, hit@10 %.3f, MRR %.3f", r.N, r.Hit1, r.Hit10, r.MRR10)
	if r.Hit1 < 0.76 || r.Hit10 < 0.95 {
		t.Errorf("hit@1 %.3f, hit@10 %.3f", r.Hit1, r.Hit10)
	}
}
