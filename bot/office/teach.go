package office

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"zujian/bot/answer"
	"zujian/bot/console"
	"zujian/bot/llm"
	"zujian/bot/teach"
	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/catalogue"
	"zujian/knowledge/lock"
	"zujian/knowledge/rule"
)

// trial is the last proposal that was tried: who looks first and keeps then does
// not wait twice.
type trial struct {
	mu     sync.Mutex
	of     string // the proposal, and what the office held
	result teach.Result
}

// Propose checks what is proposed and tries it, and keeps nothing. What the office
// was taught already is left out of what it gives; it refuses where that is all.
func (p *Office) Propose(ctx context.Context, x teach.Proposal) (teach.Proposal, teach.Result, error) {
	had, err := p.Additions()
	if err != nil {
		return x, teach.Result{}, err
	}
	if x.Taught, err = fresh(had, x.Taught); err != nil {
		return x, teach.Result{}, err
	}
	plain, err := p.documentsWithout()
	if err != nil {
		return x, teach.Result{}, err
	}
	l := plain.Copy()
	l.Apply(had)
	if err := teach.Check(l, x.Taught); err != nil {
		return x, teach.Result{}, Refuse("没有记下：%v。", err)
	}
	r, err := p.tried(ctx, x, plain, had)
	return x, r, err
}

// fresh leaves out what an office was taught already.
func fresh(had *knowledge.Additions, taught []knowledge.Added) (out []knowledge.Added, err error) {
	number := 0
	for _, x := range taught {
		if n := had.Holding(x); n > 0 {
			number = n
			continue
		}
		out = append(out, x)
	}
	if len(out) == 0 && number > 0 {
		return nil, Refuse("这一条已经有了，是第%d条。", number)
	}
	return out, nil
}

// Teach tries what is proposed and keeps it under numbers of its own. Where it does
// not do what it is for, or other ways of asking lead elsewhere with it, nothing is
// kept unless insist says so.
func (p *Office) Teach(ctx context.Context, x teach.Proposal, insist bool) (r teach.Result, kept []knowledge.Added, err error) {
	x, r, err = p.Propose(ctx, x)
	if err != nil || !r.Good() && !insist {
		return r, nil, err
	}
	err = p.changeAdditions(func(a *knowledge.Additions) error {
		for _, one := range x.Taught {
			one.At = p.Now().UTC()
			kept = append(kept, a.Add(one))
		}
		return nil
	})
	if err != nil {
		return r, nil, sayAdditions(err)
	}
	return r, kept, nil
}

// tried gives what keeping a proposal does beside what the office was taught.
func (p *Office) tried(ctx context.Context, x teach.Proposal, plain *knowledge.Library, had *knowledge.Additions) (teach.Result, error) {
	of := fmt.Sprintf("%+v %+v %s %s", x, *had, plain.Version(), p.besideStamp())
	p.trial.mu.Lock()
	defer p.trial.mu.Unlock()
	if p.trial.of == of {
		return p.trial.result, nil
	}
	before, closeIndex, err := p.answererNow(plain, had)
	if err != nil {
		return teach.Result{}, err
	}
	defer closeIndex()
	with := *had
	with.All = slices.Clone(had.All)
	for _, one := range x.Taught {
		with.Add(one)
	}
	after, err := p.answererIf(plain, &with)
	if err != nil {
		return teach.Result{}, err
	}
	defer after.Close()
	r, err := teach.Try(ctx, x, before, after)
	if err == nil {
		p.trial.of, p.trial.result = of, r
	}
	return r, err
}

// answererNow makes the answerer there is, without a model, on the index of the data
// folder.
func (p *Office) answererNow(plain *knowledge.Library, added *knowledge.Additions) (a *answer.Answerer, done func(), err error) {
	l, w, b, err := p.with(plain, added)
	if err != nil {
		return nil, nil, err
	}
	if a, err = answer.New(l, w, b); err != nil {
		return nil, nil, Refuse("%v", err)
	}
	x, err := p.index(a, everything)
	if err != nil {
		return nil, nil, err
	}
	return a, func() { _ = errors.Join(a.Close(), x.Close()) }, a.SearchWith(x)
}

// answererIf makes the answerer there would be with these additions, in memory and
// without a model.
func (p *Office) answererIf(plain *knowledge.Library, added *knowledge.Additions) (*answer.Answerer, error) {
	l, w, b, err := p.with(plain, added)
	if err != nil {
		return nil, err
	}
	a, err := answer.InMemory(l, w, b)
	if err != nil {
		return nil, Refuse("%v", err)
	}
	return a, nil
}

// with gives the documents of today, the synonyms and the rules, with additions
// beside them.
func (p *Office) with(plain *knowledge.Library, added *knowledge.Additions) (*knowledge.Library, *index.Words, *rule.Book, error) {
	l := plain.Copy()
	l.Apply(added)
	l = l.On(p.Today())
	w, err := p.wordsWith(added)
	if err != nil {
		return nil, nil, nil, err
	}
	b, err := p.BookOrFault(l)
	return l, w, b, err
}

