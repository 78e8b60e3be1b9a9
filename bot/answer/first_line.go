package answer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/bot/engine"
	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/text"
)

// How many characters a first line has before its sentence is cut to the pieces
// that answer, and how many those may have; and a guess among several.
const (
	longLead   = 80
	longPieces = 75
	longGuess  = 60
	laterGuess = 40
)

// sameAgain is how much of a quotation a first line may say for it to be left out.
const sameAgain = 0.7

// shortestPart is how many characters a part of a sentence has that stands by itself.
const shortestPart = 16

// shortened is an answer whose first line is the pieces of a long sentence that have
// all that the question has of it, and whose quotation is left out where it says the
// same again.
func (a *Answerer) shortened(f found, question string) found {
	if f.status != Answered || f.text == "" || f.lead == "" || len(f.cited) == 0 {
		return f
	}
	if head, rest, ok := strings.Cut(f.text, "\n“"); ok && head == f.lead {
		quote, source, ok := strings.Cut(rest, "”（")
		if ok && !strings.Contains(source, "\n") && saysEnough(f.lead, quote, question) {
			f.text = f.lead + "（" + source
		}
	}
	r := f.cited[0]
	if size(f.lead) <= longLead || asksAll.MatchString(question) || r.clause < 0 ||
		strings.ContainsAny(f.lead, "\n《") || !strings.HasPrefix(r.text(), strings.TrimSuffix(f.lead, "。")) {
		return f
	}
	if s := a.piecesOf(question, r.text(), longPieces, true); s != "" && size(s) < size(f.lead) {
		f.text = strings.Replace(f.text, f.lead, s+"。", 1)
		f.lead = s + "。"
		if at := strings.Index(r.doc.Clauses[r.clause].Text, s); at >= 0 {
			f.basis = []engine.Basis{{Document: r.doc.ID, Clause: r.clause, From: at, To: at + len(s)}}
		}
	}
	return f
}

// saysEnough says whether a first line leaves nothing to a quotation of its sentence:
// it has most of it, or a part that stands by itself. A list that is asked for may go
// on where the line ends.
func saysEnough(lead, quote, question string) bool {
	if asksAll.MatchString(question) {
		return size(plain(lead)) >= size(plain(quote))
	}
	lead = strings.TrimSuffix(begunByVerdict.ReplaceAllString(lead, ""), "。")
	before, after, ok := strings.Cut(quote, lead)
	whole := ok && (before == "" || endsPart(before)) && (after == "" || strings.HasPrefix(after, "；") ||
		strings.HasPrefix(after, ";") || strings.HasPrefix(after, "。"))
	return whole && size(lead) >= shortestPart || float64(size(plain(lead))) >= sameAgain*float64(size(plain(quote)))
}

// asksAll asks for what a sentence lists or means, of which nothing may be left out.
var asksAll = text.NewPattern(`指|意思|什么叫|啥叫|是啥|是什么|哪[些几两二三四五]|分别|各|都有|列|内容|怎么说|咋说|讲了|说了|区别|不同`)

// piecesOf gives the shortest run of a sentence's pieces that has as much of the
// question as any of up to that many characters, and leaves no limit of them out, with
// as much of its part around it as there is room for; all asks for no less than the
// whole sentence has. Empty where there is none.
func (a *Answerer) piecesOf(question, sentence string, most int, all bool) string {
	words := a.tellingWords(question)
	gives := engine.Gives(question, sentence)
	pieces := piecesIn(sentence)
	from, to, found := -1, -1, -1
	fits := func(i, j int) bool {
		s := run(pieces, i, j)
		told := j+1 == len(pieces) || !toldNext.MatchString(pieces[j+1])
		return told && size(s) <= most && !unfinished.MatchString(s) && !goesOn.MatchString(s) &&
			knowledge.Carried(s+"。", []string{sentence}) == nil
	}
	for i := range pieces {
		for j := i; j < len(pieces) && size(run(pieces, i, j)) <= most; j++ {
			s := run(pieces, i, j)
			n := words.in(s)
			better := n > found || n == found && size(s) < size(run(pieces, from, to))
			if better && (!all || n >= words.in(sentence)) && (!gives || engine.Gives(question, s)) && fits(i, j) {
				from, to, found = i, j, n
			}
		}
	}
	if found < 0 {
		return ""
	}
	for ; from > 0 && !endsPart(pieces[from-1]) && fits(from-1, to); from-- {
	}
	for ; to+1 < len(pieces) && !endsPart(pieces[to]) && fits(from, to+1); to++ {
	}
	return run(pieces, from, to)
}

