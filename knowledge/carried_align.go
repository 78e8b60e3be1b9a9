package knowledge

import (
	"slices"
	"strings"

	"zujian/knowledge/text"
)

// fault is why a sentence is not carried by a form: from which character on, and
// what it would have lost, where that is why.
type fault struct {
	at   int
	lost string
}

// or gives the fault that came further.
func (f fault) or(g fault) fault {
	if g.at > f.at || g.at == f.at && f.lost == "" {
		return g
	}
	return f
}

// The shortest stretch that is taken over, but for a part of one character, and
// the longest that may be left out between two of one part.
const (
	shortestStretch = 2
	longestGap      = 12
)

// align lays a sentence on a form as stretches in the form's order, of which
// none begins or ends inside a number, with nothing that limits left out of the
// parts it touches. It gives nil and the fault where that cannot be.
func align(s, form []rune) ([]stretch, fault) {
	a := aligning{s: s, form: form, failed: map[[2]int]bool{}}
	if a.from(0, 0) && (len(s) >= 2) {
		return a.taken, fault{}
	}
	return nil, a.worst
}

type aligning struct {
	s, form []rune
	taken   []stretch
	failed  map[[2]int]bool
	worst   fault
}

// from lays s[i:] on form[j:].
func (a *aligning) from(i, j int) bool {
	for i < len(a.s) && isMark(a.s[i]) {
		i++
	}
	if i == len(a.s) {
		return a.ends(j)
	}
	if a.failed[[2]int{i, j}] {
		return false
	}
	a.worst = a.worst.or(fault{at: i})
	end := i
	for end < len(a.s) && !isMark(a.s[end]) {
		end++
	}
	for to := end; to >= i+min(shortestStretch, end-i); to-- {
		if !insideNumber(a.s, to) && a.place(i, to, j) {
			return true
		}
	}
	for _, g := range glue {
		if (i == 0 || isMark(a.s[i-1])) && strings.HasPrefix(string(a.s[i:]), g) && a.from(i+len([]rune(g)), j) {
			return true
		}
	}
	a.failed[[2]int{i, j}] = true
	return false
}

// place tries every place of s[i:to] in form[j:].
func (a *aligning) place(i, to, j int) bool {
	word := a.s[i:to]
	for p := j; p+len(word) <= len(a.form); p++ {
		if !slices.Equal(a.form[p:p+len(word)], word) || cutsNumber(a.form, p, p+len(word)) {
			continue
		}
		if lost := a.lostBetween(j, p); lost != "" {
			a.worst = a.worst.or(fault{at: i, lost: lost})
			continue
		}
		a.taken = append(a.taken, stretch{p, p + len(word)})
		if a.from(to, p+len(word)) {
			return true
		}
		a.taken = a.taken[:len(a.taken)-1]
	}
	return false
}

// lostBetween says what limits in form[j:p], which is left out; before the first
// stretch only its own part counts here.
func (a *aligning) lostBetween(j, p int) string {
	gap := string(a.form[j:p])
	if a.otherThings(gap, p) {
		return ""
	}
	if len(a.taken) == 0 {
		gap = joins.ReplaceAllString(gap[strings.LastIndexAny(gap, ",;:。")+1:], "")
		if strings.HasSuffix(gap, "的") {
			return gap // whose subject is narrower
		}
	} else if lightGap.MatchString(gap) {
		return ""
	}
	if strings.ContainsAny(gap, ",;:。") || len(a.taken) > 0 && p-j == 1 {
		return gap // another's part, or a letter out of a word
	}
	if strings.Contains(gap, "、") {
		if !a.dropsItems(gap, p) {
			return gap
		}
		gap = strings.TrimSuffix(gap, "等")
	}
	if len(a.taken) > 0 && p-j > longestGap && !strings.Contains(gap, "、") {
		return gap
	}
	return restricts.FindString(gap)
}

// otherThings says whether what is left out names other things of which the same
// is said: before the first stretch, or between it and what is said.
func (a *aligning) otherThings(gap string, p int) bool {
	next := string(a.form[p:min(len(a.form), p+longestGap)])
	if gap == "" || !tied.MatchString(gap) || together.MatchString(gap) || together.MatchString(next) {
		return false
	}
	if len(a.taken) == 0 {
		return thingsBefore.MatchString(gap[strings.LastIndexAny(gap, ",;:。")+1:])
	}
	return thingsBehind.MatchString(gap) || gap == "等" && a.droppedBefore(p)
}

// tied says that a list goes on at one end, before the costly look at the list.
var tied = text.NewPattern(`^(?:、|和|及|以及|与|等$)|(?:、|和|及|与)$`)

// droppedBefore says whether items of the list that ends in 等 before form[p]
// were left out already.
func (a *aligning) droppedBefore(p int) bool {
	last := a.taken[len(a.taken)-1]
	return p-1 == last.to && last.from > 0 && a.form[last.from-1] == '、'
}

// joins are the words that only tie a part to the one before it.
var joins = text.NewPattern(`^(?:特别是|但是?|或者?|并且?|而且|同时|且)`)

// lightGap is a mark, with or without a word that carries no degree.
var lightGap = text.NewPattern(`^[,、:]?(?:要|由|将|也|并|则|的|了|都|同时)?[,、]?$`)

