package index

import "math"

// comparer measures passages against one question, one after another.
type comparer struct {
	q       *question
	average float64 // grams of a passage
	passage int     // running number, so that the marks below need no clearing
	marks   []marks
}

// marks is what has been met of one place of the question.
type marks struct {
	times     int // how often its character stands in the passage
	inPassage int // the last passage that has the character
	end, run  int // where the last run ending here ended in the passage, and its length
}

func newComparer(s *stats, q *question) *comparer {
	return &comparer{q: q, average: s.body().average(), marks: make([]marks, len(q.runes))}
}

// compare measures one passage, given in normal form; body is where its text
// begins behind title and section. Features that are not of the passage alone
// are left to the caller.
func (c *comparer) compare(text []rune, body int) features {
	c.passage++
	for i := range c.marks {
		c.marks[i].end = -1
	}
	var sum sums
	for i, r := range text {
		places := c.q.at[r]
		if r == ' ' || len(places) == 0 {
			continue
		}
		c.char(places[0], r, &sum)
		// From the right, so that a run still finds its shorter self.
		for k := len(places) - 1; k >= 0; k-- {
			c.place(places[k], i, &sum)
		}
	}
	return c.features(sum, len(text), body)
}

// sums is what a passage has of the question so far.
type sums struct {
	chars       float64
	run, runEnd int // the first longest run and where it ends
}

func (c *comparer) char(place int, r rune, sum *sums) {
	m := &c.marks[place]
	if m.inPassage != c.passage {
		m.inPassage, m.times = c.passage, 0
		sum.chars += c.q.chars[r]
	}
	m.times++
}

func (c *comparer) place(p, i int, sum *sums) {
	m := &c.marks[p]
	run := 1
	if p > 0 && i > 0 && c.marks[p-1].end == i-1 {
		run = c.marks[p-1].run + 1
	}
	m.end, m.run = i, run
	if run > sum.run {
		sum.run, sum.runEnd = run, i
	}
}

// earlyFade is how many characters into the text a run counts half as early.
const earlyFade = 10

func (c *comparer) features(sum sums, length, body int) (v features) {
	if c.q.total > 0 {
		v[byChars] = sum.chars / c.q.total
		v[byCharsBM25] = c.charsBM25(float64(length)) / c.q.total
	}
	if sum.run > 1 {
		v[byEarly] = 1 / (1 + float64(max(0, sum.runEnd-sum.run+1-body))/earlyFade)
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
