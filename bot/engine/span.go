package engine

import (
	"slices"
	"strings"

	"zujian/index"
	"zujian/knowledge/text"
)

// Lengths of a first line, in characters.
const (
	wholeClause  = 62 // up to it a clause is shown whole
	longestLine  = 90
	shortWhole   = 24 // a clause so short says what it is about only by its heading
	longestLead  = 42
	longestWhole = 120 // a longer one is cut

	longestCounted = 200 // what a sentence counts is not torn apart
)

// How much counts in the choice of a stretch.
const (
	forValue   = 1.6
	forModal   = 1.0
	forLength  = 0.012
	withoutIts = 2.0 // the clause has a value of the asked kind, the stretch none
	forRange   = 1.2
	clearLead  = 2.4 // by how much one piece answers better than the others
)

var (
	condition = text.NewPattern(`(?:的|以上|以下|以内|期间|时|后|前|：|情形|情况下?)[，：,:]?$`)
	exception = text.NewPattern(`^(?:但|除|超过|不足|不满|其中|最高|最低|最多|逾期|不超过|不少于|一般|没有|另|且|并|确需|有特殊|特殊)`)
)

// patterns are those of the values that a question asks for, the surest first.
func (q *question) patterns() []*text.Pattern {
	out := slices.Clone(q.values)
	for _, k := range q.kinds {
		if !isOne(k.name, "money", "percent", "count", "days", "date", "freq", "who", "where", "phone", "penalty",
			"define", "reason", "interpret", "effective") {
			continue
		}
		if re := k.strictRE; re != nil {
			out = append(out, re)
		} else if k.valueRE != nil {
			out = append(out, k.valueRE)
		}
	}
	return out
}

// covers says how many of the question's words a stretch has, each as its turn
// counts, those beside the question word more.
func (c *comparison) covers(s string) float64 {
	t, sum := index.Compact(s), 0.0
	for i := range c.words {
		w := &c.words[i]
		worth := w.weight * w.presence(t)
		if w.last && c.q.several() {
			worth *= 1.8
		}
		if slices.Contains(c.q.aspect, w.word) {
			worth *= 1.3
		}
		sum += worth
	}
	return sum
}

// worth says how well a stretch of a clause answers.
func (c *comparison) worth(s, clause string) float64 {
	patterns := c.q.patterns()
	v := c.covers(s) - forLength*float64(size(s))
	for i, p := range patterns {
		met := p.MatchString(s)
		if met {
			v += forValue / float64(len(patterns))
		}
		if i == 0 && !met && p.MatchString(clause) {
			v -= withoutIts
		}
	}
	if c.q.yesNo && modalityOf(s) != none {
		v += forModal
	}
	return v + c.inRange(s)
}

// inRange says whether the numbers of the question are in the ranges that a
// stretch speaks of.
func (c *comparison) inRange(s string) float64 {
	got := 0.0
	for _, r := range intervals(s) {
		for _, n := range c.q.numbers {
			switch {
			case r.unit != n.unit:
			case r.holds(n.value):
				return forRange
			default:
				got = -forRange
			}
		}
	}
	return got
}

// parts gives the stretches of a clause that answer, in its order: all of it
// where it is short, or where no piece answers much better than the others.
func (c *comparison) parts(text string) []string {
	if size(text) <= wholeClause {
		return []string{text}
	}
	pieces := marked(text, "；。")
	if len(pieces) > 2 && c.q.is("materials", "list") {
		return []string{upTo(pieces, longestList)}
	}
	best, lead := c.bestOf(pieces, text)
	if size(text) <= longestWhole && lead < clearLead {
		return []string{text}
	}
	if all := allCounted(pieces[best:]); all != "" && size(all) <= longestCounted {
		return []string{all}
	}
	if size(pieces[best]) > longestWhole {
		return []string{c.window(pieces[best])}
	}
	var out []string
	if best > 0 {
		if head := marked(pieces[0], "：")[0]; endsInColon(head) && size(head) <= 20 && !strings.ContainsAny(head, "，。,") {
			out = append(out, head)
		}
	}
	return append(out, c.extended(pieces, best, len(out) == 0))
}

// countAhead says how many things follow: “两个负责”，即……；…….
var countAhead = text.NewPattern(`([两二三四五六七八九])[个项条种点类][^，。；,;]{0,12}[，,：:]?(?:即|包括|分别)`)

