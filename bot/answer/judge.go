package answer

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"zujian/bot/engine"
	"zujian/knowledge"
)

// Case is one judged question: the last of the turns is judged. Expect is
// answer, refuse (any status but answered and dialog) or dialog. Evidence is
// verbatim, the most important first.
type Case struct {
	ID       string   `json:"id"`
	Turns    []string `json:"turns"`
	Expect   string   `json:"expect"`
	Evidence []string `json:"evidence"`
	Kind     string   `json:"kind"`
}

// Report is how the judged questions went. First, Any and All are shares of
// the questions that expect an answer (and of the dialogs, which count as all
// three when they start one); Refused and FalseAnswers of those that expect a
// refusal. Times are in milliseconds.
type Report struct {
	N            int     `json:"n"`
	First        float64 `json:"first"`
	Any          float64 `json:"any"`
	All          float64 `json:"all"`
	Refused      float64 `json:"refused"`
	FalseAnswers float64 `json:"false_answers"`
	P50          float64 `json:"p50_ms"`
	P99          float64 `json:"p99_ms"`

	// Shown: evidence among citations and related; Sure: shares of those that
	// expect an answer which are answered, and answered right.
	Shown float64 `json:"shown"`
	Sure  float64 `json:"sure"`
	Right float64 `json:"sure_right"`

	Wrong []Verdict `json:"-"` // every case that missed something
}

// Verdict is how one case went.
type Verdict struct {
	Case                    Case
	Answer                  Answer
	First, Any, All, Status bool
	Shown                   bool // evidence among what is shown, answered or not
}

// ReadCases reads judged questions, one JSON object a line. It fails with the
// number of the line.
func ReadCases(r io.Reader) ([]Case, error) {
	var out []Case
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20)
	for n := 1; s.Scan(); n++ {
		if strings.TrimSpace(s.Text()) == "" {
			continue
		}
		var c Case
		if err := json.Unmarshal(s.Bytes(), &c); err != nil {
			return nil, fmt.Errorf("第%d行不是一个完整的 JSON 对象：%w", n, err)
		}
		if len(c.Turns) == 0 || c.Expect == "" {
			return nil, fmt.Errorf("第%d行缺 turns 或者 expect", n)
		}
		out = append(out, c)
	}
	return out, s.Err()
}

// Judge asks every question and counts.
func (a *Answerer) Judge(ctx context.Context, cases []Case) Report {
	return a.JudgeEach(ctx, cases, func(int, Answer) {})
}

// JudgeEach is Judge, and hands every answer on.
func (a *Answerer) JudgeEach(ctx context.Context, cases []Case, each func(i int, got Answer)) Report {
	t := tally{}
	var times []float64
	for i, c := range cases {
		v := verdict(c, a.Answer(ctx, c.Turns))
		each(i, v.Answer)
		times = append(times, v.Answer.TookMS)
		t.add(v)
	}
	slices.Sort(times)
	r := t.report()
	if len(times) > 0 {
		r.P50, r.P99 = times[len(times)/2], times[min(len(times)-1, len(times)*99/100)]
	}
	return r
}

func verdict(c Case, a Answer) Verdict {
	v := Verdict{Case: c, Answer: a}
	switch c.Expect {
	case "dialog":
		v.Status = a.Status == Dialog
		v.First, v.Any, v.All = v.Status, v.Status, v.Status
	case "answer":
		v.Status = a.Status == Answered
		v.First = v.Status && len(a.Citations) > 0 && holdsAny(a.Citations[0].Quote, c.Evidence)
		v.Shown = holdsSome(slices.Concat(a.Citations, a.Related), c.Evidence)
		v.Any = v.Status && slices.ContainsFunc(a.Citations, func(x knowledge.Citation) bool { return holdsAny(x.Quote, c.Evidence) })
		v.All = v.Status && holdsAll(slices.Concat(a.Citations, a.Related), c.Evidence)
	default:
		v.Status = a.Status != Answered && a.Status != Dialog
		v.First, v.Any, v.All = v.Status, v.Status, v.Status
	}
	return v
}

func holdsAny(quote string, evidence []string) bool {
	return slices.ContainsFunc(evidence, func(e string) bool { return engine.Holds(quote, e) })
}

func holdsSome(citations []knowledge.Citation, evidence []string) bool {
	return slices.ContainsFunc(citations, func(c knowledge.Citation) bool { return holdsAny(c.Quote, evidence) })
}

func holdsAll(citations []knowledge.Citation, evidence []string) bool {
	for _, e := range evidence {
		if !slices.ContainsFunc(citations, func(c knowledge.Citation) bool { return engine.Holds(c.Quote, e) }) {
			return false
		}
	}
	return true
}

type tally struct {
	n, answers, refusals            int
	first, any, all, refused, false int
	shown, sure                     int
	wrong                           []Verdict
}

func (t *tally) add(v Verdict) {
	t.n++
	if !v.Status || !v.First || !v.All {
		t.wrong = append(t.wrong, v)
	}
	if v.Case.Expect != "answer" && v.Case.Expect != "dialog" {
		t.refusals++
		t.refused += one(v.Status)
		t.false += one(v.Answer.Status == Answered)
		return
	}
	t.answers++
	t.first += one(v.First)
	t.any += one(v.Any)
	t.shown += one(v.Shown || v.Any)
	t.sure += one(v.Answer.Status == Answered)
	t.all += one(v.All)
}

func (t *tally) report() Report {
	share := func(k, n int) float64 { return float64(k) / float64(max(n, 1)) }
	return Report{
		N: t.n, First: share(t.first, t.answers), Any: share(t.any, t.answers), All: share(t.all, t.answers),
		Refused: share(t.refused, t.refusals), FalseAnswers: share(t.false, t.refusals), Wrong: t.wrong,
		Shown: share(t.shown, t.answers), Sure: share(t.sure, t.answers), Right: share(t.first, t.answers),
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
