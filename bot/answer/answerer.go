package answer

import (
	"fmt"
	"sync"
	"time"

	"zujian/bot/engine"
	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/rule"
)

// Answerer holds what is needed to answer: the documents, what people ask of
// them, and the rules of formation. It is safe for concurrent use.
type Answerer struct {
	library *knowledge.Library
	words   *index.Words
	book    *rule.Book
	w       weights

	features    *index.Features
	clauseTexts []index.Text   // as they are compared, with their headings
	clauses     []ref          // every clause of every document in force
	text        *index.Matcher // over clauses, with their headings
	targets     []target       // what a way of asking leads to
	asks        *index.Matcher // over every way of asking
	profiles    *index.Matcher // all that is asked of a clause together
	profiled    []clauseKey
	sorter      *index.Sorter
	stated      *index.Divider
	asking      []string       // the ways of asking themselves
	spoken      func() *spoken // how they sound
	owner       []int          // owner[i] is the target of the i-th way of asking
	searcher    Searcher       // nil: none
	model       Model          // nil: none
	meanings    Meanings       // nil: none
	patience    time.Duration  // how long an answer waits for help
	inner       *inner
	thesaurus   *index.Thesaurus
	manners     *Manners
	home        func() *Answerer // over the office's own documents alone
	pool        *engine.Pool
	engine      *engine.Engine // nil without an index
	clauseAt    map[string]int // the position of a clause by its id in the index
}

// target is where a way of asking leads: words of a document, the knowledge
// that it does not say, or out of the field.
type target struct {
	doc    *knowledge.Document
	pieces []ref
	gap    *knowledge.Gap // nil where pieces answer
	field  bool           // false for everyday messages outside the field
	own    bool           // an office wrote it down by itself

	written *knowledge.Written // a short answer of the keeper's own; nil: none
}

// New makes an Answerer over the documents in force. It fails when the
// analysis data does not load.
func New(library *knowledge.Library, words *index.Words, book *rule.Book) (*Answerer, error) {
	a := &Answerer{inner: new(inner), w: tuned, library: library, words: words, book: book}
	var texts []string
	for _, d := range library.Documents {
		if !searched(d) {
			continue
		}
		for i := range d.Clauses {
			a.clauses = append(a.clauses, ref{doc: d, clause: i})
			texts = append(texts, withHeading(d, i))
		}
	}
	if len(a.clauses) == 0 {
		return nil, fmt.Errorf("文件库是空的，没有可以依据的文件")
	}
	var err error
	if a.manners, err = NewManners("", ""); err != nil {
		return nil, err
	}
	a.thesaurus = index.NewThesaurus(words)
	a.pool = engine.NewPool(library, isOwn)
	a.features = index.NewFeatures(a.concepts)
	a.clauseTexts = a.features.Learn(normalAll(texts))
	a.text = index.NewMatcher(a.clauseTexts)
	a.collectAsks()
	a.home = sync.OnceValue(a.overHome)
	return a, nil
}

// searched says whether a document answers questions: those in force, without
// the digests of other organisations' rules.
func searched(d *knowledge.Document) bool {
	return d.Validity == knowledge.InForce && d.Kind != knowledge.Digest
}

// withHeading is a clause as it is compared: under its headings.
func withHeading(d *knowledge.Document, clause int) string {
	return headingsOf(d, clause) + d.Clauses[clause].Text
}

// headingsOf gives the headings that a sentence stands under, the widest first.
func headingsOf(d *knowledge.Document, clause int) string {
	s := ""
	c := d.Clauses[clause]
	for i := c.Section; i >= 0; i = d.Sections[i].Parent {
		if h := d.Sections[i].Heading; h != "" && c.Number > 0 {
			s = h + "。" + s
		}
	}
	return s
}

func (a *Answerer) collectAsks() {
	var texts []string
	add := func(t target, asks []string) {
		a.targets = append(a.targets, t)
		for _, q := range asks {
			texts = append(texts, q)
			a.owner = append(a.owner, len(a.targets)-1)
		}
	}
	for _, d := range a.library.Documents {
		if !searched(d) {
			continue
		}
		for _, k := range d.Asked {
			add(target{doc: d, pieces: refs(d, k.Pieces), field: true, own: k.Own}, k.Asks)
		}
		for i := range d.Written {
			w := &d.Written[i]
			add(target{doc: d, pieces: refs(d, w.Pieces), field: true, written: w}, w.Asks)
		}
		for i := range d.Gaps {
			add(target{doc: d, pieces: refs(d, d.Gaps[i].Near), gap: &d.Gaps[i], field: true, own: d.Gaps[i].Own}, d.Gaps[i].Asks)
		}
	}
	add(target{}, a.library.Outside)
	a.asking = texts
	a.spoken = sync.OnceValue(func() *spoken { return listen(texts) })
	learned := a.features.Learn(normalAll(texts))
	var wait sync.WaitGroup
	wait.Go(func() { a.asks = index.NewMatcher(learned) })
	var answered, missing []index.Text
	for i, t := range learned {
		switch x := a.targets[a.owner[i]]; {
		case x.gap != nil:
			missing = append(missing, t)
		case x.field:
			answered = append(answered, t)
		}
	}
	wait.Go(func() { a.stated = index.NewDivider(answered, missing) })
	a.sortAsks(learned)
	wait.Wait()
}

func refs(d *knowledge.Document, pieces []knowledge.Piece) []ref {
	var out []ref
	for _, p := range pieces {
		out = append(out, ref{doc: d, clause: p.Clause, piece: p.Text})
	}
	return out
}

// clean brings a question into the one form that everything is compared in.
func (a *Answerer) clean(q string) string {
	out, _ := a.words.Rewrite(q)
	return out
}

func normalAll(texts []string) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = index.Normalise(t)
	}
	return out
}
