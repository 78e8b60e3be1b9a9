package answer

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"zujian/bot/dialog"
	"zujian/index"
	"zujian/knowledge"
)

// candidate is a target with how well the question meets it.
type candidate struct {
	target int
	score  float64
}

// scored is everything a search found.
type scored struct {
	features  index.Text
	lean      float64     // how the question is worded: above 0 as one that is not answered
	asked     []candidate // targets by their ways of asking, best first
	exact     int         // the target that is asked for in these very words; -1: none
	share     float64     // of the nearest ways of asking: how much leads to an answer
	likely    likelihoods
	text      []scoredRef // clauses by their words, best first
	standings []*standing // clauses as answers, best first
	wordings  []wording   // clauses by their own words, best first
}

type scoredRef struct {
	ref
	score float64
	at    int // its position among all clauses
}

// single answers a question that stands by itself; asks says that it has a
// question mark.
func (a *Answerer) single(ctx context.Context, q string, asks bool) found {
	if !asks && a.opensDialog(q) {
		if a.book.Fault != "" {
			return found{status: Dialog, query: q, say: a.book.Fault}
		}
		_, first := (&dialog.Machine{Book: a.book}).Start(Description(q), time.Time{})
		return found{status: Dialog, query: q, say: first.Text}
	}
	if f, ok := a.place(q); ok {
		return f
	}
	return a.search(ctx, q, q)
}

// place answers a question that names a place in a document.
func (a *Answerer) place(q string) (found, bool) {
	for _, d := range a.library.Documents {
		if !searched(d) {
			continue
		}
		clauses, ok := d.Place(q)
		if !ok {
			continue
		}
		f := found{status: Answered, query: q, whole: true}
		for _, c := range clauses {
			f.cited = append(f.cited, ref{doc: d, clause: c})
		}
		if w := want(q); !slices.ContainsFunc(f.cited, func(r ref) bool { return w.answers(r.text()) }) {
			return notThere(f.cited, w), true
		}
		return f, true
	}
	if knowledge.NamesPlace(q) && utf8.RuneCountInString(q) <= shortPlace {
		return found{status: NotStated, query: q, say: fmt.Sprintf(sayNoPlace, a.name())}, true
	}
	return found{}, false
}

// shortPlace is how many characters a question has that is about a place and
// nothing else.
const shortPlace = 14

// search answers a question from the documents. The whole question is what is
// searched; last is the turn that was typed, which says what is asked for.
func (a *Answerer) search(ctx context.Context, q, last string) found {
	s := a.score(ctx, q, last)
	f := a.decide(q, last, s)
	if ruled, both := a.ruled(q, last); len(ruled) > 0 && f.status != NotStated {
		f = withRules(f, ruled)
		if both {
			f.say = fmt.Sprintf(sayBoth, ruled[0].doc.Name())
		}
	}
	f.query, f.searched = q, true
	f.related = a.related(f, s)
	if f.status == Answered {
		f.cited = append(f.cited, a.others(last, f, s, want(last))...)
		f.warn = local(last, f.cited)
		f = a.withWritten(f, q, s)
	}
	return a.withAside(f, last)
}

func (a *Answerer) score(ctx context.Context, q, last string) scored {
	s := a.scoreOne(ctx, q)
	if last != q {
		s = s.with(a.scoreOne(ctx, last))
	}
	return s
}

// scoreOne searches for one text.
func (a *Answerer) scoreOne(ctx context.Context, q string) scored {
	x := a.features.Of(q)
	near := a.asks.Top(x, mostNear)
	s := scored{features: x, lean: a.stated.Lean(x), asked: a.askedFor(near), exact: a.exactly(near), share: a.answeredShare(near), likely: a.likelihoods(x), text: a.worded(x)}
	s.standings = a.standings(x, near, s.text)
	s.wordings = a.wordings(ctx, q, s)
	return s
}

