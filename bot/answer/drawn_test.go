package answer

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"zujian/bot/engine"
	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/parse"
	"zujian/knowledge/rule"
)

const judgedFolder = "../engine/testdata/"

// besideNotices is over what ships and the notices of the judged questions.
var besideNotices = sync.OnceValues(func() (*Answerer, error) {
	l, err := knowledge.Shipped()
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(judgedFolder + "notices/docs/*")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		d, err := parse.Parse(filepath.Base(file), data)
		if err != nil {
			return nil, err
		}
		d.ID, d.Validity = filepath.Base(file), knowledge.InForce
		if err := l.Add(d); err != nil {
			return nil, err
		}
	}
	words, err := index.LoadWords()
	if err != nil {
		return nil, err
	}
	book, err := rule.Shipped(l.Documents)
	if err != nil {
		return nil, err
	}
	return InMemory(l, words, book)
})

func judgedQuestions(t *testing.T, file string) []engine.Judged {
	t.Helper()
	data, err := os.ReadFile(judgedFolder + file)
	if err != nil {
		t.Fatal(err)
	}
	out, err := engine.ReadJudged(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// drawn gives conversations at random: on the speech, on notices, small talk, and
// those of several turns.
func drawn(t *testing.T, seed uint64) (out [][]string) {
	t.Helper()
	var speech, notices, further, talk [][]string
	for _, j := range judgedQuestions(t, "speech.jsonl") {
		speech = append(speech, j.Turns)
	}
	for _, j := range judgedQuestions(t, "notices/questions.jsonl") {
		if len(j.Turns) > 1 {
			further = append(further, j.Turns)
		} else {
			notices = append(notices, j.Turns)
		}
	}
	for _, messages := range smallTalk {
		for _, m := range messages {
			talk = append(talk, []string{m})
		}
	}
	slices.SortFunc(talk, slices.Compare)
	r := rand.New(rand.NewPCG(seed, seed))
	for _, x := range []struct {
		from [][]string
		n    int
	}{{speech, 16}, {notices, 26}, {further, 10}, {talk, 8}} {
		for _, i := range r.Perm(len(x.from))[:x.n] {
			out = append(out, x.from[i])
		}
	}
	return out
}

// TestDrawnReplies draws replies at random, by the number in ZUJIAN_DRAW, and shows
// them whole with -v for a reader to grade. They are short.
func TestDrawnReplies(t *testing.T) {
	seed, err := strconv.ParseUint(os.Getenv("ZUJIAN_DRAW"), 10, 64)
	if err != nil {
		t.Skip("needs a number in ZUJIAN_DRAW: it is for a reader")
	}
	a, err := besideNotices()
	if err != nil {
		t.Fatal(err)
	}
	var lengths []int
	for i, turns := range drawn(t, seed) {
		got := a.Answer(t.Context(), turns)
		n := utf8.RuneCountInString(got.Text)
		lengths = append(lengths, n)
		t.Logf("%d. %s\n【%s，%d字】%s", i+1, strings.Join(turns, " / "), got.Status, n, got.Text)
		if n > 400 {
			t.Errorf("%v: %d characters", turns, n)
		}
	}
	slices.Sort(lengths)
	if median := lengths[len(lengths)/2]; median > 120 {
		t.Errorf("the median is %d characters", median)
	}
}
