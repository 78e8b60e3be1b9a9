package engine

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"zujian/knowledge"
)

// How much of a list a first line shows.
const (
	mostItems   = 6
	longestList = 160 // in characters
	wholeItem   = 34  // up to it an item is shown whole
)

// itemsOf gives the clauses of the list that an entry is or leads; none where
// it is none.
func itemsOf(e *knowledge.Entry) (lead int, items []int) {
	d := e.Document
	lead = e.From
	if e.Kind == knowledge.EntryItem {
		lead = d.Clauses[e.From].Lead - 1
	}
	if lead < 0 {
		return -1, nil
	}
	for i := lead + 1; i < len(d.Clauses) && d.Clauses[i].Lead == lead+1; i++ {
		items = append(items, i)
	}
	if len(items) == 0 && e.Kind == knowledge.EntryList {
		lead = -1
		for i := e.From; i <= e.To; i++ {
			items = append(items, i)
		}
	}
	return lead, items
}

// asksList says whether a list is what answers, not one of its items.
func (q *question) asksList(e *knowledge.Entry) bool {
	return e.Kind == knowledge.EntryList || endsInColon(strings.TrimSpace(e.Text)) || e.Kind == knowledge.EntryItem && itemsAsked.MatchString(q.last)
}

var itemsAsked = regexp.MustCompile(`哪些|哪几|分别|都有啥|都要啥|列|有啥|材料|条件|步骤|流程|程序|几步|要啥|几样|都是啥|哪[一二两三四五六七八]|咋样会|啥样`)

// listLine answers with the items of a list, short and numbered; the first of
// them where they are many.
func (c *comparison) listLine(l *line, e *knowledge.Entry) bool {
	lead, items := itemsOf(e)
	if len(items) < 2 {
		return false
	}
	d := e.Document
	if lead >= 0 {
		l.quote(lead, lead, leadIn(withoutNumber(d.Clauses[lead].Text)))
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
		if size(t) >= 8 && size(t) <= wholeItem+10 && !condition.MatchString(segments[k]) && (k+1 == len(segments) || !exception.MatchString(segments[k+1])) {
			return bare(t)
		}
	}
	return s
}

var stepsAsked = regexp.MustCompile(`几步|哪几[块期章个类]|几个?(?:环节|方面|部分|阶段|章)|[三四五六七八九十]个?(?:带|要|点|步|方面|环节|部分)`)

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
	numeralRuns = regexp.MustCompile(`[一二三四五六七八九十百零〇\d]+`)
	countedOff  = regexp.MustCompile(`^[一二三四五六七八九十]([要是])`)
)

// cell is a cell of a row with its column's name.
type cell struct{ name, value string }

var cellStart = regexp.MustCompile(`(?:^|；)([^：；。，]{1,20})：`)

// cellsOf reads a row as “列名：值；列名：值”.
func cellsOf(s string) []cell {
	s = strings.TrimRight(s, "；。")
	at := cellStart.FindAllStringSubmatchIndex(s, -1)
	var out []cell
	for i, m := range at {
		end := len(s)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		out = append(out, cell{s[m[2]:m[3]], strings.TrimSpace(s[m[1]:end])})
	}
	return out
}

var serial = regexp.MustCompile(`^\d{1,3}$|^序号$`)

// keysOf says how many cells, from the first that is no serial number, name a
// row among those beside it.
func keysOf(d *knowledge.Document, row int, cells []cell) (first, count int) {
	for first < len(cells)-1 && serial.MatchString(cells[first].value) && (cells[first].name == "序号" || cells[first].name == "编号" || first == 0) {
		first++
	}
	for count = 1; first+count < len(cells)-1 && count < 3; count++ {
		if !sameKeys(d, row, cells[first:first+count], first) {
			break
		}
	}
	return first, count
}

func sameKeys(d *knowledge.Document, row int, keys []cell, first int) bool {
	for _, step := range []int{-1, 1} {
		for i := row + step; i >= 0 && i < len(d.Clauses) && d.Clauses[i].Kind == knowledge.Row; i += step {
			other := cellsOf(d.Clauses[i].Text)
			if len(other) >= first+len(keys) && slices.Equal(other[first:first+len(keys)], keys) {
				return true
			}
		}
	}
	return false
}

// shortRow is up to how many characters a row is shown with all its columns.
const shortRow = 36

// rowLine answers with a row: what names it, then the columns that are asked
// for; all of them where none is, or the row is short.
func (c *comparison) rowLine(l *line, d *knowledge.Document, row int, all bool) {
	cells := cellsOf(d.Clauses[row].Text)
	if len(cells) < 2 {
		l.quote(row, row, bare(d.Clauses[row].Text))
		return
	}
	first, count := keysOf(d, row, cells)
	for i, k := range cells[first : first+count] {
		if i > 0 {
			l.say("，")
		}
		l.quote(row, row, k.value)
	}
	rest := cells[first+count:]
	if !all && size(d.Clauses[row].Text) > shortRow+12 {
		rest = c.columns(rest)
	} else {
		rest = c.askedFirst(rest)
	}
	mark := "："
	for _, x := range rest {
		if x.value == "" || size(l.text.String())+size(x.value) > 2*longestLine {
			continue
		}
		l.say(mark)
		l.quote(row, row, x.name)
		l.say(" ")
		l.quote(row, row, x.value)
		mark = "，"
	}
}

var columnNames = []struct {
	kind string
	name *regexp.Regexp
}{
	{"date", regexp.MustCompile(`时间|时限|期限|日期|节点|季度`)},
	{"days", regexp.MustCompile(`时间|时限|期限|日期`)},
	{"freq", regexp.MustCompile(`频次|次数|周期|时间`)},
	{"who", regexp.MustCompile(`单位|部门|责任|承办|牵头|人|负责|主体`)},
	{"money", regexp.MustCompile(`标准|金额|补|奖|费|元`)},
	{"where", regexp.MustCompile(`地点|地址|窗口|位置|方式`)},
	{"phone", regexp.MustCompile(`电话|联系`)},
	{"materials", regexp.MustCompile(`材料|证明|资料`)},
	{"count", regexp.MustCompile(`数|名额|分|量|个|人`)},
}

// wanted says how much a column is asked for.
func (c *comparison) wanted(x cell) float64 {
	v := 2*c.covers(x.name) + 0.5*c.covers(x.value)
	for _, k := range columnNames {
		if c.q.is(k.kind) && k.name.MatchString(x.name) {
			v += 1.5
		}
	}
	for _, p := range c.q.patterns() {
		if p.MatchString(x.value) {
			v++
			break
		}
	}
	return v
}

func (c *comparison) askedFirst(cells []cell) []cell {
	out := slices.Clone(cells)
	slices.SortStableFunc(out, func(a, b cell) int {
		switch x, y := c.wanted(a), c.wanted(b); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return out
}

// columns gives the columns that are asked for, at most three; all where none
// stands out.
func (c *comparison) columns(cells []cell) []cell {
	out := c.askedFirst(cells)
	if len(out) == 0 || c.wanted(out[0]) < 0.8 {
		return cells
	}
	n := 1
	for n < len(out) && n < 3 && c.wanted(out[n]) >= 0.5*c.wanted(out[0]) {
		n++
	}
	return out[:n]
}