// with joins what the whole conversation says with what its last turn says. How
// the last turn is worded says whether it is answered.
func (s scored) with(last scored) scored {
	s.lean = last.lean
	s.asked = blend(s.asked, last.asked)
	s.likely = s.likely.and(last.likely)
	s.standings = blendStandings(s.standings, last.standings)
	return s
}

// askedFor gives the targets that the nearest ways of asking lead to.
func (a *Answerer) askedFor(near []index.Match) []candidate {
	best := map[int]float64{}
	seen := map[int]int{}
	for i, m := range near {
		if i == mostVoting {
			break
		}
		t := a.owner[m.ID]
		switch seen[t]++; seen[t] {
		case 1:
			best[t] = m.Score
		case 2, 3:
			best[t] += 0.06 * m.Score // several like it make it surer
		}
	}
	return sorted(best)
}

// mostVoting is how many of the nearest ways of asking make a target likelier.
const mostVoting = 24

// likest is how like the question the likest of the pieces' clauses is.
func likest(pieces []ref, text []scoredRef) float64 {
	for _, r := range text { // best first
		if slices.ContainsFunc(pieces, r.same) {
			return r.score
		}
	}
	return 0
}

// sorted puts the best first.
func sorted(scores map[int]float64) []candidate {
	out := make([]candidate, 0, len(scores))
	for t, s := range scores {
		out = append(out, candidate{t, s})
	}
	slices.SortFunc(out, func(x, y candidate) int {
		if x.score != y.score {
			if x.score > y.score {
				return -1
			}
			return 1
		}
		return x.target - y.target
	})
	return out
}

// blend joins what the whole conversation says with what its last turn says.
func blend(whole, last []candidate) []candidate {
	scores := map[int]float64{}
	for _, c := range whole {
		scores[c.target] += 0.6 * c.score
	}
	for _, c := range last {
		scores[c.target] += 0.5 * c.score
	}
	return sorted(scores)
}

// worded gives the clauses that have the question's own words.
func (a *Answerer) worded(q index.Text) []scoredRef {
	var out []scoredRef
	for _, m := range a.text.Top(q, 60) {
		out = append(out, scoredRef{a.clauses[m.ID], m.Score, m.ID})
	}
	return out
}

// decide says whether what was found answers the question.
func (a *Answerer) decide(q, last string, s scored) found {
	if s.exact >= 0 && q == last {
		return a.asWritten(s.exact)
	}
	answer, gap, outside := a.best(s.asked)
	w := want(last)
	covered := 0.0
	if len(s.text) > 0 {
		covered = a.text.Covers(s.features, a.clauseTexts[s.text[0].at])
	}
	elsewhere := a.elsewhere(last, s, gap, w)
	stands := a.stands(last, s, w)
	if q != last {
		stands += a.w.standsLater
	}
	switch {
	case outside.score > a.w.outsideAhead*max(answer.score, gap.score) && (outside.score >= a.w.surelyOutside || covered < a.w.inText && answer.score+gap.score > 0):
		return found{status: OutOfScope, say: sayOutside}
	case len(elsewhere) > 0:
		return found{status: Answered, cited: elsewhere}
	case answer.score >= a.w.inField && stands > a.w.standsFrom:
		return a.ifThere(last, a.fromStandings(s.standings), w, stands > a.w.standsSurely)
	case gap.score >= a.w.inField:
		if !a.namesGap(last, q, gap) {
			return a.nothing(w)
		}
		f := a.missing(gap)
		f.far = len(f.related) == 0 && covered < a.w.inText
		return f
	case answer.score >= a.w.inField:
		return notThere(a.fromStandings(s.standings).cited, w)
	case a.answersByWords(last, s, w) > a.w.byWordsFrom:
		return a.ifThere(last, found{status: Answered, cited: a.fromWordings(s.wordings)}, w, false)
	case covered >= a.w.inText:
		return a.nothing(w)
	}
	return found{status: OutOfScope, say: sayOutside}
}

