package engine

import (
	"strconv"
	"strings"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

// How much of a list a first line shows.
const (
	mostItems   = 9
	longestList = 240 // in characters
	wholeItem   = 34  // up to it an item is shown whole
)

// itemsOf gives the clauses of the list that an entry is, leads or stands in,
// and the clause it hangs on, -1 where none; no items where there is no list.
func itemsOf(e *knowledge.Entry) (lead int, items []int) {
	d := e.Document
	lead = e.From
	if own := d.Clauses[e.From].Lead; own > 0 {
		lead = own - 1
	}
	for i := lead + 1; i < len(d.Clauses) && d.Clauses[i].Lead == lead+1; i++ {
		items = append(items, i)
	}
	switch {
	case len(items) > 0:
		return lead, items
	case e.Kind == knowledge.EntryList:
		return -1, clausesFrom(e.From, e.To)
	case endsInColon(d.Clauses[e.From].Text) && e.From+1 < len(d.Clauses):
		return runOf(d, e.From+1)
	}
	return runOf(d, e.From)
}

func clausesFrom(first, last int) []int {
	var out []int
	for i := first; i <= last; i++ {
		out = append(out, i)
	}
	return out
}

// runOf gives the run of lines, each ended by a semicolon but the last, that a
// clause stands in, and the line or heading above it.
func runOf(d *knowledge.Document, i int) (lead int, items []int) {
	listed := func(k int) bool {
		s := strings.TrimSpace(d.Clauses[k].Text)
		return d.Clauses[k].Kind != knowledge.Row && (strings.HasSuffix(s, "；") || strings.HasSuffix(s, ";"))
	}
	first, last := i, i
	for first > 0 && listed(first-1) {
		first--
	}
	for last+1 < len(d.Clauses) && listed(last) {
		last++
	}
	lead = first - 1
	if last-first < 2 {
		return -1, nil
	}
	if lead >= 0 && !endsInColon(d.Clauses[lead].Text) && d.Clauses[lead].Kind != knowledge.Heading {
		lead = -1
	}
	return lead, clausesFrom(first, last)
}

// asksList says whether a list is what answers, not one of its items.
func (q *question) asksList(e *knowledge.Entry) bool {
	return e.Kind == knowledge.EntryList || endsInColon(strings.TrimSpace(e.Text)) || itemsAsked.MatchString(q.last)
}

var itemsAsked = text.NewPattern(`哪些|哪几|分别|都有啥|都要啥|列|有啥|材料|条件|步骤|流程|程序|几步|要啥|几样|都指|指什么|指哪|都是啥|哪[一二两三四五六七八]|咋样会|啥样`)

// listLine answers with the items of a list, short and numbered; the first of
// them where they are many.
func (c *comparison) listLine(l *line, e *knowledge.Entry) bool {
	lead, items := itemsOf(e)
	if len(items) < 2 {
		return false
	}
	d := e.Document
	if lead >= 0 {
		l.quote(lead, lead, bare(leadIn(withoutNumber(d.Clauses[lead].Text))))
		l.say("：")
	}
	shown, n := []string{}, size(l.text.String())
	firsts := items[:0:0]
	for _, i := range items {
		s := c.itemOf(d, i)
		if len(shown) == mostItems || len(shown) > 0 && n+size(s)+3 > longestList {
			break
		}
		shown, firsts, n = append(shown, s), append(firsts, i), n+size(s)+3
	}
	for k, s := range shown {
		if k > 0 {
			l.say("；")
		}
		l.say(strconv.Itoa(k+1) + ".")
		if d.Clauses[firsts[k]].Kind == knowledge.Row {
			c.rowLine(l, d, firsts[k], true)
			continue
		}
		l.quote(firsts[k], firsts[k], s)
	}
	if len(shown) < len(items) {
		l.say("；等" + strconv.Itoa(len(items)) + "项")
	}
	return true
}

// itemOf is an item as a list shows it: whole where it is short, else its
// heading, or its first part where that says something by itself.
func (c *comparison) itemOf(d *knowledge.Document, i int) string {
	s := bare(withoutNumber(d.Clauses[i].Text))
	if d.Clauses[i].Kind == knowledge.Row || size(s) <= wholeItem {
		return s
	}
	if head := marked(s, "：")[0]; endsInColon(head) && size(head) >= 3 && size(head) <= 15 && !strings.ContainsAny(head, "，、；,") {
		return bare(head)
	}
	if first := bare(marked(s, "；。")[0]); size(first) <= wholeItem {
		return first
	}
	segments := marked(s, "，")
	for k := range segments {
		t := strings.Join(segments[:k+1], "")
		if size(t) >= 8 && size(t) <= wholeItem+10 && !condition.MatchString(segments[k]) && (k+1 == len(segments) ||
			!exception.MatchString(segments[k+1])) {
			return bare(t)
		}
	}
	return s
}

var stepsAsked = text.NewPattern(`几步|哪几[块期章类]|几个?(?:环节|方面|部分|阶段|章)|[三四五六七八九十]个?(?:带|要|点|步|方面|环节|部分)`)

// headingsLine answers with the headings that stand beside an entry's own, where
// there are three at least.
func headingsLine(l *line, e *knowledge.Entry) bool {
	d := e.Document
	for s := d.Clauses[e.To].Section; s >= 0; s = d.Sections[s].Parent {
		clauses := headingsBeside(d, d.Sections[s].Parent, s)
		if len(clauses) < 3 {
			continue
		}
		for n, i := range clauses {
			if n > 0 {
				l.say("；")
			}
			l.say(strconv.Itoa(n+1) + ".")
			l.quote(i, i, d.Sections[d.Clauses[i].Section].Heading)
		}
		return true
	}
	return false
}

// headingsBeside gives a clause for each section inside one that has a short
// heading of its own; none where one of them has none.
func headingsBeside(d *knowledge.Document, within, own int) []int {
	var out []int
	last := -1
	for i, x := range d.Clauses {
		s := x.Section
		for s >= 0 && d.Sections[s].Parent != within {
			s = d.Sections[s].Parent
		}
		if s != x.Section || s == last || s < 0 || markerOf(d.Sections[s].Label) != markerOf(d.Sections[own].Label) {
			continue
		}
		last = s
		if h := d.Sections[s].Heading; h == "" || size(h) > wholeItem/2 || !strings.Contains(x.Text, h) {
			return nil
		}
		out = append(out, i)
	}
	return out
}

// markerOf is a label without its number, and without the text of a heading
// that runs in (“一要……”): what is counted alike is one list.
func markerOf(label string) string {
	if m := countedOff.FindStringSubmatch(label); m != nil {
		return m[1]
	}
	return numeralRuns.ReplaceAllString(label, "")
}

var (
	numeralRuns = text.NewPattern(`[一二三四五六七八九十百零〇\d]+`)
	countedOff  = text.NewPattern(`^[一二三四五六七八九十]([要是])`)
)
