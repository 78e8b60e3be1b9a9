package index

import (
	"cmp"
	"math"
	"slices"
)

// Matcher finds, among many short texts, those most like a question. It is
// for ways of asking and single clauses, a few thousand at most, held in
// memory. It is safe for concurrent use.
//
// A text is what it has of single characters, pairs, concepts and pairs of
// concepts; likeness is the cosine of these, weighted by how rare each is
// among the texts, so that a score means the same for every question.
type Matcher struct {
	concepts func(text string) []string
	ids      map[string]int32
	idf      []float32
	unseen   float32 // the weight of what none of the texts has
	postings [][]posting
	texts    int
}

type posting struct {
	text   int32
	weight float32
}

// Match is one text that is like the question: its position in the list, and
// how like from 0 to 1.
type Match struct {
	ID    int
	Score float64
}

// How much each kind of feature counts, before rarity.
const (
	weightSingle      = 0.5
	weightPair        = 1.0
	weightConcept     = 5.0
	weightConceptPair = 1.0
	conceptSpan       = 2   // concepts this near to each other make a pair
	unseenShare       = 0.3 // of its rarity, for what none of the texts has
)

// NewMatcher takes the texts as Normalise gives them. concepts says what else
// a text has that is to be compared (the same word for every way of saying a
// thing); nil is none.
func NewMatcher(texts []string, concepts func(text string) []string) *Matcher {
	m := &Matcher{concepts: concepts, ids: map[string]int32{}, texts: len(texts)}
	features := make([]map[int32]float32, len(texts))
	var df []int
	for i, t := range texts {
		features[i] = map[int32]float32{}
		m.eachFeature(t, func(f string, w float32) {
			id, ok := m.ids[f]
			if !ok {
				id = int32(len(m.ids))
				m.ids[f] = id
				df = append(df, 0)
			}
			if features[i][id] == 0 {
				df[id]++
			}
			features[i][id] += w
		})
	}
	m.weigh(df)
	m.post(features)
	return m
}

func (m *Matcher) weigh(df []int) {
	m.idf = make([]float32, len(df))
	for i, n := range df {
		m.idf[i] = rarity(m.texts, n)
	}
	m.unseen = unseenShare * rarity(m.texts, 0)
}

func rarity(texts, n int) float32 {
	return float32(math.Log(1 + float64(texts)/(1+float64(n))))
}

func (m *Matcher) post(features []map[int32]float32) {
	m.postings = make([][]posting, len(m.idf))
	for i, fs := range features {
		norm := float32(0)
		for id, w := range fs {
			x := root(w) * m.idf[id]
			norm += x * x
		}
		norm = root(norm)
		for id, w := range fs {
			m.postings[id] = append(m.postings[id], posting{int32(i), root(w) * m.idf[id] / norm})
		}
	}
}

func root(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// eachFeature calls f with every feature of a text and its weight.
func (m *Matcher) eachFeature(text string, f func(string, float32)) {
	runes := []rune(text)
	kept := runes[:0]
	for _, r := range runes {
		if r > ' ' {
			kept = append(kept, r)
		}
	}
	for i, r := range kept {
		f(string(r), weightSingle)
		if i+1 < len(kept) {
			f(string(kept[i:i+2]), weightPair)
		}
	}
	if m.concepts != nil {
		eachConcept(m.concepts(text), f)
	}
}

// eachConcept calls f with every concept, and with every two that stand near
// each other in whichever order.
func eachConcept(concepts []string, f func(string, float32)) {
	for i, c := range concepts {
		f("\x00"+c, weightConcept)
		for _, d := range concepts[i+1 : min(len(concepts), i+1+conceptSpan)] {
			f("\x00"+min(c, d)+"\x00"+max(c, d), weightConceptPair)
		}
	}
}

// Top gives the k texts most like the question, which is as Normalise gives
// it, best first. It gives fewer where fewer share anything with it.
func (m *Matcher) Top(question string, k int) []Match {
	features := map[string]float32{}
	m.eachFeature(question, func(f string, w float32) { features[f] += w })
	scores := make([]float32, m.texts)
	norm := float32(0)
	for f, w := range features {
		id, ok := m.ids[f]
		if !ok {
			x := root(w) * m.unseen
			norm += x * x
			continue
		}
		x := root(w) * m.idf[id]
		norm += x * x
		for _, p := range m.postings[id] {
			scores[p.text] += x * p.weight
		}
	}
	return best(scores, root(norm), k)
}

func best(scores []float32, norm float32, k int) []Match {
	var out []Match
	floor := float32(0)
	for i, s := range scores {
		if s <= floor {
			continue
		}
		out = append(out, Match{i, float64(s / norm)})
		if len(out) >= 4*k {
			out = cut(out, k)
			floor = float32(out[k-1].Score) * norm
		}
	}
	return cut(out, k)
}

func cut(matches []Match, k int) []Match {
	slices.SortFunc(matches, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	return matches[:min(k, len(matches))]
}

// Covers says how much of a question, by rarity, the text has: from 0 to 1.
func (m *Matcher) Covers(question, text string) float64 {
	have := map[string]bool{}
	m.eachFeature(text, func(f string, _ float32) { have[f] = true })
	var all, met float32
	m.eachFeature(question, func(f string, w float32) {
		x := m.unseen
		if id, ok := m.ids[f]; ok {
			x = m.idf[id]
		}
		all += w * x
		if have[f] {
			met += w * x
		}
	})
	if all == 0 {
		return 0
	}
	return float64(met / all)
}
