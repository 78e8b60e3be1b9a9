package engine

import (
	"slices"
	"testing"
)

func TestKindsOfQuestions(t *testing.T) {
	a := trial(t, map[string]string{"shops": shops})
	for _, x := range []struct {
		turns []string
		want  string
	}{
		{[]string{"开一家小店能补多少钱"}, "money"},
		{[]string{"最晚哪天交申请"}, "date"},
		{[]string{"几个工作日能批下来"}, "days"},
		{[]string{"这事归谁管"}, "who"},
		{[]string{"申请要交哪些材料"}, "materials"},
		{[]string{"外地人能不能申请"}, "permit"},
		{[]string{"开一家小店补多少钱", "那两家呢"}, "money"},
	} {
		if q := a.u.understand(x.turns); !q.is(x.want) {
			t.Errorf("%v does not ask for %s", x.turns, x.want)
		}
	}
}

func TestWordsOfTheLastTurnCountMost(t *testing.T) {
	a := trial(t, map[string]string{"shops": shops})
	q := a.u.understand([]string{"手工编织的补贴标准按什么来定", "小店要向哪个街道提出申请才行"})
	weight := func(word string) float64 {
		i := slices.IndexFunc(q.units, func(u unit) bool { return u.word == word })
		if i < 0 {
			t.Fatalf("%s is not among the words %v", word, q.units)
		}
		return q.units[i].weight
	}
	if weight("街道") <= weight("标准") {
		t.Errorf("街道 counts %v, 标准 %v", weight("街道"), weight("标准"))
	}
}
