package engine

import (
	"context"
	"strings"
	"testing"
)

// TestWordAsked tells questions for what a word means from others.
func TestWordAsked(t *testing.T) {
	for q, want := range map[string]string{
		"巾帼联络员是啥样的人": "巾帼联络员", "什么是“微家”": "微家", "石桥的低收入家庭是指哪些家庭？": "石桥的低收入家庭", "啥叫兜底家庭呀": "兜底家庭",
		"巾帼联络员是谁": "", "巾帼联络员是什么时候选的": "", "补助标准是多少": "", "什么是不能报的材料，多少钱": "",
	} {
		if got := wordAsked(q); got != want {
			t.Errorf("%s: %q", q, got)
		}
	}
}

// TestWhatAWordMeans answers with the sentence that says it, where one document does.
func TestWhatAWordMeans(t *testing.T) {
	const other = "关于网格工作的通知\n各村：\n一、每个网格配巾帼联络员一名，负责走访。\n二、巾帼联络员每月开会一次，补助一百元。\n"
	documents := map[string]string{"a.txt": "巾帼联络员管理办法\n第一条　为了规范管理，制定本办法。\n" +
		"第二条　本办法所称巾帼联络员，是指由村民推荐、在网格里走访妇女和家庭的女性居民。\n第三条　巾帼联络员每季度培训一次。\n", "b.txt": other}
	ask := func(q string) Result {
		t.Helper()
		a := answererOf(t, documents)
		m, err := ShippedModel()
		if err != nil {
			t.Fatal(err)
		}
		a.model = m
		r, err := a.Ask(context.Background(), []string{q})
		if err != nil || len(r.Shown) == 0 {
			t.Fatalf("%s: %+v %v", q, r, err)
		}
		return r
	}
	if r := ask("网格里的巾帼联络员是啥样的人"); r.Outcome != Sure || !strings.Contains(r.Lead, "由村民推荐、在网格里走访妇女和家庭的女性居民") {
		t.Errorf("%v %s", r.Outcome, r.Lead)
	}
	documents["b.txt"] = other + "三、巾帼联络员是指村妇联执委。\n"
	if _, found := (&comparison{q: &question{turns: []string{"每月开会几次"}}}).definitionFirst(nil); found {
		t.Error("no word's meaning is asked for")
	}
	a := answererOf(t, documents)
	c, err := a.compare(context.Background(), a.u.understand([]string{"巾帼联络员是什么"}))
	if err != nil {
		t.Fatal(err)
	}
	if _, found := c.definitionFirst(nil); found {
		t.Error("two documents say it, and one is taken")
	}
}
