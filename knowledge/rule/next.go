package rule

import "cmp"

// Next gives the question whose answer can change who leads the most, and nil
// where no answer can change it. A fact that was answered, also with 不清楚, is
// not asked again.
func Next(b *Book, f Facts) *Question {
	s := b.state(f)
	o := b.conclude(&s)
	if o.outside {
		return nil
	}
	best, score := -1, 0
	for i := range b.Facts {
		fact := &b.Facts[i]
		if !fact.asked() || f[fact.ID] != "" || s.val[i] >= 0 { // known, or presumed while nobody spoke of it
			continue
		}
		if fact.makesNoSense(&s) || fact.AskWhen != nil && fact.askWhen.try(&s) != yes {
			continue
		}
		if w := b.worth(i, &s); w > score {
			best, score = i, w
		}
	}
	if best < 0 {
		return nil
	}
	q := b.Question(b.Facts[best].ID)
	return &q
}

// makesNoSense says whether the fact is not to be asked of such an organisation.
func (f *Fact) makesNoSense(s *state) bool {
	return f.Senseless != nil && f.senseless.try(s) == yes
}

// worth is how much an answer can change: for each layer its weight, for each
// outcome beyond the first that some answer leads to.
func (b *Book) worth(fact int, s *state) int {
	var outcomes []outcome
	values := counting[:len(b.Facts[fact].Values)]
	if b.Facts[fact].Number {
		values = b.limits(fact)
	}
	for _, v := range values {
		t := *s
		t.val[fact] = v
		t.known |= 1 << fact
		outcomes = append(outcomes, b.conclude(&t))
	}
	total := 0
	for l := range b.Layers {
		total += b.Layers[l].Weight * (b.distinct(outcomes, l) - 1)
	}
	return total
}

func (b *Book) distinct(outcomes []outcome, l int) int {
	n := 0
	for i := range outcomes {
		fresh := true
		for j := range i {
			fresh = fresh && !b.sameResults(&outcomes[i], &outcomes[j], l)
		}
		if fresh {
			n++
		}
	}
	return n
}

// Question gives the question that asks for a fact, with 不清楚 as its last
// option; a number has no other options.
func (b *Book) Question(fact string) Question {
	f, _ := b.Fact(fact)
	q := Question{Fact: f.ID, Question: f.Question, Why: f.Why, Options: []string{}}
	for _, o := range f.choices() {
		q.Options = append(q.Options, o.Say)
	}
	q.Options = append(q.Options, "不清楚")
	return q
}

// choices gives a fact's numbered answers.
func (f *Fact) choices() []Option {
	if len(f.Options) > 0 {
		return f.Options
	}
	var out []Option
	for _, v := range f.Values {
		out = append(out, Option{Say: cmp.Or(v.Option, v.Name), Value: v.Value})
	}
	return out
}

// Matters says whether any answer to a fact can change who leads, given the
// other facts.
func Matters(b *Book, f Facts, fact string) bool {
	i, ok := b.facts[fact]
	if !ok {
		return false
	}
	rest := Facts{}
	for k, v := range f {
		if k != fact {
			rest[k] = v
		}
	}
	s := b.state(rest)
	return b.worth(i, &s) > 0
}

// Choice gives what a numbered answer stands for, counted from 1; the option
// after the last is 不清楚.
func (b *Book) Choice(fact string, n int) (Option, bool) {
	f, _ := b.Fact(fact)
	c := f.choices()
	switch {
	case n >= 1 && n <= len(c):
		return c[n-1], true
	case n == len(c)+1:
		return Option{Value: Unknown}, true
	}
	return Option{}, false
}

// Meant gives the first option of a fact's question that stands for a value.
func (b *Book) Meant(fact, value string) Option {
	f, _ := b.Fact(fact)
	for _, o := range f.choices() {
		if o.Value == value {
			return o
		}
	}
	return Option{Value: value}
}
