package rule

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	longest  = 455 // characters of a whole text, so that a dialog has room for a line more
	shortest = 200 // characters of the conclusion alone
	openest  = 130 // characters of what is not settled, beside the facts not known
)

// word writes the texts: conclusion first, reasons under it, open points last.
func (b *Book) word(r *Recommendation, s *state, o *outcome) {
	if o.outside {
		b.wordOutside(r)
		return
	}
	r.Lines = b.conclusion(r, b.phrase)
	r.Bare = b.conclusion(r, b.bare)
	r.With, r.First = b.with(r), b.first(r)
	more := joinLines(r.With, r.First)
	r.Short = joinLines(spell(r.Lines), more)
	if utf8.RuneCountInString(r.Short) > shortest {
		r.Lines = r.Bare
		r.Short = clip(joinLines(spell(r.Lines), more), shortest)
	}
	r.Points = b.points(r, s)
	r.Open, r.whole = b.openPoints(r, openest), b.openPoints(r, 1<<30)
	tail := r.Open
	if n := b.Note(r); n != "" {
		tail = joinLines(tail, n)
	}
	room := longest - utf8.RuneCountInString(r.Short) - utf8.RuneCountInString(tail) - 2
	r.Text = joinLines(r.Short, fit(proof(r.Reasons), room), tail)
}

func (b *Book) wordOutside(r *Recommendation) {
	for _, x := range r.Reasons {
		r.Short = "这家单位属于" + x.Given + "，不在讲话说的两新组织里，不套用讲话的规则，请直接问" + b.federation() + "。"
		r.Text = joinLines(r.Short, x.line(), "说明："+x.Inference)
	}
}

func (b *Book) federation() string {
	if b.Contact != "" {
		return "本级妇联（" + b.Contact + "）"
	}
	return "本级妇联"
}

// conclusion is the answer in a few lines.
func (b *Book) conclusion(r *Recommendation, phrase func([]Reason, string) string) []Line {
	lines := []Line{
		{ownerLayer, "责任主体", strings.Join(b.sayAll(r.Owner), "、")},
		{pushLayer, "推动", phrase(r.Reasons, pushLayer)},
		{guideLayer, "指导", phrase(r.Reasons, guideLayer)},
		{formLayer, "形式", b.formPhrase(r)},
	}
	if len(r.Head) > 0 {
		lines = append(lines, Line{headLayer, "负责人", b.headPhrase(r)})
	}
	return lines
}

func spell(lines []Line) string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.Name + "：" + l.Text + "。"
	}
	return strings.Join(out, "\n")
}

func (b *Book) sayAll(results []string) []string {
	out := make([]string, len(results))
	for i, x := range results {
		out[i] = b.Say(x)
	}
	return out
}

// phrase gives a layer's results: one alone, or each under its condition; one
// that is certain needs none beside those that are not.
func (b *Book) phrase(reasons []Reason, layer string) string {
	var each []Reason
	open := false
	for _, x := range reasons {
		if x.Layer != layer || slices.ContainsFunc(each, func(y Reason) bool { return y.Result == x.Result }) {
			continue
		}
		each = append(each, x)
		open = open || len(x.Open) > 0
	}
	if len(each) == 0 || len(each) == 1 && each[0].Result == "" {
		return "讲话没有写，请问" + b.federation()
	}
	if len(each) == 1 && !open {
		return each[0].say
	}
	var parts []string
	for _, x := range each {
		if open && len(x.Open) == 0 {
			parts = append(parts, "由"+x.say)
			continue
		}
		parts = append(parts, x.Given+"的，由"+x.say)
	}
	return strings.Join(parts, "；")
}

// bare gives a layer's results by name, where their conditions take too much
// room.
func (b *Book) bare(reasons []Reason, layer string) string {
	var out []string
	for _, x := range reasons {
		if x.Layer == layer && x.Result != "" && !slices.Contains(out, x.say) {
			out = append(out, x.say)
		}
	}
	if len(out) == 0 {
		return "讲话没有写，请问" + b.federation()
	}
	if len(out) == 1 {
		return out[0]
	}
	return "看情况，" + strings.Join(out, "，或者")
}