// run is some of a sentence's pieces, without the mark at their end.
func run(pieces []string, i, j int) string {
	return strings.TrimRight(strings.Join(pieces[i:j+1], ""), "，；。,; ")
}

// goesOn begins with what joins it to the piece before.
var goesOn = text.NewPattern(`^(?:[^，,]{0,6}(?:越来越|日益)|并|但|且|其|也|而|及|以及|还|则|从而|方便|做到)`)

// toldNext says what the piece before it only names.
var toldNext = text.NewPattern(`^\s*(?:即|包括|分别|其中|具体|一是|一要|如下)`)

// unfinished ends with a condition or a subject.
var unfinished = text.NewPattern(`(?:的|时|后|前|期间|党委|组织|单位|部门|人员)$`)

func endsPart(piece string) bool {
	return strings.HasSuffix(piece, "；") || strings.HasSuffix(piece, "。") || strings.HasSuffix(piece, ";")
}

// piecesIn cuts a sentence behind its marks, outside brackets and quotation marks.
func piecesIn(sentence string) []string {
	var out []string
	depth, start := 0, 0
	for i, r := range sentence {
		switch {
		case strings.ContainsRune("（(“《", r):
			depth++
		case strings.ContainsRune("）)”》", r):
			depth--
		case depth <= 0 && strings.ContainsRune("，；。,;", r):
			out, start = append(out, sentence[start:i+utf8.RuneLen(r)]), i+utf8.RuneLen(r)
		}
	}
	return append(out, sentence[start:])
}

// wordsAsked are the telling words of a question, each with those near to it.
type wordsAsked [][]string

func (a *Answerer) tellingWords(question string) wordsAsked {
	var out wordsAsked
	for _, w := range index.Cut(plain(question), a.thesaurus.Knows) {
		if size(w) < 2 || anyQuestion.MatchString(w) || slices.Contains(notTelling, w) {
			continue
		}
		all := []string{w}
		for _, n := range a.thesaurus.Near(w) {
			if n.Weight >= sayableFrom {
				all = append(all, n.Word)
			}
		}
		out = append(out, all)
	}
	return out
}

var notTelling = strings.Fields("我们 你们 他们 咱们 这个 那个 可以 应该 现在 就是 还是 一下 知道 请问 有没有 是不是 能不能")

// in counts those that a text has.
func (words wordsAsked) in(text string) int {
	text, n := plain(text), 0
	for _, w := range words {
		n += one(slices.ContainsFunc(w, func(s string) bool { return strings.Contains(text, s) }))
	}
	return n
}

func size(s string) int { return utf8.RuneCountInString(s) }

// Of what is not sure: how likely the first has to answer to be told as what it may
// be, from where that is fairly sure, and how much lower another may be weighed to be
// shown beside it.
const (
	likelyFrom = 0.2
	fairlySure = 0.4
	asNear     = 1.5
)

