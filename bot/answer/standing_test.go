package answer

import (
	"context"
	"strings"
	"testing"

	"zujian/knowledge"
	"zujian/knowledge/parse"
)

const (
	venueBefore = `柳岸镇老年活动室开放办法
第一条　老年活动室每周开放三天，每天上午9时至11时。
第二条　活动室由村委会指定一名管理员，每月补贴200元。
第三条　损坏棋牌器具的，照价赔偿。
柳岸镇人民政府
2021年3月1日
`
	venueAfter = `柳岸镇老年活动室管理办法
第一条　老年活动室每周开放五天，每天上午8时至下午5时。
第二条　活动室由村委会指定一名管理员，每月补贴350元。
第三条　本办法自2025年5月1日起施行。2021年印发的《柳岸镇老年活动室开放办法》同时废止。
柳岸镇人民政府
2025年4月12日
`
	drillBefore = `柳岸镇关于举办消防演练的通知
柳政办〔2025〕12号
各村：
一、时间地点
演练于6月5日上午9时在镇中心小学操场举行。
二、参加人员
每村参加演练的志愿者不少于6名。
柳岸镇人民政府办公室
2025年5月20日
`
	drillAfter = `关于更正《柳岸镇关于举办消防演练的通知》的通知
各村：
柳政办〔2025〕12号通知中，地点“镇中心小学操场”应为“镇文化广场”，其余不变。
柳岸镇人民政府办公室
2025年5月28日
`
)

// heldTexts makes an answerer over what ships and some texts, named by the order.
func heldTexts(t *testing.T, texts ...string) *Answerer {
	t.Helper()
	l, err := knowledge.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		name := string(rune('a' + i))
		d, err := parse.Parse(name+".txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		d.ID, d.Validity = name, knowledge.InForce
		if err := l.Add(d); err != nil {
			t.Fatal(err)
		}
	}
	return answererOver(t, l)
}

// TestRepealedIsSaidFirst answers from a text that another one ends: that comes
// before anything it says, with what the other says in its place.
func TestRepealedIsSaidFirst(t *testing.T) {
	a := heldTexts(t, venueBefore, venueAfter)
	for q, then := range map[string]string{
		"《柳岸镇老年活动室开放办法》里管理员每月补贴多少": "200元",
		"柳岸镇老年活动室损坏棋牌器具怎么办":        "照价赔偿",
	} {
		got := a.Answer(context.Background(), []string{q})
		first, rest, _ := strings.Cut(got.Text, "\n")
		if !strings.Contains(first, "开放办法》（2021年）已经由《柳岸镇老年活动室管理办法》（2025年）废止（2025年5月1日起施行，第三条第2句）") ||
			!strings.Contains(rest, then) {
			t.Errorf("%s: %s", q, got.Text)
		}
	}
	for _, q := range []string{"《柳岸镇老年活动室开放办法》还有效吗", "2021年那个活动室办法还管用吗"} {
		if got := a.Answer(context.Background(), []string{q}); !strings.Contains(got.Text, "已经由《柳岸镇老年活动室管理办法》（2025年）废止") {
			t.Errorf("%s: %s", q, got.Text)
		}
	}
	if now := a.Answer(context.Background(), []string{"《柳岸镇老年活动室管理办法》里管理员每月补贴多少"}); strings.Contains(now.Text, "已经由") {
		t.Error(now.Text)
	}
	saysLaterFirst(t, a)
}

// saysLaterFirst holds that the line of the later text stands before that of the earlier.
func saysLaterFirst(t *testing.T, a *Answerer) {
	d := a.library.Document("a")
	earlier := found{status: Answered, query: "老年活动室管理员每月补贴多少", cited: []ref{{doc: d, clause: clauseWith(t, d, "200元")}}}
	got := a.render(a.withStanding(context.Background(), earlier, earlier.query))
	now, then := strings.Index(got.Text, "350元"), strings.Index(got.Text, "200元")
	if now < 0 || then < now || !strings.HasPrefix(got.Text, "《柳岸镇老年活动室开放办法》（2021年）已经由") ||
		!strings.Contains(got.Citations[0].Quote, "350元") {
		t.Errorf("%+v", got)
	}
	asked := a.render(a.withStanding(context.Background(), earlier, "旧的办法里补贴多少"))
	if strings.Contains(asked.Text, "350元") || !strings.Contains(asked.Text, "旧的当时写的是") {
		t.Error(asked.Text)
	}
}

// TestCorrectionStandsBeside tells what a correction puts in the place of the words
// that are told.
func TestCorrectionStandsBeside(t *testing.T) {
	a := heldTexts(t, drillBefore, drillAfter)
	d := a.library.Document("a")
	f := found{status: Answered, query: "消防演练在哪里", cited: []ref{{doc: d, clause: clauseWith(t, d, "操场")}}}
	got := a.render(a.withStanding(context.Background(), f, f.query))
	mended := strings.Index(got.Text, "应为“镇文化广场”")
	if mended < 0 || strings.Index(got.Text, "原来写的是") < mended || !strings.Contains(got.Text, "后来有更正") {
		t.Error(got.Text)
	}
}

// TestTextThatEndsItself is told as such.
func TestTextThatEndsItself(t *testing.T) {
	a := heldTexts(t, strings.Replace(venueBefore, "开放办法", "开放办法（已失效）", 1))
	got := a.Answer(context.Background(), []string{"柳岸镇老年活动室每周开放几天"})
	if !strings.Contains(got.Text, "自己写明已经失效") {
		t.Error(got.Text)
	}
}

// clauseWith gives the clause of a document that has some words.
func clauseWith(t *testing.T, d *knowledge.Document, words string) int {
	t.Helper()
	for i, c := range d.Clauses {
		if strings.Contains(c.Text, words) {
			return i
		}
	}
	t.Fatalf("%s: nothing has %s", d.Title, words)
	return 0
}
