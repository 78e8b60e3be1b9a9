package index

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// byWord says that 律所 and 律师事务所 are one concept.
func byWord(text string) []string {
	if strings.Contains(text, "律所") || strings.Contains(text, "律师事务所") {
		return []string{"律师"}
	}
	return nil
}

func TestMatcherFindsWhatSaysTheSame(t *testing.T) {
	f := NewFeatures(byWord)
	texts := f.Learn([]string{"律师事务所归谁指导", "园区由谁负责", "什么时候换届", "经费谁出"})
	m := NewMatcher(texts)
	for _, x := range []struct {
		question string
		want     int
	}{{"律所该找哪个", 0}, {"园区里谁负责", 1}, {"几时换届", 2}, {"经费", 3}} {
		got := m.Top(f.Of(x.question), 2)
		if len(got) == 0 || got[0].ID != x.want {
			t.Errorf("%s: %v, want %d first", x.question, got, x.want)
		}
	}
	if got := m.Top(f.Of("abc"), 2); len(got) != 0 {
		t.Errorf("nothing shared: %v", got)
	}
	if x := m.Top(texts[1], 1)[0].Score; x < 0.999 || x > 1.001 {
		t.Errorf("a text is %v like itself", x)
	}
	if all, none := m.Covers(f.Of("园区"), texts[1]), m.Covers(f.Of("换届"), texts[1]); all != 1 || none != 0 {
		t.Errorf("covers %v and %v, want 1 and 0", all, none)
	}
	if x := m.Unseen(f.Of("乌龟")); x != 1 {
		t.Errorf("unseen %v, want 1", x)
	}
}

func TestDividerLeansToItsKind(t *testing.T) {
	f := NewFeatures(nil)
	first := f.Learn([]string{"由谁负责", "谁来推动", "怎么推动"})
	second := f.Learn([]string{"要多少人", "要多少钱", "多少天"})
	d := NewDivider(first, second)
	if x := d.Lean(f.Of("谁负责推动")); x >= 0 {
		t.Errorf("leans %v, want below 0", x)
	}
	if x := d.Lean(f.Of("多少单位")); x <= 0 {
		t.Errorf("leans %v, want above 0", x)
	}
	if x := d.Lean(f.Of("xyz")); x != 0 {
		t.Errorf("nothing known leans %v", x)
	}
}

func TestSorterNamesTheKind(t *testing.T) {
	f := NewFeatures(nil)
	texts := f.Learn([]string{"园区谁管", "园区里的企业归谁", "楼里能建吗", "楼里几十家", "快递怎么建", "快递小哥"})
	s := NewSorter(texts, []int{0, 0, 1, 1, 2, 2}, 3)
	for question, want := range map[string]int{"开发区园区": 0, "一栋楼里": 1, "送快递的": 2} {
		got := s.Score(f.Of(question))
		for k, x := range got {
			if k != want && x >= got[want] {
				t.Errorf("%s: %v, want %d highest", question, got, want)
			}
		}
	}
}

func TestJoinedTextHasEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune("妇联园区组建谁a1")), 1, 8, -1), 1, 5).Draw(t, "texts")
		f := NewFeatures(byWord)
		texts := f.Learn(words)
		joined := Join(texts...)
		weight := func(t Text) (sum float32) {
			for _, x := range t {
				sum += x.weight
			}
			return sum
		}
		var apart float32
		for i, x := range texts {
			apart += weight(x)
			if m := NewMatcher([]Text{joined}); m.Covers(x, joined) < 0.999 {
				t.Errorf("%q is not wholly in the joined text", words[i])
			}
			if got := f.Of(words[i]); weight(got) != weight(x) {
				t.Errorf("%q weighs %v when learned and %v when asked", words[i], weight(x), weight(got))
			}
		}
		if d := weight(joined) - apart; d > 0.01 || d < -0.01 {
			t.Errorf("joined weighs %v, apart %v", weight(joined), apart)
		}
	})
}

func TestSpokenCutsLettersIntoSyllables(t *testing.T) {
	for _, x := range []struct {
		letters, word string
		all           bool
	}{
		{"fulian", "妇联", true}, {"fu lian", "妇联", true}, {"nvzhigong", "女职工", true}, {"yuanqu", "园区", true},
		{"xian", "先", true}, {"fulian xqz", "妇联", false}, {"妇联", "", false},
	} {
		got, share := Spoken(x.letters)
		if (share == 1) != x.all {
			t.Errorf("%s: share %v", x.letters, share)
		}
		if x.word == "" {
			if got != "" {
				t.Errorf("%s: %q", x.letters, got)
			}
			continue
		}
		ok := false
		for _, s := range Sounds(x.word) {
			ok = ok || s == got
		}
		if !ok {
			t.Errorf("%s does not sound like %s", x.letters, x.word)
		}
	}
	if got := Sounds("妇x"); len(got) != 0 {
		t.Errorf("a letter sounds like %q", got)
	}
}