// guessed words what is not sure, or not stated, by what of the nearest sentences
// has to do with the question.
func (a *Answerer) guessed(f found, question string) found {
	if !f.nearest || len(f.related) == 0 {
		return f
	}
	question = cmp.Or(f.query, question) // with what it leans on
	words := a.tellingWords(question)
	near := func(r ref) int { return words.in(r.text() + headingsOf(r.doc, max(r.clause, 0)) + r.doc.Title) }
	first := near(f.related[0])
	if f.status == NotStated && first == len(words) && isKeyword(question) {
		f.status = Unsure // what is written of it, whatever is asked
	}
	f.listed = f.related[:1]
	when := outcomeOf(f.related[0].doc, question)
	switch {
	case when != "":
		f.status, f.text = NotStated, fmt.Sprintf(sayNoOutcome, when)+a.wordNearest(f.related[0], question)+"\n"+askOf(f.related[0].doc)
	case f.status == NotStated && first*2 > len(words):
		f.text = notFound(question) + a.wordNearest(f.related[0], question) + "\n" + askOf(f.related[0].doc)
	case f.status == NotStated && namesPlaceOf(f.related[0].doc, question):
		f.text = notFound(question) + "\n" + askOf(f.related[0].doc)
	case f.status == NotStated: // another office's notice says nothing of whom to ask here
		f.text = notFound(question) + "\n" + whomToAsk(question)
	case f.likely >= likelyFrom && f.lead != "":
		f.lead = sayLikely + f.lead
		n := foremost(f.related, func(r ref) bool { return r.doc == f.related[0].doc && near(r) >= first })
		f.listed, f.text = f.related[:n], a.wordLikely(f, n, question)
		return f
	case first*4 < len(words):
		f.listed, f.text = nil, sayLost
	default:
		n := foremost(f.related, func(r ref) bool { return near(r) >= first })
		f.listed, f.text = f.related[:n], a.wordUnsure(f.related[:n], question)
	}
	f.lead, f.basis = "", nil
	return f
}

// outcomeAsked asks what came of something in a time that is over, or so far: a rule
// says what shall be, not how many there were.
var outcomeAsked = text.NewPattern(`(去年|前年|上半年|上个?季度|至今|到现在|到目前|截至目前)[^，。；？?,; ]{0,16}(?:多少|几[个名家户份次人位笔项]|哪[几些]|谁)` +
	`[^，。；？?,; ]{0,6}$|(现在|目前)[^，。；？?,; ]{0,8}(?:攒|共有|一共|总共)[^，。；？?,; ]{0,4}(?:多少|几)[^，。；？?,; ]{0,4}$`)

var outcomeTold = text.NewPattern(`去年|上年|前年|上半年|上季度|截至|目前|以来|已经?有`)

// outcomeOf gives the time of which a question asks what came of it, where a document
// tells of no such thing; empty otherwise.
func outcomeOf(d *knowledge.Document, question string) string {
	m := outcomeAsked.FindStringSubmatch(strings.TrimRight(question, "？?。！! "))
	if m == nil || slices.ContainsFunc(d.Clauses, func(c knowledge.Clause) bool { return outcomeTold.MatchString(c.Text) }) {
		return ""
	}
	return cmp.Or(m[1], m[2])
}

// longestKeyword is how many characters a bare word has at most that is sent as a
// question.
const longestKeyword = 12

// isKeyword says whether a message is nothing but what it is about.
func isKeyword(message string) bool {
	return size(message) <= longestKeyword && !anyQuestion.MatchString(message) && !strings.ContainsAny(message, "，,。 ")
}

// foremost puts those that come as near as the first behind it, few enough to be
// shown, and counts them with it. One that says the same as the first is not among
// them.
func foremost(refs []ref, near func(ref) bool) int {
	n := 1
	for i := 1; i < len(refs) && n < mostShown; i++ {
		r := refs[i]
		if r.behind <= asNear && near(r) && plain(r.text()) != plain(refs[0].text()) {
			copy(refs[n+1:i+1], refs[n:i])
			refs[n] = r
			n++
		}
	}
	return n
}

// longestEcho is up to how many characters a question is said back.
const longestEcho = 20

// notFound says that nothing was found of a question.
func notFound(question string) string {
	if question = strings.TrimRight(question, "？?。！!呢呀啊吧 "); size(question) > longestEcho || strings.Contains(question, " ") {
		return sayNotFound
	}
	return fmt.Sprintf(sayNotFoundOf, question)
}

// ours are the words of what a women's federation is asked about.
var ours = text.NewPattern(`妇|女|组建|两新|党|执委|换届|群团|讲话`)

