package index

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// JudgeOptions say how to judge.
type JudgeOptions struct {
	Plain    bool                            // also judge bleve's own cjk analysis, in the same run
	Limit    int                             // only the first so many questions; 0 is all
	Dir      string                          // where the indexes are made and removed again; empty is the system's place
	By       Embedder                        // also judge what its vectors find, alone and joined with words; nil: not
	Progress func(step string, done, of int) // called as the work goes on; nil is not
}

// Report is how well and how fast a set of questions was answered by search.
type Report struct {
	Set       string   `json:"set"`
	N         int      `json:"n"`
	Hit1      float64  `json:"hit1"`     // share of questions with a gold passage first
	Hit5      float64  `json:"hit5"`     // within the first five
	Hit10     float64  `json:"hit10"`    // within the first ten
	MRR10     float64  `json:"mrr10"`    // mean of 1/rank of the first gold passage within ten
	Recall10  float64  `json:"recall10"` // mean share of gold groups found within ten
	P50       float64  `json:"p50_ms"`   // of a search, one at a time
	P99       float64  `json:"p99_ms"`
	IndexPerS float64  `json:"index_per_s"` // passages a second, every batch safe on disk
	IndexMB   float64  `json:"index_mb"`
	OpenMS    float64  `json:"open_ms,omitempty"`
	Halves    []Report `json:"halves,omitempty"` // the 1st, 3rd, 5th … question, on which weights were tuned, and the others
	Plain     *Report  `json:"plain,omitempty"`
	Meanings  []Report `json:"meanings,omitempty"` // by vectors alone, and by words and vectors together
	VectorsMB float64  `json:"vectors_mb,omitempty"`
}

// Judge indexes a file of passages, asks every question of a file and
// compares with what the file says is right. Both files hold a JSON object a
// line and may be compressed with gzip: passages id, title, sec, art, text;
// questions q and gold, a list of groups of ids, where any passage of a group
// finds the group. Errors are in Chinese and name file and line.
func Judge(ctx context.Context, passagesFile, queriesFile string, o JudgeOptions) (Report, error) {
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
	set, err := readJudged(passagesFile, queriesFile)
	if err != nil {
		return Report{}, err
	}
	if o.Limit > 0 && len(set.questions) > o.Limit {
		set.questions = set.questions[:o.Limit]
	}
	dir, err := os.MkdirTemp(o.Dir, "zujian-judge-")
	if err != nil {
		return Report{}, fmt.Errorf("检索评测没有地方放索引：%w", err)
	}
	defer os.RemoveAll(dir)
	r, err := set.judgeOwn(ctx, dir, o)
	if err == nil && o.By != nil {
		r.Meanings, err = set.judgeMeanings(ctx, dir, o)
	}
	if err != nil || !o.Plain {
		return r, err
	}
	plain, err := set.judgePlain(ctx, dir, o)
	r.Plain = &plain
	return r, err
}

func (set *judged) judgeOwn(ctx context.Context, dir string, o JudgeOptions) (Report, error) {
	home := filepath.Join(dir, "own")
	began := time.Now()
	x, err := openWith(ctx, home, set.name, set.source, func(done int) {
		o.Progress("建立索引", done, len(set.passages))
	})
	if err != nil {
		return Report{}, err
	}
	built := time.Since(began)
	if err := x.Close(); err != nil {
		return Report{}, err
	}
	began = time.Now()
	if x, err = Open(ctx, home, set.name, set.source); err != nil {
		return Report{}, err
	}
	defer x.Close()
	opened := time.Since(began)
	search, err := newSearcher(ctx, x, set.passages)
	if err != nil {
		return Report{}, err
	}
	r, err := set.ask(ctx, "提问", o, func(q string) ([]string, error) { return search.idsFor(ctx, q, 10) })
	r.OpenMS = ms(opened)
	r.IndexPerS = float64(len(set.passages)) / built.Seconds()
	r.IndexMB = megabytes(home)
	return r, err
}

// idsFor gives the ids of the passages that search finds.
func (r *searcher) idsFor(ctx context.Context, question string, size int) ([]string, error) {
	found, err := r.search(ctx, question, size)
	ids := make([]string, len(found))
	for i, p := range found {
		ids[i] = p.ID
	}
	return ids, err
}

func (set *judged) source() iter.Seq[Passage] { return slices.Values(set.passages) }

// ask puts every question to search and adds up.
func (set *judged) ask(ctx context.Context, step string, o JudgeOptions, search func(string) ([]string, error)) (Report, error) {
	all, halves := new(tally), []*tally{new(tally), new(tally)}
	for i, q := range set.questions {
		if err := ctx.Err(); err != nil {
			return Report{}, err
		}
		began := time.Now()
		ids, err := search(q.Text)
		if err != nil {
			return Report{}, fmt.Errorf("检索评测第%d问：%w", i+1, err)
		}
		took := time.Since(began)
		all.add(q, ids, took)
		halves[i%2].add(q, ids, took)
		o.Progress(step, i+1, len(set.questions))
	}
	r := all.report(set.name)
	for i, h := range halves {
		r.Halves = append(r.Halves, h.report(fmt.Sprintf("%s/%d", set.name, i+1)))
	}
	return r, nil
}

// tally adds up the outcomes of questions.
type tally struct {
	r    Report
	took []time.Duration
}

func (t *tally) add(q judgedQuestion, ids []string, took time.Duration) {
	t.took = append(t.took, took)
	t.r.N++
	ids = ids[:min(10, len(ids))]
	first, found := 0, 0
	for _, group := range q.Gold {
		rank := slices.IndexFunc(ids, func(id string) bool { return slices.Contains(group, id) }) + 1
		if rank == 0 {
			continue
		}
		found++
		if first == 0 || rank < first {
			first = rank
		}
	}
	t.r.Recall10 += float64(found) / float64(len(q.Gold))
	if first == 0 {
		return
	}
	t.r.MRR10 += 1 / float64(first)
	t.r.Hit10++
	if first <= 5 {
		t.r.Hit5++
	}
	if first == 1 {
		t.r.Hit1++
	}
}

func (t *tally) report(set string) Report {
	r := t.r
	r.Set = set
	if r.N == 0 {
		return r
	}
	for _, f := range []*float64{&r.Hit1, &r.Hit5, &r.Hit10, &r.MRR10, &r.Recall10} {
		*f /= float64(r.N)
	}
	slices.Sort(t.took)
	r.P50, r.P99 = ms(t.took[len(t.took)/2]), ms(t.took[(len(t.took)*99)/100])
	return r
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// megabytes is the size of all files below a folder, as far as it can be read.
func megabytes(dir string) float64 {
	n := int64(0)
	_ = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	return float64(n) / (1 << 20)
}

// setName is what a set is called after: the folder of its passages.
func setName(passagesFile string) string {
	abs, err := filepath.Abs(passagesFile)
	if err != nil {
		return passagesFile
	}
	return strings.TrimSpace(filepath.Base(filepath.Dir(abs)))
}
