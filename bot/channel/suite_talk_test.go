package channel_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"zujian/bot/chat"
	"zujian/bot/store"
)

// texts are the answers to questions that are not answered with themselves.
var texts = map[string]string{
	"长":  strings.TrimSpace(sentences(5000)),
	"符号": strings.TrimSpace(strings.Repeat(awkward, 3)),
}

// sentences gives a text of at least so many runes.
func sentences(runes int) string {
	var b strings.Builder
	for n := 1; utf8.RuneCountInString(b.String()) < runes; n++ {
		fmt.Fprintf(&b, "第%d句，两新组织组建妇联要按文件来，文件没写的请向本级妇联核实。", n)
	}
	return b.String()
}

// awkward is a text of the signs that some far ends take for more than signs.
const awkward = "一、*重点*，_下划线_，~删~，[方括号](圆括号)，<b>尖括号</b>，&amp; 和 &，# 号，| 竖线，\\反斜线，{花括号}，!叹号，$1+1=2$\n" +
	"- 减号打头\n+ 加号打头\n> 大于号打头\n1. 数字打头\n2) 括号打头\n\t制表\n    四个空格打头\n===\n---\n😀 表情，https://www.gov.cn/a_b_c?x=1&y=2\n\n隔了一行。\n"

// order has two chats ask at once, with one slow answer first in each: every
// chat gets its answers in the order of its questions.
func order(h *program) {
	var asked [2][]string
	for n := range 6 {
		for i := range asked {
			q := fmt.Sprintf("第%d问", n)
			if n == 0 {
				q = slow + q
			}
			h.ask(i, q)
			asked[i] = append(asked[i], q)
		}
	}
	pass(5 * time.Minute)
	for i := range asked {
		h.wants(i, asked[i]...)
	}
}

// once asks now and then: each message is answered exactly once, and comes in
// under the id that the far end gave it.
func once(h *program) {
	var ids, asked []string
	for n := range 8 {
		q := fmt.Sprintf("问%d", n)
		ids, asked = append(ids, h.ask(0, q)), append(asked, q)
		pass(20 * time.Second)
	}
	pass(3 * time.Hour)
	h.wants(0, asked...)
	if len(h.sent(1)) > 0 {
		h.t.Errorf("the other chat got %q", h.sent(1))
	}
	if c := h.counts(); c[store.Unknown]+c[store.Failed]+c[store.Pending]+c[store.Sending] > 0 {
		h.t.Errorf("the outbox holds %v", c)
	}
	if got := h.ch.ids(); !h.rig.PushOnly && !slices.Equal(got[len(h.rig.Chats):], ids) {
		h.t.Errorf("messages came in as %q, were written as %q", got, ids)
	}
}

// duplicate has messages come twice under one id.
func duplicate(h *program) {
	h.rig.Far.Duplicate(2)
	h.ask(0, "一")
	h.ask(1, "二")
	pass(time.Minute)
	h.ask(0, "三")
	pass(time.Hour)
	h.wants(0, "一", "三")
	h.wants(1, "二")
}

// split has an answer be longer than a message may be: it comes in numbered
// parts that end with a sentence and together are the whole.
func split(h *program) {
	h.ask(0, "长")
	pass(10 * time.Minute)
	parts, longest := h.sent(0), h.ch.Can().Longest
	if whole := texts["长"]; longest == 0 || longest >= utf8.RuneCountInString(whole) {
		h.wants(0, "长")
		return
	}
	if len(parts) < 2 {
		h.t.Fatalf("got %d parts", len(parts))
	}
	var whole strings.Builder
	for i, p := range parts {
		number := fmt.Sprintf("（%d/%d）", i+1, len(parts))
		if utf8.RuneCountInString(p) > longest || !strings.HasPrefix(p, number) || !strings.HasSuffix(p, "。") {
			h.t.Errorf("part %d, %d runes: %s…%s", i+1, utf8.RuneCountInString(p), beginning(p), ending(p))
		}
		whole.WriteString(strings.TrimPrefix(p, number))
	}
	if whole.String() != texts["长"] {
		h.t.Error("the parts together are not the whole")
	}
}

