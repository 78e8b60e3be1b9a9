package engine

import (
	"slices"
	"strings"

	"zujian/index"
	"zujian/knowledge/text"
)

// polarity names what a text says of an organisation where a single 不 or 没
// turns the answer round; likeness of characters alone would not see it.
var polarity = []struct {
	words     []string // the text has one of them, or the rest need not be tried
	about, no *text.Pattern
	name      string
}{
	{[]string{"园", "区"}, text.NewPattern(`园区|开发区|高新区|工业区|产业园|科技园`),
		text.NewPattern(`(?:不|没|勿|唔|未|非)[是属在喺勒有]?[^，。？,?]{0,3}(?:园区|开发区|高新区|工业区|产业园|科技园)|(?:园区|开发区|高新区|工业区|产业园|科技园)(?:以|之)?外`), "园区"},
	{[]string{"支部", "党"}, text.NewPattern(`支部|党组织|党委|党总支`),
		text.NewPattern(`(?:没|未|无|还没|不曾|冇|莫得|缺|尚未)[^，。？,?]{0,4}(?:支部|党组织|党委|党总支)|(?:支部|党组织)(?:都|也|还)?(?:没|未|冇|莫得)`), "党组织"},
	{[]string{"党"}, text.NewPattern(`党员`), text.NewPattern(`(?:不是|非|没有?入|还不是|没|未)[^，。？,?]{0,2}(?:中共)?党员?`), "党员"},
	{[]string{"独", "自己"}, text.NewPattern(`单独|独立|自己`), text.NewPattern(`(?:不|没法|无法|没|冇)[^，。？,?]{0,4}(?:单独|独立|自己)` +
		`|(?:单独|独立|自己)[^，。？,?]{0,4}(?:不了|不成|不起)`), "单独"},
	{[]string{"登记", "注册"}, text.NewPattern(`登记|注册`), text.NewPattern(`(?:不|没|未|无)[^，。？,?]{0,3}(?:登记|注册)`), "登记"},
}

// conceptsOf gives what a text in normal form has beside its characters: the
// field's own words for what it says, pairs of neighbouring ones, and the
// polarity of what it says of an organisation.
func conceptsOf(words *index.Words, text string) []string {
	out, _ := words.Concepts(text)
	for _, p := range polarity {
		if !slices.ContainsFunc(p.words, func(w string) bool { return strings.Contains(text, w) }) {
			continue
		}
		switch {
		case p.no.MatchString(text):
			out = append(out, p.name+"否", p.name+"否2")
		case p.about.MatchString(text):
			out = append(out, p.name+"是")
		}
	}
	return out
}

// Turned drops from an earlier question what the next turn says the other way
// round.
func Turned(earlier, next string) string {
	for _, p := range polarity {
		now, then := p.no.MatchString(next), p.no.MatchString(earlier)
		if p.about.MatchString(next) && p.about.MatchString(earlier) && now != then {
			earlier = p.no.ReplaceAllString(earlier, " ")
			earlier = p.about.ReplaceAllString(earlier, " ")
		}
	}
	return earlier
}
