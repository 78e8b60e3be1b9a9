package engine

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/text"
)

// closePass measures the chosen candidates.
func (m *measurer) closePass() {
	m.fields()
	for i := range m.c.candidates {
		x := &m.c.candidates[i]
		x.view.prepare()
		m.kind(x)
		m.shape(x)
		m.numbers(x)
		m.stretches(x)
	}
}

// fields compares the grams of the question with each field.
func (m *measurer) fields() {
	fields := []struct {
		name string
		of   func(*view) *plain
	}{
		{"text", func(v *view) *plain { return v.text }},
		{"lead", func(v *view) *plain { return v.lead }},
		{"path", func(v *view) *plain { return v.path }},
		{"title", func(v *view) *plain { return v.doc.head }},
	}
	cs := m.c.candidates
	size := math.Log(2 + float64(utf8.RuneCountInString(m.q.text)))
	put := func(name string, values []float64) {
		most := 1e-6
		for _, v := range values {
			most = max(most, v)
		}
		for i := range cs {
			r := (*row)(&cs[i].features)
			r.set("BM25: "+name, values[i]/10/size)
			r.set("BM25 of best: "+name, values[i]/most)
		}
	}
	sum, lasts := make([]float64, len(cs)), make([]float64, len(cs))
	nears := make([]float64, len(cs))
	byField := map[string][]float64{}
	for _, f := range fields {
		average := 0.0
		for i := range cs {
			average += float64(f.of(cs[i].view).size()) / float64(len(cs))
		}
		values := make([]float64, len(cs))
		memo := map[*plain][3]float64{}
		for i := range cs {
			t := f.of(cs[i].view)
			k, ok := memo[t]
			if !ok {
				k[0] = bm25(m.weighed, t, average)
				if f.name != "title" {
					k[1] = k[0]
					if m.q.several() {
						k[1] = bm25(m.lastWeighed, t, average)
					}
					k[2] = bm25(m.nearWeighed, t, average)
				}
				memo[t] = k
			}
			values[i] = k[0]
			lasts[i] += k[1]
			nears[i] += k[2]
		}
		byField[f.name] = values
		put(f.name, values)
	}
	around, beside := make([]float64, len(cs)), map[*plain]float64{}
	for i := range cs {
		sum[i] = cs[i].found
		for _, v := range []*view{cs[i].view.before, cs[i].view.after} {
			if v != nil {
				k, ok := beside[v.text]
				if !ok {
					k = bm25(m.weighed, v.text, 60)
					beside[v.text] = k
				}
				around[i] += k
			}
		}
	}
	put("whole", sum)
	put("last", lasts)
	put("near words", nears)
	put("around", around)
	context := make([]float64, len(cs))
	for i := range cs {
		context[i] = byField["text"][i] + byField["lead"][i] + byField["path"][i]
	}
	put("text, lead, path", context)
}

// kindNames are the kinds that have features of their own.
var kindNames = []string{"money", "who", "where", "phone", "materials", "penalty", "date", "days", "count", "percent",
	"freq", "permit", "define", "reason", "effective", "interpret", "cond", "how", "oblige"}

var strictNames = []string{"date", "who", "money", "where", "days", "materials", "how", "penalty", "permit", "cond", "count", "define"}

// vague are the kinds whose values say little.
var vague = wordSet("list compare isit whole ref how")

