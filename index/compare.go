package index

import "math"

// comparer measures passages against one question, one after another.
type comparer struct {
	q        *question
	average  float64   // grams of a passage
	pairs    []float64 // by place in the question, of the pair that begins there; 0 for none
	allPairs float64

	passage, phrase int // running numbers, so that the marks below need no clearing
	marks           []marks
}

// marks is what has been met of one place of the question.
type marks struct {
	times                int // how often its character stands in the passage
	inPassage            int // the last passage that has the character
	pairPassage          int // and the pair
	inPhrase, pairPhrase int
	end, run             int // where the last run ending here ended in the passage, and its length
}

func newComparer(s *shelf, q *question) *comparer {
	c := &comparer{q: q, average: s.stats.average()}
	c.pairs = make([]float64, len(q.runes))
	c.marks = make([]marks, len(q.runes))
	for i := 0; i+1 < len(q.runes); i++ {
		if q.counted[i] && q.counted[i+1] && isHan(q.runes[i]) && isHan(q.runes[i+1]) {
			c.pairs[i] = s.stats.idf(q.df[string(q.runes[i:i+2])])
			c.allPairs += c.pairs[i]
		}
	}
	return c
}

// compare measures one passage, given in normal form. The feature byGrams is
// left to the caller.
func (c *comparer) compare(text []rune) features {
	c.passage++
	c.phrase++
	for i := range c.marks {
		c.marks[i].end = -1
	}
	var sum sums
	for i, r := range text {
		if r == ' ' {
			sum.endPhrase()
			c.phrase++
			continue
		}
		places := c.q.at[r]
		if len(places) == 0 {
			continue
		}
		c.char(places[0], r, &sum)
		next := rune(-1)
		if i+1 < len(text) {
			next = text[i+1]
		}
		// From the right, so that a run still finds its shorter self.
		for k := len(places) - 1; k >= 0; k-- {
			c.place(places[k], i, next, &sum)
		}
	}
	sum.endPhrase()
	return c.features(sum, float64(len(text)))
}

// sums is what a passage has of the question so far.
type sums struct {
	chars, pairs, phrase, bestPhrase float64
	run                              int
}

func (s *sums) endPhrase() {
	s.bestPhrase = max(s.bestPhrase, s.phrase)
	s.phrase = 0
}

func (c *comparer) char(place int, r rune, sum *sums) {
	m := &c.marks[place]
	w := c.q.chars[r]
	if m.inPassage != c.passage {
		m.inPassage, m.times = c.passage, 0
		sum.chars += w
	}
	m.times++
	if m.inPhrase != c.phrase {
		m.inPhrase = c.phrase
		sum.phrase += w / 2
	}
}

func (c *comparer) place(p, i int, next rune, sum *sums) {
	m := &c.marks[p]
	run := 1
	if p > 0 && i > 0 && c.marks[p-1].end == i-1 {
		run = c.marks[p-1].run + 1
	}
	m.end, m.run = i, run
	sum.run = max(sum.run, run)
	if c.pairs[p] == 0 || c.q.runes[p+1] != next {
		return
	}
	if m.pairPassage != c.passage {
		m.pairPassage = c.passage
		sum.pairs += c.pairs[p]
	}
	if m.pairPhrase != c.phrase {
		m.pairPhrase = c.phrase
		sum.phrase += c.pairs[p]
	}
}

func (c *comparer) features(sum sums, length float64) features {
	var v features
	whole := c.allPairs + c.q.total/2
	if whole == 0 {
		return v
	}
	v[byPairs] = (sum.pairs + sum.chars/2) / whole
	v[byPhrase] = sum.bestPhrase / whole
	if c.q.total > 0 {
		v[byChars] = sum.chars / c.q.total
		v[byCharsBM25] = c.charsBM25(length) / c.q.total
	}
	v[byRun] = float64(sum.run) / math.Max(4, math.Min(12, float64(len(c.q.runes))))
	return v
}

// charsBM25 is at most the weight of all characters.
func (c *comparer) charsBM25(length float64) float64 {
	sum := 0.0
	for r, w := range c.q.chars {
		m := &c.marks[c.q.at[r][0]]
		if m.inPassage != c.passage {
			continue
		}
		tf := float64(m.times)
		sum += w * tf / (tf + bm25K*(1-bm25B+bm25B*length/c.average))
	}
	return sum
}
