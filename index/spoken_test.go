package index

import "testing"

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
