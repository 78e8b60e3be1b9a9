package desk

import (
	"strings"
	"testing"

	"zujian/bot/chat"
)

func TestMentions(t *testing.T) {
	d := New(Options{Habits: Habits{Wake: []string{"小组建"}}})
	for _, c := range []struct {
		text, me string
		beside   []string
		rest     string
		ok       bool
	}{
		{text: "@组建助手\u2005归谁管", rest: "归谁管", ok: true},
		{text: "@组建助手 归谁管", rest: "归谁管", ok: true},
		{text: "@组建助手", rest: "", ok: true},
		{text: "归谁管@组建助手", rest: "归谁管", ok: true},
		{text: "＠组建助手：归谁管", rest: "：归谁管", ok: true},
		{text: "@组建助手，归谁管", rest: "，归谁管", ok: true},
		{text: "@组建助手2号\u2005归谁管"},
		{text: "@组建助手二号 归谁管"},
		{text: "@组建助手 二号\u2005归谁管", beside: []string{"组建助手 二号"}},
		{text: "@组建助手 二号\u2005@组建助手\u2005归谁管", beside: []string{"组建助手 二号"}, rest: "@组建助手 二号\u2005 归谁管", ok: true},
		{text: "@小助手\u2005归谁管", me: "小助手", rest: "归谁管", ok: true},
		{text: "@组建助手\u2005@李干部\u2005看看", rest: "@李干部\u2005看看", ok: true},
		{text: "@🌼\ufe0f助手 归谁管", me: "🌼助手", rest: "归谁管", ok: true},
		{text: "@🌼助手 归谁管", me: "🌼\ufe0f助手", rest: "归谁管", ok: true},
		{text: "@妇建 小助手\u2005归谁管", me: "妇建 小助手", rest: "归谁管", ok: true},
		{text: "@所有人\u2005开会"},
		{text: "a@b.com 组建助手"},
		{text: "组建助手在吗"},
		{text: "小组建，归谁管", rest: "归谁管", ok: true},
		{text: "请小组建回答"},
	} {
		rest, ok := d.addressed(chat.Inbound{Group: true, Text: c.text, Me: c.me, Beside: c.beside})
		if ok != c.ok || (ok && rest != c.rest) {
			t.Errorf("%q: %q, %v; want %q, %v", c.text, rest, ok, c.rest, c.ok)
		}
	}
	if _, ok := d.addressed(chat.Inbound{Text: "归谁管"}); !ok {
		t.Error("a direct chat needs no mention")
	}
}

func FuzzMention(f *testing.F) {
	f.Add("@组建助手\u2005归谁管")
	f.Add("@@组建助手@组建助手")
	d := New(Options{})
	f.Fuzz(func(t *testing.T, text string) {
		rest, _ := d.addressed(chat.Inbound{Group: true, Text: text})
		if len(rest) > len(text) && !strings.Contains(text, "@") {
			t.Errorf("%q became %q", text, rest)
		}
	})
}
