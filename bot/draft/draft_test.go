package draft

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"zujian/bot/answer"
	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/rule"
)

const notice = `---
id: notice
title: 关于报送台账的通知
short: 台账通知
kind: 通知
validity: 现行
---

各镇街每季度末向区妇联报送台账。报送台账应当由镇街妇联主席签字。台账格式由区妇联统一制定。
`

func library(t *testing.T) *knowledge.Library {
	t.Helper()
	l, err := knowledge.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	d, err := knowledge.ReadMarkdown([]byte(notice))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Add(d); err != nil {
		t.Fatal(err)
	}
	return l
}

func answerer(t *testing.T, l *knowledge.Library, words ...string) *answer.Answerer {
	t.Helper()
	w, err := index.LoadWords(nil, words...)
	if err != nil {
		t.Fatal(err)
	}
	b, err := rule.Shipped(l.Documents)
	if err != nil {
		t.Fatal(err)
	}
	a, err := answer.InMemory(l, w, b)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// writer is a model that answers with what is made of the marked sentences.
type writer func(system string, marks, sentences []string) (string, error)

var markedSentence = regexp.MustCompile(`(?m)^\[([A-Z0-9]{4})\] (.*)$`)

func (w writer) Ask(_ context.Context, system, user string) (string, error) {
	var marks, sentences []string
	for _, m := range markedSentence.FindAllStringSubmatch(user, -1) {
		marks, sentences = append(marks, m[1]), append(sentences, m[2])
	}
	return w(system, marks, sentences)
}

// TestDocument holds what of a model's draft is kept.
func TestDocument(t *testing.T) {
	l := library(t)
	f, err := Document(t.Context(), writer(func(system string, marks, sentences []string) (string, error) {
		if system == toMiss {
			return strings.Join([]string{
				"迟报怎么处理｜台账迟报了怎么处理｜晚交台账会怎样｜[" + marks[0] + "]",
				"台账格式｜台账用什么格式", // it is written
				"没有竖线",
				"电话｜区妇联电话是13812345678吗",
				"<b>｜标签怎么写",
			}, "\n"), nil
		}
		return strings.Join([]string{
			"[" + marks[0] + "] 1. 台账多久报一次？",
			"[" + marks[0] + "] 台账多久报一次", // once more
			"[" + marks[0] + "] 台账由哪里报送",
			"[" + marks[0] + "] 台账报给区妇联。",  // no question
			"[" + marks[0] + "] 谁来找王小红书记报", // a name
			"[" + marks[1] + "] 台账一年报几次",   // its sentence has no number
			"[" + marks[1] + "] 台账由谁签字",
			"[ZZZZ] 谁来管",                         // no such sentence
			"谁来管台账",                              // no mark
			"[" + marks[2] + "] 联合组建最多可以覆盖几家单位?", // nothing of the kind
			"[" + marks[2] + "] " + strings.Repeat("谁", 60),
		}, "\n"), nil
	}), l, l.Document("notice"), nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"台账多久报一次", "台账由哪里报送", "台账由谁签字", "topic: 迟报怎么处理", "台账通知里没有写迟报怎么处理。", "各镇街每季度末向区妇联报送台账。", "bot knowledge accept"} {
		if !strings.Contains(string(got), want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if asks, gaps, _ := f.Count(); asks != 3 || gaps != 1 {
		t.Errorf("%d ways of asking and %d gaps:\n%s", asks, gaps, got)
	}
	if again, err := Read(got); err != nil || again.Check(l) != nil {
		t.Errorf("%v %v", err, again.Check(l))
	}
	if _, err := Document(t.Context(), writer(func(string, []string, []string) (string, error) { return "", errors.New("down") }), l, l.Document("notice"), nil); err == nil {
		t.Error("no error")
	}
}

// TestHandWritten fills a draft in by hand, tries it and lays it down.
func TestHandWritten(t *testing.T) {
	l := library(t)
	data, err := ByHand(l.Document("notice")).Encode()
	if err != nil {
		t.Fatal(err)
	}
	if f, err := Read(data); err != nil || !f.Empty() {
		t.Errorf("what was not filled in is taken: %+v %v", f, err)
	}
	const piece = "报送台账应当由镇街妇联主席签字。"
	at := strings.Index(string(data), piece)
	filled := string(data)[:at] + strings.Replace(string(data)[at:], `- ""`, "- 花名册谁盖戳", 1)
	f, err := Read([]byte(filled))
	if err != nil || f.Check(l) != nil {
		t.Fatal(err, f.Check(l))
	}
	f.Questions = []string{"花名册谁盖戳"}
	before := answerer(t, l)
	laid, err := f.On(l)
	if err != nil {
		t.Fatal(err)
	}
	r := Try(t.Context(), f, l, before, answerer(t, laid))
	if r.Led != 1 || r.Asked != 1 || len(r.Gained) != 1 || r.Gained[0].Before == answer.Answered || r.Gained[0].After != answer.Answered {
		t.Errorf("%+v", r)
	}
	if len(l.Document("notice").Asked) != 0 {
		t.Error("the library itself was changed")
	}
	dir := t.TempDir()
	beside := func(id string) (string, error) { return filepath.Join(dir, id), nil }
	words := filepath.Join(dir, "words.yaml")
	write(t, words, "# 我们的\nslips:\n  - right: 妇联\n    wrong: [付连]\ngroups:\n  - word: 台账\n    say: [本本]\n")
	f.Words = []Group{{Word: "台账", Say: []string{"花名册"}}}
	for range 2 { // twice is as once
		if err := f.Lay(beside, words); err != nil {
			t.Fatal(err)
		}
	}
	d := l.Document("notice")
	if err := d.ReadBeside(os.DirFS(dir), "notice"); err != nil || len(d.Asked) != 1 || len(d.Asked[0].Asks) != 1 {
		t.Errorf("%+v %v", d.Asked, err)
	}
	if _, err := index.LoadWords(nil, words); err != nil {
		t.Error(err)
	}
	kept, _ := os.ReadFile(words)
	bak, _ := os.ReadFile(words + ".bak")
	if !strings.Contains(string(kept), "付连") || !strings.Contains(string(kept), "花名册") || !strings.Contains(string(kept), "本本") || len(bak) == 0 {
		t.Errorf("%s", kept)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "aside-*")); len(left) > 0 {
		t.Error(left)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestTryFindsWhatMoves compares with answers that have lost what stands beside
// the documents: many ways of asking lead elsewhere, and each is named.
func TestTryFindsWhatMoves(t *testing.T) {
	l := library(t)
	f := File{Documents: []Beside{{ID: "speech", Asked: []Asked{{Pieces: []string{"甲"}, Asks: []string{"谁管这件没有的事"}}}}}}
	r := Try(t.Context(), f, l, answerer(t, l), answerer(t, l.Bare()))
	if len(r.Moved) == 0 || r.Kept+len(r.Moved) != r.Tried || r.Tried != mostTried || r.All < mostTried || len(r.Lost) != 1 {
		t.Errorf("%d of %d moved, lost %v", len(r.Moved), r.Tried, r.Lost)
	}
}

func TestCheckRefuses(t *testing.T) {
	l := library(t)
	for text, want := range map[string]string{
		"documents:\n  - id: none\n    asked:\n      - pieces: [甲]\n        asks: [谁管]\n":                              "没有编号是“none”的文件",
		"documents:\n  - id: notice\n    asked:\n      - pieces: [各镇街每月报送]\n        asks: [谁报]\n":                      "“各镇街每月报送”在《关于报送台账的通知》里没有",
		"documents:\n  - id: notice\n    asked:\n      - pieces: [台账]\n        asks: [谁报]\n":                           "不止一处",
		"documents:\n  - id: notice\n    asked:\n      - pieces: []\n        asks: [谁报]\n":                             "pieces 没有写",
		"documents:\n  - id: notice\n    asked:\n      - pieces: [各镇街每季度末向区妇联报送台账。]\n        asks: [打13812345678问谁]\n": "有号码",
		"documents:\n  - id: notice\n    gaps:\n      - topic: 罚款\n        say: \"\"\n        asks: [罚多少]\n":           "topic 和 say",
	} {
		f, err := Read([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Check(l); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := Read([]byte("documents:\n  - nmae: x\n")); err == nil || !strings.Contains(err.Error(), "草稿写得不对") {
		t.Error(err)
	}
}

// TestUnanswered groups what was not answered and drafts where it may lead.
func TestUnanswered(t *testing.T) {
	l := library(t)
	a := answerer(t, l)
	questions := []Counted{{"那个本本子谁来画押", 5}, {"那本本子谁画押", 2}, {"园区里的企业归谁管", 9}, {"单独组建要多少名女职工", 3}, {"组建妇联发不发奖金", 1}}
	groups, answered := Gather(t.Context(), a, questions)
	if answered != 1 || len(groups) < 3 {
		t.Fatalf("%d answered, groups %+v", answered, groups)
	}
	if g := groups[0]; g.Times != 7 || len(g.Questions) != 2 {
		t.Errorf("%+v", g)
	}
	groups[0].related = []knowledge.Citation{{Document: "关于报送台账的通知", Quote: "报送台账应当由镇街妇联主席签字。"}}
	f, err := Unanswered(t.Context(), writer(func(_ string, marks, sentences []string) (string, error) {
		out := []string{"本本子=台账", "画押=公章", "没有的词=台账", "谁=签字", "[ZZZZ]", "无"}
		for i, s := range sentences {
			if strings.Contains(s, "签字") {
				out = append(out, "["+marks[i]+"]")
			}
		}
		return strings.Join(out, "\n"), nil
	}), l, groups, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Words) != 1 || f.Words[0].Word != "台账" || fmt.Sprint(f.Words[0].Say) != "[本本子]" {
		t.Errorf("%+v", f.Words)
	}
	if len(f.Documents) != 1 || f.Documents[0].ID != "notice" || len(f.Documents[0].Asked[0].Asks) != 2 || f.Check(l) != nil {
		t.Errorf("%+v %v", f.Documents, f.Check(l))
	}
	if hand := ByHandFor(l, groups[:1]); hand.Empty() || hand.Check(l) != nil {
		t.Errorf("%+v %v", hand, hand.Check(l))
	}
}
