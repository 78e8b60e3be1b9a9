package answer

import (
	"context"
	"slices"

	"zujian/bot/engine"
	"zujian/knowledge"
)

// askedOf says how like a question is to what the documents' keepers wrote down
// that people ask: by clause, and by document, the gaps among them.
func (a *Answerer) askedOf(turns []string) (clauses map[string]map[int]float64, documents map[string]float64) {
	clauses, documents = map[string]map[int]float64{}, map[string]float64{}
	last := a.clean(turns[len(turns)-1])
	a.askedBy(last, 1, clauses, documents)
	if len(turns) > 1 {
		a.askedBy(a.clean(turns[len(turns)-2])+" "+last, 1, clauses, documents)
	}
	return clauses, documents
}

func (a *Answerer) askedBy(q string, weight float64, clauses map[string]map[int]float64, documents map[string]float64) {
	for _, m := range a.asks.Top(a.features.Of(q), mostVoting) {
		t := a.targets[a.owner[m.ID]]
		if t.doc == nil {
			continue
		}
		id := t.doc.ID
		documents[id] = max(documents[id], weight*m.Score)
		if t.gap != nil {
			continue
		}
		if clauses[id] == nil {
			clauses[id] = map[int]float64{}
		}
		for _, p := range t.pieces {
			clauses[id][p.clause] = max(clauses[id][p.clause], weight*m.Score)
		}
	}
}

// keeperSure is how like what a keeper wrote down a question has to be for the
// keeper's word to stand against a notice that is not sure.
const (
	keeperSure   = 0.5
	keeperSurely = 0.6 // and beside one that is

	keeperCertain = 0.9 // for what its document does not state to be all that is said
)

// fromAll answers from whichever document answers: a notice that is sure, else the
// office's own where it answers or its keeper wrote down that it does not, else
// the nearest of the notices.
func (a *Answerer) fromAll(ctx context.Context, turns []string, by func(*Answerer) found) found {
	own := func() found { return by(a) }
	if a.exactly(a.asks.Top(a.features.Of(a.clean(turns[len(turns)-1])), mostVoting)) >= 0 {
		return own() // an office wrote down these very words, beside whichever document
	}
	if a.engine != nil && a.pool.Foreign() {
		own = func() found { return by(a.home()) }
	}
	f, ok := a.fromNotices(ctx, turns)
	if !ok || f.named && f.status == Answered {
		if ok {
			return f
		}
		return own()
	}
	_, documents := a.askedOf(turns)
	like := 0.0
	for _, v := range documents {
		like = max(like, v)
	}
	h := own()
	switch {
	case f.status == Answered && h.status == Answered && like >= keeperSurely:
		h.cited = append(h.cited[:min(len(h.cited), mostCited)], f.cited[0]) // both are told, with where each is from
		return h
	case f.status == Answered && h.status == NotStated && like >= keeperSure && f.right < surelyRight:
		return f.doubted()
	case f.status == Answered:
		return f
	case h.status == Dialog, like >= keeperSure && h.status == Answered, like >= keeperCertain && h.status == NotStated:
		return h
	}
	return f
}

// surelyRight is how likely a notice's answer has to be right where the keeper of
// the office's own document wrote down that such a thing is not stated.
const surelyRight = 0.75

// doubted is an answer that is not sure after all.
func (f found) doubted() found {
	f.status, f.related, f.cited = Unsure, append(slices.Clone(f.cited), f.related...), nil
	f.text, f.lead, f.basis = f.doubtful, "", nil
	return f
}

// isOwn says whether the office calls a document its own: what ships, and its own
// replies.
func isOwn(d *knowledge.Document) bool { return d.Shipped || d.ID == knowledge.Replies }

// overHome answers from the office's own documents alone, by the words of their
// keeper; from all where none is its own.
func (a *Answerer) overHome() *Answerer {
	own := &knowledge.Library{Outside: a.library.Outside}
	for _, d := range a.library.Documents {
		if isOwn(d) || d.Kind == knowledge.Digest {
			own.Documents = append(own.Documents, d)
		}
	}
	h, err := New(own, a.words, a.book)
	if err != nil {
		return a
	}
	return h
}

// fromNotices answers a question that is about a document which is not the
// office's own; false where it is not.
func (a *Answerer) fromNotices(ctx context.Context, turns []string, only ...*knowledge.Document) (found, bool) {
	if a.engine == nil || !a.pool.Foreign() {
		return found{}, false
	}
	r, err := a.engine.Ask(ctx, turns, only...)
	if err != nil || len(r.Shown) == 0 || r.Home {
		return found{}, false
	}
	f := found{query: a.clean(turns[len(turns)-1]), searched: true, lead: r.Lead, basis: r.Basis, text: r.Text, named: r.Named, doubtful: r.Doubtful, right: r.Decision.Right}
	refs := make([]ref, len(r.Shown))
	for i, e := range r.Shown {
		refs[i] = ref{doc: e.Document, clause: e.From, entry: e}
	}
	switch r.Outcome {
	case engine.Sure:
		f.status, f.cited, f.related = Answered, refs[:r.Answers], refs[r.Answers:]
	case engine.Unsure:
		f.status, f.related = Unsure, refs
	default:
		f.status, f.related = NotStated, refs
	}
	return f, true
}
