package engine

import "testing"

func TestSidesAreThoseWhosePatternMatches(t *testing.T) {
	if len(sidesAsked.sides) == 0 || len(sidesAsked.always)*4 > len(sidesAsked.sides) {
		t.Fatalf("%d sides, of which %d are tried on every question", len(sidesAsked.sides), len(sidesAsked.always))
	}
	for _, q := range []string{"多大岁数能报", "对结果不服找谁申诉", "主任能连任几届", "联系电话是多少", "没交会费会怎么样", "今天天气不错", ""} {
		var want []side
		for _, s := range sidesAsked.sides {
			if s.asked.MatchString(q) {
				want = append(want, s)
			}
		}
		got := sidesAsked.in(q)
		if len(got) != len(want) {
			t.Errorf("%q: %d sides, want %d", q, len(got), len(want))
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%q: side %d is %v, want %v", q, i, got[i].asked, want[i].asked)
			}
		}
	}
}

func TestFirstRunes(t *testing.T) {
	for _, x := range []struct {
		pattern, want string
		known         bool
	}{
		{"年龄|岁数", "年岁", true},
		{"(几|多少)天", "几多", true},
		{"第[一二]条", "第", true},
		{"[一二]条", "一二", true},
		{".{0,3}钱", "", false},
		{"钱?多少", "", false},
		{"年龄|.钱", "", false},
	} {
		if got, ok := firstRunesOf(x.pattern); string(got) != x.want || ok != x.known {
			t.Errorf("%s: begins with %q, %v; want %q, %v", x.pattern, string(got), ok, x.want, x.known)
		}
	}
}
