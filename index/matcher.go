package index

import (
	"cmp"
	"math"
	"slices"
)

// Matcher finds, among many short texts, those most like a question. It is
// for ways of asking and single clauses, some ten thousand at most, held in
// memory. It is read-only once made.
//
// Likeness is the cosine of what two texts have, weighted by how rare each
// feature is among the texts, so that a score means the same for every
// question.
type Matcher struct {
	idf      []float32 // by feature
	unseen   float32   // the weight of what none of the texts has
	starts   []int32   // by feature: where its postings begin
	postings []posting
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

// unseenShare is, of its rarity, what counts of a feature that no text has.
const unseenShare = 0.3

// NewMatcher takes texts that were learned.
func NewMatcher(texts []Text) *Matcher {
	m := &Matcher{texts: len(texts), unseen: unseenShare * rarity(len(texts), 0)}
	df := make([]int32, most(texts)+1)
	for _, t := range texts {
		for _, f := range t {
			df[f.id]++
		}
	}
	m.idf, m.starts = make([]float32, len(df)), make([]int32, len(df)+1)
	for id, n := range df {
		m.idf[id] = rarity(len(texts), int(n))
		if n == 0 {
			m.idf[id] = m.unseen
		}
		m.starts[id+1] = m.starts[id] + n
	}
	m.post(texts)
	return m
}

// most gives the highest number of a feature.
func most(texts []Text) int32 {
	var top int32 = -1
	for _, t := range texts {
		if len(t) > 0 {
			top = max(top, t[len(t)-1].id)
		}
	}
	return top
}

func rarity(texts, n int) float32 {
	return float32(math.Log(1 + float64(texts)/(1+float64(n))))
}

func (m *Matcher) post(texts []Text) {
	m.postings = make([]posting, m.starts[len(m.starts)-1])
	next := slices.Clone(m.starts)
	for i, t := range texts {
		norm := float32(0)
		for _, f := range t {
			x := root(f.weight) * m.idf[f.id]
			norm += x * x
		}
		norm = root(norm)
		for _, f := range t {
			m.postings[next[f.id]] = posting{int32(i), root(f.weight) * m.idf[f.id] / norm}
			next[f.id]++
		}
	}
}

func root(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// weight is how much a feature counts by its rarity.
func (m *Matcher) weight(id int32) float32 {
	if id < 0 || int(id) >= len(m.idf) {
		return m.unseen
	}
	return m.idf[id]
}

// Top gives the k texts most like the question, best first. It gives fewer
// where fewer share anything with it.
func (m *Matcher) Top(question Text, k int) []Match {
	scores := make([]float32, m.texts)
	norm := float32(0)
	for _, f := range question {
		x := root(f.weight) * m.weight(f.id)
		norm += x * x
		if f.id < 0 || int(f.id) >= len(m.idf) {
			continue
		}
		for _, p := range m.postings[m.starts[f.id]:m.starts[f.id+1]] {
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

// Covers says how much of a question, by rarity, a text has: from 0 to 1.
func (m *Matcher) Covers(question, text Text) float64 {
	var all, met float32
	i := 0
	for _, f := range question {
		x := f.weight * m.weight(f.id)
		all += x
		for i < len(text) && text[i].id < f.id {
			i++
		}
		if i < len(text) && text[i].id == f.id && f.id >= 0 {
			met += x
		}
	}
	if all == 0 {
		return 0
	}
	return float64(met / all)
}

// Unseen says how much of a question, by weight, none of the texts has: from 0
// to 1.
func (m *Matcher) Unseen(question Text) float64 {
	var all, unseen float32
	for _, f := range question {
		all += f.weight
		if f.id < 0 || int(f.id) >= len(m.idf) || m.starts[f.id] == m.starts[f.id+1] {
			unseen += f.weight
		}
	}
	if all == 0 {
		return 0
	}
	return float64(unseen / all)
}

// Likeness says how like two texts are, from 0 to 1, weighed by how rare each
// feature is among the texts of the matcher.
func (m *Matcher) Likeness(a, b Text) float64 {
	var both, one, other float32
	for _, f := range a {
		x := root(f.weight) * m.weight(f.id)
		one += x * x
	}
	i := 0
	for _, f := range b {
		x := root(f.weight) * m.weight(f.id)
		other += x * x
		for i < len(a) && a[i].id < f.id {
			i++
		}
		if i < len(a) && a[i].id == f.id && f.id >= 0 {
			both += x * root(a[i].weight) * m.weight(f.id)
		}
	}
	if one == 0 || other == 0 {
		return 0
	}
	return float64(both / root(one) / root(other))
}
