package index

import (
	"cmp"
	"fmt"
	"slices"
)

// features are what a close comparison measures, each about 0 to 1.
type features [8]float64

const (
	byGrams     = iota // BM25 of the grams, as a share of the best candidate's
	byChars            // coverage of characters
	byCharsBM25        // BM25 of characters
	byRun              // longest run of characters in common
	byEarly            // how early in the text that run stands
	byAround           // coverage of grams together with the passages beside
	byDocument         // BM25 of the document's candidates together
	byStanding         // 1 for rules below a law, unless the question names their place
)

// weights say how much each feature counts. They were learnt by softmax
// regression on the odd questions of two judged sets, statutes and
// encyclopedia, and hold on the even ones.
var weights = features{
	byGrams: 0.67, byChars: 0.82, byCharsBM25: 1.14, byRun: 0.27,
	byEarly: 0.12, byAround: 0.83, byDocument: 0.39, byStanding: -0.53,
}

// rank reads the candidates, compares each with the question and sorts them.
func (s *shelf) rank(q *question, found []candidate) error {
	for i := range found {
		var err error
		if found[i].passage, err = s.read(found[i].number); err != nil {
			return err
		}
	}
	for i, v := range s.measure(q, found) {
		f := &found[i]
		f.score = 0
		for k, w := range weights {
			f.score += w * v[k]
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return nil
}

// measure compares every candidate, best by BM25 first, with the question.
func (s *shelf) measure(q *question, found []candidate) []features {
	if len(found) == 0 {
		return nil
	}
	c, best, documents := newComparer(s, q), found[0].score, byDocuments(found)
	out := make([]features, len(found))
	var text []rune
	for i := range found {
		f := &found[i]
		text = normalRunes(text[:0], f.passage.head())
		body := len(text)
		text = normalRunes(text[:0], f.passage.joined())
		v, coverage := c.compare(text, body)
		f.coverage = coverage
		v[byGrams], v[byAround] = f.score/best, f.around
		v[byDocument] = documents[f.passage.Title] / best
		if subordinate(f.passage.Title) && !named(f.passage.Title, q.normal) {
			v[byStanding] = 1
		}
		out[i] = v
	}
	return out
}

// byDocuments adds up the scores of each document's candidates, the best for
// most. Passages without a title are of no document.
func byDocuments(found []candidate) map[string]float64 {
	sums, share := map[string]float64{}, map[string]float64{}
	for i := range found {
		title := found[i].passage.Title
		if title == "" {
			continue
		}
		if share[title] == 0 {
			share[title] = documentShare
		}
		sums[title] += share[title] * found[i].score
		share[title] *= documentFade
	}
	return sums
}

// How much the best candidate of a document counts, and how much less the next.
const (
	documentShare = 0.25
	documentFade  = 0.8
)

func (s *shelf) read(number uint64) (Passage, error) {
	i, found := slices.BinarySearch(s.starts, number)
	if !found {
		i--
	}
	var id, record string
	err := s.snap.Segments()[i].VisitDocument(number-s.starts[i], func(field string, _ byte, value []byte, _ []uint64) bool {
		switch field {
		case "_id":
			id = string(value)
		case fieldRecord:
			record = string(value)
		}
		return true
	})
	if err != nil {
		return Passage{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	p, err := readRecord(id, record)
	if err != nil {
		return Passage{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return p, nil
}
