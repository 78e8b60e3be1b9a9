package rule

import (
	"slices"
	"strings"
	"time"
)

// checkAll refuses what no single rule shows: a rule that can never fire, a
// combination of facts that leaves a layer empty, two results of a layer that
// stand side by side without a tie saying so.
func (b *Book) checkAll() error {
	for i := range b.Rules {
		r := &b.Rules[i]
		fires := false
		b.each(r.when.uses(), true, func(s *state) bool {
			fires = r.when.try(s) == yes
			return !fires
		})
		if !fires {
			return r.at.in("when").errorf("规则“%s”永远不会用上：它的条件自相矛盾", r.ID)
		}
	}
	for _, day := range b.turningDays() {
		on := b.On(day)
		for l := range on.Layers {
			if err := on.checkLayer(l); err != nil {
				return err
			}
		}
	}
	return nil
}

// turningDays gives a day of every stretch in which the same rules hold: the
// first of all days, the first day of each rule and the day after its last.
func (b *Book) turningDays() []time.Time {
	days := []time.Time{{}}
	for i := range b.Rules {
		if from, err := time.Parse(time.DateOnly, b.Rules[i].From); err == nil {
			days = append(days, from)
		}
		if to, err := time.Parse(time.DateOnly, b.Rules[i].To); err == nil {
			days = append(days, to.AddDate(0, 0, 1))
		}
	}
	slices.SortFunc(days, time.Time.Compare)
	return slices.CompactFunc(days, time.Time.Equal)
}

func (b *Book) checkLayer(l int) error {
	uses := b.scopeUses()
	last := mark{name: "规则文件"}
	for i := range b.Rules {
		if b.Rules[i].layer == l {
			uses |= b.Rules[i].when.uses()
			last = b.Rules[i].at
		}
	}
	for i := range b.Ties {
		if b.Ties[i].layer == l && b.Layers[l].Exclusive {
			uses |= b.Ties[i].when.uses()
		}
	}
	var err error
	b.each(uses, false, func(s *state) bool {
		err = b.checkCombination(l, s, last)
		return err == nil
	})
	return err
}

func (b *Book) scopeUses() (uses uint32) {
	for i := range b.Rules {
		if b.Rules[i].layer == b.layers[scopeLayer] {
			uses |= b.Rules[i].when.uses()
		}
	}
	return uses
}

func (b *Book) checkCombination(l int, s *state, last mark) error {
	o := b.conclude(s)
	if o.outside {
		return nil
	}
	if o.n[l] == 0 && !b.Layers[l].Optional {
		return last.errorf("“%s”这一层没有结果：%s", b.Layers[l].Name, b.describe(s))
	}
	if !b.Layers[l].Exclusive {
		return nil
	}
	first := -1
	for _, e := range o.of(l) {
		if first < 0 {
			first = e.rule
		}
		r := &b.Rules[e.rule]
		if r.Result != b.Rules[first].Result && !b.tied(l, s) {
			return r.at.errorf("规则“%s”和“%s”给出不同的结果，又没有写明两可（ties）：%s", r.ID, b.Rules[first].ID, b.describe(s))
		}
	}
	return nil
}

func (b *Book) tied(l int, s *state) bool {
	for i := range b.Ties {
		if b.Ties[i].layer == l && b.Ties[i].when.try(s) == yes {
			return true
		}
	}
	return false
}

func (b *Book) describe(s *state) string {
	var out []string
	for i := range b.Facts {
		if s.knows(i) {
			out = append(out, b.Facts[i].ID+"="+b.Facts[i].decode(s.val[i]))
		}
	}
	return strings.Join(out, "，")
}

// each calls visit with every combination of the facts named, as bits, until
// it gives false. Values that no rule tells apart are tried once. Facts not
// named are unknown; with unknown also those named may be.
func (b *Book) each(facts uint32, unknown bool, visit func(*state) bool) {
	s := b.state(nil)
	b.eachFrom(0, facts, unknown, &s, visit)
}

func (b *Book) eachFrom(i int, facts uint32, unknown bool, s *state, visit func(*state) bool) bool {
	if i == len(b.Facts) {
		return visit(s)
	}
	if facts&(1<<i) == 0 {
		return b.eachFrom(i+1, facts, unknown, s, visit)
	}
	keep := s.val[i]
	for _, v := range b.classesOf(i) {
		s.val[i], s.known = v, s.known|1<<i
		if !b.eachFrom(i+1, facts, unknown, s, visit) {
			return false
		}
	}
	s.val[i], s.known = keep, s.known&^(1<<i)
	if unknown {
		return b.eachFrom(i+1, facts, unknown, s, visit)
	}
	return true
}

// classesOf gives one value for each way of behaving that the conditions of
// the book tell apart.
func (b *Book) classesOf(fact int) []int32 {
	if c, ok := b.classes[fact]; ok {
		return c
	}
	var out []int32
	if b.Facts[fact].Number {
		out = b.limits(fact)
	} else {
		out = b.signatures(fact)
	}
	if b.classes == nil {
		b.classes = map[int][]int32{}
	}
	b.classes[fact] = out
	return out
}

func (b *Book) signatures(fact int) []int32 {
	var sets []uint64
	note := func(l *node) {
		if l.op == opSet && l.fact == fact {
			sets = append(sets, l.set)
		}
	}
	for i := range b.Rules {
		b.Rules[i].when.leaves(note)
	}
	for i := range b.Ties {
		b.Ties[i].when.leaves(note)
	}
	var out []int32
	seen := map[string]bool{}
	for v := range int32(len(b.Facts[fact].Values)) {
		sign := make([]byte, len(sets))
		for i, set := range sets {
			sign[i] = '0' + byte(set>>v&1)
		}
		if !seen[string(sign)] {
			seen[string(sign)] = true
			out = append(out, v)
		}
	}
	return out
}
