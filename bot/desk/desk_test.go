package desk

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/chat"
	"zujian/bot/simulator/faults"
	simulator "zujian/bot/simulator/wechat"
	"zujian/bot/store"
)

// inHouse runs a test in simulated time against a running program.
func inHouse(t *testing.T, change func(*Options), test func(t *testing.T, h *house)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, village(), change).open()
		defer h.close()
		pass(10 * time.Second)
		test(t, h)
	})
}

// expect lets somebody speak and checks what comes back.
func (h *house) expect(speak func(), want ...string) {
	h.t.Helper()
	n := len(h.sim.Sent())
	speak()
	pass(20 * time.Second)
	if got := texts(h.sim, n); !slices.Equal(got, want) {
		h.t.Errorf("got %q, want %q", got, want)
	}
}

func (h *house) says(who, text string) func() { return func() { h.sim.Say("donghe", who, text) } }

func TestQuestionsInAGroup(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		h.expect(h.says("li", "@组建助手\u2005律所归谁管"), "答：律所归谁管")
		h.expect(h.says("li", "大家好"))
		h.expect(h.says("li", "@组建助手2号 律所归谁管"))
		h.expect(func() { h.sim.SayOwn("donghe", "@组建助手 自己说的") })
		h.expect(h.says("wang", "@组建助手 刚才说的再讲讲"), "接着：刚才说的再讲讲")
		h.expect(h.says("li", "@组建助手 刚才说的再讲讲"), "接着：律所归谁管|刚才说的再讲讲")
		h.expect(h.says("li", "@组建助手"), sayHelp)
		h.expect(h.says("li", "@组建助手 崩"), sayTrouble)
		h.expect(func() { h.sim.SayDirect("zhao", "会计师呢") }, "答：会计师呢")
		h.sim.Duplicate(1)
		h.expect(h.says("li", "@组建助手 只答一次"), "答：只答一次")
		if n := len(strings.Split(sayHelp, "\n")); n != 3 {
			t.Errorf("help has %d lines", n)
		}
	})
}

// TestGoodTextsStay has the answerer say itself why it cannot answer.
func TestGoodTextsStay(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		h.expect(h.says("li", "@组建助手 😀"), "看不了表情。")
	})
}

// TestPanicIsLoggedWithItsStack names where a panic happened, and not what was
// thrown, which may be what somebody wrote.
func TestPanicIsLoggedWithItsStack(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		before := chat.Panics()
		h.expect(h.says("li", "@组建助手 崩溃的话"), sayTrouble)
		log := h.log.String()
		for _, want := range []string{"echo.Answer", "harness_test.go:", "work.go:", "desk.(*Desk).ask"} {
			if !strings.Contains(log, want) {
				t.Errorf("the log has no %s:\n%s", want, log)
			}
		}
		if strings.Contains(log, "崩溃") || chat.Panics() != before+1 {
			t.Errorf("%d panics counted; log:\n%s", chat.Panics()-before, log)
		}
	})
}

// TestGuardComesFirst has what may not be answered come before commands and in
// a dialog, which stays where it is; an operator's order may hold such words.
func TestGuardComesFirst(t *testing.T) {
	inHouse(t, func(o *Options) {
		o.Guard = func(text string) (Answer, bool) {
			for word, status := range map[string]string{"救命": statusUrgent, "密件": statusSecret, "她住哪": statusPrivate, "长": statusTooLong} {
				if strings.Contains(text, word) {
					return Answer{Status: status, Text: "停：" + status}, true
				}
			}
			return Answer{}, false
		}
		o.Word = func(_ context.Context, _ chat.Inbound, text string, _ func() bool) (string, bool) {
			return "记下了", strings.HasPrefix(text, "提醒")
		}
		o.Operator = func(context.Context, chat.Inbound, string) (string, bool) { return "办了", true }
		o.Local = []string{"terminal"}
	}, func(t *testing.T, h *house) {
		h.expect(h.says("li", "@组建助手 提醒明天发密件"), "停：secret")
		h.expect(h.says("li", "@组建助手 提醒明天开会"), "记下了")
		h.expect(h.says("li", "@组建助手 组建"), "第1题")
		for _, text := range []string{"救命", "密件", "她住哪", "长"} {
			h.expect(h.says("li", text), "停："+map[string]string{"救命": "urgent", "密件": "secret", "她住哪": "private", "长": "too_long"}[text])
		}
		h.expect(h.says("li", "有"), "第2题")
		got, err := h.desk.Handle(t.Context(), chat.Inbound{Channel: "terminal", Chat: "t", Speaker: "t", Text: "管理 补充 密件怎么办"})
		if err != nil || !slices.Equal(got, []string{"办了"}) {
			t.Errorf("an order: %q, %v", got, err)
		}
	})
}

