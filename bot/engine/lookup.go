package engine

import (
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/index"
)

// sought is a word of a question as it is looked for: with the words near to
// it, and how telling it is.
type sought struct {
	unit
	near    []index.Near // the word itself first, then the nearest
	pairs   []string     // of a word that nothing is near to, what it is made of
	share   float64      // what each of them counts
	rarity  float64      // among entries
	rareDoc float64      // among documents
	inDoc   map[string]float64
	exact   bool // some document has the word itself
}

// How much of a word counts that the documents have only in pieces.
const (
	piecesOfLong  = 0.7  // for all its pairs together
	piecesOfShort = 0.15 // for each of its two characters
)

// Rarity is told as it would be among so many entries and documents, as logarithms,
// so that an office with one notice is measured like one with hundreds.
const (
	usualEntries   = 8.5
	usualDocuments = 4.2
)

// seek looks up where the words of a question stand.
func (a *Engine) seek(ctx context.Context, q *question) ([]sought, error) {
	out := make([]sought, len(q.units))
	var all []string
	for i, u := range q.units {
		s := &out[i]
		s.unit = u
		s.near = append([]index.Near{{Word: u.word, Weight: 1}}, a.thesaurus.Near(u.word)...)
		all = append(all, u.word)
		for _, n := range s.near[1:] {
			all = append(all, n.Word)
		}
	}
	spreads, err := a.finder.Spreads(ctx, all)
	if err != nil {
		return nil, err
	}
	at := 0
	for i := range out {
		n := len(out[i].near) // before those are dropped that no document has
		a.weigh(&out[i], spreads[at:at+n])
		at += n
	}
	return out, nil
}

// weigh says how telling a word is, by where it and the words near to it stand.
func (a *Engine) weigh(s *sought, spreads []index.Spread) {
	n := utf8.RuneCountInString(s.word)
	s.exact = spreads[0].Entries > 0 || len(spreads[0].Documents) > 0 || n == 1
	lone := len(s.near) == 1
	switch {
	case lone && n >= 3 && s.word[0] >= utf8.RuneSelf:
		s.pairs = index.Grams(s.word)
		s.share = piecesOfLong / float64(len(s.pairs))
	case lone && n == 2 && !s.exact && s.word[0] >= utf8.RuneSelf:
		s.pairs = strings.Split(s.word, "")
		s.share = piecesOfShort
	}
	entries := float64(a.finder.Held(index.KindEntry))
	missing, docs := 1.0, 0.0
	s.inDoc = map[string]float64{}
	for i, sp := range spreads {
		missing *= 1 - s.near[i].Weight*float64(sp.Entries)/max(entries, 1)
		for d, k := range sp.Documents {
			s.inDoc[d] += s.near[i].Weight * float64(k)
		}
	}
	df := entries * (1 - missing)
	for _, k := range s.inDoc {
		docs += min(1, k)
	}
	s.rarity = math.Log(1 + entries/(df+1))
	if df < 0.5 {
		if lone {
			s.rarity *= 1 - 0.6*index.Commonness(s.word)
		} else {
			s.rarity *= 0.35
		}
	}
	s.rarity *= usualEntries / math.Log(2+entries)
	s.rareDoc = math.Log(1+float64(len(a.pool.docs))/(docs+0.3)) * usualDocuments / math.Log(2+float64(len(a.pool.docs)))
	// words of the thesaurus that no document has are not looked for
	kept := s.near[:1]
	for i, n := range s.near[1:] {
		if sp := spreads[i+1]; sp.Entries > 0 || len(sp.Documents) > 0 || utf8.RuneCountInString(n.Word) == 1 {
			kept = append(kept, n)
		}
	}
	s.near = kept
}

// presence gives how much of a word a stretch has, from 0 to 1.
func (s *sought) presence(text string) float64 {
	if text == "" {
		return 0
	}
	for _, n := range s.near {
		if strings.Contains(text, n.Word) {
			return n.Weight
		}
	}
	got := 0.0
	for _, p := range s.pairs {
		if strings.Contains(text, p) {
			got += s.share
		}
	}
	return got
}

// rareIn is how telling a word is inside one document.
func (s *sought) rareIn(d *docView) float64 {
	k := s.inDoc[d.document.ID]
	if k < 0.2 {
		return 0
	}
	return math.Log(1 + float64(len(d.entries)+1)/(k+1))
}

// presences keeps what was found of a question's words in stretches that many
// entries share.
type presences struct {
	words []sought
	of    map[*plain][]float64
}

func (p *presences) in(t *plain) []float64 {
	if got, ok := p.of[t]; ok {
		return got
	}
	got := make([]float64, len(p.words))
	for i := range p.words {
		got[i] = p.words[i].presence(t.text())
	}
	p.of[t] = got
	return got
}

// gramsOf gives the grams of the turns that are compared, each with how much
// it counts, without the words by which one asks.
func (q *question) gramsOf(lastOnly bool) map[string]float64 {
	out := map[string]float64{}
	for i, t := range q.turns {
		weight := 1.0
		if i < len(q.turns)-1 {
			if lastOnly {
				continue
			}
			weight = earlierTurn
			if q.short {
				weight = earlierThanShort
			}
		}
		eachCharacterAndPair(strings.ReplaceAll(courtesy.ReplaceAllString(t, ""), " ", ""), func(g string) { out[g] = max(out[g], weight) })
	}
	return out
}

// nearGrams gives the pairs of the words near to the question's.
func nearGrams(words []sought) map[string]float64 {
	out := map[string]float64{}
	for _, s := range words {
		near := slices.DeleteFunc(slices.Clone(s.near[1:]), func(n index.Near) bool {
			return n.Weight < 0.7 || utf8.RuneCountInString(n.Word) < 2
		})
		for _, n := range near {
			for _, g := range index.Grams(n.Word) {
				out[g] = max(out[g], s.weight*min(1, 3/float64(len(near))))
			}
		}
	}
	return out
}