// signs has signs in an answer that mean something to some far ends. What a
// person reads is the answer; only blanks may differ.
func signs(h *program) {
	h.ask(0, "符号")
	pass(5 * time.Minute)
	var whole strings.Builder
	for i, p := range h.sent(0) {
		whole.WriteString(strings.TrimPrefix(p, fmt.Sprintf("（%d/%d）", i+1, len(h.sent(0)))))
	}
	lines := func(s string) []string {
		var out []string
		for l := range strings.Lines(s) {
			if l = strings.Join(strings.Fields(l), " "); l != "" {
				out = append(out, l)
			}
		}
		return out
	}
	if got, want := lines(whole.String()), lines(chat.Plain(texts["符号"])); !slices.Equal(got, want) {
		h.t.Errorf("a person reads\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func beginning(s string) string { return string([]rune(s)[:min(12, utf8.RuneCountInString(s))]) }

func ending(s string) string {
	r := []rune(s)
	return string(r[max(0, len(r)-12):])
}

// fair has one chat ask many questions at once: another chat's answer is held up
// by no more than the send under way and one more, whatever becomes of the rest.
func fair(h *program) {
	many := 200
	switch {
	case !h.ch.Can().Group:
		many = 10 // a window may take no more
	case testing.Short():
		many = 40
	}
	for n := range many {
		h.ask(0, fmt.Sprintf("忙%d", n))
	}
	pass(5 * time.Second)
	before := len(h.rig.Far.Sent())
	h.ask(1, "急着问")
	h.until("the other chat is answered", 30*time.Second, func() bool { return len(h.sent(1)) > 0 })
	sent := h.rig.Far.Sent()[before:]
	at := slices.IndexFunc(sent, func(s message) bool { return s.Chat == h.rig.Chats[1].Chat })
	if at > 2 {
		h.t.Errorf("%d messages went out before it", at)
	}
	h.wants(1, "急着问")
	h.until("all are answered", time.Hour, h.idle)
	if got := len(h.sent(0)); got != many {
		h.t.Errorf("%d of %d answered", got, many)
	}
}

// quoted has people reply to a message by quoting it: only the reply counts.
func quoted(h *program) {
	i := slices.IndexFunc(h.rig.Chats, func(c chat.Target) bool { return c.Group == h.rig.Chats[0].Group })
	mention := ""
	if h.rig.Chats[i].Group {
		mention = "@组建助手 "
	}
	say := func(quote, reply string) {
		h.rig.Far.Say(h.rig.Chats[i].Chat, "li", "「王秀英："+quote+"」\n- - - - - - - - - - - - - - -\n"+mention+reply)
		pass(time.Minute)
	}
	say("救命，老公打我", "律所归谁管")
	say("@组建助手 机密★三年，电话13812345678", "那园区呢")
	say("归谁管", "") // to mention us alone is to ask what is quoted
	if mention == "" {
		h.wants(i, "律所归谁管", "那园区呢")
		return
	}
	h.wants(i, "律所归谁管", "那园区呢", "归谁管")
}

type pictures interface{ Picture(chat string) }

type recalls interface{ Recall(chat, id string) }

// direct gives a direct chat.
func (h *program) direct() int {
	i := slices.IndexFunc(h.rig.Chats, func(c chat.Target) bool { return !c.Group })
	if i < 0 {
		h.t.Fatal("no direct chat")
	}
	return i
}

// unread has somebody send pictures: it is said once that they cannot be read.
func unread(h *program) {
	i := h.direct()
	for range 3 {
		h.rig.Far.(pictures).Picture(h.rig.Chats[i].Chat)
		pass(time.Minute)
	}
	got := h.sent(i)
	if len(got) != 1 || !strings.Contains(got[0], "看不了") || !strings.Contains(got[0], "文字") {
		h.t.Errorf("got %q", got)
	}
	h.ask(i, "那我打字")
	pass(time.Minute)
	if got := h.sent(i); len(got) != 2 || got[1] != answerTo("那我打字") {
		h.t.Errorf("got %q", got)
	}
}

// recalled has somebody take a question back that waits: it is not answered.
func recalled(h *program) {
	i := h.direct()
	h.ask(i, slow+"一问")
	id := h.ask(i, "收回的一问")
	h.ask(i, "再问")
	pass(slowFor / 5)
	h.rig.Far.(recalls).Recall(h.rig.Chats[i].Chat, id)
	pass(time.Minute)
	texts := slices.DeleteFunc(h.sent(i), func(s string) bool { return s == "正在查，请稍等。" })
	if want := []string{answerTo(slow + "一问"), answerTo("再问")}; !slices.Equal(texts, want) {
		h.t.Errorf("got %q, want %q", texts, want)
	}
}
