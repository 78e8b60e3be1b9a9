package answer

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"zujian/bot/dialog"
	"zujian/bot/engine"
	"zujian/knowledge"
	"zujian/knowledge/text"
)

var (
	// A turn that leans on the one before it begins like this, or is so short
	// that it says nothing by itself.
	leaning = text.NewPattern(`^(?:那|要是|如果|假如|万一|换成|换了|它|他|她|这|不对|错了|不是|还有|另外|第[一二三四五]个|前一个|后一个|为什么|为啥|凭什么|凭啥|依据|然后` +
		`|接着|再|隔壁|另一|哦|嗯|好的|具体|有没有例外|例外|除了|最多|最少|怎么办|咋办|谁来|靠|在园区|在镇|没有|有)|呢[?？]?$|[它其]的?`)
	// The words themselves, asked for again.
	wordsAgain = text.NewPattern(`^(?:(?:把|请|麻烦|那|你)?.{0,6}(?:原话|原文|原句)(?:.{0,8})|(?:再)?念一[下遍].{0,4}|出处(?:是|在)?.{0,6}` +
		`|在哪[一]?[句段里儿条].{0,6}|哪[一]?[句条段](?:说的|写的|里的)?.{0,4}|依据(?:是|呢|在哪|哪).{0,6}|怎么写的.{0,3})[?？。呢吗]*$`)
	// A task of another kind, whatever it is about.
	otherTask = text.NewPattern(`(?:写|作|编|来|吟|念)(?:一|几)?(?:首|阕|副)(?:诗|词|歌|对联|情诗|打油诗)?|写诗|作诗|讲(?:个|一个)(?:笑话|故事)|唱(?:首` +
		`|支|个)|翻译(?:成|一下|这)|画(?:一)?(?:个|张|幅)|写(?:一)?(?:段|个)(?:代码|程序|脚本|小说|段子)`)
	ordinal = text.NewPattern(`第([一二三四五])(?:个|样|种|项|条|方面)|(前|后)(?:一个|面那个|者|那个|一样|一条|一项)`)
)

// resolve understands the last turn, in the light of the ones before it.
func (a *Answerer) resolve(ctx context.Context, turns []string) found {
	if len(turns) == 0 {
		return found{status: Error, say: sayUnreadable}
	}
	q := strings.TrimSpace(turns[len(turns)-1])
	r := Guard(q)
	if r.Status != "" && !(r.Status == Error && hasPicture(q)) {
		return found{status: r.Status, say: r.Say}
	}
	if f, ok := a.smallTalk(ctx, turns); ok {
		return f
	}
	turns = a.questionsOf(turns)
	if r.Status != "" {
		return found{status: r.Status, say: r.Say}
	}
	if otherTask.MatchString(q) {
		return found{status: OutOfScope, say: a.sayOutside()}
	}
	if ctx.Err() != nil {
		return found{status: Error, say: "时间到了，没有来得及回答，请再问一次。"}
	}
	asks, typed := strings.ContainsAny(q, "?？"), q
	q = a.clean(a.heard(q))
	if n, onlyListed := chosen(q); n > 0 {
		if f, ok := a.open(ctx, turns[:len(turns)-1], n, onlyListed); ok {
			return f
		}
	}
	if strings.IndexFunc(q, func(r rune) bool { return unicode.Is(unicode.Han, r) }) < 0 {
		return found{status: OutOfScope, query: q, say: a.sayOutside()}
	}
	var before found
	if len(turns) > 1 {
		before = a.resolve(ctx, turns[:len(turns)-1])
	}
	if f, ok := a.theWhole(typed, before); ok {
		return f
	}
	if f, ok := a.documents(ctx, typed, q, before.query); ok {
		return f
	}
	return a.follow(ctx, before, q, asks)
}

// documents answers a question about a document, or for an earlier one.
// Titles and numbers are looked for as they were typed.
func (a *Answerer) documents(ctx context.Context, typed, q, before string) (found, bool) {
	if f, ok := a.past(ctx, q, before); ok {
		f.searched = false // in other documents than those of today
		return f, true
	}
	return a.refer(ctx, typed, q)
}