// formPhrase gives the first form with its condition, and the others by name.
func (b *Book) formPhrase(r *Recommendation) string {
	if len(r.Form) == 0 {
		return "讲话没有写，请问" + b.federation()
	}
	out := ""
	for _, x := range r.Reasons {
		if x.Layer == formLayer && x.Result == r.Form[0] {
			out = b.Say(x.Result)
			if len(x.Open) > 0 {
				out += "，前提是" + x.Given
			} else if x.Modality != "" {
				out += "（" + x.Given + "的" + x.Modality + "）"
			}
			break
		}
	}
	if len(r.Form) > 1 {
		out += "。另外看情况还有：" + strings.Join(b.sayAll(r.Form[1:]), "、")
	}
	return out
}

func (b *Book) headPhrase(r *Recommendation) string {
	var parts []string
	for _, x := range r.Reasons {
		switch {
		case x.Layer != headLayer:
		case len(x.Open) > 0:
			parts = append(parts, "如果"+x.Given+"，"+x.Modality+x.say)
		default:
			parts = append(parts, x.Modality+x.say)
		}
	}
	return strings.Join(parts, "；")
}

// openPoints says what is not settled and what is unknown; the points take
// about room characters.
func (b *Book) openPoints(r *Recommendation, room int) string {
	out := ""
	if len(r.Points) > 0 {
		out = "没有定的：" + few(r.Points, room)
	}
	if names := b.names(r.Unknown); names != "" {
		out += "还不清楚：" + names + "。"
	}
	return out
}

// points are what is not settled: the ties, the author's own inferences and
// what a reader must be told of this kind of organisation.
func (b *Book) points(r *Recommendation, s *state) []string {
	points := []string{}
	for i := range b.Ties {
		if b.Ties[i].when.try(s) == yes {
			points = append(points, b.Ties[i].Say)
		}
	}
	for _, x := range r.Reasons {
		if x.Layer == formLayer && x.Inference != "" && (x.Result == "" || x.Result == r.Form[0]) {
			points = append(points, x.Inference)
		}
		if x.Rule == "guide-industry-can" {
			points = append(points, x.Inference)
		}
	}
	if k := b.facts[kindFact]; s.val[k] >= 0 && b.Facts[k].Values[s.val[k]].Note != "" {
		points = append(points, b.Facts[k].Values[s.val[k]].Note)
	}
	if h := b.headcountPoint(s); h != "" {
		points = append(points, h)
	}
	return points
}

// few gives as many points as n characters hold, the first always, and says
// where there are more.
func few(points []string, n int) string {
	out := points[0]
	for _, p := range points[1:] {
		if utf8.RuneCountInString(out+p) > n {
			return out + "还有别的没有定，见全部依据。"
		}
		out += p
	}
	return out
}

// headcountPoint says where 较多 or 不多 comes from when it was read off a
// number.
func (b *Book) headcountPoint(s *state) string {
	c, ok := b.facts[countFact]
	if !ok || !s.knows(c) {
		return ""
	}
	if b.Headcount != nil {
		return "人数按" + b.Headcount.short + b.Headcount.citation.Locator + "的" + strconv.Itoa(b.Headcount.Women) + "人判断。"
	}
	return "讲话没有写人数标准，女性" + strconv.Itoa(int(s.val[c])) + "人算不算较多，请本级妇联认定" + b.presumed(int(s.val[c])) + "。"
}

func (b *Book) names(facts []string) string {
	var out []string
	for _, id := range facts {
		if f, ok := b.Fact(id); ok {
			out = append(out, f.Name)
		}
	}
	return strings.Join(out, "、")
}

// Note is what an answer that rests on these documents must add, or "".
func (b *Book) Note(r *Recommendation) string {
	for _, x := range r.Reasons {
		for i := range b.Rules {
			if b.Rules[i].ID == x.Rule {
				return b.Rules[i].note
			}
		}
	}
	return ""
}

