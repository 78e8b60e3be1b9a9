package index

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/blevesearch/bleve/v2"
)

// benchSet is the judged statutes where they are, and passages made of common
// words where not.
func benchSet(b *testing.B) *judged {
	b.Helper()
	if set := benchShared(b); set != nil {
		return set
	}
	set := &judged{name: "made"}
	words := []rune(words2)
	for i := range 5000 {
		text := ""
		for k := range 60 {
			at := (i*7919 + k*k*104729) % (len(words)/2 - 1)
			text += string(words[2*at:2*at+2]) + []string{"", "，", "的"}[(i+k)%3]
		}
		set.passages = append(set.passages, Passage{ID: fmt.Sprint(i), Title: fmt.Sprintf("第%d号", i/50), Text: text})
		if i%10 == 0 {
			set.questions = append(set.questions, judgedQuestion{Text: string([]rune(text)[10:25]) + "怎么办"})
		}
	}
	return set
}

func benchShared(b *testing.B) *judged {
	dir := "../../shared/corpus/statutes/"
	set, err := readJudged(dir+"passages.jsonl.gz", dir+"queries.jsonl")
	if err != nil {
		return nil
	}
	return set
}

func BenchmarkOpen(b *testing.B) {
	set, dir := benchSet(b), b.TempDir()
	closeIndex(b, open(b, dir, set.name, set.source))
	for b.Loop() {
		closeIndex(b, open(b, dir, set.name, set.source))
	}
}

func BenchmarkBuild(b *testing.B) {
	set := benchSet(b)
	for b.Loop() {
		closeIndex(b, open(b, b.TempDir(), set.name, set.source))
	}
	b.ReportMetric(float64(len(set.passages)*b.N)/b.Elapsed().Seconds(), "passages/s")
}

func BenchmarkSearch(b *testing.B) {
	set := benchSet(b)
	x := open(b, b.TempDir(), set.name, set.source)
	defer closeIndex(b, x)
	r := searching(b, x, set.passages)
	n := 0
	for b.Loop() {
		if _, err := r.search(context.Background(), set.questions[n%len(set.questions)].Text, 10); err != nil {
			b.Fatal(err)
		}
		n++
	}
}

// BenchmarkSearchPlain is the peer: bleve's own cjk analysis and scoring over
// the same passages.
func BenchmarkSearchPlain(b *testing.B) {
	set := benchSet(b)
	x, err := set.openPlain(context.Background(), b.TempDir()+"/plain", JudgeOptions{Progress: func(string, int, int) {}})
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	n := 0
	for b.Loop() {
		q := bleve.NewMatchQuery(set.questions[n%len(set.questions)].Text)
		if _, err := x.Search(bleve.NewSearchRequest(q)); err != nil {
			b.Fatal(err)
		}
		n++
	}
}

func BenchmarkNormalise(b *testing.B) {
	text := written[0].Text + written[1].Text + "（一）ＡＢＣ，婦聯的明細帐。"
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Normalise(text)
	}
}

func BenchmarkRewrite(b *testing.B) {
	w := load(b)
	w.Rewrite("fulian")
	texts := slices.Values([]string{"付联怎么组件", "律所在园区里，归谁管？", "fulian zenme jian"})
	for b.Loop() {
		for s := range texts {
			w.Rewrite(s)
		}
	}
}
