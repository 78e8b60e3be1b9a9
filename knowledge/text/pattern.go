package text

import (
	"regexp"
	"strings"
	"sync"
)

// Pattern is a regular expression that is compiled when a text first may have a
// match: a start that compiled all of them took a quarter longer.
type Pattern struct {
	source   string
	once     sync.Once
	compiled *regexp.Regexp

	read   sync.Once
	needed []string // a text without any of them has no match; nil: unknown
}

// NewPattern panics at its first use where the source is no regular expression;
// a test compiles all that the program has.
func NewPattern(source string) *Pattern { return &Pattern{source: source} }

// Regexp gives the expression itself.
func (p *Pattern) Regexp() *regexp.Regexp {
	p.once.Do(func() { p.compiled = regexp.MustCompile(p.source) })
	return p.compiled
}

// mayMatch says whether a text may have a match.
func (p *Pattern) mayMatch(s string) bool {
	p.read.Do(func() { p.needed = stretchesNeeded(p.source) })
	for _, n := range p.needed {
		if strings.Contains(s, n) {
			return true
		}
	}
	return p.needed == nil
}

// MatchString is that of the expression.
func (p *Pattern) MatchString(s string) bool { return p.mayMatch(s) && p.Regexp().MatchString(s) }

// Match is that of the expression.
func (p *Pattern) Match(b []byte) bool { return p.Regexp().Match(b) }

// FindString is that of the expression.
func (p *Pattern) FindString(s string) string {
	if !p.mayMatch(s) {
		return ""
	}
	return p.Regexp().FindString(s)
}

// FindStringIndex is that of the expression.
func (p *Pattern) FindStringIndex(s string) []int {
	if !p.mayMatch(s) {
		return nil
	}
	return p.Regexp().FindStringIndex(s)
}

// FindStringSubmatch is that of the expression.
func (p *Pattern) FindStringSubmatch(s string) []string {
	if !p.mayMatch(s) {
		return nil
	}
	return p.Regexp().FindStringSubmatch(s)
}

// FindStringSubmatchIndex is that of the expression.
func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	if !p.mayMatch(s) {
		return nil
	}
	return p.Regexp().FindStringSubmatchIndex(s)
}

// FindAllString is that of the expression.
func (p *Pattern) FindAllString(s string, n int) []string {
	if !p.mayMatch(s) {
		return nil
	}
	return p.Regexp().FindAllString(s, n)
}

// FindAllStringIndex is that of the expression.
func (p *Pattern) FindAllStringIndex(s string, n int) [][]int {
	if !p.mayMatch(s) {
		return nil
	}
	return p.Regexp().FindAllStringIndex(s, n)
}

// FindAllStringSubmatch is that of the expression.
func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	if !p.mayMatch(s) {
		return nil
	}
	return p.Regexp().FindAllStringSubmatch(s, n)
}

// FindAllStringSubmatchIndex is that of the expression.
func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	if !p.mayMatch(s) {
		return nil
	}
	return p.Regexp().FindAllStringSubmatchIndex(s, n)
}

// ReplaceAllString is that of the expression.
func (p *Pattern) ReplaceAllString(s, with string) string {
	if !p.mayMatch(s) {
		return s
	}
	return p.Regexp().ReplaceAllString(s, with)
}

// ReplaceAllStringFunc is that of the expression.
func (p *Pattern) ReplaceAllStringFunc(s string, f func(string) string) string {
	if !p.mayMatch(s) {
		return s
	}
	return p.Regexp().ReplaceAllStringFunc(s, f)
}

// Split is that of the expression.
func (p *Pattern) Split(s string, n int) []string { return p.Regexp().Split(s, n) }

// String is that of the expression.
func (p *Pattern) String() string { return p.source }
