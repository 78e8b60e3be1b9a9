package remind

import (
	"regexp/syntax"
	"slices"
)

// opening are the steps of a pattern that can take a text's first character; none
// where the pattern may take nothing.
type opening []*syntax.Inst

// openingOf finds them: to ask them is many times quicker than to try the pattern.
func openingOf(pattern string) opening {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		panic(err) // as regexp.MustCompile does
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		panic(err)
	}
	var out opening
	seen := make([]bool, len(prog.Inst))
	var walk func(pc uint32) (empty bool)
	walk = func(pc uint32) bool {
		if seen[pc] {
			return false
		}
		seen[pc] = true
		switch i := &prog.Inst[pc]; i.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			left, right := walk(i.Out), walk(i.Arg)
			return left || right
		case syntax.InstCapture, syntax.InstNop, syntax.InstEmptyWidth:
			return walk(i.Out)
		case syntax.InstMatch:
			return true
		case syntax.InstFail:
			return false
		default:
			out = append(out, i)
			return false
		}
	}
	if walk(uint32(prog.Start)) {
		return nil
	}
	return out
}

// takes says whether a text with this first character may match.
func (o opening) takes(first rune) bool {
	return o == nil || slices.ContainsFunc(o, func(i *syntax.Inst) bool { return i.MatchRune(first) })
}
