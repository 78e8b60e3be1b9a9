package answer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/bot/engine"
	"zujian/index"
	"zujian/knowledge"
)

// mostCited is how many entries an answer cites, unless one way of asking leads
// to more; mostRelated how many stand beside them.
const (
	mostCited   = 3
	mostRelated = 5
)

// How near, from 0 to 1, ways of asking have to be.
const (
	wordForWord    = 0.9999 // for the question to be that very one
	inField        = 0.15   // for it to be about the field at all
	surelyOutside  = 0.62   // for an everyday message to be that one
	outsideAhead   = 1.3    // how much nearer that has to be than any other
	mostlyUnmet    = 0.75   // the share of a question's words that no document has, beyond which it is of something else
	likelyAnswered = 0.6    // how likely it has to be that a document answers for the nearest to be shown rather than a gap
	gapTold        = 0.30   // for what a keeper wrote down as missing to be told
)

// search answers a question from the documents. turns are in the words of the
// documents, last is the one that was typed.
func (a *Answerer) search(ctx context.Context, turns []string) found {
	last := turns[len(turns)-1]
	q := strings.Join(turns, " ")
	r, err := a.ask(ctx, turns)
	if err != nil {
		return found{status: Error, query: q, say: sayNoIndex}
	}
	f := a.settle(r, turns)
	if ruled, both := a.ruled(q, last); len(ruled) > 0 && f.say == "" && !r.Away() {
		f = withRules(f, ruled, both)
	}
	f.query, f.searched = q, true
	if r.Defines && (f.status == Unsure || f.status == NotStated) {
		f = a.explained(f, last)
	}
	if f.status == Answered {
		f.warn = local(last, f.cited)
		if !r.Away() {
			f = a.withWritten(f, q, r.Asks)
		}
	}
	return a.guessed(a.withAside(f, last), last)
}

// explained tells what a word means that is asked for and that no document
// defines, as not from any document.
func (a *Answerer) explained(f found, last string) found {
	t, ok := a.glossary.Find(last)
	if !ok {
		return f
	}
	f.status, f.say, f.far, f.nearest = NotStated, sayUndefined+"\n"+t.Explained(), true, false
	f.text, f.lead, f.basis = "", "", nil
	return f
}

// errNoIndex is for an answerer that was given no index to search.
var errNoIndex = errors.New("no index to search")

func (a *Answerer) ask(ctx context.Context, turns []string) (engine.Result, error) {
	if a.engine == nil {
		return engine.Result{}, errNoIndex
	}
	return a.engine.Ask(ctx, turns)
}

// settle says what becomes of a question by what was found.
func (a *Answerer) settle(r engine.Result, turns []string) found {
	if t := exactly(r.Asks); t != nil && len(turns) == 1 {
		return a.asWritten(t)
	}
	k := r.Keeper
	f := found{lead: r.Lead, basis: r.Basis, text: r.Text, likely: r.Decision.Right}
	var refs []ref
	answers := 0 // how many of them answer
	for i, e := range r.Shown {
		for _, x := range entryRefs(e, r.Asks) {
			if i < len(r.Lines) {
				x.line, x.behind = r.Lines[i], r.Behind[i]
			}
			refs = addRef(refs, x)
		}
		if i < r.Answers {
			answers = len(refs)
		}
	}
	switch {
	case k.Outside > outsideAhead*max(k.Answer, k.Gap) && (k.Outside >= surelyOutside || r.Unmet > mostlyUnmet),
		max(k.Answer, k.Gap) < inField && r.Unmet > mostlyUnmet:
		return found{status: OutOfScope, say: a.sayOutside()}
	case r.Outcome == engine.Sure:
		f.status, f.cited, f.related = Answered, refs[:answers], refs[answers:]
		return f
	case k.Gap >= gapTold && k.Gap >= k.Answer && r.Decision.Answerable < likelyAnswered && r.SpeaksFor(k.Missing) &&
		a.aboutOurs(turns) && a.namesGap(strings.Join(turns, " "), k):
		return a.besideGap(a.missing(k.Missing, refs), turns)
	case len(refs) == 0:
		return found{status: NotStated, say: fmt.Sprintf(sayNothing, a.name()), far: true}
	}
	f.status, f.related, f.nearest = NotStated, refs, true
	if r.Outcome == engine.Unsure {
		f.status = Unsure
	}
	return f
}

