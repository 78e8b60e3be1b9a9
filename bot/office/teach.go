package office

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"zujian/bot/answer"
	"zujian/bot/chat"
	"zujian/bot/console"
	"zujian/knowledge"
	"zujian/knowledge/catalogue"
	"zujian/knowledge/lock"
	"zujian/knowledge/rule"
)

// tried is what an addition comes to, before it is kept.
type tried struct {
	changed []string // known ways of asking that lead elsewhere with it
	ways    int      // of how many
	now     answer.Answer
}

// String says it.
func (t tried) String() string {
	if len(t.changed) == 0 {
		return fmt.Sprintf("另外 %d 种问法都试过，答的跟原来一样。", t.ways)
	}
	shown := t.changed[:min(len(t.changed), 3)]
	return fmt.Sprintf("另外 %d 种问法都试过，有 %d 种答的跟原来不一样了，比如“%s”。不合适的话请拿掉。", t.ways, len(t.changed), strings.Join(shown, "”“"))
}

// try answers with an addition and without it, in memory. It refuses one that
// does not do what it is for.
func (p *Office) try(ctx context.Context, b *rule.Book, x knowledge.Added) (tried, error) {
	added, err := p.Additions()
	if err != nil {
		return tried{}, err
	}
	l, err := p.documentsWithout()
	if err != nil {
		return tried{}, err
	}
	before, _, err := p.answererIf(l, b, added)
	if err != nil {
		return tried{}, err
	}
	defer before.Close()
	with := *added
	with.All = append(append([]knowledge.Added(nil), added.All...), x)
	after, lost, err := p.answererIf(l, b, &with)
	if err != nil {
		return tried{}, err
	}
	defer after.Close()
	for _, l := range lost {
		if l == x {
			return tried{}, Refuse("“%s”在那份文件里没有，或者不止一处，没有记下。", x.Piece)
		}
	}
	t := tried{}
	if x.Question != "" {
		t.now = after.Answer(ctx, []string{x.Question})
		if why := misses(x, t.now); why != "" {
			return t, Refuse("%s", why)
		}
	}
	t.changed, t.ways, err = after.Changed(ctx, before, x.Question+x.Same+" "+x.Word)
	return t, err
}

// misses says why an addition does not do what it is for; "" where it does.
func misses(x knowledge.Added, now answer.Answer) string {
	switch {
	case x.Kind == knowledge.AddedSynonym:
		return ""
	case x.Kind == knowledge.AddedGap:
		if now.Status != answer.NotStated {
			return "试了，这个问题还是会照文件里的句子答，没有记下。要是那一句答得不对，请换一种说法。"
		}
		return ""
	case now.Status != answer.Answered || len(now.Citations) == 0:
		return "试了，这个问题还是答不上，没有记下。请看看是不是不在范围里，或者要问的是另一件事。"
	}
	first := now.Citations[0].Quote
	led := map[knowledge.AddedKind]string{knowledge.AddedAsk: x.Piece, knowledge.AddedReply: x.Answer}
	if !strings.Contains(first, led[x.Kind]) {
		return "试了，这个问题先引的是另一句：“" + first + "”。没有记下。"
	}
	return ""
}

// answererIf makes the answerer there would be with these additions, to be closed
// after it was compared. It has no model.
func (p *Office) answererIf(without *knowledge.Library, b *rule.Book, added *knowledge.Additions) (
	*answer.Answerer, []knowledge.Added, error) {
	l := without.Copy()
	lost := l.Apply(added)
	w, err := p.wordsWith(added)
	if err != nil {
		return nil, nil, err
	}
	a, err := answer.InMemory(l.On(p.Today()), w, b)
	if err != nil {
		return nil, nil, Refuse("%v", err)
	}
	return a, lost, nil
}

// keep tries an addition and keeps it, and says what it came to.
func (p *Office) keep(ctx context.Context, b *rule.Book, x knowledge.Added) (string, error) {
	x.At = p.Now().UTC()
	for _, text := range []string{x.Question, x.Answer, x.Topic, x.Source} {
		if chat.Mask(text) != text {
			return "", Refuse("里面有电话或者证件号，没有记下。请去掉再写；公布的电话请写进文件里加进来。")
		}
	}
	if err := x.Check(); err != nil {
		return "", Refuse("没有记下：%v。", err)
	}
	had, err := p.Additions()
	if err != nil {
		return "", err
	}
	for _, y := range had.All {
		if y.Kind == x.Kind && y.String() == x.String() {
			return "", Refuse("这一条已经有了，是第%d条。", y.Number)
		}
	}
	t, err := p.try(ctx, b, x)
	if err != nil {
		return "", err
	}
	err = p.changeAdditions(func(a *knowledge.Additions) error {
		x = a.Add(x)
		return nil
	})
	if err != nil {
		return "", sayAdditions(err)
	}
	return fmt.Sprintf("记下了，第%d条：%s。%s", x.Number, x, t), nil
}

// DropAddition takes an addition out.
func (p *Office) DropAddition(number int) (string, error) {
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

// kinds gives the kind of an improvement of the console.
var kinds = map[string]knowledge.AddedKind{console.Ask: knowledge.AddedAsk, console.Gap: knowledge.AddedGap,
	console.Synonym: knowledge.AddedSynonym, console.FAQ: knowledge.AddedReply}

// Improve takes in what an operator adds and says what it came to.
func (g pages) Improve(ctx context.Context, i console.Improvement) (string, error) {
	x := knowledge.Added{Kind: kinds[i.Kind], Question: i.Question, Document: i.Document, Piece: i.Piece, Topic: i.Topic,
		Answer: i.Answer, Source: i.Source}
	if x.Kind == knowledge.AddedAsk && x.Document == "" {
		x.Document = g.Office.documentOf(i.Piece)
	}
	if x.Kind == knowledge.AddedSynonym && len(i.Words) == 2 {
		x.Word, x.Same = i.Words[0], i.Words[1]
	}
	say, err := g.Office.keep(ctx, g.Book(), x)
	if err != nil {
		return "", told(err)
	}
	g.Changed()
	return say, nil
}

// documentOf gives the id of the one document that has a sentence; "" where
// none has it or several do.
func (p *Office) documentOf(sentence string) string {
	l, err := p.Library()
	if err != nil {
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
	say, err := g.Office.DropAddition(n)
	if err != nil {
		return "", told(err)
	}
	g.Changed()
	return say, nil
}
