package answer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"zujian/bot/engine"
	"zujian/knowledge"
	"zujian/knowledge/text"
)

// asksPast finds a question for what an earlier document says: 按2022年的通知,
// 旧办法里, 原来的规定.
var asksPast = text.NewPattern(`(?:按照?|照|根据|依据|依照)?\s*(?:((?:19|20)\d{2})年?(?:的|那份|那个|印发的|发的|版的?)?(?:那份|那个)?|(?:旧的?` +
	`|老的?|原来的?|原先的?|以前的?|之前的?|过去的?|上一版的?|废止的?|作废的?|老版的?|旧版的?)(?:那份|那个)?)((?:[\p{Han}]{0,12}?)(?:通知|文件|办法|规定|意见|方案|条例` +
	`|细则|版本))(?:里|上|中|当时)?(?:呢|怎么说|怎么写|怎么规定)?`)

// past answers a question for what an earlier document says, out of those that
// hold no longer, or were issued in the year that is named; each is named with
// how it stands. before is what was asked before, for a turn that says no more
// than the year.
func (a *Answerer) past(ctx context.Context, q, before string) (found, bool) {
	m := asksPast.FindStringSubmatch(q)
	if m == nil {
		return found{}, false
	}
	if years := yearNamed.FindAllString(q, -1); len(years) > 1 && !asksValid.MatchString(q) {
		return a.versions(ctx, q, years, m[2])
	}
	documents := a.pastDocuments(m[1], m[2])
	if len(documents) == 0 {
		return found{}, false
	}
	if asksValid.MatchString(q) { // not for what one says
		if len(documents) == 1 {
			return a.about(documents[0], q)
		}
		return found{}, false
	}
	rest := strings.Trim(strings.Replace(q, m[0], "", 1), " ，,。？?呢的")
	if utf8.RuneCountInString(rest) < 3 {
		rest = before
	}
	if rest == "" {
		return found{}, false
	}
	f := a.within(ctx, documents, rest)
	switch {
	case f.status == Answered && f.text != "":
		f.warn = a.ended(f.cited[0].doc)
	case f.status == Answered:
		f.say = a.ended(f.cited[0].doc)
	case f.status == Unsure:
		f.warn = a.ended(f.related[0].doc)
	case len(documents) > 1:
		return found{}, false // it is not known which was meant
	case documents[0].Validity == knowledge.InForce && a.tellingWords(rest).in(documents[0].Title) == 0:
		return found{}, false // of that year, and of another matter
	default:
		f = found{status: NotStated, far: true, say: fmt.Sprintf("%s里没有写到这件事。", engine.NameOf(documents[0]))}
	}
	f.query = rest
	return f, true
}

// versions answers a question for what differs between the documents of two years,
// one of each.
func (a *Answerer) versions(ctx context.Context, q string, years []string, said string) (found, bool) {
	var documents []*knowledge.Document
	warn := ""
	for _, year := range years {
		of := a.pastDocuments(year, said)
		if len(of) != 1 || slices.Contains(documents, of[0]) {
			return found{}, false
		}
		documents, warn = append(documents, of[0]), warn+a.endedHow(of[0])
	}
	return a.fromEach(ctx, documents, q, warn)
}

// fromEach answers from each of some documents, with what is told first.
func (a *Answerer) fromEach(ctx context.Context, documents []*knowledge.Document, q, warn string) (found, bool) {
	out := found{status: Answered, query: q, warn: warn}
	var told []string
	for _, d := range documents {
		f := a.within(ctx, []*knowledge.Document{d}, q)
		refs := slices.Concat(f.cited, f.related)
		if len(refs) == 0 {
			return found{}, false
		}
		if f.status != Answered || f.lead == "" {
			out.status = Unsure
		}
		out.cited = append(out.cited, refs[0])
		told = append(told, withYear(d)+"："+strings.TrimSuffix(f.lead, "。")+"（"+refs[0].locator()+"）")
	}
	if out.status == Unsure {
		out.cited, out.related, out.nearest = nil, out.cited, true
		return out, true
	}
	out.lead = strings.Join(told, "\n")
	out.text = out.lead
	return out, true
}

// yearNamed finds years.
var yearNamed = text.NewPattern(`(?:19|20)\d{2}`)

// anyTitle is what titles of all matters have.
var anyTitle = text.NewPattern(`^[两新老旧版的]+|试行|暂行|修订|管理|工作|实施|` + kindWord.String() + `|文件|版本`)

// pastDocuments gives the documents of a year, without one those that hold no
// longer, whose titles have what is said of them, in short or whole; those that are called
// so, where some are.
func (a *Answerer) pastDocuments(year, said string) []*knowledge.Document {
	var out, ofKind []*knowledge.Document
	matter, kind := anyTitle.ReplaceAllString(said, ""), kindWord.FindString(said)
	for _, d := range a.library.Documents {
		if !inOrder(d.Title, matter) {
			continue
		}
		of := strings.HasPrefix(d.Issued, year) || strings.Contains(d.Number, "〔"+year+"〕")
		if d.Kind != knowledge.Digest && (year == "" && d.Validity != knowledge.InForce || year != "" && of) {
			out = append(out, d)
			if kindWord.FindString(d.Title) == kind {
				ofKind = append(ofKind, d)
			}
		}
	}
	if len(ofKind) > 0 {
		return ofKind
	}
	return out
}

