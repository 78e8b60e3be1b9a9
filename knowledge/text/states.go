package text

import (
	"encoding/binary"
	"regexp/syntax"
	"slices"
	"unicode"
)

// states is an expression as a machine that is in one state at a time. A state
// is what may come next together with what stood before; it is made when a text
// first leads to it.
type states struct {
	prog  *syntax.Prog
	first []rune  // where each stretch of characters begins that are alike to the expression
	kinds []int16 // the kind of each stretch
	of    []int16 // the kind of each character of the basic plane
	like  []rune  // a character of each kind; the last kind is the end of the text

	known map[string]int16
	waits [][]uint32 // by state: the instructions to go on from
	after []syntax.EmptyOp
	next  [][]int16 // by state and kind; unmade where it is not known
	seen  []uint32  // marks of instructions, against going round
	round uint32
}

const (
	unmade  int16 = -1
	matched int16 = -2

	afterWord syntax.EmptyOp = 1 << 6 // beside those of the package: a word character stood before

	mostStates = 4000
)

func newStates(expr string) *states {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		panic(err) // it was compiled before
	}
	prog, err := syntax.Compile(re.Simplify())
	if err != nil {
		panic(err)
	}
	m := &states{prog: prog, seen: make([]uint32, len(prog.Inst))}
	m.divide()
	m.forget()
	return m
}

// divide finds which characters are alike to the expression.
func (m *states) divide() {
	m.first = []rune{0, '\n', '\n' + 1, 0x10000}
	sets := [][]rune{{'0', '9', 'A', 'Z', '_', '_', 'a', 'z'}}
	for _, c := range sets[0] {
		m.first = append(m.first, c, c+1)
	}
	for _, in := range m.prog.Inst {
		set := rangesOf(in)
		if set == nil || slices.ContainsFunc(sets, func(o []rune) bool { return slices.Equal(o, set) }) {
			continue
		}
		sets = append(sets, set)
		for i := 0; i < len(set); i += 2 {
			m.first = append(m.first, set[i], set[i+1]+1)
		}
	}
	slices.Sort(m.first)
	m.first = slices.Compact(m.first)
	marks := make([]string, len(m.first))
	newline, _ := slices.BinarySearch(m.first, '\n')
	marks[newline] = "newline"
	for n, set := range sets {
		for i := 0; i < len(set); i += 2 {
			from, _ := slices.BinarySearch(m.first, set[i])
			for at := from; at < len(m.first) && m.first[at] <= set[i+1]; at++ {
				marks[at] += "," + string(rune(n+1))
			}
		}
	}
	m.name(marks)
}

// name gives one kind to all stretches with the same marks.
func (m *states) name(marks []string) {
	kind := map[string]int16{}
	m.kinds = make([]int16, len(m.first))
	for i, mark := range marks {
		k, known := kind[mark]
		if !known {
			k = int16(len(m.like))
			kind[mark], m.like = k, append(m.like, m.first[i])
		}
		m.kinds[i] = k
	}
	m.of = make([]int16, 0x10000)
	at := 0
	for r := range m.of {
		for at+1 < len(m.first) && m.first[at+1] <= rune(r) {
			at++
		}
		m.of[r] = m.kinds[at]
	}
}

// rangesOf gives the characters that an instruction takes, as pairs; nil: none.
func rangesOf(in syntax.Inst) []rune {
	switch in.Op {
	case syntax.InstRuneAny:
		return []rune{0, 0x10ffff}
	case syntax.InstRuneAnyNotNL:
		return []rune{0, '\n' - 1, '\n' + 1, 0x10ffff}
	case syntax.InstRune1, syntax.InstRune:
		if len(in.Rune) != 1 {
			return in.Rune
		}
		out := []rune{in.Rune[0], in.Rune[0]}
		if syntax.Flags(in.Arg)&syntax.FoldCase != 0 {
			for r := unicode.SimpleFold(in.Rune[0]); r != in.Rune[0]; r = unicode.SimpleFold(r) {
				out = append(out, r, r)
			}
		}
		return out
	}
	return nil
}

func (m *states) kindOf(r rune) int16 {
	if r < 0x10000 {
		return m.of[r]
	}
	at, found := slices.BinarySearch(m.first, r)
	if !found {
		at--
	}
	return m.kinds[at]
}

// forget leaves the first state alone.
func (m *states) forget() {
	m.known, m.waits, m.after, m.next = map[string]int16{}, nil, nil, nil
	m.state(nil, syntax.EmptyBeginText|syntax.EmptyBeginLine)
}

// state gives the number of a state.
func (m *states) state(waits []uint32, after syntax.EmptyOp) int16 {
	key := []byte{byte(after)}
	for _, pc := range waits {
		key = binary.AppendUvarint(key, uint64(pc))
	}
	if s, known := m.known[string(key)]; known {
		return s
	}
	s := int16(len(m.waits))
	m.known[string(key)] = s
	m.waits, m.after = append(m.waits, waits), append(m.after, after)
	row := make([]int16, len(m.like)+1)
	for i := range row {
		row[i] = unmade
	}
	m.next = append(m.next, row)
	return s
}

func (m *states) match(s string) bool {
	now := int16(0)
	for _, r := range s {
		k := m.kindOf(r)
		to := m.next[now][k]
		if to == unmade {
			to = m.step(now, k)
		}
		if to == matched {
			return true
		}
		now = to
	}
	return m.step(now, int16(len(m.like))) == matched
}

// step works out where a kind of character leads from a state.
func (m *states) step(from, kind int16) int16 {
	around, after, r := m.after[from], syntax.EmptyOp(0), rune(-1)
	if int(kind) == len(m.like) {
		around |= syntax.EmptyEndText | syntax.EmptyEndLine
	} else if r = m.like[kind]; r == '\n' {
		around |= syntax.EmptyEndLine
		after = syntax.EmptyBeginLine
	}
	boundary := syntax.EmptyNoWordBoundary
	if (around&afterWord != 0) != syntax.IsWordChar(r) {
		boundary = syntax.EmptyWordBoundary
	}
	around |= boundary
	if syntax.IsWordChar(r) {
		after |= afterWord
	}
	m.round++
	var waits []uint32
	for _, pc := range append(slices.Clone(m.waits[from]), uint32(m.prog.Start)) {
		if m.follow(pc, around, r, &waits) {
			m.next[from][kind] = matched
			return matched
		}
	}
	if len(m.waits) >= mostStates {
		m.forget()
		from = -1
	}
	slices.Sort(waits)
	to := m.state(slices.Compact(waits), after)
	if from >= 0 {
		m.next[from][kind] = to
	}
	return to
}

// follow goes on from an instruction without taking a character, puts down what
// comes behind those that take r, and says whether it came to a match.
func (m *states) follow(pc uint32, around syntax.EmptyOp, r rune, waits *[]uint32) bool {
	if m.seen[pc] == m.round {
		return false
	}
	m.seen[pc] = m.round
	in := &m.prog.Inst[pc]
	switch in.Op {
	case syntax.InstMatch:
		return true
	case syntax.InstAlt, syntax.InstAltMatch:
		return m.follow(in.Out, around, r, waits) || m.follow(in.Arg, around, r, waits)
	case syntax.InstCapture, syntax.InstNop:
		return m.follow(in.Out, around, r, waits)
	case syntax.InstEmptyWidth:
		return syntax.EmptyOp(in.Arg)&^around == 0 && m.follow(in.Out, around, r, waits)
	case syntax.InstFail:
		return false
	}
	if r >= 0 && in.MatchRune(r) {
		*waits = append(*waits, in.Out)
	}
	return false
}