// How near a way of asking has to be for the short answer that its keeper wrote,
// and how much nearer another may be.
const (
	writtenFrom   = 0.62
	writtenBehind = 0.04
)

// withWritten puts the short answer first that the keeper wrote for what is asked,
// with the words it rests on, where no other way of asking is clearly nearer, and
// none that is of another thing: “新业态必须建吗” is no way of asking “必须建吗”.
func (a *Answerer) withWritten(f found, q string, s scored) found {
	near := a.asks.Top(s.features, mostVoting)
	for _, m := range near {
		t := a.targets[a.owner[m.ID]]
		if m.Score < writtenFrom || m.Score < near[0].Score-writtenBehind {
			return f
		}
		if t.written == nil || !a.saysAll(q, a.asking[m.ID]) {
			continue
		}
		cited := slices.Clone(t.pieces)
		for _, r := range f.cited {
			cited = addRef(cited, r)
		}
		f.lead, f.cited = t.written.Text, cited[:min(len(cited), max(mostCited, len(t.pieces)))]
		return f
	}
	return f
}

// saysAll says whether a question has every word that a way of asking has of its
// own, or one near to it.
func (a *Answerer) saysAll(question, ask string) bool {
	said := strings.ReplaceAll(index.Normalise(question), " ", "")
	for _, w := range index.Cut(strings.ReplaceAll(index.Normalise(ask), " ", ""), a.thesaurus.Knows) {
		if utf8.RuneCountInString(w) < 2 || slices.Contains(plainInGaps, w) || anyQuestion.MatchString(w) || strings.Contains(w, "妇联") || strings.Contains(said, w) {
			continue
		}
		near := func(n index.Near) bool { return strings.Contains(said, n.Word) }
		if !slices.ContainsFunc(a.thesaurus.Near(w), near) && !pieceOf(w, said) {
			return false
		}
	}
	return true
}

// wordForWord is from when a way of asking is the question itself.
const wordForWord = 0.9999

// exactly gives the target of a way of asking that is the question itself; of
// several the one that was written last, as an office's own are. -1: none.
func (a *Answerer) exactly(near []index.Match) int {
	exact := -1
	for _, m := range near {
		if m.Score >= wordForWord {
			exact = max(exact, a.owner[m.ID])
		}
	}
	if exact < 0 || !a.targets[exact].own {
		return -1
	}
	return exact
}

// asWritten answers as whoever wrote the question down said.
func (a *Answerer) asWritten(target int) found {
	t := a.targets[target]
	if t.gap != nil {
		return a.missing(candidate{target: target, score: 1})
	}
	return found{status: Answered, cited: t.pieces}
}

// withRules puts the sentences the rules rest on first: they are about the
// very organisation that was told.
func withRules(f found, ruled []ref) found {
	out := found{status: Answered, cited: ruled, hint: sayOnward}
	if f.status == Answered {
		for _, r := range f.cited {
			out.related = addRef(out.related, r)
		}
	}
	return out
}

// elsewhere gives the clauses of other documents than the gap's that answer:
// what one document does not state, another may. A clause has to have more of
// the question where nothing in particular is asked for.
func (a *Answerer) elsewhere(q string, s scored, gap candidate, w wanted) []ref {
	if gap.score == 0 {
		return nil
	}
	least := a.w.otherDocument
	if w != anything {
		least = a.w.otherHasIt
	}
	var other []wording
	for _, r := range s.wordings {
		if r.doc != a.targets[gap.target].doc && !isHeading(r.ref) && r.covered >= least && w.answers(r.text()) && listed(q, []ref{r.ref}) {
			other = append(other, r)
		}
	}
	if len(other) == 0 {
		return nil
	}
	return a.fromWordings(other)
}

