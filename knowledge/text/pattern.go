package text

import (
	"regexp"
	"sync"
)

// Pattern is a regular expression that is compiled when it is first used: a start
// that compiled all of them took a quarter longer.
type Pattern struct {
	source   string
	once     sync.Once
	compiled *regexp.Regexp
}

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
func (p *Pattern) MatchString(s string) bool { return p.Regexp().MatchString(s) }

// FindAllString is that of the expression.
func (p *Pattern) FindAllString(s string, n int) []string { return p.Regexp().FindAllString(s, n) }

// FindAllStringIndex is that of the expression.
func (p *Pattern) FindAllStringIndex(s string, n int) [][]int {
	return p.Regexp().FindAllStringIndex(s, n)
}

// FindString is that of the expression.
func (p *Pattern) FindString(s string) string { return p.Regexp().FindString(s) }

// FindStringSubmatch is that of the expression.
func (p *Pattern) FindStringSubmatch(s string) []string { return p.Regexp().FindStringSubmatch(s) }

// ReplaceAllString is that of the expression.
func (p *Pattern) ReplaceAllString(s, with string) string {
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