// Forget takes back what the office was taught under a number.
func (p *Office) Forget(number int) (string, error) {
	var gone knowledge.Added
	err := p.changeAdditions(func(a *knowledge.Additions) error {
		x, ok := a.Drop(number)
		if !ok {
			return Refuse("没有第%d条。", number)
		}
		gone = x
		return nil
	})
	if err != nil {
		return "", sayAdditions(err)
	}
	return fmt.Sprintf("拿掉了第%d条：%s。", number, gone), nil
}

// sayAdditions words what keeps additions from being written.
func sayAdditions(err error) error {
	switch f := (Failure{}); {
	case errors.As(err, &f):
		return err
	case errors.Is(err, lock.ErrHeld), errors.Is(err, catalogue.ErrBusy):
		return Refuse("另一个程序正在改自己加的问法，请过几秒钟再试。")
	}
	return Refuse("没有记成：%v。", err)
}

// Drafter gives the model that writes drafts, with more patience than an answer
// has, or says what to do without one.
func (p *Office) Drafter(byHand string) (*llm.Client, error) {
	if p.Config().LLM.BaseURL == "" {
		return nil, Refuse("没有接语言模型，写不了草稿。两个办法：\n"+
			"1. 自己写：%s -o 草稿.yaml，填好以后 bot knowledge accept 草稿.yaml。\n"+
			"2. 接一个模型：在 %s 里写上 [llm]，看 bot help 语言模型。", byHand, p.ConfigFile)
	}
	return p.newModel("", draftWaits)
}

// draftWaits is how long one part of a draft may take.
const draftWaits = time.Minute

// kinds gives the kind of an improvement of the console.
var kinds = map[string]knowledge.AddedKind{console.Ask: knowledge.AddedAsk, console.Gap: knowledge.AddedGap,
	console.Synonym: knowledge.AddedSynonym, console.FAQ: knowledge.AddedReply, console.Written: knowledge.AddedWritten}

// taughtBy is what an operator adds, as it would be kept.
func (g pages) taughtBy(i console.Improvement) teach.Proposal {
	x := knowledge.Added{Kind: kinds[i.Kind], Question: i.Question, Document: i.Document, Topic: i.Topic, Source: i.Source,
		Verdict: i.Verdict}
	if x.Kind != knowledge.AddedGap { // whose answer is what it is not
		x.Answer = i.Answer
	}
	if len(i.Pieces) > 0 {
		x.Piece, x.Pieces = i.Pieces[0], i.Pieces[1:]
	}
	if x.Document == "" {
		x.Document = g.Office.documentOf(x.Piece)
	}
	if x.Kind == knowledge.AddedSynonym && len(i.Words) == 2 {
		x.Word, x.Same = i.Words[0], i.Words[1]
	}
	p := teach.Proposal{Taught: []knowledge.Added{x}}
	if x.Question != "" {
		p.Questions = []string{x.Question}
	}
	return p
}

// Preview says what an improvement would come to, and keeps nothing.
func (g pages) Preview(ctx context.Context, i console.Improvement) (console.Preview, error) {
	_, r, err := g.Office.Propose(ctx, g.taughtBy(i))
	if err != nil {
		return console.Preview{}, told(err)
	}
	out := console.Preview{Say: r.Short(), Good: r.Good()}
	if len(r.Gained) > 0 {
		out.Answer = r.Gained[0].Text
	}
	return out, nil
}

// Improve takes in what an operator adds and says what it came to.
func (g pages) Improve(ctx context.Context, i console.Improvement) (string, error) {
	r, kept, err := g.Office.Teach(ctx, g.taughtBy(i), i.Insist)
	if err != nil {
		return "", told(err)
	}
	if len(kept) == 0 {
		return "", console.Told(r.Short() + "没有记下。确实要记，请勾上“还是记下”。")
	}
	g.Changed()
	return fmt.Sprintf("记下了，第%d条：%s。%s", kept[0].Number, kept[0], r.Short()), nil
}

// documentOf gives the id of the one document that has a sentence; "" where
// none has it or several do.
func (p *Office) documentOf(sentence string) string {
	l, err := p.Library()
	if err != nil || sentence == "" {
		return ""
	}
	id := ""
	for _, d := range l.Documents {
		if _, ok := d.Find(sentence); ok && d.Validity == knowledge.InForce {
			if id != "" {
				return ""
			}
			id = d.ID
		}
	}
	return id
}

// Improvements lists what was added.
func (g pages) Improvements() ([]console.Improved, error) {
	added, err := g.Office.Additions()
	if err != nil {
		return nil, told(err)
	}
	var out []console.Improved
	for _, x := range added.All {
		out = append(out, console.Improved{ID: strconv.Itoa(x.Number), Kind: string(x.Kind), Say: fmt.Sprintf("%s：%s", x.Kind, x),
			At: x.At})
	}
	return out, nil
}

// DropImprovement takes one back.
func (g pages) DropImprovement(_ context.Context, id string) (string, error) {
	n, err := strconv.Atoi(id)
	if err != nil {
		return "", console.Told("没有这一条。")
	}
	say, err := g.Office.Forget(n)
	if err != nil {
		return "", told(err)
	}
	g.Changed()
	return say, nil
}