// dropsItems says whether a gap is items of a list that ends in 等 (司法、财政、
// 税务等行业综合党委), of which one at least is kept.
func (a *aligning) dropsItems(gap string, p int) bool {
	if condition.MatchString(gap) {
		return false
	}
	if itemsToEnd.MatchString(gap) || itemsMiddle.MatchString(gap) && a.form[p] == '等' {
		return len(a.taken) > 0
	}
	rest := string(a.form[p:])
	if i := strings.IndexAny(rest, ",;:。"); i >= 0 {
		rest = rest[:i]
	}
	return itemsBefore.MatchString(gap) && strings.Contains(rest, "等")
}

var (
	itemsMiddle = text.NewPattern(`^(?:、[^、等]{1,8})+$`)
	itemsToEnd  = text.NewPattern(`^(?:、[^、等]{1,8})+等$`)
	itemsBefore = text.NewPattern(`^(?:[^、等]{1,8}、)+$`)
	condition   = text.NewPattern(`较|成熟|良好|[^社]会[^、]|已|满|有|能|经|并|且|符合|具备|共同|联合|双方`)
)

// ends says whether what follows the last stretch in its part may be left out.
func (a *aligning) ends(j int) bool {
	rest := string(a.form[j:])
	if i := strings.IndexAny(rest, ",;:。"); i >= 0 {
		rest = rest[:i]
	}
	lost := restricts.FindString(rest)
	if strings.HasPrefix(rest, "、") {
		lost = rest
	}
	if lost != "" {
		a.worst = a.worst.or(fault{at: len(a.s), lost: lost})
	}
	return lost == "" && len(a.taken) > 0
}

// limitBeside gives the part before or behind the words taken that limits them
// and that no sentence of the line took: a condition, an exception, a modal word
// that goes on into them.
func limitBeside(form []rune, taken, all []stretch) string {
	from, to := taken[0].from, taken[len(taken)-1].to
	parts := partsOf(form)
	first, last := partAt(parts, from), partAt(parts, to-1)
	words := ""
	for _, t := range taken {
		words += string(form[t.from:t.to])
	}
	// With a condition something new begins.
	goesOn := !modal.MatchString(words) && !limitsNext.MatchString(string(form[parts[first].from:parts[first].to]))
	for i := first - 1; i >= 0; i-- {
		text := string(form[parts[i].from:parts[i].to])
		mark := form[parts[i].to]
		if mark == '。' || mark == ';' && !leadsIn(form, parts, i) {
			break
		}
		if touched(parts[i], all) {
			continue
		}
		switch {
		case mark == ':' && weakens.MatchString(text), mark == ';' && weakens.MatchString(text):
			return text
		case i == first-1 && limitsNext.MatchString(text):
			return text
		case mark != ';' && goesOn && weakens.MatchString(text):
			return text
		}
	}
	return limitBehind(form, parts[last:], all)
}

// limitBehind gives the part that limits the first of these: right behind it, or
// an exception up to the beginning of the next sentence.
func limitBehind(form []rune, parts, all []stretch) string {
	for i := 1; i < len(parts); i++ {
		text := string(form[parts[i].from:parts[i].to])
		if !touched(parts[i], all) && (excepts.MatchString(text) || i == 1 && limitsBefore.MatchString(text)) {
			return text
		}
		if strings.ContainsRune(";。", form[parts[i].from-1]) {
			break
		}
	}
	return ""
}

// leadsIn says whether a part stands in a list under a lead-in (下列…的，不得：…；…)
// whose earlier parts still count.
func leadsIn(form []rune, parts []stretch, i int) bool {
	for ; i >= 0 && form[parts[i].to] != '。'; i-- {
		if form[parts[i].to] == ':' {
			return true
		}
	}
	return false
}

// partsOf cuts a form at its marks but '、'. Behind every part but the last one
// stands its mark.
func partsOf(form []rune) []stretch {
	var out []stretch
	from := 0
	for i, r := range form {
		if isMark(r) && r != '、' {
			out = append(out, stretch{from, i})
			from = i + 1
		}
	}
	return append(out, stretch{from, len(form)})
}

func partAt(parts []stretch, at int) int {
	for i, p := range parts {
		if at <= p.to {
			return i
		}
	}
	return len(parts) - 1
}

func touched(p stretch, all []stretch) bool {
	for _, t := range all {
		if min(p.to, t.to)-max(p.from, t.from) >= shortestStretch {
			return true
		}
	}
	return false
}

func isMark(r rune) bool { return strings.ContainsRune(",;:。、", r) }

func inNumber(r rune) bool { return r >= '0' && r <= '9' || r == '.' || r == '-' || r == '/' }

// insideNumber says whether a cut before text[at] is inside a number.
func insideNumber(text []rune, at int) bool {
	return at > 0 && at < len(text) && inNumber(text[at-1]) && inNumber(text[at])
}

// cutsNumber says whether a stretch takes part of a number or a number without
// its unit, or without the 第 that makes it a place.
func cutsNumber(form []rune, from, to int) bool {
	if insideNumber(form, from) || insideNumber(form, to) {
		return true
	}
	if to < len(form) && inNumber(form[to-1]) && !isMark(form[to]) {
		return true
	}
	return from > 0 && inNumber(form[from]) && strings.ContainsRune("第每", form[from-1])
}
