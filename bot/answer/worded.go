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

const byWordsBias = -0.03

var byWordsWeights = [27]float64{
	1.75, 2.74, -3.65, -0.06, 0.03, -2.22, -2.44, -2.28, -0.17, -2.46,
	0.99, 0.62, 0.21, -0.21, 0.37, -0.82, 1.23, -0.68, // askedHow
	-1.82, -0.61, -1.75, -0.94, 0.76, 0.95, -1.09, -0.99, -0.59,
}

// askedHow are the forms of questions: what asks why or whether is answered by a
// text more often than what asks who, which or how many.
var askedHow = [...]*regexp.Regexp{
	regexp.MustCompile(`为什么|为啥|为何|凭啥|凭什么|干嘛|点解|做啥|何解`),
	regexp.MustCompile(`怎么|咋|如何|怎样|点样|哪能|么样`),
	regexp.MustCompile(`谁|哪个部门|哪家|哪级|边个|啥人|哪个来|哪个管`),
	regexp.MustCompile(`能不能|可以|可不可以|行不行|中不中|得不得|能否|可否|能[^，。]*[吗么不]`),
	regexp.MustCompile(`[吗么吧伐咩]$|是不是|对不对|是吧|对吧`),
	regexp.MustCompile(`哪些|哪几|哪个|哪种|哪方面`),
	regexp.MustCompile(`什么|啥|乜|甚么`),
	regexp.MustCompile(`多少|几[个家名人位次条项种天年]|多久|多大`),
	regexp.MustCompile(`会不会|会被|会怎|怎么处理`),
	regexp.MustCompile(`有没有|有无|有冇|有没得`),
	regexp.MustCompile(`算不算|算是|怎么算|咋算|算谁|算哪`),
	regexp.MustCompile(`要不要|用不用|需不需要|需要|必须|非得|该不该`),
	regexp.MustCompile(`讲话(?:里|中|稿)?.{0,4}(?:怎么|咋|如何)?(?:说|讲|写|提|要求|表述|形容)|原话|原文|哪句`),
	regexp.MustCompile(`意义|作用|好处|目的|图个|有啥用|为了|重要`),
	regexp.MustCompile(`还是`),
	regexp.MustCompile(`什么时候|啥时候|几时|何时|哪年|哪天|几号|期限`),
	regexp.MustCompile(`怎么办|咋办|咋整|咋弄|怎么弄|怎么回|怎么劝`),
}

func (a *Answerer) byWordsFor(q string, s scored, w wanted) [27]float64 {
	first := s.wordings[0]
	_, _, outside := a.best(s.asked)
	ahead := first.z
	if len(s.wordings) > 1 {
		ahead -= s.wordings[1].z
	}
	out := [27]float64{
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