// kind measures whether the entry has what is asked for.
func (m *measurer) kind(x *candidate) {
	v, r := x.view, (*row)(&x.features)
	asked, met, heading := 0.0, 0.0, 0.0
	is := map[string]bool{}
	for i := range kinds {
		k := &kinds[i]
		if !slices.Contains(m.q.kinds, k) {
			continue
		}
		is[k.name] = true
		if v.headed(i) {
			heading = 1
		}
		gives := v.gives(i)
		if !vague[k.name] {
			asked++
			met += one64(gives)
		}
		if slices.Contains(kindNames, k.name) {
			r.set("gives "+k.name, one64(gives))
		}
		if slices.Contains(strictNames, k.name) {
			r.set("surely gives "+k.name, one64(v.surely(i)))
		}
	}
	gives := 0.5
	if asked > 0 {
		gives = met / asked
	}
	unit := 0.5
	if len(m.q.values) > 0 {
		unit = 0
		for _, p := range m.q.values {
			unit += one64(p.MatchString(v.entry.Text)) / float64(len(m.q.values))
		}
	}
	covers, beyond := x.features[featureAt("covers: text, lead, path")], x.features[featureAt("covers: beyond its heads")]
	r.set("gives", gives)
	r.set("gives, under its heading", heading)
	r.set("gives × beyond", gives*beyond)
	certain, sure := 0.0, 0.0
	for i := range kinds {
		if kinds[i].strictRE != nil && is[kinds[i].name] {
			certain++
			sure += one64(v.surely(i))
		}
	}
	share := 0.5
	if certain > 0 {
		share = sure / certain
	}
	r.set("certain", share)
	r.set("certain × beyond", share*beyond)
	r.set("certain × covers", share*covers)
	r.set("gives × covers", gives*covers)
	r.set("unit", unit)
	r.set("unit: none", one64(unit == 0))
	r.set("unit × covers", unit*covers)
	r.set("unit × beyond", unit*beyond)
	m.sides(x, covers)
	yes := one64(m.q.yesNo)
	r.set("yes or no: denies", yes*one64(v.denies))
	r.set("yes or no: allows", yes*one64(v.allows))
	r.set("yes or no: says", yes*one64(v.denies || v.allows))
	r.set("enumerates", v.listing*one64(is["list"] || is["materials"] || is["define"] || is["whole"]))
	m.form(x, is)
}

func firstOf(s string, n int) string {
	r := []rune(s)
	return string(r[:min(n, len(r))])
}

// sides measures whether the side is told that is asked about.
func (m *measurer) sides(x *candidate, covers float64) {
	r := (*row)(&x.features)
	share := 0.5
	if len(m.q.sides) > 0 {
		share = 0
		t := x.view.entry.Text + " " + strings.Join(x.view.entry.Path, "。") + " " + firstOf(x.view.entry.Lead, 60)
		for _, s := range m.q.sides {
			share += one64(s.told.MatchString(t)) / float64(len(m.q.sides))
		}
	}
	r.set("side", share)
	r.set("side: missed", one64(share < 0.5))
	r.set("side × covers", share*covers)
}

// form measures what sort of entry it is.
func (m *measurer) form(x *candidate, is map[string]bool) {
	v, r := x.view, (*row)(&x.features)
	k := v.entry.Kind
	list := one64(k == knowledge.EntryList)
	wantsList := one64(is["list"] || is["materials"] || is["how"] || is["cond"] || is["whole"] || is["define"])
	inPath := x.features[featureAt("covers: path")]
	r.set("is item", one64(k == knowledge.EntryItem))
	r.set("is row", one64(k == knowledge.EntryRow))
	r.set("is answer", one64(k == knowledge.EntryAnswer))
	r.set("is list", list)
	r.set("is list, wanted", list*wantsList)
	r.set("is list, wanted × path", list*wantsList*inPath)
	r.set("is attachment", one64(k == knowledge.EntryAttached))
	r.set("is attachment, wanted", one64(k == knowledge.EntryAttached)*one64(strings.Contains(m.q.text, "附件")))
	r.set("is signature", one64(k == knowledge.EntrySigned))
	r.set("is purpose", one64(k == knowledge.EntryPurpose))
	r.set("is purpose, wanted", one64(k == knowledge.EntryPurpose)*one64(is["whole"] || is["reason"]))
	r.set("is row, wanted", one64(k == knowledge.EntryRow)*one64(is["money"] || is["date"] || is["who"] ||
		is["count"] || is["days"] || is["percent"]))
	leads := one64(strings.HasSuffix(v.entry.Text, "：") || strings.HasSuffix(v.entry.Text, ":"))
	r.set("leads a list", leads)
	r.set("leads a list, wanted", leads*one64(is["list"]))
}

