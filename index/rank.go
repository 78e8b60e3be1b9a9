package index

import (
	"cmp"
	"slices"
	"strings"
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
func (s searched) rank(q *question, found []candidate) error {
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
func (s searched) measure(q *question, found []candidate) []features {
	if len(found) == 0 {
		return nil
	}
	c, best, documents := newComparer(s.stats, q), found[0].score, byDocuments(found)
	out := make([]features, len(found))
	var text []rune
	for i := range found {
		f := &found[i]
		text = normalRunes(text[:0], f.passage.head())
		body := len(text)
		text = normalRunes(text[:0], f.passage.joined())
		v := c.compare(text, body)
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

// lowerForms are the forms of rules that rank below a law (法律位阶:
// 立法法 articles 98 to 102): a question is answered by the law first, by what
// carries the law out next.
var lowerForms = strings.Fields(`条例 规定 办法 细则 规则 解释 解答 安排 批复`)

// subordinate says that a title is one of rules below a law. What is no rule
// at all, such as a speech or a notice, ranks with the laws: it is in an index
// because its office wants it found.
func subordinate(title string) bool {
	title = strings.TrimSpace(title)
	if i := strings.LastIndex(title, "（"); i > 0 && strings.HasSuffix(title, "）") {
		title = title[:i]
	}
	return slices.ContainsFunc(lowerForms, func(form string) bool { return strings.HasSuffix(title, form) })
}

// named says that a question in normal form names the place that a title
// begins with, and so asks for just these rules.
func named(title, question string) bool {
	begin := []rune(title)
	place := strings.IndexAny(string(begin[:min(len(begin), longestPlace)]), "省市县区")
	return place > 0 && strings.Contains(question, string(begin[:2]))
}

// longestPlace is within how many characters the name of a place has its kind.
const longestPlace = 8
