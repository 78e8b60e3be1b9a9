package answer

import (
	"fmt"
	"slices"
	"strings"

	"zujian/bot/engine"
	"zujian/knowledge/text"
)

// narrowing is a turn that puts another thing in the place of what was asked of, and
// asks nothing else: 那县里的呢, 社会组织呢.
var narrowing = text.NewPattern(`^(?:那么?|换成)?(\p{Han}{1,8}?)(里面?|那边|上)?的?呢[？?。]?$`)

// conditional puts a case, not a thing: 那如果没有党组织呢.
var conditional = text.NewPattern(`如果|假如|要是|没|不|^是|^有|超过|怎|时候|\d`)

// Words that stand for several others: who is one of the several is meant as well.
var coveringWords = []struct {
	one   *text.Pattern
	cover string
}{
	{text.NewPattern(`^(?:民营|私营|非公)?(?:企业|公司|工厂|厂子|民企)$|^(?:社会组织|社会团体|社团|民非|基金会)$`), "两新组织"},
	{text.NewPattern(`^(?:省|市|县|区|县区|乡|镇|乡镇|街道)$`), "各级"},
}

const (
	sayOnlyThat  = "%s里说这件事的就是上面那一句，没有另外写%s。"
	sayNamesThat = "写到%s的是：%s（%s）。"
	sayCovers    = "一样，写的是“%s”，%s也在里面。"
)

// onlyThat does not give an answer of the office's own document again to a turn that
// puts another thing in the place of what was asked of: it says that the words are
// meant for that as well, where they are, else that nothing more is written.
func (a *Answerer) onlyThat(before, f found, q string) found {
	m := narrowing.FindStringSubmatch(q)
	if m == nil || conditional.MatchString(m[1]) || f.status != Answered && f.status != Unsure || len(before.cited) == 0 {
		return f
	}
	last, now := before.cited[0], slices.Concat(f.cited, f.related)
	if len(now) == 0 || !now[0].inClauseOf(last) || !last.doc.Shipped || len(f.cited) > len(before.cited) ||
		strings.Contains(last.text(), m[1]) {
		return f
	}
	for _, c := range coveringWords {
		if c.one.MatchString(m[1]) && strings.Contains(last.text(), c.cover) {
			return coveredBy(before, f, fmt.Sprintf(sayCovers, c.cover, m[1]+m[2]))
		}
	}
	name := engine.NameOf(last.doc)
	g := found{status: NotStated, query: f.query, related: []ref{last}, far: true, searched: f.searched,
		say: fmt.Sprintf(sayOnlyThat, name, m[1]+m[2])}
	words := a.ownWords(before.query)
	near := func(r ref) bool {
		return r.doc == last.doc && strings.Contains(r.text(), m[1]) &&
			slices.ContainsFunc(words, func(w string) bool { return strings.Contains(r.text(), w) })
	}
	if at := slices.IndexFunc(now, near); at >= 0 {
		g.related = []ref{now[at], last}
		g.say += "\n" + fmt.Sprintf(sayNamesThat, m[1]+m[2], a.guess(f.query, now[at], longGuess), name+now[at].locator())
	}
	return g
}

// coveredBy is the last answer once more, with why it holds for another thing too.
func coveredBy(before, f found, why string) found {
	out := before
	out.query, out.say, out.text, out.lead, out.basis = f.query, why, "", "", nil
	out.status = Answered
	return out
}
