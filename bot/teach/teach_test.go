package teach

import (
	"context"
	"errors"
	"fmt"
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
		if system == toAnswer {
			return strings.Join([]string{
				"[" + marks[0] + "]｜各镇街每季度末报送台账。｜台账几时交给妇联｜台账什么时候上交",
				"[" + marks[0] + "]｜各镇街每月末报送台账。｜台账每个月都交吗", // no such time
				"[" + marks[1] + "]｜由镇街妇联主席签字。｜签字的是谁",     // 应当 is gone
				"[" + marks[2] + "]｜台账格式由市妇联统一制定。｜格式谁来制定", // no such body
				"[ZZZZ]｜各镇街报送台账。｜谁来交台账",
				"[" + marks[0] + "]｜各镇街每季度末报送台账。",
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
	for _, want := range []string{"台账多久报一次", "台账由哪里报送", "台账由谁签字", "topic: 迟报怎么处理", "台账通知里没有写迟报怎么处理。", "各镇街每季度末向区妇联报送台账。", "bot knowledge accept", "say: 各镇街每季度末报送台账。"} {
		if !strings.Contains(string(got), want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if n := f.Count(); n != "问法 3 种，缺项 1 个，同义词 0 个，短答 1 条" {
		t.Errorf("%s:\n%s", n, got)
	}
	if again, err := Read(got); err != nil || Check(l.Copy(), again.Proposal().Taught) != nil {
		t.Errorf("%v %v", err, Check(l.Copy(), again.Proposal().Taught))
	}
	if _, err := Document(t.Context(), writer(func(string, []string, []string) (string, error) { return "", errors.New("down") }), l, l.Document("notice"), nil); err == nil {
		t.Error("no error")
	}
}

// TestHandWritten fills a draft in by hand and tries it.
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
	p := f.Proposal()
	p.Questions = []string{"花名册谁盖戳"}
	laid := l.Copy()
	if err != nil || Check(laid, p.Taught) != nil || len(p.Taught) != 1 {
		t.Fatal(err, p)
	}
	r, err := Try(t.Context(), p, answerer(t, l), answerer(t, laid))
	if err != nil || r.Led != 1 || r.Asked != 1 || len(r.Gained) != 1 || r.Gained[0].Before == answer.Answered || r.Gained[0].After != answer.Answered {
		t.Errorf("%+v %v", r, err)
	}
	if len(l.Document("notice").Asked) != 0 {
		t.Error("the library itself was changed")
	}
}

// TestTryFindsWhatMoves compares with answers that have lost what stands beside
// the documents: many ways of asking lead elsewhere, and each is named.
func TestTryFindsWhatMoves(t *testing.T) {
	l := library(t)
	p := Proposal{Taught: []knowledge.Added{{Kind: knowledge.AddedAsk, Document: "speech", Piece: "甲", Question: "谁管这件没有的事"}}}
	r, err := Try(t.Context(), p, answerer(t, l), answerer(t, l.Bare()))
	if err != nil || len(r.Moved) == 0 || r.Kept+len(r.Moved) != r.Tried || r.Tried < 150 || r.All <= r.Tried || len(r.Lost) != 1 || r.Good() {
		t.Errorf("%d of %d of %d moved, lost %v, %v", len(r.Moved), r.Tried, r.All, r.Lost, err)
	}
}

func TestCheckRefuses(t *testing.T) {
	l := library(t)
	const (
		notice = "documents:\n  - id: notice\n    asked:\n      - pieces: [%s]\n        asks: [%s]\n"
		short  = "documents:\n  - id: notice\n    answers:\n      - say: %s\n        pieces: [%s]\n        asks: [台账谁签字]\n"
		signed = "报送台账应当由镇街妇联主席签字。"
	)
	for text, want := range map[string]string{
		strings.Replace(fmt.Sprintf(notice, "甲", "谁管"), "notice", "none", 1):                                  "没有编号是“none”的文件",
		fmt.Sprintf(notice, "各镇街每月报送", "谁报"):                                                                  "“各镇街每月报送”在《关于报送台账的通知》里没有",
		fmt.Sprintf(notice, "台账", "谁报"):                                                                       "不止一处",
		fmt.Sprintf(notice, "", "谁报"):                                                                         "少了原文里的句子",
		"words:\n  - word: 没有这词\n    say: [圈圈地]\n":                                                            "哪份文件里都没有“没有这词”",
		"words:\n  - word: 台账\n    say: [台账]\n":                                                               "两个词都是“台账”",
		fmt.Sprintf(notice, "各镇街每季度末向区妇联报送台账。", "打13812345678问谁"):                                             "有号码",
		"documents:\n  - id: notice\n    gaps:\n      - topic: \"\"\n        say: 没有写\n        asks: [罚多少]\n": "没有写全",
		fmt.Sprintf(short, "应当由3名主席签字。", signed):                                                              "3",
		fmt.Sprintf(short, "由镇街妇联主席签字。", signed):                                                              "少了原文的“应",
		fmt.Sprintf(short, "应当由市总工会主席签字。", signed):                                                            "市总工会",
		fmt.Sprintf(short, "应当由镇街妇联主席签字。", "由镇街妇联主席签字"):                                                       "截短了",
	} {
		f, err := Read([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := Check(l.Copy(), f.Proposal().Taught); err == nil || !strings.Contains(err.Error(), want) {
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
	if len(f.Documents) != 1 || f.Documents[0].ID != "notice" || len(f.Documents[0].Asked[0].Asks) != 2 || Check(l.Copy(), f.Proposal().Taught) != nil {
		t.Errorf("%+v %v", f.Documents, Check(l.Copy(), f.Proposal().Taught))
	}
	if hand := ByHandFor(l, groups[:1]); hand.Empty() || len(hand.Proposal().Taught) == 0 {
		t.Errorf("%+v %v", hand, hand.Proposal())
	}
}

// TestGapThatTheDocumentAnswersIsTold has somebody write down as missing what the
// document states: that is told, and what is truly missing is not.
func TestGapThatTheDocumentAnswersIsTold(t *testing.T) {
	gap := func(topic, question string) knowledge.Added {
		return knowledge.Added{Kind: knowledge.AddedGap, Document: "notice", Topic: topic, Question: question}
	}
	stated, missing := gap("谁签字", "报送台账由谁签字"), gap("报送台账的罚款", "台账迟交罚多少钱")
	l := library(t)
	before := answerer(t, l)
	for _, x := range []knowledge.Added{stated, missing} {
		with := library(t)
		if err := Check(with, []knowledge.Added{x}); err != nil {
			t.Fatal(err)
		}
		r, err := Try(context.Background(), Proposal{Taught: []knowledge.Added{x}}, before, answerer(t, with))
		if err != nil {
			t.Fatal(err)
		}
		told := strings.Contains(r.Short(), "这份文件现在答的是：“报送台账应当由镇街妇联主席签字。”")
		if told != (x.Topic == stated.Topic) || told != strings.Contains(r.String(), "真没有写再收") {
			t.Errorf("%s: %s", x.Topic, r.Short())
		}
	}
}