// follow answers a turn, in the light of the question before it; its query is
// empty where there is none.
func (a *Answerer) follow(ctx context.Context, before found, q string, asks bool) found {
	switch {
	case wordsAgain.MatchString(q) && before.status != "":
		return again(before, q)
	case !asks && a.opensDialog(ctx, q):
		if a.book.Fault != "" {
			return found{status: Dialog, query: q, say: a.book.Fault}
		}
		_, first := (&dialog.Machine{Book: a.book}).Start(Description(q), time.Time{})
		return found{status: Dialog, query: q, say: first.Text}
	case knowledge.NamesPlace(q) && !(a.pool.Foreign() && otherPaper.MatchString(q)):
		if f, ok := a.place(q); ok {
			return f
		}
	}
	if before.query == "" {
		return a.search(ctx, []string{q})
	}
	if leans(q) {
		return a.joint(ctx, before, q)
	}
	f := a.search(ctx, []string{q})
	if f.status == Answered || f.status != OutOfScope && !f.nearest {
		return f
	}
	if g := a.joint(ctx, before, q); f.status == OutOfScope || goesOnFrom(before, g) && g.likely > f.likely+surerTogether {
		return g
	}
	return f
}

// surerTogether is by how much likelier the first has to answer a turn with the one
// before it than by itself, where neither its form nor its answer says that it leans.
const surerTogether = 0.1

// goesOnFrom says whether an answer is from the document that was spoken of.
func goesOnFrom(before, f found) bool {
	earlier, now := slices.Concat(before.cited, before.related), slices.Concat(f.cited, f.related)
	return len(earlier) > 0 && len(now) > 0 && earlier[0].doc == now[0].doc
}

// otherPaper is what a document is called that is no speech.
var otherPaper = text.NewPattern(`通知|方案|办法|细则|规程|指南|章程|意见|问答|纪要|合同|公告|规定|条例|须知|规则|公约|手册|计划|规划`)