func (m *measurer) shape(x *candidate) {
	v, r := x.view, (*row)(&x.features)
	r.set("length", math.Log1p(float64(v.length))/5)
	r.set("very short", one64(v.length < 9))
	r.set("segments", float64(len(v.segments))/10)
	named := one64(len(m.q.place) > 0 && m.q.place.names(v))
	r.set("place", named)
	r.set("place × document", named*m.c.document[v.doc])
}

// numbers measures the numbers of the question against the entry's.
func (m *measurer) numbers(x *candidate) {
	v, r := x.view, (*row)(&x.features)
	digits := 0.0
	for d := range m.q.digits {
		if v.digits[d] {
			digits = 1
		}
	}
	equal, inside, outside := 0.0, 0.0, 0.0
	for _, n := range m.q.numbers {
		if v.amounts[n] {
			equal = 1
		}
		for _, i := range v.ranges {
			switch {
			case i.unit != n.unit:
			case i.holds(n.value):
				inside = 1
			default:
				outside = 1
			}
		}
	}
	r.set("number: same digits", digits)
	r.set("number: same amount", equal)
	r.set("number: in range", inside)
	r.set("number: out of range", outside*(1-inside))
}

// stretches measures the longest stretch in common, and what of the question
// stands together in one part of the sentence.
func (m *measurer) stretches(x *candidate) {
	v, r := x.view, (*row)(&x.features)
	r.set("longest stretch: text", float64(m.longestCommon(v.text))/8)
	r.set("longest stretch: heads", float64(max(m.longestCommon(v.path), m.longestCommon(v.lead)))/8)
	inText := m.p.in(v.text)
	patterns, certain := m.patterns, m.certain
	best, typed, sure, aspect, aspectTyped, aspectSure := 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
	aspectTotal := 1e-6
	for k := range m.c.words {
		if w := &m.c.words[k]; slices.Contains(m.q.aspect, w.word) {
			aspectTotal += w.weight * w.rarity
		}
	}
	for i, seg := range v.joined {
		sum, asp := 0.0, 0.0
		for k := range m.c.words {
			if w := &m.c.words[k]; inText[k] > 0 {
				g := w.weight * w.rarity * w.presence(seg)
				sum += g
				if slices.Contains(m.q.aspect, w.word) {
					asp += g
				}
			}
		}
		best, aspect = max(best, sum), max(aspect, asp)
		if (sum > sure || asp > aspectSure) && slices.ContainsFunc(certain,
			func(p *text.Pattern) bool { return p.MatchString(v.segments[i]) }) {
			sure, aspectSure = max(sure, sum), max(aspectSure, asp)
		}
		if asp > aspectTyped && slices.ContainsFunc(patterns, func(p *text.Pattern) bool { return p.MatchString(v.segments[i]) }) {
			aspectTyped = asp
		}
		if sum > typed && slices.ContainsFunc(patterns, func(p *text.Pattern) bool { return p.MatchString(v.segments[i]) }) {
			typed = sum
		}
	}
	r.set("one part: covers", best/m.total)
	if len(patterns) == 0 {
		typed = best
	}
	r.set("one part: covers with value", typed/m.total)
	if len(patterns) == 0 {
		aspectTyped = aspect
	}
	if len(certain) == 0 {
		sure, aspectSure = best, aspect
	}
	r.set("one part: covers with certain value", sure/m.total)
	r.set("one part: has certain value", one64(len(certain) > 0 && sure > 0))
	r.set("one part: aspect", aspect/aspectTotal)
	r.set("one part: aspect with value", aspectTyped/aspectTotal)
	r.set("one part: aspect with certain value", aspectSure/aspectTotal)
	r.set("one part: has value", one64(len(patterns) > 0 && typed > 0))
	m.backwards(x)
}