// inOrder says whether a text has the characters of a short form in their order:
// 妇女儿童之家 has 妇儿之家.
func inOrder(s, short string) bool {
	for _, r := range short {
		_, rest, ok := strings.Cut(s, string(r))
		if !ok {
			return false
		}
		s = rest
	}
	return true
}

// ended says before a quotation that its document holds no longer; "" for one
// that does.
func (a *Answerer) ended(d *knowledge.Document) string {
	if how := a.endedHow(d); how != "" {
		return how + "它当时写的是："
	}
	return ""
}

func (a *Answerer) endedHow(d *knowledge.Document) string {
	if d.Validity == knowledge.InForce {
		return ""
	}
	by := ""
	if i := slices.IndexFunc(a.library.Documents, func(o *knowledge.Document) bool {
		return d.ReplacedBy != "" && o.ID == d.ReplacedBy
	}); i >= 0 {
		by = "由" + numbered(a.library.Documents[i])
	}
	how := "废止"
	if d.Validity == knowledge.Superseded {
		how = by + "替代"
		if by == "" {
			how = "被替代"
		}
	}
	when := ""
	if d.Ended != "" {
		when = "，" + longDay(d.Ended) + "起不再执行"
	}
	return fmt.Sprintf("%s已经%s%s。", numbered(d), how, when)
}

// numbered names a document with its number, since versions share a title.
func numbered(d *knowledge.Document) string {
	if d.Number == "" {
		return d.Name()
	}
	return d.Name() + "（" + d.Number + "）"
}

// inner are answerers over documents that hold no longer, made when they are asked
// for and kept for the next question.
type inner struct {
	mu  sync.Mutex
	all map[string]*Answerer
}

// mostInner is how many of them are kept, each with an index in memory.
const mostInner = 8

// within answers from some documents alone, whatever their validity.
func (a *Answerer) within(ctx context.Context, documents []*knowledge.Document, q string) found {
	if a.engine != nil && !slices.ContainsFunc(documents, func(d *knowledge.Document) bool { return !searched(d) }) {
		return a.fromOnly(ctx, documents, q)
	}
	a.inner.mu.Lock() // none is let go while it is asked
	defer a.inner.mu.Unlock()
	in, err := a.inner.over(a, documents)
	if err != nil {
		return found{status: Error, query: q, say: sayNoIndex}
	}
	f := in.fromOnly(ctx, documents, q)
	back := func(refs []ref) []ref {
		out := slices.Clone(refs)
		for i := range out {
			if at := slices.IndexFunc(documents, func(d *knowledge.Document) bool { return d.ID == out[i].doc.ID }); at >= 0 {
				out[i].doc = documents[at]
			}
		}
		return out
	}
	f.cited, f.related = back(f.cited), back(f.related)
	return f
}

// over gives the answerer over some documents, made where there is none yet. The
// lock is held.
func (in *inner) over(a *Answerer, documents []*knowledge.Document) (*Answerer, error) {
	key, own := "", &knowledge.Library{}
	for _, d := range a.library.Documents {
		if d.Shipped && searched(d) && !slices.Contains(documents, d) {
			plain := *d // to tell rare words from common ones
			plain.Asked, plain.Gaps, plain.Written = nil, nil, nil
			own.Documents = append(own.Documents, &plain)
		}
	}
	for _, d := range documents {
		key += d.ID + " "
		held := *d
		held.Validity = knowledge.InForce
		own.Documents = append(own.Documents, &held)
	}
	if x := in.all[key]; x != nil {
		return x, nil
	}
	x, err := InMemory(own, a.words, nil)
	if err != nil {
		return nil, err
	}
	if len(in.all) >= mostInner {
		if err := in.clear(); err != nil {
			return nil, errors.Join(err, x.Close())
		}
	}
	if in.all == nil {
		in.all = map[string]*Answerer{}
	}
	in.all[key] = x
	return x, nil
}

// clear lets go of all of them. The lock is held.
func (in *inner) clear() error {
	var all []error
	for _, x := range in.all {
		all = append(all, x.Close())
	}
	in.all = nil
	return errors.Join(all...)
}

// fromOnly answers from some documents, which the question named.
func (a *Answerer) fromOnly(ctx context.Context, documents []*knowledge.Document, q string) found {
	r, err := a.engine.Ask(ctx, []string{q}, documents...)
	if err != nil || len(r.Shown) == 0 {
		return found{status: NotStated, query: q}
	}
	r.Keeper = engine.Keeper{} // of all documents
	r.Asks = slices.DeleteFunc(r.Asks, func(x engine.Ask) bool { return !slices.Contains(documents, x.Target.Document) })
	f := a.settle(r, []string{q})
	f.query = q
	return f
}