// place answers a question that names a place of the office's own document and
// nothing else; others are found with the words beside it.
func (a *Answerer) place(q string) (found, bool) {
	for _, d := range a.library.Documents {
		if !searched(d) || !isOwn(d) && a.pool.Foreign() {
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
		return f, true
	}
	if utf8.RuneCountInString(q) <= shortPlace && !a.pool.Foreign() {
		return found{status: NotStated, query: q, say: fmt.Sprintf(sayNoPlace, a.name())}, true
	}
	return found{}, false
}

// shortPlace is how many characters a question has that is about a place and
// nothing else.
const shortPlace = 14

// choosing takes one of what was listed: 1, 回1, 第二个. 第三条 is a place of a document.
var choosing = text.NewPattern(`^(?:(?:回|回复|选|看)?\s*(\d{1,2})\s*[条个]?|(第)([一二三四五\d])个)[。！!]?$`)

// chosen gives the number by which a turn takes one of what was listed, 0 where it
// takes none; onlyListed where the words may mean something else as well.
func chosen(turn string) (n int, onlyListed bool) {
	m := choosing.FindStringSubmatch(strings.TrimSpace(turn))
	if m == nil {
		return 0, false
	}
	return text.Whole(m[1] + m[3]), m[2] != ""
}

// smallTalk gives what is said to a greeting and its like, and to what leans on the
// last answer and has none.
func (a *Answerer) smallTalk(ctx context.Context, turns []string) (found, bool) {
	last := turns[len(turns)-1]
	_, kind, ok := a.manners.Reply(last, 0)
	if !ok {
		return found{}, false
	}
	if leansOnAnswer[kind] {
		return a.onceMore(ctx, kind, a.questionsOf(turns))
	}
	before := 0
	for _, t := range turns[:len(turns)-1] {
		if _, k, ok := a.manners.Reply(t, 0); ok && k == kind {
			before++
		}
	}
	say, _, _ := a.manners.Reply(last, before)
	return found{status: OutOfScope, say: say, wantsPerson: kind == MannerHuman}, say != ""
}

var leansOnAnswer = map[string]bool{MannerSimpler: true, MannerAgain: true, MannerWhy: true}

// questionsOf leaves out the small talk before the last turn: what a turn leans on
// is a question.
func (a *Answerer) questionsOf(turns []string) []string {
	last := len(turns) - 1
	out := slices.DeleteFunc(slices.Clone(turns[:last]), func(t string) bool {
		_, _, talk := a.manners.Reply(t, 0)
		return talk
	})
	return append(out, turns[last])
}

// onceMore says the last answer again, or shorter; the reason for one is looked for
// as for any question that leans.
func (a *Answerer) onceMore(ctx context.Context, kind string, turns []string) (found, bool) {
	if len(turns) == 1 {
		return found{status: OutOfScope, say: sayNothingBefore}, true
	}
	f := a.resolve(ctx, turns[:len(turns)-1])
	switch {
	case kind == MannerWhy && f.query != "":
		return a.reason(ctx, f, turns[len(turns)-1]), true
	case kind == MannerSimpler && f.lead != "":
		f.text, f.worded = f.lead, ""
	}
	return f, true
}

// reason looks for why an answer is so, and says where nothing else is written of it.
func (a *Answerer) reason(ctx context.Context, before found, why string) found {
	f := a.joint(ctx, before, a.clean(why))
	if f.status == Answered && len(before.cited) > 0 && len(f.cited) > 0 && !f.cited[0].inClauseOf(before.cited[0]) {
		return f
	}
	return found{status: NotStated, query: before.query, say: sayNoReason, related: before.cited, far: true}
}

// open shows the one that is chosen of what the turns before were answered with;
// onlyListed leaves alone what was no list of guesses: 第二个 of an answer is another
// thing, see pick.
func (a *Answerer) open(ctx context.Context, turns []string, n int, onlyListed bool) (found, bool) {
	var before found
	if len(turns) > 0 {
		before = a.resolve(ctx, turns)
	}
	if onlyListed && len(before.listed) == 0 {
		return found{}, false
	}
	listed := before.listed
	if len(listed) == 0 {
		listed = slices.Concat(before.cited, before.related[:min(mostShown, len(before.related))])
	}
	switch {
	case len(listed) == 0 || before.text == sayLost:
		return found{status: OutOfScope, query: before.query, say: sayNoneListed}, true
	case n > len(listed):
		return found{status: OutOfScope, query: before.query, say: fmt.Sprintf(sayFewListed, len(listed))}, true
	}
	one := listed[n-1]
	f := before
	f.status, f.cited, f.whole, f.say = Answered, []ref{one}, true, "原文是："
	f.related = slices.DeleteFunc(slices.Concat(before.cited, before.related), one.same)
	f.text, f.lead, f.basis, f.nearest = "", "", nil, false
	return f, true
}

// again gives the words an answer rested on, whole.
func again(before found, q string) found {
	refs := before.cited
	if len(refs) == 0 {
		refs = before.related
	}
	if len(refs) == 0 {
		return found{status: NotStated, say: sayNoBefore, query: q}
	}
	f := before
	f.status, f.cited, f.whole, f.say = Answered, refs, true, "原文是："
	f.text, f.lead, f.basis = "", "", nil
	return f
}

// leans says whether a turn cannot be understood by itself.
func leans(q string) bool {
	return leaning.MatchString(q) || utf8.RuneCountInString(q) <= 7
}

// joint answers a turn together with the question before it. What the turn
// says otherwise of the organisation replaces what was said.
func (a *Answerer) joint(ctx context.Context, before found, q string) found {
	if m := ordinal.FindStringSubmatch(q); m != nil && len(before.cited) > 0 {
		if f, ok := pick(before, q, m); ok {
			return f
		}
	}
	earlier := a.replaceFacts(before.query, q)
	if earlier == "" {
		return a.search(ctx, []string{q})
	}
	return a.onlyThat(before, a.narrowed(before, a.inPlace(before, a.search(ctx, []string{earlier, q})), q), q)
}

// inPlace has an answer to a leaning turn stay with the notice that was spoken of. One
// from another document may be another office's: it is not sure, and where the notice
// has anything near, that is shown.
func (a *Answerer) inPlace(before, f found) found {
	if before.status != Answered || len(before.cited) == 0 || before.cited[0].doc.Shipped {
		return f
	}
	of := func(r ref) bool { return r.doc == before.cited[0].doc }
	switch {
	case f.status == Answered && len(f.cited) > 0 && !slices.ContainsFunc(f.cited, of):
		f.status, f.related, f.cited = Unsure, append(slices.Clone(f.cited), f.related...), nil
		f.text, f.lead, f.basis, f.say = "", "", nil, ""
	case f.status == Unsure && f.nearest && !of(f.related[0]) && slices.ContainsFunc(f.related, of):
		f.related = slices.DeleteFunc(slices.Clone(f.related), func(r ref) bool { return !of(r) })
		f.text, f.lead, f.basis, f.likely = "", "", nil, 0
		return a.guessed(f, f.query)
	}
	return f
}

// narrowed does not give the last answer again, as if it were sure, to a turn that asks
// for something which that answer has no word of and a sentence near it has.
func (a *Answerer) narrowed(before, f found, q string) found {
	again := f.status == Answered && len(before.cited) > 0 && len(f.cited) > 0 && f.cited[0].inClauseOf(before.cited[0])
	if !again || f.cited[0].doc.Shipped {
		return f
	}
	words := a.tellingWords(q)
	if words.in(f.cited[0].text()) > 0 {
		return f
	}
	near := slices.Concat(f.cited[1:], f.related)
	at := slices.IndexFunc(near, func(r ref) bool { return r.doc == f.cited[0].doc && words.in(r.text()) > 0 })
	if at < 0 {
		return f
	}
	f.lead = a.guess(q, near[at], longGuess) + "。"
	f.related = slices.Concat(near[at:at+1], near[:at], near[at+1:], f.cited[:1])
	f.status, f.cited, f.basis, f.nearest, f.likely = Unsure, nil, nil, true, likelyFrom
	return a.guessed(f, q)
}

// pick takes the one of several answers that a turn points to: of those that
// were given, or of the headings beside the one that was.
func pick(before found, q string, m []string) (found, bool) {
	list := before.cited
	if first := list[0]; len(list) == 1 || isHeading(first) {
		list = headingsBeside(first)
	}
	if len(list) == 0 {
		return found{}, false
	}
	n := text.Whole(m[1])
	switch m[2] {
	case "前":
		n = 1
	case "后":
		n = len(list)
	}
	if n < 1 || n > len(list) {
		return found{}, false
	}
	f := before
	f.query = before.query + " " + q
	f.related = append(append([]ref{}, list[:n-1]...), list[n:]...)
	f.status, f.cited, f.say = Answered, list[n-1:n], ""
	f.text, f.lead, f.basis = "", "", nil
	if isHeading(list[n-1]) && contents.MatchString(q) {
		f.cited = underHeading(list[n-1])
	}
	return f, len(f.cited) > 0
}

// contents asks for more than a heading says.
var contents = text.NewPattern(`具体|怎么|怎样|如何|咋|内容|要求|哪些|细说|展开|讲讲|说说|点样|啥意思|什么意思`)

// isHeading says whether a ref is a heading; what stands beside the clauses, such
// as a 文号, is none.
func isHeading(r ref) bool { return r.clause >= 0 && r.doc.Clauses[r.clause].Number == 0 }

// headingsBeside gives a heading and those of the same level beside it, in
// their order; nothing where r is none.
func headingsBeside(r ref) []ref {
	if !isHeading(r) {
		return nil
	}
	d := r.doc
	parent := d.Sections[d.Clauses[r.clause].Section].Parent
	var out []ref
	for i, c := range d.Clauses {
		if c.Number == 0 && d.Sections[c.Section].Parent == parent {
			out = append(out, ref{doc: d, clause: i})
		}
	}
	return out
}

// underHeading gives the sentences of a heading's own section.
func underHeading(r ref) []ref {
	var out []ref
	for i, c := range r.doc.Clauses {
		if c.Section == r.doc.Clauses[r.clause].Section && c.Number > 0 {
			out = append(out, ref{doc: r.doc, clause: i})
		}
	}
	return out
}

// replaceFacts drops from a question the words whose fact the next turn gives
// otherwise.
func (a *Answerer) replaceFacts(earlier, q string) string {
	if a.book != nil {
		now := a.book.Read(q).Facts
		then := a.book.Read(earlier)
		for fact, value := range now {
			if old, ok := then.Facts[fact]; ok && old != value {
				earlier = strings.ReplaceAll(earlier, then.Words[fact], " ")
			}
		}
	}
	return strings.TrimSpace(engine.Turned(earlier, q))
}

// between parts the questions of one message.
var betweenQuestions = text.NewPattern(`[?？]+|\n+|[；;]`)

// shortestQuestion is how many characters a question has that stands by itself.
const shortestQuestion = 6

// questionsIn gives the questions of a message that stand by themselves; nil
// where there is but one.
func questionsIn(message string) []string {
	var out []string
	for _, part := range betweenQuestions.Split(message, -1) {
		part = strings.TrimSpace(part)
		if utf8.RuneCountInString(part) >= shortestQuestion && anyQuestion.MatchString(part+"？") &&
			asksSomething.MatchString(part) && !leans(part) {
			out = append(out, part)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// asksSomething finds a question's own word.
var asksSomething = text.NewPattern(`谁|哪|怎|咋|啥|什么|多少|几|吗|能不能|可不可以|可以不|行不|是不是|要不要|有没有|为何|为什么|多久`)

// withOthers adds what answers the other questions of a message, so that none
// is dropped without a word.
func (a *Answerer) withOthers(ctx context.Context, f found, message string) found {
	parts := questionsIn(message)
	if len(parts) == 0 || f.status != Answered && f.status != Unsure && f.status != NotStated {
		return f
	}
	for _, p := range parts {
		g := a.resolve(ctx, []string{p})
		if g.status != Answered || len(g.cited) == 0 || slices.ContainsFunc(f.cited, g.cited[0].same) {
			continue
		}
		if f.status != Answered {
			f.status, f.cited, f.say = Answered, nil, ""
		}
		r := g.cited[0]
		r.label = "问“" + short(p, longGuess) + "”"
		f.cited, f.text, f.lead, f.basis = append(f.cited, r), "", "", nil
		f.related = slices.DeleteFunc(slices.Clone(f.related), r.same)
	}
	return f
}