// valuePatterns are those of values that are told apart well.
func (q *question) valuePatterns() []*text.Pattern {
	if len(q.values) > 0 {
		return q.values
	}
	var out []*text.Pattern
	for _, k := range q.kinds {
		if k.valueRE != nil && isOne(k.name, "money", "percent", "count", "days", "date", "freq", "phone") {
			out = append(out, k.valueRE)
		}
	}
	return out
}

// certainPatterns are those of what gives a kind of thing for certain.
func (q *question) certainPatterns() []*text.Pattern {
	out := slices.Clone(q.values)
	for _, k := range q.kinds {
		if k.strictRE != nil {
			out = append(out, k.strictRE)
		}
	}
	return out
}

// longestCommon gives how many characters the longest stretch has that the
// question and a text share.
func (m *measurer) longestCommon(t *plain) int {
	if n, ok := m.common[t]; ok {
		return n
	}
	best := 0
	for i := range m.starts[:len(m.starts)-1] {
		for i+best+1 < len(m.starts) && strings.Contains(t.text(), m.bare[m.starts[i]:m.starts[i+best+1]]) {
			best++
		}
	}
	m.common[t] = best
	return best
}

// backwards measures how much of what the entry hangs on the question has: its
// condition, its heading, the question it answers, the key of its row.
func (m *measurer) backwards(x *candidate) {
	v, r := x.view, (*row)(&x.features)
	condition := 0.0
	for _, s := range v.segments[:max(0, len(v.segments)-1)] {
		if len([]rune(s)) > 3 && (strings.HasSuffix(s, "的") || strings.HasSuffix(s, "后") ||
			strings.HasSuffix(s, "前") || strings.HasSuffix(s, "期间") || strings.HasSuffix(s, "时")) {
			condition = max(condition, m.has(s))
		}
	}
	r.set("asked: its condition", condition)
	heading := 0.0
	if n := len(v.entry.Path); n > 0 {
		heading = m.has(v.entry.Path[n-1])
	}
	r.set("asked: its heading", heading)
	own := 0.0
	if v.entry.Kind == knowledge.EntryAnswer || v.entry.Document.Clauses[v.entry.From].Kind == knowledge.Question {
		own = m.has(v.entry.Lead)
	}
	r.set("asked: its own question", own)
	r.set("asked: its row", m.rowKey(v))
}

// has says how much of a stretch, by rarity, the question has.
func (m *measurer) has(s string) float64 {
	met, total := 0.0, 0.0
	for _, g := range index.Grams(index.Compact(s)) {
		k, ok := m.rarity[g]
		if !ok {
			k = 7
		}
		total += k
		if m.all[g] > 0 || m.near[g] > 0 {
			met += k
		}
	}
	return met / (total + 4)
}

// rowKey says whether the question names the row by one of its first cells.
func (m *measurer) rowKey(v *view) float64 {
	best := 0.0
	for _, cell := range v.cells[:min(3, len(v.cells))] {
		n := utf8.RuneCountInString(cell)
		if n < 2 || n > 14 {
			continue
		}
		last := strings.ReplaceAll(m.q.last, " ", "")
		switch {
		case strings.Contains(last, cell):
			best = max(best, 1)
			continue
		case strings.Contains(strings.ReplaceAll(m.q.text, " ", ""), cell):
			best = max(best, 0.6)
			continue
		}
		for _, w := range m.c.words {
			share := 0.6
			if w.last {
				share = 1
			}
			if utf8.RuneCountInString(w.word) >= 2 && strings.HasPrefix(cell, w.word) {
				best = max(best, 0.8*share)
			}
			for _, n := range w.near[1:] {
				if n.Word == cell || utf8.RuneCountInString(n.Word) >= 3 && strings.Contains(cell, n.Word) {
					best = max(best, n.Weight*share)
				}
			}
		}
	}
	return best
}