func TestDialogOfTwoPeopleInOneGroup(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		h.expect(h.says("li", "@组建助手 组建"), "第1题")
		h.expect(h.says("wang", "@组建助手 组建"), "第1题")
		h.expect(h.says("li", "有"), "第2题")
		h.expect(h.says("li", "@王秀英\u2005你看呢"))
		h.expect(h.says("li", "律所归谁管？"), "答：律所归谁管？\n\n接着问第2题")
		h.expect(h.says("wang", "没有"), "第2题")
		h.expect(h.says("li", "13812345678"), "第3题")
		pass(11 * time.Minute)
		h.expect(h.says("li", "吃了吗"))
		h.close()
		h.open() // a new start: the dialogs are still there
		pass(10 * time.Second)
		h.expect(h.says("li", "@组建助手 在"), "结论：组建、有、［电话］、在")
		h.expect(h.says("wang", "@组建助手 退出"), "好的")
		h.expect(h.says("wang", "@组建助手 退出"), "答：退出")
	})
}

func TestRenamedGroupKeepsItsDialog(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		h.expect(h.says("li", "@组建助手 组建"), "第1题")
		h.sim.Rename("donghe", "东河街道网格员群")
		pass(11 * time.Minute)
		h.expect(h.says("li", "大家早"))
		h.expect(h.says("li", "@组建助手 有"), "第2题")
	})
}

// opened is a dialog that says what it was opened with.
type opened struct{}

func (opened) Step(_ context.Context, _ []byte, text, before string, _ time.Time) ([]byte, Reply) {
	return nil, Reply{Text: text + "，刚问过：" + before, Ended: true}
}

// TestDialogKnowsTheQuestionBefore holds that a dialog is told what the same person
// asked last, and of nobody else's questions.
func TestDialogKnowsTheQuestionBefore(t *testing.T) {
	inHouse(t, func(o *Options) { o.Dialog = opened{} }, func(t *testing.T, h *house) {
		h.expect(h.says("wang", "@组建助手 组建"), "组建，刚问过：")
		h.expect(h.says("li", "@组建助手 律所在园区里归谁管"), "答：律所在园区里归谁管")
		h.expect(h.says("li", "@组建助手 组建"), "组建，刚问过：律所在园区里归谁管")
		h.expect(h.says("wang", "@组建助手 组建"), "组建，刚问过：组建")
	})
}

func TestPersonIsPolitelyLimitedOnce(t *testing.T) {
	inHouse(t, func(o *Options) { o.PerMinute = 3 }, func(t *testing.T, h *house) {
		h.expect(func() {
			for range 7 {
				h.sim.Say("donghe", "li", "@组建助手 问")
			}
			h.sim.Say("donghe", "wang", "@组建助手 我问")
		}, "答：问", "答：问", "答：问", sayTooFast, "答：我问")
		pass(time.Minute)
		h.expect(h.says("li", "@组建助手 又问"), "答：又问")
	})
}

func TestSlowAnswerIsAnnouncedOnce(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		h.expect(h.says("li", "@组建助手 慢"), sayLooking, "答：慢")
	})
}

// TestNumbersAreMaskedInAGroup has a document hold somebody's number: a group
// does not get it, a person alone does.
func TestNumbersAreMaskedInAGroup(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		h.expect(h.says("li", "@组建助手 联系人13812345678"), "答：联系人［电话］")
		h.expect(func() { h.sim.SayDirect("zhao", "联系人13812345678") }, "答：联系人13812345678")
	})
}

func TestWakeWord(t *testing.T) {
	inHouse(t, func(o *Options) { o.Wake = []string{"小组建"} }, func(t *testing.T, h *house) {
		h.expect(h.says("li", "小组建，律所归谁管"), "答：律所归谁管")
	})
}

func TestOldMessagesAreDropped(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		h.expect(h.says("li", "@组建助手 一"), "答：一")
		h.close()
		pass(time.Hour)
		h.sim.Say("donghe", "li", "@组建助手 停着的时候说的")
		pass(time.Hour)
		h.sim.Replay(2)
		h.open()
		pass(time.Minute)
		if got := texts(h.sim, 1); len(got) != 0 {
			t.Errorf("answered old messages: %q", got)
		}
		h.expect(h.says("li", "@组建助手 二"), "答：二")
	})
}

