package answer

import (
	"cmp"
	"context"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// wording is what speaks for a clause as the answer by its own words alone.
type wording struct {
	scoredRef
	covered float64 // how much of the question it has, by rarity
	longest float64 // the longest stretch they share, of the question's length
	long    float64 // the logarithm of its length
	heading float64
	found   float64 // 1 for the first hit of the index, 1/2 for its second …
	z       float64 // all of it weighed
}

var wordingWeights = [...]float64{9, 10, 3, -0.15, -0.3, 1.5}

func (w *wording) features() [6]float64 {
	return [6]float64{w.score, w.covered, w.longest, w.long, w.heading, w.found}
}

// wordings puts the clauses that share words with the question in order.
func (a *Answerer) wordings(ctx context.Context, q string, s scored) []wording {
	found := a.found(ctx, q)
	var out []wording
	for i, r := range s.text {
		if i == mostWordings {
			break
		}
		text := r.text()
		w := wording{scoredRef: r, covered: a.text.Covers(s.features, a.clauseTexts[r.at]), long: math.Log(float64(len(text)))}
		w.longest = float64(utf8.RuneCountInString(longestShared(q, text))) / float64(utf8.RuneCountInString(q)+1)
		if rank, ok := found[r.at]; ok {
			w.found = 1 / float64(1+rank)
		}
		if isHeading(r.ref) {
			w.heading = 1
		}
		for k, f := range w.features() {
			w.z += wordingWeights[k] * f
		}
		out = append(out, w)
	}
	slices.SortStableFunc(out, func(x, y wording) int { return cmp.Compare(y.z, x.z) })
	return out
}

const mostWordings = 30

// answersByWords weighs what speaks for a question being answered by the clause
// that is worded most like it: above 0 it is more likely answered. The weights
// are of a logistic regression over questions written for it.
func (a *Answerer) answersByWords(q string, s scored, w wanted) float64 {
	if len(s.wordings) == 0 {
		return math.Inf(-1)
	}
	z := byWordsBias
	for i, f := range a.byWordsFor(q, s, w) {
		z += byWordsWeights[i] * f
	}
	return z
}

const byWordsBias = -0.76

var byWordsWeights = [...]float64{
	1.06, 2.04, -3.79, 0.04, 0, -2.13, -2.18, -2.15, -0.43, -1.87,
	0.92, 0.74, 0.39, -0.22, 0.61, -0.64, 1.36, -0.44, // askedHow
}

// askedHow are the forms of questions: what asks why or whether is answered by a
// text more often than what asks who, which or how many.
var askedHow = [...]*regexp.Regexp{
	regexp.MustCompile(`为什么|为啥|为何|凭啥|凭什么|干嘛|点解|做啥`),
	regexp.MustCompile(`怎么|咋|如何|怎样|点样|哪能|么样`),
	regexp.MustCompile(`谁|哪个部门|哪家|哪级|边个|啥人|哪个来|哪个管`),
	regexp.MustCompile(`能不能|可以|可不可以|行不行|中不中|得不得|要不要|该不该|能否|可否|能[^，。]*[吗么不]`),
	regexp.MustCompile(`[吗么吧伐咩]$|是不是|对不对|是吧|对吧`),
	regexp.MustCompile(`哪些|哪几|哪个|哪种|哪方面`),
	regexp.MustCompile(`什么|啥|乜|甚么`),
	regexp.MustCompile(`多少|几[个家名人位次条项种天年]|多久|多大`),
}

func (a *Answerer) byWordsFor(q string, s scored, w wanted) [18]float64 {
	first := s.wordings[0]
	_, _, outside := a.best(s.asked)
	ahead := first.z
	if len(s.wordings) > 1 {
		ahead -= s.wordings[1].z
	}
	out := [18]float64{
		first.covered, first.score, first.longest, first.z, min(ahead, 5),
		logOf(outside.score),
		yes(w != anything && !w.answers(first.text())),
		yes(!listed(q, []ref{first.ref})),
		yes(w != anything),
		a.text.Unseen(s.features),
	}
	for i, re := range askedHow {
		out[10+i] = yes(re.MatchString(q))
	}
	return out
}

// longestShared gives the longest stretch that two texts share.
func longestShared(q, text string) string {
	r := []rune(q)
	best := ""
	for i := range r {
		for n := utf8.RuneCountInString(best) + 1; i+n <= len(r); n++ {
			s := string(r[i : i+n])
			if !strings.Contains(text, s) {
				break
			}
			best = s
		}
	}
	return best
}
