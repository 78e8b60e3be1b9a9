package answer

import (
	"cmp"
	"slices"
	"strings"

	"zujian/bot/engine"
	"zujian/knowledge"
	"zujian/knowledge/text"
)

// mostBeside is how many notices are told beside the office's own document.
const mostBeside = 2

var namesSpeech = text.NewPattern(`讲话`)

// withNumbers tells, beside what the office's own document says of a thing in general,
// what notices say of the very number that the question has or asks for: each on a
// line of its own, the notices first where they alone have the number.
func (a *Answerer) withNumbers(f found, question string) found {
	if f.status != Answered && f.status != NotStated || namesSpeech.MatchString(question) || f.nearest {
		return f
	}
	own := slices.Concat(f.cited, f.related)
	if len(own) == 0 || !own[0].doc.Shipped || len(f.cited) > 1 && f.cited[len(f.cited)-1].doc != own[0].doc {
		return f
	}
	near := a.measured(own, question)
	if len(near) == 0 {
		return f
	}
	var told []string
	for _, r := range near {
		told = append(told, withYear(r.doc)+"："+a.guess(question, r, longLead)+"（"+r.locator()+"）")
	}
	if f.status == NotStated {
		f.say, f.far, f.other = strings.Join(append([]string{f.say}, told...), "\n"), true, nil
		return f
	}
	first := own[0]
	says := cmp.Or(strings.TrimSuffix(f.lead, "。"), a.guess(question, first, longLead))
	line, at := engine.NameOf(first.doc)+"："+says+"（"+first.locator()+"）", len(told)
	if engine.Measures(question, first.text()) { // it has the number too
		at = 0
	}
	told = slices.Insert(told, at, line)
	f.cited = slices.Insert(slices.Clone(near), at, first)
	f.lead, f.text = told[0], strings.Join(told, "\n")
	f.say, f.basis, f.searched = "", nil, false
	return f
}

// measured gives of what came near the sentences of notices that have the number and
// as many of the question's words as the first has; one of each notice.
func (a *Answerer) measured(all []ref, question string) (out []ref) {
	words := a.tellingWords(question)
	least := max(words.in(all[0].text()), (len(words)+1)/2)
	for _, r := range all[1:] {
		row := r.entry != nil && (r.entry.Kind == knowledge.EntryRow || r.entry.Kind == knowledge.EntryList)
		same := func(o ref) bool { return o.doc == r.doc }
		if isOwn(r.doc) || row || len(out) == mostBeside || slices.ContainsFunc(out, same) ||
			words.in(r.text()) < least || !engine.Measures(question, r.text()) {
			continue
		}
		out = append(out, r)
	}
	return out
}