func TestOperatorIsPairedNotNamed(t *testing.T) {
	change := func(o *Options) {
		o.Operator = func(_ context.Context, _ chat.Inbound, command string) (string, bool) {
			return "在线", command == "状态"
		}
	}
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, village(), change).open()
		defer h.close()
		h.sim.AddFriend(simulator.Friend{Key: "false", Nick: "赵主任"})
		pass(10 * time.Second)
		direct := func(who, text string) func() { return func() { h.sim.SayDirect(who, text) } }
		h.expect(direct("zhao", "管理 状态"), "答：管理 状态")
		h.expect(direct("zhao", "配对 00000000"), sayNotPaired)
		code, err := h.db.NewPairingCode(t.Context(), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		h.expect(h.says("li", "@组建助手 配对 "+code), sayPairDirectly)
		h.expect(direct("zhao", "配对 "+code), sayPaired)
		h.expect(direct("zhao", "管理 状态"), "在线")
		h.expect(direct("zhao", "管理 跳舞"), sayUnknownCommand)
		h.expect(direct("false", "管理 状态"), "答：管理 状态") // calls himself 赵主任
		h.sim.Logout(1101)
		pass(2 * time.Minute)
		h.expect(direct("false", "管理 状态"), "答：管理 状态")
	})
}

func TestLongReplyIsNumbered(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		n := len(h.sim.Sent())
		h.sim.Say("donghe", "li", "@组建助手 "+strings.Repeat("这是一句话。", 700))
		pass(time.Minute)
		got := texts(h.sim, n)
		if len(got) != 3 || !strings.HasPrefix(got[0], "（1/3）") || !strings.HasPrefix(got[2], "（3/3）") {
			t.Fatalf("%d parts", len(got))
		}
		for _, part := range got {
			if len([]rune(part)) > h.ch.Can().Longest || !strings.HasSuffix(part, "。") {
				t.Errorf("part of %d runes ends %q", len([]rune(part)), part[len(part)-6:])
			}
		}
	})
}

func TestTerminalHandlesAtOnce(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		say := func(text string) string {
			replies, err := h.desk.Handle(t.Context(), chat.Inbound{Channel: "terminal", Chat: "terminal", Speaker: "me", Text: text})
			if err != nil {
				t.Error(err)
			}
			return strings.Join(replies, "|")
		}
		for in, want := range map[string]string{"律所归谁管": "答：律所归谁管", "帮助": sayHelp} {
			if got := say(in); got != want {
				t.Errorf("%q: %q", in, got)
			}
		}
		if say("组建") != "第1题" || say("有") != "第2题" || say("退出") != "好的" {
			t.Error("no dialog in the terminal")
		}
	})
}

func TestUnknownIsNotSentAgain(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		h.sim.LoseSends(1)
		h.expect(h.says("li", "@组建助手 一"), "答：一")
		if h.trouble[store.Unknown] != 1 || len(h.trouble) != 1 {
			t.Errorf("told of %v", h.trouble)
		}
		pass(time.Hour)
		h.expect(h.says("li", "@组建助手 二"), "答：二")
		bad, err := h.db.Troubled(t.Context(), 5)
		if err != nil || len(bad) != 1 || bad[0].Status != "unknown" {
			t.Errorf("for the operator: %+v, %v", bad, err)
		}
	})
}

func TestLogHoldsNoWordsAndNoNames(t *testing.T) {
	inHouse(t, func(o *Options) { o.PerMinute = 50 }, func(t *testing.T, h *house) {
		for _, q := range []string{"律所归谁管", "我电话13812345678", "查某人的电话13912345678", "崩13812345678", "组建", "有", "退出", "人数多少", "慢", "配对 12345678"} {
			h.sim.Say("donghe", "li", "@组建助手 "+q)
			h.sim.SayDirect("zhao", q)
		}
		h.sim.LoseSends(1)
		h.sim.Meddle("", 2, faults.HTML)
		pass(2 * time.Minute)
		h.sim.SetDown(true)
		pass(2 * time.Minute)
		h.sim.SetDown(false)
		h.sim.Logout(1101)
		pass(2 * time.Minute)
		log := h.log.String()
		if len(log) < 1000 {
			t.Fatalf("only %d bytes of log", len(log))
		}
		for _, secret := range []string{"律所", "13812345", "13912345", "李", "赵", "东河", "人数", "答：", "查某人", "sid-", "crypt", "@@", "第1题"} {
			if i := strings.Index(log, secret); i >= 0 {
				t.Errorf("the log holds %q: …%s…", secret, log[max(0, i-80):min(len(log), i+40)])
			}
		}
	})
}

