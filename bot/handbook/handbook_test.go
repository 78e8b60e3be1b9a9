package handbook

import (
	"regexp"
	"strings"
	"testing"
)

// TestPages holds every page to what both readers need: a title of its own, a
// text that is HTML without anything foreign and plain without marks.
func TestPages(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range Pages() {
		if p.Title == "" || seen[p.Title] || seen[p.Name] || len(p.text) < 200 {
			t.Errorf("%q, %q: %d bytes", p.Name, p.Title, len(p.text))
		}
		seen[p.Title], seen[p.Name] = true, true
		html, err := p.HTML()
		if err != nil || strings.Contains(string(html), "<script") || strings.Contains(string(html), "|--") ||
			strings.Contains(string(html), "raw HTML omitted") {
			t.Errorf("%s: %v %s", p.Name, err, html)
		}
		if plain := p.Plain(); strings.Contains(plain, "```") || strings.Contains(plain, "**") || strings.Contains(plain, "|---") || strings.Contains(plain, "\n## ") {
			t.Errorf("%s: %s", p.Name, plain)
		}
	}
	if len(seen) < 20 {
		t.Errorf("only %v", seen)
	}
}

// TestPagesNameEachOther follows every 看“…”一页 and bot help ….
func TestPagesNameEachOther(t *testing.T) {
	n := 0
	for _, p := range Pages() {
		for _, m := range regexp.MustCompile(`手册的“(.+?)”|bot help ([\p{Han}]+)`).FindAllStringSubmatch(p.text, -1) {
			n++
			if topic := m[1] + m[2]; topic != "题目" && !titled(topic) {
				t.Errorf("%s leads to “%s”, which is none", p.Title, topic)
			}
		}
	}
	if n < 3 {
		t.Errorf("only %d", n)
	}
}

func titled(topic string) bool {
	p, ok := Find(topic)
	return ok && p.Title == topic
}

func TestFind(t *testing.T) {
	for topic, want := range map[string]string{"提醒": "提醒", "reminders": "提醒", "备份": "记录和备份", "微信": "微信"} {
		if p, ok := Find(topic); !ok || p.Title != want {
			t.Errorf("%s: %s", topic, p.Title)
		}
	}
	if p, ok := Find("没有的题目"); ok {
		t.Error(p.Title)
	}
	if p, ok := Find(""); ok {
		t.Error(p.Title)
	}
}
