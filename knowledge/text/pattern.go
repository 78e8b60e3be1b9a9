package text

import (
	"regexp"
	"strings"
	"sync"
)

// Pattern is a regular expression that is compiled when it is first used: a start
// that compiled all of them took a quarter longer. It is also quick on long texts:
// what it has read of one decides what it looks for next, and that is worked out
// once for all texts and kept. It finds what the regular expression finds.
type Pattern struct {
	source   string
	once     sync.Once
	compiled *regexp.Regexp

	mu     sync.Mutex
	states *states // nil before the first long text
}

// longText is from how many bytes a text is worth it.
const longText = 2000

// NewPattern panics at its first use where the source is no regular expression;
// a test compiles all that the program has.
func NewPattern(source string) *Pattern { return &Pattern{source: source} }

// Regexp gives the expression itself.
func (p *Pattern) Regexp() *regexp.Regexp {
	p.once.Do(func() { p.compiled = regexp.MustCompile(p.source) })
	return p.compiled
}

// FindAllStringSubmatchIndex is that of the expression.
func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.Regexp().FindAllStringSubmatchIndex(s, n)
}

// FindStringIndex is that of the expression.
func (p *Pattern) FindStringIndex(s string) []int { return p.Regexp().FindStringIndex(s) }

// MatchString is that of the expression.
func (p *Pattern) MatchString(s string) bool {
	if len(s) < longText {
		return p.Regexp().MatchString(s)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.states == nil {
		p.states = newStates(p.source)
	}
	return p.states.match(s)
}

// FindAllString is that of the expression.
func (p *Pattern) FindAllString(s string, n int) []string { return p.Regexp().FindAllString(s, n) }

// FindAllStringIndex is that of the expression.
func (p *Pattern) FindAllStringIndex(s string, n int) [][]int {
	if len(s) >= longText && !p.MatchString(s) {
		return nil
	}
	return p.Regexp().FindAllStringIndex(s, n)
}

// FindString is that of the expression.
func (p *Pattern) FindString(s string) string { return p.Regexp().FindString(s) }

// FindStringSubmatch is that of the expression.
func (p *Pattern) FindStringSubmatch(s string) []string { return p.Regexp().FindStringSubmatch(s) }

// ReplaceAllString is that of the expression.
func (p *Pattern) ReplaceAllString(s, with string) string {
	if len(s) >= longText && !p.MatchString(s) {
		return s
	}
	return p.Regexp().ReplaceAllString(s, with)
}

// FindStringSubmatchIndex is that of the expression.
func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	return p.Regexp().FindStringSubmatchIndex(s)
}

// ReplaceAllStringFunc is that of the expression.
func (p *Pattern) ReplaceAllStringFunc(s string, f func(string) string) string {
	return p.Regexp().ReplaceAllStringFunc(s, f)
}

// Split is that of the expression.
func (p *Pattern) Split(s string, n int) []string { return p.Regexp().Split(s, n) }

// FindAllStringSubmatch is that of the expression.
func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	return p.Regexp().FindAllStringSubmatch(s, n)
}

// Match is that of the expression.
func (p *Pattern) Match(b []byte) bool { return p.Regexp().Match(b) }

// String is that of the expression.
func (p *Pattern) String() string { return p.Regexp().String() }

// ReplaceWithin is ReplaceAllString for an expression whose matches do not go on
// behind a separator, and do not lean on what stands there.
func (p *Pattern) ReplaceWithin(s, separator, with string) string {
	if len(s) < longText {
		return p.Regexp().ReplaceAllString(s, with)
	}
	if !p.MatchString(s) {
		return s
	}
	var out strings.Builder
	for part := range strings.SplitAfterSeq(s, separator) {
		out.WriteString(p.Regexp().ReplaceAllString(part, with))
	}
	return out.String()
}
