package answer

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
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
	"zujian/knowledge/text"
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
	words, err := index.LoadWords(nil)
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

// verdictOf is the yes or no that a line begins with: 1, -1, or 0 for none.
func verdictOf(s string) int {
	head, _, _ := strings.Cut(strings.ReplaceAll(s, "，", "。"), "。")
	switch {
	case notSo.MatchString(head):
		return -1
	case isSo.MatchString(head):
		return 1
	}
	return 0
}

var (
	notSo = regexp.MustCompile(`^(?:不|没|无需|无须)(?:可以|能|行|是|用|需|需要|必|算|会|得|要)?$`)
	isSo  = regexp.MustCompile(`^(?:可以|能|行|是|是的|要|需要|算|会|得)$`)
)

// TestFirstLinesSayTheGist holds the first lines of answers that are right against
// what a good one says: each of its numbers, and never a yes for a no.
func TestFirstLinesSayTheGist(t *testing.T) {
	if testing.Short() {
		t.Skip("two thousand questions in turn, with nothing at the same time: run whole without -short")
	}
	a, err := besideNotices()
	if err != nil {
		t.Fatal(err)
	}
	right, with, said, verdicts := 0, 0, 0, 0
	for _, j := range judgedQuestions(t, "notices/questions.jsonl") {
		got := a.Answer(t.Context(), j.Turns)
		if j.Expect != "answer" || got.Status != Answered || len(got.Citations) == 0 || !slices.ContainsFunc(j.Evidence, func(e string) bool { return engine.Holds(got.Citations[0].Quote, e) }) {
			continue
		}
		right++
		if v := verdictOf(got.Lead); v != 0 {
			verdicts++
			if w := verdictOf(j.Gist); w == -v {
				t.Errorf("%v: %s, where it is %s", j.Turns, got.Lead, j.Gist)
			}
		}
		want := text.Numbers(j.Gist)
		if len(want) == 0 {
			continue
		}
		with++
		have := text.Numbers(got.Lead)
		if slices.ContainsFunc(want, func(n text.Number) bool {
			return !slices.ContainsFunc(have, func(h text.Number) bool { return h.Lo == n.Lo && h.Hi == n.Hi })
		}) {
			t.Logf("%v: %s, where it is %s", j.Turns, got.Lead, j.Gist)
			continue
		}
		said++
	}
	t.Logf("%d right, %d verdicts; of %d with numbers the first line has all in %d (%.3f)", right, verdicts, with, said, float64(said)/float64(with))
	if float64(said) < 0.78*float64(with) { // the rest mostly ask for what has to be reckoned
		t.Errorf("%d of %d", said, with)
	}
}
