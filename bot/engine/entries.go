package engine

import (
	"context"
	"iter"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"zujian/index"
	"zujian/knowledge"
)

// view is an entry as it is compared with questions. What is dear to make is
// made when a question first needs it.
type view struct {
	entry *knowledge.Entry
	doc   *docView
	at    placed
	index int // among all entries

	text, path, lead *plain
	before, after    *view // neighbours

	once sync.Once
	body // made by prepare
}

// body is what of a view is made late.
type body struct {
	segments []string // of the text, as it stands
	joined   []string // each with the one before it, compact
	allows   bool     // it says what may or has to be done
	denies   bool     // it says what may not, or need not
	ranges   []interval
	amounts  map[quantity]bool
	digits   map[string]bool
	values   known    // by kind: it has a value of it
	stricts  known    // for certain
	heads    known    // under a heading that such values stand under
	cells    []string // of a row, compact
	length   int      // in characters
	listing  float64  // how much of an enumeration it is, 0 to 1
}

// docView is a document as it is compared with questions.
type docView struct {
	document *knowledge.Document
	head     *plain // its title and whatever stands above its text
	entries  []*view
	home     bool // the office calls it its own, and its keeper wrote down what is asked of it
}

// pool is every entry of the documents that answer.
type pool struct {
	docs    []*docView
	byDoc   map[string]*docView
	entries []*view
	byID    map[string]*view
	asks    []ask
	words   *index.Words
	rarity  *rarities // of what the asks are compared by
}

func newPool(l *knowledge.Library, words *index.Words, home func(*knowledge.Document) bool) *pool {
	p := &pool{words: words, byDoc: map[string]*docView{}, byID: map[string]*view{}}
	for _, d := range l.Documents {
		if searched(d) {
			p.add(d, home(d) && len(d.Asked) > 0)
		}
	}
	p.collectAsks(l)
	return p
}

func (p *pool) add(d *knowledge.Document, home bool) {
	dv := &docView{document: d, home: home, head: plainOf(strings.Join([]string{d.Title, d.Short, d.Issuer, d.Number,
		d.Addressee, d.DateLine}, " "))}
	entries := d.Entries()
	paths, leads := map[string]*plain{}, map[string]*plain{}
	shared := func(m map[string]*plain, s string) *plain {
		if m[s] == nil {
			m[s] = plainOf(s)
		}
		return m[s]
	}
	places := map[int]placed{} // by section
	var last *view
	for i := range entries {
		e := &entries[i]
		section := d.Clauses[e.From].Section
		if places[section] == nil {
			places[section] = placedAt(d, section)
		}
		v := &view{entry: e, doc: dv, index: len(p.entries), text: plainOf(e.Text),
			path: shared(paths, strings.Join(e.Path, " ")), lead: shared(leads, e.Lead), at: places[section]}
		if e.Kind != knowledge.EntryList {
			v.before = last
			if last != nil {
				last.after = v
			}
			last = v
		}
		dv.entries = append(dv.entries, v)
		p.entries = append(p.entries, v)
		p.byID[e.ID()] = v
	}
	p.docs = append(p.docs, dv)
	p.byDoc[d.ID] = dv
}

// Passages gives what an index holds of a library: entries, whole documents,
// and the ways of asking for them.
func (p *pool) Passages(askTerms bool) index.Source {
	return func() iter.Seq[index.Passage] {
		return func(yield func(index.Passage) bool) {
			for _, d := range p.docs {
				if !d.passages(yield) {
					return
				}
			}
			p.askPassages(askTerms)(yield)
		}
	}
}

func (d *docView) passages(yield func(index.Passage) bool) bool {
	var whole strings.Builder
	for _, v := range d.entries {
		e := v.entry
		if e.Kind != knowledge.EntryList {
			whole.WriteString(e.Text + "\n")
		}
		if !e.Answers() {
			continue
		}
		p := index.Passage{ID: e.ID(), Collection: d.document.ID, Kind: index.KindEntry, Title: d.document.Title,
			Section: strings.Join(e.Path, "\n") + "\n" + e.Lead, Label: strconv.Itoa(v.index), Text: e.Text}
		if !yield(p) {
			return false
		}
	}
	return yield(index.Passage{ID: d.document.ID, Collection: d.document.ID, Kind: index.KindDocument,
		Title: d.document.Title, Text: whole.String()})
}

// prepare makes what a close comparison needs.
func (v *view) prepare() {
	v.once.Do(func() {
		t := v.entry.Text
		v.segments = segmentsOf(t)
		prev := ""
		for _, s := range v.segments {
			c := index.Compact(s)
			v.joined = append(v.joined, prev+c)
			prev = c
		}
		v.denies, v.allows = denying.MatchString(t), allowing.MatchString(t)
		v.ranges = intervals(t)
		v.amounts, v.digits = map[quantity]bool{}, map[string]bool{}
		for _, a := range quantities(textUnits, t) {
			v.amounts[a] = true
		}
		for _, d := range digitRuns.FindAllString(t, -1) {
			v.digits[d] = true
		}
		if v.entry.Kind == knowledge.EntryRow {
			for _, cell := range strings.Split(t, "；") {
				if _, value, ok := strings.Cut(cell, "："); ok {
					v.cells = append(v.cells, index.Compact(value))
				}
			}
		}
		v.length = len([]rune(v.text.text()))
		v.listing = min(1, float64(strings.Count(t, "、")+strings.Count(t, "；"))/6)
	})
}

// known keeps for each kind what was looked up once: two bits a kind, 0 not looked
// yet, 1 no, 2 yes; 32 kinds at most. Questions that are asked at the same time may
// look twice.
type known struct{ bits atomic.Uint64 }

func (k *known) is(kind int, look func() bool) bool {
	switch k.bits.Load() >> (2 * kind) & 3 {
	case 1:
		return false
	case 2:
		return true
	}
	yes := look()
	k.bits.Or((1 + uint64(one64(yes))) << (2 * kind))
	return yes
}

// gives says whether the entry has a value of a kind.
func (v *view) gives(kind int) bool {
	return v.values.is(kind, func() bool {
		re := kinds[kind].valueRE
		return re == nil || re.MatchString(v.entry.Text)
	})
}

// surely says whether the entry has a value of a kind for certain.
func (v *view) surely(kind int) bool {
	return v.stricts.is(kind, func() bool {
		re := kinds[kind].strictRE
		return re != nil && re.MatchString(v.entry.Text)
	})
}

// headed says whether the entry stands under a heading that values of a kind
// stand under.
func (v *view) headed(kind int) bool {
	return v.heads.is(kind, func() bool {
		re := kinds[kind].headingRE
		return re != nil && (re.MatchString(strings.Join(v.entry.Path, "。")) || re.MatchString(firstOf(v.entry.Lead, 30)))
	})
}

func segmentsOf(t string) []string {
	var out []string
	for _, s := range strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune("，；。,;：:\n", r) }) {
		if strings.TrimSpace(s) != "" {
			out = append(out, s)
		}
	}
	return out
}

// Finder finds passages and says where words stand; an index.Index is one.
type Finder interface {
	Find(context.Context, index.Wanted) ([]index.Found, error)
	Spreads(context.Context, []string) ([]index.Spread, error)
	Counts(ctx context.Context, kind string, grams []string) ([]int, error)
	Held(kind string) int
	IDF(df int) float64
}
