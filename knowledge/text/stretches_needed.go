package text

import (
	"math"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

// Most patterns stand in few texts, and whether a text has one of some short
// stretches is told much faster than whether it has the pattern.

// mostNeeded is how many stretches are looked for at most; with more of them it is
// no faster.
const mostNeeded = 48

// stretchesNeeded gives stretches of which every text has one that the expression
// matches; nil where there are none of any use.
func stretchesNeeded(expr string) []string {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return nil // compiling it tells
	}
	needed := shortest(neededBy(re))
	if len(needed) > mostNeeded || slices.Contains(needed, "") {
		return nil
	}
	return needed
}

// shortest leaves out what has another one in it.
func shortest(all []string) (out []string) {
	for _, s := range all {
		if !slices.ContainsFunc(all, func(o string) bool { return o != s && strings.Contains(s, o) }) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// neededBy gives one of which every match has in it; nil: unknown.
func neededBy(re *syntax.Regexp) []string {
	if all := writtenBy(re); all != nil {
		return all
	}
	switch re.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return neededBy(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return neededBy(re.Sub[0])
		}
	case syntax.OpAlternate:
		return neededByEither(re.Sub)
	case syntax.OpConcat:
		return neededByRow(re.Sub)
	}
	return nil
}

func neededByEither(subs []*syntax.Regexp) (all []string) {
	for _, sub := range subs {
		of := neededBy(sub)
		if of == nil || len(all)+len(of) > mostNeeded*2 {
			return nil
		}
		all = append(all, of...)
	}
	return all
}

// neededByRow takes of what has to stand in a row that which says most.
func neededByRow(subs []*syntax.Regexp) (best []string) {
	row := []string{""}
	for _, sub := range subs {
		written := writtenBy(sub)
		next := joined(row, written)
		if next == nil {
			best = tellingMore(best, row)
			if next = written; next == nil {
				best, next = tellingMore(best, neededBy(sub)), []string{""}
			}
		}
		row = next
	}
	return tellingMore(best, row)
}

// writtenBy gives everything that an expression matches, where that is little.
func writtenBy(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return []string{""}
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase == 0 && !slices.Contains(re.Rune, utf8.RuneError) {
			return []string{string(re.Rune)}
		}
	case syntax.OpCharClass:
		return classWritten(re.Rune)
	case syntax.OpCapture:
		return writtenBy(re.Sub[0])
	case syntax.OpQuest:
		if of := writtenBy(re.Sub[0]); of != nil {
			return append([]string{""}, of...)
		}
	case syntax.OpConcat:
		all := []string{""}
		for _, sub := range re.Sub {
			if all = joined(all, writtenBy(sub)); all == nil {
				return nil
			}
		}
		return all
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			of := writtenBy(sub)
			if of == nil || len(all)+len(of) > mostNeeded {
				return nil
			}
			all = append(all, of...)
		}
		return all
	}
	return nil
}

// classWritten gives the characters of a class, which comes as from and to. What
// is no character in a text matches as one that it is not.
func classWritten(class []rune) (all []string) {
	for i := 0; i < len(class); i += 2 {
		for r := class[i]; r <= class[i+1]; r++ {
			if len(all) == mostNeeded || r == utf8.RuneError {
				return nil
			}
			all = append(all, string(r))
		}
	}
	return all
}

// joined gives each of some with each of others behind it; nil where that is much.
func joined(some, others []string) (all []string) {
	if len(some)*len(others) > mostNeeded {
		return nil
	}
	for _, a := range some {
		for _, b := range others {
			all = append(all, a+b)
		}
	}
	return all
}

// tellingMore gives those of two that fewer texts have.
func tellingMore(a, b []string) []string {
	if usual(b) < usual(a) {
		return b
	}
	return a
}

// usual reckons how many texts have one of some stretches, by their lengths alone.
func usual(all []string) float64 {
	if all == nil {
		return math.Inf(1)
	}
	sum := 0.0
	for _, s := range all {
		sum += math.Pow(0.1, float64(utf8.RuneCountInString(s)))
	}
	return sum
}
