package knowledge

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestGlossary(t *testing.T) {
	g, err := ReadGlossary()
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Terms) < 40 {
		t.Errorf("%d terms", len(g.Terms))
	}
	for _, x := range g.Terms {
		line := x.Explained()
		if utf8.RuneCountInString(line) > 120 || strings.ContainsAny(line, "!！你") || !strings.Contains(line, "不是文件里写的") || !strings.Contains(line, x.Source) {
			t.Errorf("%s", line)
		}
	}
}

func TestGlossaryFinds(t *testing.T) {
	g, err := ReadGlossary()
	if err != nil {
		t.Fatal(err)
	}
	for question, want := range map[string]string{
		"两新组织是啥": "两新组织", "啥叫“三同步”": "三同步", "女工委是什么组织": "女职工委员会", "微家怎么理解": "妇女微家", "两企三新指哪些": "两企三新",
		"村两委是哪两委": "两委", "什么是规上": "规上企业", "四议 两公开是什么": "四议两公开", "个体户算什么": "个体工商户", "行业综合党委设在哪": "综合党委",
		"今天天气怎么样": "", "怎么申请补贴": "",
	} {
		got, ok := g.Find(question)
		if got.Term != want || ok != (want != "") {
			t.Errorf("%s: %q, %v; want %q", question, got.Term, ok, want)
		}
	}
}

// An office's file adds terms and goes before those that come with the program.
func TestGlossaryOfAnOffice(t *testing.T) {
	write := func(text string) string {
		file := filepath.Join(t.TempDir(), "glossary.yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	file := write("terms:\n  - term: 三同步\n    says: 本县指登记、年报、评估同步。\n    source: 本县组织部口径\n  - term: 红榜\n    also: [红榜户]\n    says: 每季度评出来的先进户名单。\n    source: 本镇说法\n")
	g, err := ReadGlossary(file, filepath.Join(t.TempDir(), "none.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for question, says := range map[string]string{"三同步是什么": "本县", "红榜户啥意思": "先进户", "执委是什么": "委员"} {
		if got, ok := g.Find(question); !ok || !strings.Contains(got.Says, says) {
			t.Errorf("%s: %+v", question, got)
		}
	}
	for text, names := range map[string]string{
		"terms: 3": "写得不对",
		"terms:\n  - term: 红榜\n    says: 先进户名单。\n":                                                                        "红榜",
		"terms:\n  - term: 榜\n    says: 名单。\n    source: 本镇\n":                                                            "太短",
		"terms:\n  - term: 红榜\n    says: 甲。\n    source: 乙\n  - term: 光荣榜\n    also: [红榜]\n    says: 甲。\n    source: 乙\n": "前面已经有了",
		"terms:\n  - term: 红榜\n    says: " + strings.Repeat("长", 101) + "\n    source: 乙\n":                               "写长了",
	} {
		if _, err := ReadGlossary(write(text)); err == nil || !strings.Contains(err.Error(), names) {
			t.Errorf("%v does not name %s", err, names)
		}
	}
}
