package rule

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// lexicon holds the book's words the way the reader looks them up.
type lexicon struct {
	kinds  map[rune][]word // by first character, longest first
	topics map[rune][]topicWord
	words  map[string][]string
}

// topicWord is a word that stands for a thing a description may speak of.
type topicWord struct {
	say   string
	topic topic
}

// wordLists are the lists of words the reader looks at.
var wordLists = strings.Fields(`
	ignore park park_body outside party party_other party_joint partial rest_not leaders
	committee leaders_other woman man not_staff casual many many_of few few_of none unsure
	question past plan union supervisor registered chain building body willing unwilling
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
	l := &lexicon{kinds: map[rune][]word{}, topics: map[rune][]topicWord{}, words: map[string][]string{}}
	i := b.facts[kindFact]
	for v, value := range b.Facts[i].Values {
		for _, say := range value.Say {
			l.add(word{say, v, cmp.Or(value.Weight, 40)})
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
	l.addTopics()
	return l
}

// topicLists are the lists of words that stand for each topic. What only looks
// like one of them is aboutNothing.
var topicLists = []struct {
	topic topic
	lists []string
	more  []string
}{
	{aboutNothing, []string{"ignore", "not_staff"}, []string{"妇联", "女方", "上级党组织", "团支部", "工会主席", "党员", "登记表", "领导班子", "行政班子", "妇联班子"}},
	{aboutPark, []string{"park"}, nil},
	{aboutLeaders, []string{"leaders"}, []string{"副书记", "党支部书记", "支部书记", "党委书记", "支部委员", "女书记", "女副书记", "女委员", "女支委", "女支书", "男书记"}},
	{aboutParty, []string{"party", "party_joint"}, nil},
	{aboutWomen, nil, []string{"女", "女的", "女性", "女工", "女职工", "女员工", "女同志", "女同胞", "女人", "女店员", "女技师", "女教师", "女老师", "女护士", "女律师",
		"女性员工", "女性职工", "女性从业人员", "女性固定从业人员", "男", "男的", "男性", "男同志", "男工", "大老爷们", "老爷们", "爷们"}},
	{aboutUnion, []string{"union"}, []string{"工会"}},
	{aboutSupervisor, []string{"supervisor"}, nil},
	{aboutRegister, []string{"registered"}, []string{"备案"}},
	{aboutCondition, nil, []string{"条件", "时机"}},
}

func (l *lexicon) addTopics() {
	for _, t := range topicLists {
		words := t.more
		for _, list := range t.lists {
			words = append(slices.Clone(words), l.words[list]...)
		}
		for _, say := range words {
			first, _ := utf8.DecodeRuneInString(say)
			l.topics[first] = append(l.topics[first], topicWord{say, t.topic})
		}
	}
	for first := range l.topics {
		slices.SortStableFunc(l.topics[first], func(x, y topicWord) int { return len(y.say) - len(x.say) })
	}
}

// topicAt gives the longest word of a topic that a text begins with. A word of
// leaders wins over one that only hides others.
func (l *lexicon) topicAt(text string) (topicWord, bool) {
	first, _ := utf8.DecodeRuneInString(text)
	best := topicWord{}
	for _, w := range l.topics[first] {
		if strings.HasPrefix(text, w.say) && (best.say == "" || len(w.say) == len(best.say) && best.topic == aboutNothing) {
			best = w
		}
	}
	return best, best.say != ""
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
	return slices.ContainsFunc(l.words[list], func(w string) bool { return strings.HasSuffix(text, w) })
}

func (l *lexicon) begins(text, list string) bool {
	return slices.ContainsFunc(l.words[list], func(w string) bool { return strings.HasPrefix(text, w) })
}
