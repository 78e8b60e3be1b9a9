package answer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"zujian/bot/engine"
	"zujian/knowledge"
	"zujian/knowledge/catalogue"
	"zujian/knowledge/text"
)

const (
	sayEndedBy   = "%s已经由%s废止（%s%s）"
	sayEndedSelf = "%s自己写明已经失效"
	sayCorrected = "%s后来有更正，见%s。"
	sayNowSays   = "新的写的是："
	sayMended    = "更正写的是："
	sayThenSaid  = "旧的当时写的是："
	sayFirstSaid = "原来写的是："
)

// withStanding says before an answer that its document was repealed, or corrected, by
// another one that is held, and what that one says of it. The catalogue still has it
// in force, since only a person ends a document.
func (a *Answerer) withStanding(ctx context.Context, f found, question string) found {
	if f.status != Answered && f.status != Unsure && f.status != NotStated || f.bare || f.far {
		return f
	}
	shown := slices.Concat(f.cited, f.related[:min(1, len(f.related))])
	if len(shown) == 0 {
		return f
	}
	s, ok := a.saidOf(shown[0].doc)
	if !ok {
		return f
	}
	f, says := a.besideLater(ctx, f, s, question)
	f.warn = strings.TrimSpace(strings.Join(append(append([]string{standing(s)}, says...), f.warn), "\n"))
	return f
}

// besideLater puts what the later document says before what the earlier one says, but
// where that one is asked for.
func (a *Answerer) besideLater(ctx context.Context, f found, s catalogue.Said, question string) (found, []string) {
	now, then := sayMended, sayFirstSaid
	if s.Ends {
		now, then = sayNowSays, sayThenSaid
	}
	if at := slices.IndexFunc(f.cited, func(r ref) bool { return r.doc == s.By }); at > 0 {
		return laterFirst(f, at), nil
	}
	if f = a.earlierWords(f); f.status != Answered {
		then = ""
	}
	if s.By == s.Of || s.Ends && namesEarlier(s.Of, question) {
		return f, lines(then)
	}
	line, r, ok := a.lineFrom(ctx, s, f, cmp.Or(f.query, question))
	switch {
	case !ok:
		return f, lines(then)
	case f.status != Answered:
		f.related = append(slices.Clone(f.related), r)
		return f, lines(now + line + "（" + r.locator() + "）")
	}
	f.cited = slices.Insert(slices.Clone(f.cited), 0, r)
	return f, lines(now+line+"（"+r.locator()+"）", then)
}

// earlierWords words an answer that has none yet, without saying whose words they are:
// that stands before them.
func (a *Answerer) earlierWords(f found) found {
	if f.status != Answered || f.text != "" {
		return f
	}
	plain := f
	plain.warn = ""
	f.text = strings.TrimSuffix(a.wordAnswer(plain), remark(plain))
	if first, rest, ok := strings.Cut(f.text, "\n"); ok && strings.HasSuffix(first, sayWrites) {
		f.text = rest
	}
	return f
}

func lines(all ...string) []string {
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// laterFirst puts what the later document says first, where both are told already,
// each on a line of its own.
func laterFirst(f found, at int) found {
	f.cited = slices.Clone(f.cited)
	f.cited[0], f.cited[at] = f.cited[at], f.cited[0]
	if first, second, ok := strings.Cut(f.text, "\n"); ok && !strings.Contains(second, "\n") && f.lead == f.text {
		f.text = second + "\n" + first
		f.lead = f.text
	}
	return f
}

// lineFrom gives what the later document says to a question, as a line: what it puts
// in the place of the very words that would be told, else what answers.
func (a *Answerer) lineFrom(ctx context.Context, s catalogue.Said, f found, q string) (string, ref, bool) {
	told := slices.Concat(f.cited, f.related[:min(1, len(f.related))])[0].text()
	for i, c := range s.By.Clauses {
		for _, m := range putAside.FindAllStringSubmatch(c.Text, -1) {
			if !s.Ends && strings.Contains(told, m[1]) {
				return strings.TrimRight(c.Text, "。；"), ref{doc: s.By, clause: i}, true
			}
		}
	}
	if a.engine == nil {
		return "", ref{}, false
	}
	r, err := a.engine.Ask(ctx, []string{q}, s.By)
	if err != nil || len(r.Shown) == 0 || r.Decision.Right < rightEnough || r.Lead == "" {
		return "", ref{}, false
	}
	return strings.TrimSuffix(r.Lead, "。"), entryRefs(r.Shown[0], r.Asks)[0], true
}

// rightEnough is how likely the first entry has to be right where the document is
// known that is asked.
const rightEnough = 0.4

// putAside is what a correction quotes of the text that it mends.
var putAside = text.NewPattern(`“([^“”]{4,})”(?:改为|应为|更正为|修改为|调整为)`)

// saidOf gives what others, or it itself, say of a document: that it was ended, before
// that it was corrected.
func (a *Answerer) saidOf(d *knowledge.Document) (out catalogue.Said, ok bool) {
	for _, s := range a.said() {
		if s.Of == d && (!ok || s.Ends && !out.Ends) {
			out, ok = s, true
		}
	}
	return out, ok
}

// standing says how a document stands by what was said of it.
func standing(s catalogue.Said) string {
	of := withYear(s.Of)
	switch {
	case s.By == s.Of:
		return fmt.Sprintf(sayEndedSelf, of) + "。"
	case !s.Ends:
		return fmt.Sprintf(sayCorrected, of, withYear(s.By))
	}
	since := ""
	if s.By.Effective != "" {
		since = longDay(s.By.Effective) + "起施行，"
	}
	return fmt.Sprintf(sayEndedBy, of, withYear(s.By), since, s.By.Clauses[s.Clause].Locator) + "。"
}

// withYear names a document with its year, since versions share a title.
func withYear(d *knowledge.Document) string {
	name := engine.NameOf(d)
	if len(d.Issued) < len("2006") || strings.Contains(name, d.Issued[:4]+"年") {
		return name
	}
	return name + "（" + d.Issued[:4] + "年）"
}

var earlierAsked = text.NewPattern(`试行|旧|老(?:的|版|办法|规定|那)|原来|原先|以前|之前|当时|过去|废止|作废`)

// namesEarlier says whether a question is for what an earlier document says.
func namesEarlier(d *knowledge.Document, question string) bool {
	year := len(d.Issued) >= len("2006") && strings.Contains(question, d.Issued[2:4]+"年")
	return year || len(d.Issued) >= len("2006") && strings.Contains(question, d.Issued[:4]) || earlierAsked.MatchString(question)
}
