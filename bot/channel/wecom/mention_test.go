package wecom

import (
	"slices"
	"testing"
)

func TestMentions(t *testing.T) {
	for text, want := range map[string][]string{
		"提醒：@所有人 交表。":        {everybody},
		"提醒：@zhao、@li.si 交表": {"zhao", "li.si"},
		"@zhao 和 @zhao":      {"zhao"},
		"发到 zhao@li.cn":      nil, // an address
		"提醒：交表。":             nil,
		"@张三 交表":             nil, // a name is no user id
	} {
		if got := mentions(text); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