// ifThere keeps an answer only if the kind of thing that is asked for is in
// it, or if its keeper wrote down this very question.
func (a *Answerer) ifThere(q string, f found, w wanted, sure bool) found {
	if sure || w.answers(f.cited[0].shown()) && listed(q, f.cited) {
		return f
	}
	return notThere(f.cited, w)
}

// best gives the best target that answers, the best gap and the best message
// outside the field.
func (a *Answerer) best(asked []candidate) (answer, gap, outside candidate) {
	for _, c := range asked {
		t := a.targets[c.target]
		switch {
		case !t.field:
			outside = better(outside, c)
		case t.gap != nil:
			gap = better(gap, c)
		default:
			answer = better(answer, c)
		}
	}
	return answer, gap, outside
}

func better(x, y candidate) candidate {
	if y.score > x.score {
		return y
	}
	return x
}

// fromStandings gives the clauses that stand best: the first, with what its
// keeper put beside it, and those about as good.
func (a *Answerer) fromStandings(ranked []*standing) found {
	f := found{status: Answered}
	if len(ranked) == 0 {
		return f
	}
	first := ranked[0]
	var beside []ref
	if first.target >= 0 {
		beside = a.targets[first.target].pieces
	}
	if len(beside) > 1 && !slices.ContainsFunc(beside, func(r ref) bool { return !isHeading(r) }) {
		f.cited = beside // a list of headings keeps its order
	} else {
		f.cited = []ref{first.ref}
		for _, r := range beside {
			f.cited = addRef(f.cited, r)
		}
	}
	most := max(mostCited, len(beside))
	for _, s := range ranked[1:] {
		switch {
		case slices.ContainsFunc(f.cited, s.same):
		case len(f.cited) < most && s.z >= first.z-a.w.aboutAsGood:
			f.cited = append(f.cited, s.ref)
		case len(f.related) < mostRelated:
			f.related = append(f.related, s.ref)
		}
	}
	return f
}

// addRef adds a clause once.
func addRef(refs []ref, r ref) []ref {
	if slices.ContainsFunc(refs, r.same) {
		return refs
	}
	return append(refs, r)
}

// fromWordings gives the clauses worded most like the question.
func (a *Answerer) fromWordings(ranked []wording) []ref {
	var out []ref
	for _, r := range ranked {
		if len(out) < mostCited && r.z >= ranked[0].z-a.w.wordedAsWell {
			out = addRef(out, r.ref)
		}
	}
	return out
}

func (a *Answerer) missing(gap candidate) found {
	t := a.targets[gap.target]
	return found{status: NotStated, say: t.gap.Say, related: t.pieces, pinned: len(t.pieces)}
}

// notThere is the answer where the right sentence lacks what is asked for.
func notThere(cited []ref, w wanted) found {
	name := cited[0].doc.Name()
	say := missingSays(w, name)
	if r := cited[0]; w.isNumber() && r.clause >= 0 && r.doc.Clauses[r.clause].Blanks {
		say = fmt.Sprintf(sayBlank, name)
	}
	return found{status: NotStated, say: say, related: cited}
}

// name is how the documents are spoken of together.
func (a *Answerer) name() string {
	first := a.clauses[0].doc
	if a.clauses[len(a.clauses)-1].doc != first {
		return "手里的文件"
	}
	return first.Name()
}

func (a *Answerer) nothing(w wanted) found {
	return found{status: NotStated, say: missingSays(w, a.name())}
}

// related gives the nearest sentences beside those that are cited.
func (a *Answerer) related(f found, s scored) []ref {
	if f.status != Answered && f.status != NotStated {
		return nil
	}
	out := slices.Clone(f.related)
	add := func(r ref) {
		if !slices.ContainsFunc(f.cited, r.same) && len(out) < mostRelated {
			out = addRef(out, r)
		}
	}
	for i, r := range s.text {
		if i < 3 {
			add(r.ref)
		}
	}
	return out
}

const mostRelated = 5
