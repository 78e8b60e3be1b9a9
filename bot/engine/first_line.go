package engine

import (
	"strings"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

// firstLine answers a question from an entry, in a line that a person reads
// first: stretches of the document and a small vocabulary, by the kind of
// question. basis says where each stretch stands. A yes or no is said only
// where the answer is sure.
func (c *comparison) firstLine(x *candidate, sure bool) (text string, basis []Basis) {
	l := c.lineOf(x, sure)
	return l.end(), l.basis
}

func (c *comparison) lineOf(x *candidate, sure bool) *line {
	e := x.view.entry
	l := &line{doc: e.Document}
	verdict := ""
	switch {
	case c.asksWhole(x.view.doc) && wholeLine(l, x.view.doc), c.asksPlace(e) && c.placeLine(l, e),
		stepsAsked.MatchString(c.q.last) && !c.q.is("days", "date", "money") && headingsLine(l, e), c.q.asksList(e) &&
			e.Kind != knowledge.EntryRow && c.listLine(l, e):
		l.whole = true
	case e.Kind == knowledge.EntryRow:
		c.rowLine(l, e.Document, e.From, false)
	default:
		if sure {
			verdict = c.verdict(e)
		}
		if verdict != "" {
			l.say(verdict + "。")
		} else {
			c.ownVerdict(l, e)
		}
		c.sentenceLine(l, e)
	}
	if verify(l.told.String(), l.spans) != nil || !carried(verdict, strings.Join(l.spans, "\n")) {
		l = &line{doc: e.Document}
		l.quote(e.From, e.To, clipped(withoutNumber(e.Text)))
	}
	return l
}

// firstLines answers from several entries where two things are asked for or
// compared, or documents answer each for itself; from the first otherwise.
func (c *comparison) firstLines(best []*candidate) (text string, basis []Basis) {
	text, basis = c.firstLine(best[0], true)
	for _, x := range best[1:min(mostQuotes, len(best))] {
		other := x.view.doc != best[0].view.doc
		if !other && !c.opens(x, best[0]) {
			continue
		}
		s, b := c.firstLine(x, false)
		if strings.Contains(text, bare(s)) {
			continue
		}
		if other {
			text = inDocument(best[0], text) + "\n" + inDocument(x, s)
		} else {
			text = strings.TrimSuffix(text, "。") + "；" + s
		}
		basis = append(basis, b...)
	}
	return text, basis
}

// eachAsked asks the same of several things.
var eachAsked = text.NewPattern(`各|分别`)

// opens says whether an entry answers what another leaves open: two things are
// compared, or asked for and it has a word of the question that the other lacks.
func (c *comparison) opens(x, other *candidate) bool {
	switch {
	case !c.q.asksTwo():
		return false
	case c.q.is("compare"), eachAsked.MatchString(c.q.last):
		return true
	}
	return c.adds(x.view.entry.Text, other.view.entry.Text)
}

// inDocument is a line with the document and the place it is from.
func inDocument(x *candidate, s string) string {
	return nameApart(x.view.entry.Document) + "：" + s + "（" + placeOfEntry(x.view.entry) + "）"
}

// clipped is a clause up to the last mark within the length of a line; whole
// where there is none.
func clipped(s string) string {
	if size(s) <= longestLine {
		return s
	}
	out := ""
	for _, part := range marked(s, "，；。") {
		if out != "" && size(out)+size(part) > longestLine {
			break
		}
		out += part
	}
	return out
}

var shortVerdict = text.NewPattern(`^(?:可以|不可以|不能|能|不用|不需要|不必|要|需要|是|不是|有|没有|不行|行|不会|会|算|不算|不一定)[。，]$`)

// mostNamed is the share of the question's words that such a question has.
const mostNamed = 0.6

// ownVerdict writes the yes or no that the document itself begins its answer
// with, where the question it answers is the one that is asked.
func (c *comparison) ownVerdict(l *line, e *knowledge.Entry) {
	if e.Kind != knowledge.EntryAnswer || !c.q.yesNo {
		return
	}
	first := e.From
	for first > 0 && e.Document.Clauses[first-1].Kind == knowledge.Answer &&
		e.Document.Clauses[first-1].Section == e.Document.Clauses[first].Section {
		first--
	}
	if s := e.Document.Clauses[first].Text; first < e.From && shortVerdict.MatchString(s) && c.named(e.Lead) >= mostNamed*c.total() {
		l.quote(first, first, s)
	}
}

func (c *comparison) asksWhole(d *docView) bool {
	return c.aboutWhole(d) && c.q.is("whole") && len(c.q.place) == 0 && wholeAsked.MatchString(c.q.last) &&
		!notPure.MatchString(strings.ReplaceAll(c.q.last, "哪些", ""))
}

// aboutWhole says whether the question has no words but those of a document's
// title and head.
func (c *comparison) aboutWhole(d *docView) bool {
	met, all := 0.0, 0.0
	for i := range c.words {
		if w := &c.words[i]; w.last && w.weight >= 0.5 {
			all += w.weight
			met += w.weight * w.presence(d.head.text())
		}
	}
	return met >= mostNamed*all
}

var wholeAsked = text.NewPattern(`讲|说|概括|总结|归纳|捋|大意|管|内容|中心`)

var purposeStretch = text.NewPattern(`(?:为了?|解决|推动|规范|加强)[^。；;]{6,90}`)

// Whole tells what a document is, as wholeLine does: its title, what it is for, its
// parts. It is empty for one that is not searched or has neither.
func (e *Engine) Whole(d *knowledge.Document) (string, []Basis) {
	v := e.pool.byDoc[d.ID]
	l := &line{doc: d}
	if v == nil || !wholeLine(l, v) {
		return "", nil
	}
	return l.end(), l.basis
}

// wholeLine tells what a document is: its title, what it is for, its parts.
func wholeLine(l *line, d *docView) bool {
	l.say("《" + shortTitle(l.doc.Title) + "》：")
	for _, v := range d.entries {
		if v.entry.Kind != knowledge.EntryPurpose && !(v.entry.Number < 9 && v.entry.Kind != knowledge.EntryFrame &&
			purposeStretch.MatchString(firstOf(v.entry.Text, 20))) {
			continue
		}
		l.quote(v.entry.From, v.entry.To, aim(purposeStretch.FindString(v.entry.Text)))
		break
	}
	n := 0
	for i, x := range l.doc.Clauses {
		s := bare(withoutNumber(x.Text))
		if x.Kind != knowledge.Heading || l.doc.Sections[x.Section].Parent >= 0 || size(s) > 20 ||
			strings.HasPrefix(l.doc.Sections[x.Section].Label, "附件") {
			continue
		}
		if size(l.text.String())+size(s) > longestList {
			l.say("等")
			break
		}
		switch {
		case n > 0:
			l.say("、")
		case len(l.basis) > 0:
			l.say("。讲了：")
		}
		l.quote(i, i, s)
		n++
	}
	return len(l.basis) > 0
}

var framed = text.NewPattern(`，?(?:现|特?制定|决定|根据|结合|经.{2,12}(?:研究|同意)).*$`)

// aim is a purpose without the words that only frame it.
func aim(s string) string { return bare(framed.ReplaceAllString(s, "")) }

// asksPlace says whether what stands at a place is asked for, not something of
// it.
func (c *comparison) asksPlace(e *knowledge.Entry) bool {
	return len(c.q.place) > 0 && e.Kind != knowledge.EntryRow && e.Kind != knowledge.EntryAttached && !notPure.MatchString(c.q.last)
}

// longestPlace is up to how many characters a named place is shown whole.
const longestPlace = 240

// placeLine answers with the paragraph an entry stands in, whole where it can
// be.
func (c *comparison) placeLine(l *line, e *knowledge.Entry) bool {
	if lastOne.MatchString(c.q.text) {
		return false
	}
	d := e.Document
	from, to := e.From, e.From
	for from > 0 && d.Clauses[from-1].Section == d.Clauses[e.From].Section {
		from--
	}
	for to+1 < len(d.Clauses) && (d.Clauses[to+1].Section == d.Clauses[e.From].Section ||
		inside(d, d.Clauses[to+1].Section, d.Clauses[e.From].Section)) {
		to++
	}
	for i := from; i <= to; i++ {
		s := withoutNumber(d.Clauses[i].Text)
		if i > from && size(l.text.String())+size(s) > longestPlace {
			break
		}
		l.quote(i, i, s)
	}
	return true
}

func inside(d *knowledge.Document, s, within int) bool {
	for ; s >= 0; s = d.Sections[s].Parent {
		if s == within {
			return true
		}
	}
	return false
}
