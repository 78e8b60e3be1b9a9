package text

import (
	"strings"
	"sync"
)

// Screen is a pattern that is also quick on long texts: what it has
// read of one decides what it looks for next, and that is worked out once for
// all texts and kept. It finds what the regular expression finds.
type Screen struct {
	*Pattern
	mu     sync.Mutex
	states *states // nil before the first long text
}

// longText is from how many bytes a text is worth it.
const longText = 2000

// NewScreen makes one of an expression.
func NewScreen(expr string) *Screen { return &Screen{Pattern: NewPattern(expr)} }

// MatchString reports whether the text holds a match.
func (p *Screen) MatchString(s string) bool {
	if len(s) < longText {
		return p.Pattern.MatchString(s)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.states == nil {
		p.states = newStates(p.source)
	}
	return p.states.match(s)
}

// ReplaceAllString gives the text with every match replaced.
func (p *Screen) ReplaceAllString(s, with string) string {
	if len(s) >= longText && !p.MatchString(s) {
		return s
	}
	return p.Pattern.ReplaceAllString(s, with)
}

// FindAllStringIndex gives where n matches are, or all where n is -1.
func (p *Screen) FindAllStringIndex(s string, n int) [][]int {
	if len(s) >= longText && !p.MatchString(s) {
		return nil
	}
	return p.Pattern.FindAllStringIndex(s, n)
}

// ReplaceWithin is ReplaceAllString for an expression whose matches do not go on
// behind a separator, and do not lean on what stands there.
func (p *Screen) ReplaceWithin(s, separator, with string) string {
	if len(s) < longText {
		return p.Pattern.ReplaceAllString(s, with)
	}
	if !p.MatchString(s) {
		return s
	}
	var out strings.Builder
	for part := range strings.SplitAfterSeq(s, separator) {
		out.WriteString(p.Pattern.ReplaceAllString(part, with))
	}
	return out.String()
}
