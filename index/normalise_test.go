package index

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestNormalise(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"only marks", "，。！？…… \t\n", ""},
		{"full width", "ＡＢＣ１２３％", "abc123"},
		{"ligature and circled", "ﬁ①", "fi1"},
		{"case", "KPI和Ppt", "kpi和ppt"},
		{"traditional", "婦女聯合會組織負責人", "妇女联合会组织负责人"},
		{"variants", "明細帐、记帐、佔用", "明细账 记账 占用"},
		{"blanks between Chinese", "妇 联 谁\n负责", "妇联谁负责"},
		{"blanks between words", "kpi  怎么 算 app store", "kpi 怎么算 app store"},
		{"punctuation parts", "妇联，谁负责？", "妇联 谁负责"},
		{"brackets", "（一）“两新”", "一 两新"},
		{"zero width and direction", "妇\u200b联\u202e谁\ufeff管", "妇联谁管"},
		{"control", "妇\x00联\x07", "妇联"},
		{"combining and variation", "e\u0301葛\U000E0100", "e葛"},
		{"emoji", "妇联👍🏽好", "妇联 好"},
		{"not UTF-8", "妇\xff联\xed\xa0\x80", "妇联"},
		{"beyond the basic plane", "𠮷野家", "𠮷野家"},
		{"compatibility character", "\uF9E4", "理"},
	} {
		if got := Normalise(c.in); got != c.want {
			t.Errorf("%s: %q becomes %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

// tight is a normal form without the spaces between Chinese characters.
func tight(normal string) string {
	runes := []rune(normal)
	var out []rune
	for i, r := range runes {
		if r != ' ' || !isHan(runes[i-1]) || !isHan(runes[i+1]) {
			out = append(out, r)
		}
	}
	return string(out)
}

// checkNormal holds what Normalise promises of every text.
func checkNormal(t interface{ Errorf(string, ...any) }, s string) {
	n := Normalise(s)
	once := Normalise(n)
	if once != tight(n) {
		t.Errorf("%q: normal form %q becomes %q", s, n, once)
	}
	if again := Normalise(once); again != once {
		t.Errorf("%q: normal form %q becomes %q", s, once, again)
	}
	if !utf8.ValidString(n) {
		t.Errorf("%q: normal form %q is no UTF-8", s, n)
	}
	if runes := string(normalRunes(nil, s)); runes != n {
		t.Errorf("%q: %q as runes, %q as text", s, runes, n)
	}
	eachGram(n, func(from, to int) {
		if from >= to || !utf8.ValidString(n[from:to]) {
			t.Errorf("%q: gram from %d to %d", n, from, to)
		}
	})
}

func TestNormaliseProperties(t *testing.T) {
	mixed := rapid.StringOf(rapid.OneOf(
		rapid.Rune(), rapid.RuneFrom([]rune("妇聯帐，。 \n\tAb1ＡÅéü①㈠ﬁ\u200b\u0301İſK")), rapid.RuneFrom([]rune("帐账妳你佈布唸念甯宁麽么")),
	))
	rapid.Check(t, func(t *rapid.T) { checkNormal(t, mixed.Draw(t, "text")) })
}

func FuzzNormalise(f *testing.F) {
	for _, s := range []string{"婦聯 fulian，帐", "\xff\xfe", "İ̇", "ﷺ", "㍿", "ｶﾞ", "\u1e9e"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkNormal(t, s) })
}