// whomToAsk says whom to ask of what no document has.
func whomToAsk(question string) string {
	if ours.MatchString(question) {
		return sayAsk
	}
	return sayAskOthers
}

// wordLikely tells what is probably the answer, and the others of the same document
// that come as near.
func (a *Answerer) wordLikely(f found, n int, question string) string {
	first := f.related[0]
	text := strings.TrimSuffix(f.lead, "。") + "（" + engine.NameOf(first.doc) + first.locator() + "）"
	sure, others := sayNotSure, ""
	if f.likely >= fairlySure {
		sure = sayFairlySure
	}
	for i, r := range f.related[1:n] {
		others += fmt.Sprintf("\n%d. %s（%s）", i+2, a.guess(question, r, laterGuess), r.locator())
	}
	if others == "" {
		return text + "\n" + sure + sayOpenFirst
	}
	return text + "\n" + sure + sayAlso + others + "\n" + sayOpen
}

// wordUnsure shows the nearest sentences and says that they may not answer.
func (a *Answerer) wordUnsure(refs []ref, question string) string {
	if len(refs) == 1 {
		return fmt.Sprintf(sayPerhaps, a.guess(question, refs[0], longGuess),
			engine.NameOf(refs[0].doc)+refs[0].locator()) + "\n" + sayOpenFirst
	}
	var b strings.Builder
	one := !several(refs)
	b.WriteString(sayUnsure)
	if one {
		fmt.Fprintf(&b, "（%s）", engine.NameOf(refs[0].doc))
	}
	b.WriteString("：")
	for i, r := range refs {
		most, place := laterGuess, r.locator()
		if i == 0 {
			most = longGuess
		}
		if !one {
			place = engine.NameOf(r.doc) + place
		}
		fmt.Fprintf(&b, "\n%d. %s（%s）", i+1, a.guess(question, r, most), place)
	}
	b.WriteString("\n" + sayOpen)
	return b.String()
}

// listed is the number that a sentence is listed under.
var listed = text.NewPattern(`^\s*(?:(?:序号：\d+；|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[．、]|第[一二三四五六七八九十百零\d]+[章节条]|[一二三四五六七八九十]+、)[\s　]*)+`)

// dotted is such a number with a full stop of the other script; 3.5 is none.
var dotted = text.NewPattern(`^\s*\d{1,2}\.(\D)`)

// unlisted is a sentence without the number that it is listed under.
func unlisted(s string) string { return dotted.ReplaceAllString(listed.ReplaceAllString(s, ""), "$1") }

// guess is what of a near sentence a list shows: all of it with what has to be read
// with it, where that is short; else the pieces that answer.
func (a *Answerer) guess(question string, r ref, most int) string {
	text := unlisted(strings.ReplaceAll(r.text(), "\n", ""))
	isRow := r.entry != nil && r.entry.Kind == knowledge.EntryRow
	if line := unlisted(strings.TrimSuffix(r.line, "。")); line != "" && size(line) <= longLead &&
		(isRow || size(line) > size(text)) {
		return line
	}
	if size(text) <= most {
		return strings.TrimRight(text, "；，;,。")
	}
	if s := a.piecesOf(question, text, most, false); s != "" {
		return s
	}
	return short(text, most)
}

// wordNearest shows the nearest sentence.
func (a *Answerer) wordNearest(r ref, question string) string {
	return sayNear + a.guess(question, r, longGuess) + "（" + engine.NameOf(r.doc) + r.locator() + "）。"
}

// namesPlaceOf says whether a question names the place of who issued a document.
func namesPlaceOf(d *knowledge.Document, question string) bool {
	issuer := []rune(strings.TrimPrefix(d.Issuer, "中共"))
	return len(issuer) > 2 && strings.Contains(question, string(issuer[:2]))
}

// askOf says whom to ask.
func askOf(d *knowledge.Document) string {
	if d.Issuer == "" {
		return sayAsk
	}
	return "可以问" + d.Issuer + "。"
}
