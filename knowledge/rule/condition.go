package rule

import "strconv"

// Condition is a structured condition over facts: exactly one of its shapes.
// A leaf names a fact and one test. Said makes an unspoken fact count as not
// so, instead of leaving the condition open.
type Condition struct {
	Always  bool        `yaml:"always"`
	All     []Condition `yaml:"all"`
	Any     []Condition `yaml:"any"`
	Not     *Condition  `yaml:"not"`
	Fact    string      `yaml:"fact"`
	Value   string      `yaml:"value"`
	In      []string    `yaml:"in"`
	Group   string      `yaml:"group"`
	Above   *int        `yaml:"above"`
	Upto    *int        `yaml:"upto"`
	Unknown bool        `yaml:"unknown"`
	Said    bool        `yaml:"said"`
}

// truth is three-valued: an unknown fact leaves a condition open.
type truth int8

const (
	no truth = iota
	open
	yes
)

type op uint8

const (
	opTrue op = iota
	opAll
	opAny
	opNot
	opSet
	opRange
	opUnknown
)

// node is a condition made ready: facts as positions, values as bits.
type node struct {
	op     op
	kids   []node
	fact   int
	set    uint64
	lo, hi int32
	said   bool
}

const mostFacts = 32

// state is the facts in the form conditions are tried on. A value is -1 where
// it is unknown; a presumed value is there but not marked as known.
type state struct {
	val   [mostFacts]int32
	known uint32
}

func (s *state) knows(fact int) bool { return s.known&(1<<fact) != 0 }

func (n *node) try(s *state) truth {
	switch n.op {
	case opTrue:
		return yes
	case opAll:
		return n.tryAll(s)
	case opAny:
		return n.tryAny(s)
	case opNot:
		return yes - n.kids[0].try(s)
	case opUnknown:
		return is(!s.knows(n.fact))
	}
	v := s.val[n.fact]
	if v < 0 {
		if n.said {
			return no
		}
		return open
	}
	if n.op == opRange {
		return is(n.lo <= v && v <= n.hi)
	}
	return is(n.set&(1<<v) != 0)
}

func (n *node) tryAll(s *state) truth {
	worst := yes
	for i := range n.kids {
		if t := n.kids[i].try(s); t < worst {
			if worst = t; t == no {
				return no
			}
		}
	}
	return worst
}

func (n *node) tryAny(s *state) truth {
	best := no
	for i := range n.kids {
		if t := n.kids[i].try(s); t > best {
			if best = t; t == yes {
				return yes
			}
		}
	}
	return best
}

func is(b bool) truth {
	if b {
		return yes
	}
	return no
}

// opens gives the facts that leave the condition open, as bits.
func (n *node) opens(s *state) uint32 {
	if n.try(s) != open {
		return 0
	}
	if len(n.kids) == 0 {
		return 1 << n.fact
	}
	var out uint32
	for i := range n.kids {
		out |= n.kids[i].opens(s)
	}
	return out
}

// leaves calls f with every test of the condition that is on a fact.
func (n *node) leaves(f func(*node)) {
	for i := range n.kids {
		n.kids[i].leaves(f)
	}
	if len(n.kids) == 0 && n.op != opTrue {
		f(n)
	}
}

// uses gives the facts the condition mentions, as bits.
func (n *node) uses() (out uint32) {
	n.leaves(func(l *node) { out |= 1 << l.fact })
	return out
}

// missing gives the unknown facts a condition asks to be unknown.
func (n *node) missing(s *state) (out uint32) {
	n.leaves(func(l *node) {
		if l.op == opUnknown && !s.knows(l.fact) {
			out |= 1 << l.fact
		}
	})
	return out
}

// state makes facts ready. Values outside a fact's domain count as unknown.
func (b *Book) state(f Facts) state {
	var s state
	for i := range b.Facts {
		s.val[i] = b.Facts[i].encode(f[b.Facts[i].ID])
		if s.val[i] >= 0 {
			s.known |= 1 << i
		}
	}
	b.settleWomen(&s)
	for i := range b.Facts {
		p := b.Facts[i].Presume
		if p != nil && s.val[i] < 0 && p.unless.try(&s) != yes {
			s.val[i] = p.value
		}
	}
	return s
}

func (f *Fact) encode(value string) int32 {
	if value == "" || value == Unknown {
		return -1
	}
	if !f.Number {
		return int32(f.index(value))
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 {
		return -1
	}
	return int32(min(n, 1<<30))
}

// settleWomen takes 较多 or 不多 from a number of women: by the office's
// headcount where there is one, else by the program's reading, and then only
// where nobody said which.
func (b *Book) settleWomen(s *state) {
	c, okc := b.facts[countFact]
	w, okw := b.facts[womenFact]
	if !okc || !okw || s.val[c] < 0 {
		return
	}
	if b.Headcount == nil && s.val[w] >= 0 {
		return
	}
	if value := b.takeWomen(int(s.val[c])); value != "" {
		s.val[w] = int32(b.Facts[w].index(value))
		s.known |= 1 << w
	}
}

// women gives 较多 or 不多 for a number in a description, or "" in between.
func (r Reads) women(n int) string {
	switch {
	case n == 0:
		return "none"
	case r.FewTo > 0 && n <= r.FewTo:
		return "few"
	case r.ManyFrom > 0 && n >= r.ManyFrom:
		return "many"
	}
	return ""
}