// allCounted is a piece that says how many things it names, with the pieces behind it
// that the rest of them are in; empty where it does not, or names all itself.
func allCounted(pieces []string) string {
	m := countAhead.FindStringSubmatch(pieces[0])
	if m == nil || !strings.HasSuffix(pieces[0], "；") && !strings.HasSuffix(pieces[0], ";") {
		return ""
	}
	n := slices.Index([]rune("零一二三四五六七八九"), []rune(strings.Replace(m[1], "两", "二", 1))[0])
	if n > len(pieces) {
		return ""
	}
	return strings.Join(pieces[:n], "")
}

// extended is a piece with what follows where that is its exception or a next
// step, and with what is before it where steps are asked for.
func (c *comparison) extended(pieces []string, best int, backwards bool) string {
	s, most := pieces[best], longestLine
	further := c.q.asksTwo() || c.q.is("how")
	if further {
		most = longestWhole
	}
	for _, next := range pieces[best+1:] {
		if size(s)+size(next) > most || !further && !exception.MatchString(next) && size(s) >= wholeClause/2 {
			break
		}
		s += next
	}
	if further && backwards && best > 0 && size(pieces[best-1])+size(s) <= most {
		s = pieces[best-1] + s
	}
	return s
}

// bestOf gives the piece that answers best, and by how much it does so better
// than the next.
func (c *comparison) bestOf(pieces []string, text string) (best int, lead float64) {
	first, second := -1e9, -1e9
	for i, p := range pieces {
		v := c.worth(p, text) - c.opposed(p)
		if v > first {
			best, first, second = i, v, first
		} else if v > second {
			second = v
		}
	}
	lead = first - second
	if c.inRange(pieces[best]) > 0 {
		lead += forRange // its range holds for the number that is asked about
	}
	return best, lead
}

var (
	lacking = text.NewPattern(`未|没有|不具备|不足|不满|不能|不符合|无`)
	having  = text.NewPattern(`已|具备|符合`)
	amounts = text.NewPattern(`[多至最不]少`)
	lacks   = text.NewPattern(`没|不|未|无|莫得|缺|少`)
)

// opposed says how much the condition of a stretch is the opposite of what the
// question says: who has no branch is not told what holds for who has one.
func (c *comparison) opposed(s string) float64 {
	denied := lacks.MatchString(amounts.ReplaceAllString(choiceAsked.ReplaceAllString(c.q.text, ""), ""))
	for _, part := range marked(s, "，") {
		if condition.MatchString(part) && (lacking.MatchString(part) && !denied || denied &&
			having.MatchString(part) && !lacking.MatchString(part)) {
			return withoutIts
		}
	}
	return 0
}

// upTo joins pieces as long as they fit; at least the first.
func upTo(pieces []string, most int) string {
	s := pieces[0]
	for _, p := range pieces[1:] {
		if size(s)+size(p) > most {
			break
		}
		s += p
	}
	return s
}

// asksTwo says whether two things are asked for at once, or compared.
func (q *question) asksTwo() bool {
	return q.is("compare") || len(otherAsked.FindAllString(q.last, -1)) > 1
}

// hanging begins a stretch that has its subject before it.
var hanging = text.NewPattern(`^(?:[^，,]{0,6}(?:越来越|日益)|可以|要|应|须|必须|积极|努力|方便|与|将|使|做到|推动|实现|并|且|也|还|均|都|不|探索|即|鼓励|吸收` +
	`|为|从|把|以|按|由|如|通过|不断|充分|切实|进一步|分别|同时|其|但|占|给予|予以|提|确保|负责|引导|支持|加强|形成|报|经|填|交|送|持)`)

// window gives the segments of a long piece that answer, with the condition
// before and the exception behind them; it begins with the piece or with a
// segment that has a subject of its own.
func (c *comparison) window(piece string) string {
	segments := marked(piece, "，：")
	joined := func(i, j int) string { return strings.Join(segments[i:j+1], "") }
	from, to, best := 0, 0, -1e9
	for i := range segments {
		if i > 0 && (hanging.MatchString(segments[i]) || condition.MatchString(segments[i-1])) {
			continue
		}
		for j := i; j < len(segments) && (j == i || size(joined(i, j)) <= longestWhole); j++ {
			v := c.worth(joined(i, j), piece) - c.opposed(joined(i, j))
			if condition.MatchString(segments[j]) && j+1 < len(segments) {
				v -= withoutIts // nothing ends on a bare condition
			}
			if v > best {
				from, to, best = i, j, v
			}
		}
	}
	for to+1 < len(segments) && exception.MatchString(segments[to+1]) && size(joined(from, to+1)) <= longestList {
		to++
	}
	return joined(from, to)
}