// proof gives the reasons as lines, those nearest to the conclusion first.
func proof(reasons []Reason) []string {
	var lines, later []string
	seen := map[string]bool{}
	for _, layer := range []string{pushLayer, guideLayer, formLayer, ownerLayer, headLayer} {
		first := true
		for _, x := range reasons {
			if x.Layer != layer || seen[x.Citation.Quote] {
				continue
			}
			seen[x.Citation.Quote] = true
			if first || layer == pushLayer || layer == guideLayer {
				lines = append(lines, x.line())
			} else {
				later = append(later, x.line())
			}
			first = false
		}
	}
	return append(lines, later...)
}

func (x Reason) line() string {
	return "“" + x.Citation.Quote + "”（" + x.Place() + "）"
}

// Place names where the sentence stands: the document's short name and the
// locator in it.
func (x Reason) Place() string { return x.short + x.Citation.Locator }

// fit gives as many whole lines as room has characters for.
func fit(lines []string, room int) string {
	var out []string
	for _, l := range lines {
		if room -= utf8.RuneCountInString(l) + 1; room < 0 {
			break
		}
		out = append(out, l)
	}
	return strings.Join(out, "\n")
}

// clip cuts at a line break so that at most n characters are left.
func clip(text string, n int) string {
	for utf8.RuneCountInString(text) > n {
		i := strings.LastIndex(text, "\n")
		if i < 0 {
			return string([]rune(text)[:n])
		}
		text = text[:i]
	}
	return text
}

func joinLines(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "\n")
}

// sayFor gives a result as a person reads it, with whose 行业综合党委 it is where
// the kind of organisation says so.
func (b *Book) sayFor(result string, s *state) string {
	k := b.facts[kindFact]
	if result != industryBody || s.val[k] < 0 || b.Names[result] != "" {
		return b.Say(result)
	}
	if of := b.Facts[k].Values[s.val[k]].Industry; of != "" {
		return "县以上" + of + result
	}
	return b.Say(result)
}

// with says with whom the first form is to be taken, where its rule says so.
func (b *Book) with(r *Recommendation) string {
	for _, x := range r.Reasons {
		if x.Layer != formLayer || len(r.Form) == 0 || x.Result != r.Form[0] {
			continue
		}
		for i := range b.Rules {
			if b.Rules[i].ID == x.Rule && b.Rules[i].With != "" {
				return "跟谁一起：" + b.Rules[i].With + "。"
			}
		}
	}
	return ""
}

// first says whom to see first and then.
func (b *Book) first(r *Recommendation) string {
	push, guide := b.bare(r.Reasons, pushLayer), strings.NewReplacer("看情况，", "", "，或者", "或").Replace(b.bare(r.Reasons, guideLayer))
	switch {
	case len(r.Push) == 1 && r.Push[0] == ownParty:
		push = "单位自己的党组织书记"
	case len(r.Push) > 1:
		push = "单位自己的党组织书记（没有党组织的找上级党组织）"
	case len(r.Push) == 0:
		return "明天先找：" + b.federation() + "。"
	}
	if len(r.Guide) == 0 {
		guide = b.federation()
	}
	return "明天先找：" + push + "，再找" + guide + "。"
}

// presumed says what the program itself made of a number of women, and that this
// is no document's number.
func (b *Book) presumed(n int) string {
	switch {
	case n >= b.Reading.ManyFrom:
		return "（程序先按" + strconv.Itoa(b.Reading.ManyFrom) + "人以上算较多，这只是设想）"
	case n > 0 && n <= b.Reading.FewTo:
		return "（程序先按" + strconv.Itoa(b.Reading.FewTo) + "人以下算不多，这只是设想）"
	}
	return ""
}

// Presumed says in short what the program itself made of a number of women, or "".
func (b *Book) Presumed(f Facts) string {
	n := atoi(f[countFact])
	as := map[string]string{"many": "较多", "few": "不多"}[f["women"]]
	if b.Headcount != nil || as == "" || b.presumed(n) == "" || (n >= b.Reading.ManyFrom) != (f["women"] == "many") {
		return ""
	}
	return "女性" + strconv.Itoa(n) + "人先算" + as + "（程序设想，请核实）。"
}
