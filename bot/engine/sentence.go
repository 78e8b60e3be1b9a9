package engine

import (
	"strings"

	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/text"
)

// sentenceLine answers with a sentence or an item: whole where it is short,
// else the part that answers, with its subject, condition and exception.
func (c *comparison) sentenceLine(l *line, e *knowledge.Entry) {
	text := withoutNumber(e.Text)
	lead := c.leadOf(e, text)
	switch m := runningHead.FindStringSubmatch(text); {
	case lead >= 0:
		s := leadIn(withoutNumber(l.doc.Clauses[lead].Text))
		l.quote(lead, lead, s)
		if !endsInColon(s) {
			l.say("，")
		}
	case m != nil && !shortVerdict.MatchString(m[1]+"。"):
		text = text[len(m[1])+len("。"):]
		if !strings.Contains(text, m[1]) && c.adds(m[1], text) {
			l.quote(e.From, e.To, m[1])
			l.say("：")
		}
	default:
		if clause, heading := c.headingOf(e, text); clause >= 0 {
			l.quote(clause, clause, heading)
			l.say("：")
		}
	}
	for i, s := range c.parts(text) {
		if i > 0 && !endsInColon(l.text.String()) {
			l.trimMark()
			l.say("，")
		}
		l.quote(e.From, e.To, s)
	}
}

// runningHead is a heading that runs into its sentence.
var runningHead = text.NewPattern(`^([^，。；：,;:]{2,12})。[^。]{8}`)

func (l *line) trimMark() {
	s := strings.TrimRight(l.text.String(), "，；、,;")
	l.text.Reset()
	l.text.WriteString(s)
}

// leadOf gives the clause that an item has to be read with; -1 where it stands
// by itself.
func (c *comparison) leadOf(e *knowledge.Entry, text string) int {
	lead, items := itemsOf(e)
	if lead < 0 || lead == e.From || len(items) == 0 || !endsInColon(e.Document.Clauses[lead].Text) {
		return -1
	}
	fragment := strings.HasSuffix(bare(text), "的") || modalityOf(text) == none && (size(text) < shortWhole ||
		c.q.yesNo || c.q.is("penalty"))
	if !fragment || size(leadIn(e.Document.Clauses[lead].Text))+min(size(text), wholeClause) > longestLine {
		return -1
	}
	return lead
}

// leadIn is what of the sentence that a list hangs on has to be read with its
// items: its last part.
func leadIn(s string) string {
	parts := marked(s, "；。")
	s = parts[len(parts)-1]
	if size(s) <= longestLead {
		return s
	}
	segments := marked(s, "，")
	for cut := false; len(segments) > 1; cut = true {
		if size(strings.Join(segments, "")) <= longestLead && !(cut && hanging.MatchString(segments[0])) {
			break
		}
		segments = segments[1:]
	}
	return strings.Join(segments, "")
}

// headingOf gives the heading that says what a short sentence is about, where
// the question has words of it that the sentence lacks; -1 where none.
func (c *comparison) headingOf(e *knowledge.Entry, text string) (int, string) {
	if len(e.Path) == 0 || size(text) > wholeClause || e.Kind == knowledge.EntryAnswer {
		return -1, ""
	}
	heading := e.Path[len(e.Path)-1]
	if n := size(heading); n < 2 || n > 14 || strings.Contains(text, heading) || !c.adds(heading, text) {
		return -1, ""
	}
	section := e.Document.Clauses[e.To].Section
	for i := e.From; i >= 0 && i >= e.From-12; i-- {
		x := &e.Document.Clauses[i]
		if x.Section == section && strings.Contains(x.Text, heading) {
			return i, heading
		}
	}
	return -1, ""
}

// adds says whether a heading has a word of the question that a text lacks.
func (c *comparison) adds(heading, text string) bool {
	h, t := index.Compact(heading), index.Compact(text)
	for i := range c.words {
		w := &c.words[i]
		if w.weight >= 0.5 && w.presence(h) >= 0.7 && w.presence(t) < 0.3 {
			return true
		}
	}
	return false
}
