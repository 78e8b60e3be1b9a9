package rule

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// lexicon holds the book's words the way the reader looks them up.
type lexicon struct {
	kinds map[rune][]word // by first character, longest first
	words map[string][]string
}

// wordLists are the lists of words the reader looks at.
var wordLists = strings.Fields(`
	ignore park park_body outside party party_other party_joint partial rest_not leaders
	committee leaders_other woman man not_staff casual many many_of few few_of none unsure
	question neg past plan union supervisor registered chain building body willing unwilling
	candidate not_member member platform self base_good base_weak ready_yes ready_no public
	private never_public hospital kindergarten school self_office member_of ruled_by
	not_units together`)

type word struct {
	say    string
	value  int // of kind; -1 for a word that only hides others
	weight int
}

// newLexicon gathers the words of the kinds, and those that look like one and
// are not: names of parks, and what the book ignores.
func newLexicon(b *Book) *lexicon {
	l := &lexicon{kinds: map[rune][]word{}, words: map[string][]string{}}
	i := b.facts[kindFact]
	for v, value := range b.Facts[i].Values {
		weight := value.Weight
		if weight == 0 {
			weight = 40
		}
		for _, say := range value.Say {
			l.add(word{say, v, weight})
		}
	}
	for _, hide := range []string{"ignore", "park", "union"} {
		for _, say := range b.Words[hide] {
			l.add(word{say, -1, 0})
		}
	}
	for first := range l.kinds {
		slices.SortStableFunc(l.kinds[first], func(x, y word) int { return len(y.say) - len(x.say) })
	}
	for k, list := range b.Words {
		list = slices.Clone(list)
		slices.SortStableFunc(list, func(x, y string) int { return len(y) - len(x) })
		l.words[k] = list
	}
	return l
}

func (l *lexicon) add(w word) {
	first, _ := utf8.DecodeRuneInString(w.say)
	l.kinds[first] = append(l.kinds[first], w)
}

// has gives the first word of a list that stands in text, longest words tried
// first, and where; -1 where none does.
func (l *lexicon) has(text, list string) (say string, at int) {
	for _, w := range l.words[list] {
		if i := strings.Index(text, w); i >= 0 {
			return w, i
		}
	}
	return "", -1
}

func (l *lexicon) any(text, list string) bool {
	_, i := l.has(text, list)
	return i >= 0
}

func (l *lexicon) ends(text, list string) bool {
	for _, w := range l.words[list] {
		if strings.HasSuffix(text, w) {
			return true
		}
	}
	return false
}

func (l *lexicon) begins(text, list string) bool {
	for _, w := range l.words[list] {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}

// normal puts a text into the form the words are written in: simplified
// characters of the field, half-width digits, no blanks.
func normal(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '\t' || r == '\u3000' || r == '\u00a0' || r == '\u2005':
			return -1
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		if s, ok := simplified[r]; ok {
			return s
		}
		return r
	}, text)
}

var simplified = func() map[rune]rune {
	from := []rune("黨園區廠會開發裡裏個沒無組織書記婦聯業醫院學師務電網遞貨運樓廈協機關國營辦員職單獨條產鏈邊間錄類讓幾兩萬億還對從們這為當來時選領導團體農貿場監養護餐飲廣內幹備齊執證註冊險總萬號")
	to := []rune("党园区厂会开发里里个没无组织书记妇联业医院学师务电网递货运楼厦协机关国营办员职单独条产链边间录类让几两万亿还对从们这为当来时选领导团体农贸场监养护餐饮广内干备齐执证注册险总万号")
	out := map[rune]rune{}
	for i := range from {
		if from[i] != to[i] {
			out[from[i]] = to[i]
		}
	}
	return out
}()

// clauses cuts a text at punctuation. The enumeration comma 、 does not cut.
func clauses(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		return strings.ContainsRune("，,。；;！!？?\n\r：:", r)
	})
}