// headingAsked is how near a way of asking has to be for a heading to be what is
// asked for.
const headingAsked = 0.55

// entryRefs points to an entry. Of a heading that runs into its sentence it is the
// sentence, behind the heading where that is asked for.
func entryRefs(e *knowledge.Entry, asks []engine.Ask) []ref {
	d := e.Document
	if e.From == e.To || e.Kind == knowledge.EntryList || d.Clauses[e.From].Kind != knowledge.Heading {
		return []ref{{doc: d, clause: e.From, entry: e}}
	}
	sentence := ref{doc: d, clause: e.To}
	heading := func(p knowledge.Piece) bool { return p.Clause == e.From }
	if len(asks) > 0 && asks[0].Like >= headingAsked && asks[0].Target.Document == d &&
		slices.ContainsFunc(asks[0].Target.Pieces, heading) {
		return []ref{{doc: d, clause: e.From}, sentence}
	}
	return []ref{sentence}
}

// exactly gives what the office itself, or a notice's keeper, wrote down for these
// very words; nil for nothing.
func exactly(asks []engine.Ask) *engine.Target {
	for _, x := range asks {
		if d := x.Target.Document; x.Like >= wordForWord && d != nil && (x.Target.Own || !isOwn(d)) {
			return x.Target
		}
	}
	return nil
}

// asWritten answers as whoever wrote the question down said.
func (a *Answerer) asWritten(t *engine.Target) found {
	if t.Gap != nil {
		return a.missing(t, nil)
	}
	f := found{status: Answered, cited: pieceRefs(t)}
	if t.Written != nil {
		f.lead = t.Written.Text
	}
	return f
}

// missing says what a keeper wrote down as missing, with the nearest words that
// there are.
func (a *Answerer) missing(t *engine.Target, near []ref) found {
	f := found{status: NotStated, say: t.Gap.Say, related: pieceRefs(t)}
	f.pinned, f.far = len(f.related), len(f.related) == 0
	for _, r := range near {
		if len(f.related) < mostRelated {
			f.related = addRef(f.related, r)
		}
	}
	return f
}

// besideGap adds what another document has of most that is asked.
func (a *Answerer) besideGap(f found, turns []string) found {
	words := a.tellingWords(strings.Join(turns, " "))
	at := slices.IndexFunc(f.related, func(r ref) bool {
		return !isOwn(r.doc) && words.in(r.text()+headingsOf(r.doc, max(r.clause, 0))+r.doc.Title)*3 > len(words)*2
	})
	if at >= 0 {
		f.other = &f.related[at]
	}
	return f
}

func pieceRefs(t *engine.Target) []ref {
	var out []ref
	for _, p := range t.Pieces {
		out = addRef(out, ref{doc: t.Document, clause: p.Clause, piece: p.Text})
	}
	return out
}

