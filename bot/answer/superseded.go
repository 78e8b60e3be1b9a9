package answer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

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
	documents := a.pastDocuments(m[1])
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
	if f.status == Answered {
		f.say = a.ended(f.cited[0].doc)
	} else {
		f.say = fmt.Sprintf("%s里没有写到这件事。", documents[0].Name())
		f.status, f.related, f.far = NotStated, nil, true
	}
	f.query = rest
	return f, true
}

func (a *Answerer) pastDocuments(year string) []*knowledge.Document {
	var out []*knowledge.Document
	for _, d := range a.library.Documents {
		of := strings.HasPrefix(d.Issued, year) || strings.Contains(d.Number, "〔"+year+"〕")
		if d.Kind != knowledge.Digest && (year == "" && d.Validity != knowledge.InForce || year != "" && of) {
			out = append(out, d)
		}
	}
	return out
}

// ended says before a quotation that its document holds no longer; "" for one
// that does.
func (a *Answerer) ended(d *knowledge.Document) string {
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
	return fmt.Sprintf("%s已经%s%s。它当时写的是：", numbered(d), how, when)
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

// rightEnough is how likely the first entry has to be right where the document is
// known that is asked.
const rightEnough = 0.4

// fromOnly answers from some documents, which the question named.
func (a *Answerer) fromOnly(ctx context.Context, documents []*knowledge.Document, q string) found {
	r, err := a.engine.Ask(ctx, []string{q}, documents...)
	if err != nil || len(r.Shown) == 0 || r.Decision.Right < rightEnough {
		return found{status: NotStated, query: q}
	}
	f := found{status: Answered, query: q}
	for i, e := range r.Shown {
		for _, x := range entryRefs(e, r.Asks) {
			if i < max(1, r.Answers) {
				f.cited = addRef(f.cited, x)
			} else {
				f.related = addRef(f.related, x)
			}
		}
	}
	return f
}
