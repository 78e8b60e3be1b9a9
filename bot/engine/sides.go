package engine

import (
	_ "embed"
	"regexp"
	"strings"
)

// sidesData has a line for each side of a thing that may be asked about: how it
// is asked => what a clause or its heading says that speaks of it.
//
//go:embed sides.txt
var sidesData string

// side is a side of a thing that may be asked about: age, schooling, appeal.
type side struct{ asked, told *regexp.Regexp }

var sidesAsked = readSides(sidesData)

func readSides(data string) []side {
	var out []side
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		asked, told, ok := strings.Cut(line, " => ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		out = append(out, side{regexp.MustCompile(asked), regexp.MustCompile(told)})
	}
	return out
}

func (q *question) findSides() {
	src := q.last
	if len([]rune(src)) <= 4 {
		src = q.text
	}
	for _, s := range sidesAsked {
		if s.asked.MatchString(src) {
			q.sides = append(q.sides, s)
		}
	}
}