// addRef adds a clause once.
func addRef(refs []ref, r ref) []ref {
	if slices.ContainsFunc(refs, r.same) {
		return refs
	}
	return append(refs, r)
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
func (a *Answerer) withWritten(f found, q string, asks []engine.Ask) found {
	for _, x := range asks {
		if x.Like < writtenFrom || x.Like < asks[0].Like-writtenBehind {
			return f
		}
		if x.Target.Written == nil || !a.saysAll(q, x.Text) {
			continue
		}
		cited := pieceRefs(x.Target)
		for _, r := range f.cited {
			if !slices.ContainsFunc(cited, func(o ref) bool { return o.doc == r.doc && strings.Contains(r.text(), o.text()) }) {
				cited = addRef(cited, r)
			}
		}
		f.lead, f.cited = x.Target.Written.Text, cited[:min(len(cited), max(mostCited, len(x.Target.Pieces)))]
		f.text, f.basis = "", nil
		return f
	}
	return f
}

// saysAll says whether a question has every word that a way of asking has of its
// own, or one near to it.
func (a *Answerer) saysAll(question, ask string) bool {
	said := index.Compact(question)
	for _, w := range a.ownWords(ask) {
		w = ofAny.Replace(w) // 行业妇联 is another thing than 妇联
		if size(w) < 2 || anyQuestion.MatchString(w) || strings.Contains(said, w) {
			continue
		}
		near := func(n index.Near) bool { return strings.Contains(said, n.Word) }
		if !slices.ContainsFunc(a.thesaurus.Near(w), near) && !pieceOf(w, said) {
			return false
		}
	}
	return true
}

// ofAny takes out what every question is about.
var ofAny = strings.NewReplacer("妇联组织", "", "妇联", "", "妇女联合会", "")

// plainInGaps are words of many gaps' topics that no single one is about.
var plainInGaps = strings.Fields("标准 要求 规定 条件 具体 组织 组建 成立 建立 单独 联合 单位 工作 怎么 怎样 可以 能不能 是否 有没有 要不要 妇联 妇女 女性 两新 企业 讲话 文件 " +
	"情况 问题 办理 方式 方法 内容 安排 名称 办法 时候 时间 需要 材料")

// ownWords are the words of a text that tell it from others.
func (a *Answerer) ownWords(text string) []string {
	return slices.DeleteFunc(index.Cut(index.Compact(text), a.thesaurus.Knows), func(w string) bool {
		return utf8.RuneCountInString(w) < 2 || slices.Contains(plainInGaps, w)
	})
}

// namesGap says whether a question has a word of what a gap is about, or one
// near to it. Likeness of sound alone ("怎么用", "我想了解") is no reason to speak
// of something that was never asked.
func (a *Answerer) namesGap(q string, k engine.Keeper) bool {
	words := a.ownWords(k.Missing.Gap.Topic)
	if len(words) == 0 || k.Gap >= wordForWord {
		return true
	}
	said := index.Compact(q)
	known, _ := a.words.Concepts(said)
	return slices.ContainsFunc(words, func(w string) bool {
		near := func(n index.Near) bool { return strings.Contains(said, n.Word) }
		concepts, _ := a.words.Concepts(w)
		shared := slices.ContainsFunc(concepts, func(c string) bool {
			return slices.Contains(known, c) && !slices.Contains(plainInGaps, c)
		})
		return strings.Contains(said, w) || shared || slices.ContainsFunc(a.thesaurus.Near(w), near) || pieceOf(w, said)
	})
}

// aboutOurs says whether turns have a word of the field. Beside other documents a
// question that has none is not about what the office's own leaves out.
func (a *Answerer) aboutOurs(turns []string) bool {
	return !a.pool.Foreign() || slices.ContainsFunc(turns, ours.MatchString)
}

// sayOutside says that a thing is not what this answers: with other documents held
// that is no longer the field of the speech alone.
func (a *Answerer) sayOutside() string {
	if a.pool.Foreign() {
		return sayOutsideToo
	}
	return sayOutside
}

// pieceOf says whether a text has two neighbouring characters of a longer word.
func pieceOf(word, text string) bool {
	r := []rune(word)
	for i := 0; len(r) > 2 && i+2 <= len(r); i++ {
		if strings.Contains(text, string(r[i:i+2])) {
			return true
		}
	}
	return false
}

// withRules puts the sentences the rules rest on first: they are about the
// very organisation that was told.
func withRules(f found, ruled []ref, both bool) found {
	out := found{status: Answered, cited: ruled}
	for _, r := range slices.Concat(f.cited, f.related) {
		if len(out.related) < mostRelated && !slices.ContainsFunc(ruled, func(o ref) bool { return strings.Contains(r.text(), o.text()) }) {
			out.related = addRef(out.related, r)
		}
	}
	var told []string
	if both {
		told = append(told, fmt.Sprintf(sayBoth, ruled[0].doc.Name()))
	}
	for i, r := range ruled {
		says := r.label + "：" + strings.TrimRight(r.shown(), "。；;,，") + "。"
		if i == 0 {
			out.lead, out.basis = says, []engine.Basis{r.basis()}
		}
		if len(ruled) > 1 {
			says = fmt.Sprintf("%d. %s", i+1, says)
		}
		told = append(told, says+"（"+engine.NameOf(r.doc)+r.locator()+"）")
	}
	out.text = strings.Join(append(told, sayOnward), "\n")
	return out
}

// name is how the documents are spoken of together.
func (a *Answerer) name() string {
	var first *knowledge.Document
	for _, d := range a.library.Documents {
		switch {
		case !searched(d):
		case first == nil:
			first = d
		default:
			return "手里的文件"
		}
	}
	return first.Name()
}