// TestOrdersOfOthers tells whoever is no operator that he is none, where the
// text is a command at all.
func TestOrdersOfOthers(t *testing.T) {
	inHouse(t, func(o *Options) {
		o.Operator = func(context.Context, chat.Inbound, string) (string, bool) { return "办了", true }
		o.Orders = func(command string) bool { return command == "" || command == "状态" || command == "提醒 列表" }
	}, func(t *testing.T, h *house) {
		for _, order := range []string{"管理", "管理 状态", "管理：状态", "管理　提醒　列表"} {
			h.expect(func() { h.sim.SayDirect("zhao", order) }, sayNoOperator)
		}
		h.expect(func() { h.sim.SayDirect("zhao", "管理 办法归谁管") }, "答：管理 办法归谁管")
	})
}

// TestQuoteIsContext has somebody else quote an answer of ours and ask on.
func TestQuoteIsContext(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		const dashes = "\n- - - - - - - - - - - - - - -\n"
		h.expect(h.says("li", "@组建助手 园区里的律师事务所到底归谁来指导和推动呢"), "答：园区里的律师事务所到底归谁来指导和推动呢")
		h.expect(h.says("wang", "@组建助手 别的问题"), "答：别的问题")
		h.expect(h.says("wang", "「组建助手：答：园区里的律师事务所到底归谁来指导和推动呢」"+dashes+"@组建助手 刚才"), "接着：园区里的律师事务所到底归谁来指导和推动呢|刚才")
		h.expect(h.says("wang", "「李干部：@组建助手 在吗」"+dashes+"我也想问")) // only the quote mentions us
		h.expect(h.says("wang", "「李干部：会计师归谁」"+dashes+"@组建助手"), "答：会计师归谁")
	})
}

// TestWhatCannotBeReadIsSaidOnce has somebody send voices and pictures, and take
// a question back.
func TestWhatCannotBeReadIsSaidOnce(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		kind := func(n int) func() { return func() { h.sim.SendKind("zhao", n) } }
		h.expect(kind(34), sayUnread(chat.Voice))
		h.expect(kind(34))
		h.expect(kind(3), sayUnread(chat.Picture))
		h.expect(kind(9999)) // machinery
		pass(25 * time.Hour)
		h.expect(kind(34), sayUnread(chat.Voice))
		h.expect(func() {
			h.sim.SayDirect("zhao", "慢的一问")
			h.sim.Recall("zhao", h.sim.SayDirect("zhao", "收回的一问"))
		}, sayLooking, "答：慢的一问")
	})
}

// TestReplySaysToWhatItBelongs has somebody else write before the answer is there,
// and an answer come late.
func TestReplySaysToWhatItBelongs(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		n := len(h.sim.Sent())
		h.sim.Say("donghe", "li", "@组建助手\u2005律所归谁管")
		h.sim.Say("donghe", "wang", "大家好")
		pass(20 * time.Second)
		if got := h.sim.Sent()[n:]; len(got) != 1 || !strings.HasSuffix(got[0].Text, "李干部问的“律所归谁管”：\n答：律所归谁管") {
			t.Errorf("between others: %v", got)
		}
		h.expect(h.says("wang", "@组建助手\u2005会计师呢"), "答：会计师呢")
	})
	sent := time.Date(2026, 3, 2, 6, 3, 0, 0, time.UTC)
	for _, x := range []struct {
		in       chat.Inbound
		question string
		delayed  bool
		want     string
	}{
		{chat.Inbound{Group: true, Name: "李干部"}, "园区里的律师事务所建妇联归谁管", false, "李干部问的“园区里的律师事务所建妇联归谁……”：\n"},
		{chat.Inbound{Group: true, Name: "李干部"}, "", false, "李干部问的：\n"},
		{chat.Inbound{Group: true}, "", false, ""},
		{chat.Inbound{Group: true}, "我的电话是13812345678", false, "有人问的“我的电话是［电话］”：\n"},
		{chat.Inbound{Sent: sent}, "归谁管", true, "您14:03问的“归谁管”：\n"},
	} {
		if got := sayFor(x.in, x.question, x.delayed); got != x.want {
			t.Errorf("%q, want %q", got, x.want)
		}
	}
}
