package engine

import (
	_ "embed"
	"regexp/syntax"
	"slices"
	"strings"

	"zujian/knowledge/text"
)

// sidesData has a line for each side of a thing that may be asked about: how it
// is asked => what a clause or its heading says that speaks of it.
//
//go:embed sides.txt
var sidesData string

// side is a side of a thing that may be asked about: age, schooling, appeal.
type side struct{ asked, told *text.Pattern }

// sideList is all sides, with those that a character may begin to ask for: a
// question tries only the patterns that may match it.
type sideList struct {
	sides  []side
	by     map[rune][]int
	always []int // those that may begin with anything
}

var sidesAsked = readSides(sidesData)

func readSides(data string) sideList {
	out := sideList{by: map[rune][]int{}}
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		asked, told, ok := strings.Cut(line, " => ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		n := len(out.sides)
		out.sides = append(out.sides, side{text.NewPattern(asked), text.NewPattern(told)})
		first, ok := firstRunesOf(asked)
		if !ok {
			out.always = append(out.always, n)
			continue
		}
		for _, r := range first {
			if !slices.Contains(out.by[r], n) {
				out.by[r] = append(out.by[r], n)
			}
		}
	}
	return out
}

// in gives the sides that a question asks for, in their order.
func (l *sideList) in(question string) []side {
	try := slices.Clone(l.always)
	for _, r := range question {
		try = append(try, l.by[r]...)
	}
	slices.Sort(try)
	var out []side
	for _, n := range slices.Compact(try) {
		if l.sides[n].asked.MatchString(question) {
			out = append(out, l.sides[n])
		}
	}
	return out
}

func firstRunesOf(pattern string) ([]rune, bool) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, false
	}
	return firstOfRegexp(re.Simplify())
}

// mostFirst bounds a class of characters that is spelled out.
const mostFirst = 40

// firstOfRegexp gives the characters that a match may begin with; false where
// they cannot be told or it may be empty.
func firstOfRegexp(re *syntax.Regexp) ([]rune, bool) {
	switch re.Op {
	case syntax.OpLiteral:
		return re.Rune[:1], re.Flags&syntax.FoldCase == 0
	case syntax.OpCharClass:
		return runesOfClass(re.Rune)
	case syntax.OpCapture, syntax.OpPlus, syntax.OpConcat:
		return firstOfRegexp(re.Sub[0])
	case syntax.OpAlternate:
		var all []rune
		for _, sub := range re.Sub {
			first, ok := firstOfRegexp(sub)
			if !ok {
				return nil, false
			}
			all = append(all, first...)
		}
		return all, true
	}
	return nil, false
}

func runesOfClass(ranges []rune) ([]rune, bool) {
	var all []rune
	for i := 0; i < len(ranges); i += 2 {
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			if all = append(all, r); len(all) > mostFirst {
				return nil, false
			}
		}
	}
	return all, true
}

func (q *question) findSides() {
	src := q.last
	if len([]rune(src)) <= 4 {
		src = q.text
	}
	q.sides = sidesAsked.in(src)
}
