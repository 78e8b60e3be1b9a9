package rule

import "slices"

// whatIf gives the single changes of a fact that would change who leads, with
// the layers that would come out otherwise. What kind of organisation it is
// does not change.
func (b *Book) whatIf(f Facts, s *state, o *outcome) []Change {
	out := []Change{}
	if o.outside {
		return out
	}
	for i := range b.Facts {
		fact := &b.Facts[i]
		if fact.Fixed {
			continue
		}
		for _, v := range b.trials(i, s) {
			if s.knows(i) && s.val[i] == v {
				continue
			}
			if then := b.differs(o, b.changed(f, s, i, v)); then != nil {
				out = append(out, Change{map[string]any{fact.ID: fact.plain(v)}, then})
			}
		}
	}
	return out
}

// trials gives the values worth trying: all of a fact's values, or for a known
// number of units either side of the limits the rules name.
func (b *Book) trials(i int, s *state) []int32 {
	f := &b.Facts[i]
	if !f.Number {
		return counting[:len(f.Values)]
	}
	if f.ID != unitsFact || !s.knows(i) {
		return nil
	}
	return b.limits(i)
}

// counting is 0, 1, 2 …, so that a fact's values need no list of their own.
var counting = func() (out [64]int32) {
	for i := range out {
		out[i] = int32(i)
	}
	return out
}()

// limits gives one number for each way the rules tell a number fact apart.
func (b *Book) limits(fact int) []int32 {
	out := []int32{1}
	for i := range b.Rules {
		b.Rules[i].when.leaves(func(l *node) {
			if l.op != opRange || l.fact != fact {
				return
			}
			if l.lo > 0 {
				out = append(out, l.lo)
			}
			if l.hi < 1<<30 {
				out = append(out, l.hi)
			}
		})
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// changed concludes with one fact put to another value, as a facts file with
// that value would. It keeps to the prepared state where nothing is derived.
func (b *Book) changed(f Facts, s *state, fact int, v int32) outcome {
	if b.Facts[fact].ID == womenFact && f[countFact] != "" && b.Headcount != nil {
		return b.conclude(s) // the headcount decides, not the word
	}
	t := *s
	t.val[fact] = v
	t.known |= 1 << fact
	return b.conclude(&t)
}

func (b *Book) differs(from *outcome, to outcome) map[string][]string {
	var out map[string][]string
	for l := range b.Layers {
		if b.sameResults(from, &to, l) {
			continue
		}
		if out == nil {
			out = map[string][]string{}
		}
		out[b.Layers[l].ID] = b.list(&to, l)
	}
	return out
}

// sameResults compares the results of one layer, in order, without making
// lists of them.
func (b *Book) sameResults(x, y *outcome, l int) bool {
	if x.n[l] == y.n[l] {
		same := true
		for i := range x.n[l] {
			same = same && x.entries[l][i].rule == y.entries[l][i].rule
		}
		if same {
			return true
		}
	}
	return slices.Equal(b.list(x, l), b.list(y, l))
}
