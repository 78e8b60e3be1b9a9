package desk

import (
	"context"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/chat"
	simulator "zujian/bot/simulator/wechat"
	"zujian/bot/store"
)

// other answers from the documents of one group.
type other struct{}

func (other) Answer(_ context.Context, turns []string) Answer {
	return Answer{Status: "answered", Text: "另答：" + turns[len(turns)-1]}
}

// withOwn gives the group its own documents.
func withOwn(o *Options) {
	o.Scoped = func(group string) Answerer {
		if group == "东河镇网格员群" {
			return other{}
		}
		return nil
	}
	o.Operator = func(context.Context, chat.Inbound, string) (string, bool) { return "", false }
}

// binds has an operator bind a group by a code that is said in it.
func (h *house) binds(group string) {
	h.t.Helper()
	code, err := h.db.NewPairingCode(h.t.Context(), time.Now())
	if err != nil {
		h.t.Fatal(err)
	}
	h.expect(func() { h.sim.SayDirect("zhao", "配对 "+code) }, sayPaired)
	before := len(h.sim.Sent())
	h.sim.SayDirect("zhao", "管理 绑定 东河镇网格员群")
	pass(time.Minute)
	said := regexp.MustCompile(`绑定 \d{6}`).FindString(strings.Join(texts(h.sim, before), ""))
	h.expect(func() { h.sim.Say(group, "li", "@组建助手 "+said) }, sayBound)
	h.expect(func() { h.sim.Say(group, "li", "@组建助手 "+said) }, sayNotBound) // a code is good once
}

func TestGroupWithDocumentsOfItsOwn(t *testing.T) {
	inHouse(t, withOwn, func(t *testing.T, h *house) {
		h.sim.AddGroup(simulator.Group{Key: "xihe", Name: "西河镇网格员群", Members: []simulator.Member{{Key: "li", Nick: "李桂芳"}}})
		pass(2 * time.Minute)
		h.binds("donghe")
		h.expect(h.says("li", "@组建助手 归谁管"), "另答：归谁管")
		h.expect(func() { h.sim.Say("xihe", "li", "@组建助手 归谁管") }, "答：归谁管")
		h.expect(func() { h.sim.SayDirect("zhao", "归谁管") }, "答：归谁管")
		h.sim.Rename("donghe", "东河街道网格员群")
		pass(11 * time.Minute)
		h.expect(h.says("li", "大家早"))
		h.expect(h.says("li", "@组建助手 归谁管"), "另答：归谁管")
		h.sim.AddGroup(simulator.Group{Key: "stranger", Name: "东河镇网格员群", Members: []simulator.Member{{Key: "li", Nick: "李桂芳"}}})
		pass(11 * time.Minute)
		h.expect(func() { h.sim.Say("stranger", "li", "@组建助手 归谁管") }, "答：归谁管") // the name that it left
	})
}

// TestTwoGroupsOfOneName has a stranger open a group by the name of one with
// documents of its own, which was not shown in this login: the stranger's never
// gets them, the other when an operator has bound it, and until a new scan. The
// operators hear of it once.
func TestTwoGroupsOfOneName(t *testing.T) {
	told := 0
	synctest.Test(t, func(t *testing.T) {
		sim := simulator.New(simulator.Options{})
		members := []simulator.Member{{Key: "li", Nick: "李桂芳"}}
		sim.AddGroup(simulator.Group{Key: "donghe", Name: "东河镇网格员群", Unsaved: true, Members: members})
		sim.AddGroup(simulator.Group{Key: "stranger", Name: "东河镇网格员群", Unsaved: true, Members: members})
		sim.AddFriend(simulator.Friend{Key: "zhao", Nick: "赵", Remark: "赵主任"})
		h := newHouse(t, sim, func(o *Options) {
			withOwn(o)
			o.Unbound = func(chat.Inbound) { told++ }
		}).open()
		pass(2 * time.Minute)
		stranger := func(words string) func() { return func() { h.sim.Say("stranger", "li", "@组建助手 "+words) } }
		h.expect(stranger("归谁管"), "答：归谁管") // the only one of that name that is known
		h.expect(h.says("li", "@组建助手 归谁管"), "答：归谁管")
		for range 2 * wrongCodes {
			h.expect(stranger("绑定 000000"), sayNotBound)
			pass(time.Minute)
		}
		h.binds("donghe")
		h.expect(stranger("归谁管"), "答：归谁管")
		h.expect(h.says("li", "@组建助手 归谁管"), "另答：归谁管")
		if told != 1 {
			t.Errorf("told %d times", told)
		}
		h.close()
		h.open() // the kept login knows the group again
		pass(2 * time.Minute)
		h.expect(h.says("li", "@组建助手 归谁管"), "另答：归谁管")
		h.expect(stranger("归谁管"), "答：归谁管")
		h.sim.Logout(1101) // after a scan nothing tells the two from each other
		pass(5 * time.Minute)
		h.expect(h.says("li", "@组建助手 归谁管"), "答：归谁管")
		h.expect(stranger("归谁管"), "答：归谁管")
		h.close()
	})
}

// TestWrongCodesVoidTheRightOne lets nobody guess.
func TestWrongCodesVoidTheRightOne(t *testing.T) {
	var b binding
	now := time.Now()
	code := b.newCode("群", now)
	wrong := "000000"
	if code == wrong {
		wrong = "111111"
	}
	for range wrongCodes {
		if _, ok := b.take(wrong, now); ok {
			t.Error("a wrong code was taken")
		}
	}
	if _, ok := b.take(code, now); ok {
		t.Error("the code was taken after too many wrong ones")
	}
	code = b.newCode("群", now)
	if _, ok := b.take(code, now.Add(bindingLasts)); ok {
		t.Error("an old code was taken")
	}
}

func TestOurNameInTheGroup(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		h.sim.AddGroup(simulator.Group{Key: "bei", Name: "北河群", Me: "妇建小助手",
			Members: []simulator.Member{{Key: "li", Nick: "李桂芳"}, {Key: "sun", Nick: "妇建小助手的同事"}}})
		pass(2 * time.Minute)
		h.expect(func() { h.sim.Say("bei", "li", "@妇建小助手\u2005归谁管") }, "答：归谁管")
		h.expect(func() { h.sim.Say("bei", "li", "@妇建小助手的同事\u2005归谁管") })
	})
}

func TestExpiredDialogAnswersTheMessage(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		h.expect(h.says("li", "@组建助手 组建"), "第1题")
		h.expect(h.says("li", "@组建助手 隔了好久"), "作废了\n\n答：隔了好久")
		h.expect(h.says("li", "@组建助手 退出"), "答：退出")
	})
}

func TestSilencedGroup(t *testing.T) {
	change := func(o *Options) {
		o.PerMinute = 2
		o.Operator = func(ctx context.Context, in chat.Inbound, command string) (string, bool) {
			db := o.Records.(*store.DB)
			err := db.Mute(ctx, in.Channel, in.Chat, command == "停用本群", time.Now())
			return "好的：" + command, err == nil && in.Group
		}
	}
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, village(), change).open()
		defer h.close()
		h.sim.AddGroup(simulator.Group{Key: "bei", Name: "北河群", Members: []simulator.Member{{Key: "zhao", Nick: "赵"}, {Key: "li", Nick: "李桂芳"}}})
		pass(2 * time.Minute)
		code, err := h.db.NewPairingCode(t.Context(), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		in := func(who, text string) func() { return func() { h.sim.Say("bei", who, text) } }
		h.expect(func() { h.sim.SayDirect("zhao", "配对 "+code) }, sayPaired)
		h.expect(in("zhao", "@组建助手 管理　停用本群"), "好的：停用本群")
		h.expect(in("li", "@组建助手 归谁管"))
		h.expect(in("li", "@组建助手 管理 启用本群"))
		h.expect(in("li", "@组建助手 组建"))
		h.expect(in("li", "@组建助手 问得太快"))
		h.expect(h.says("li", "@组建助手 别的群"), "答：别的群")
		pass(time.Minute)
		h.expect(in("zhao", "@组建助手 管理：启用本群"), "好的：启用本群")
		h.expect(in("li", "@组建助手 归谁管"), "答：归谁管")
		for range 4 { // an operator's commands are held to no limit
			h.expect(in("zhao", "@组建助手 管理：启用本群"), "好的：启用本群")
		}
	})
}

func TestWhoSitsAtTheMachine(t *testing.T) {
	inHouse(t, func(o *Options) {
		o.Local, o.PerMinute = []string{"terminal"}, 2
		o.Operator = func(_ context.Context, _ chat.Inbound, command string) (string, bool) {
			return "管：" + command, true
		}
	}, func(t *testing.T, h *house) {
		for text, want := range map[string]string{"管理 状态": "管：状态", "管理": "管：", "配对 12345678": sayNoNeedToPair, "管理员是谁": "答：管理员是谁"} {
			for range 5 {
				got, err := h.desk.Handle(t.Context(), chat.Inbound{Channel: "terminal", Chat: "terminal", Speaker: "me", Text: text})
				if err != nil || len(got) != 1 || got[0] != want {
					t.Errorf("%s: %q, %v; want %q", text, got, err, want)
				}
			}
		}
	})
}

func TestOperatorWithoutRemarkIsToldSo(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		h.sim.AddFriend(simulator.Friend{Key: "qian", Nick: "钱"})
		pass(2 * time.Minute)
		code, err := h.db.NewPairingCode(t.Context(), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		h.expect(func() { h.sim.SayDirect("qian", "配对 "+code) }, sayPairedForNow)
		if chats, n, err := h.db.Operators(t.Context()); n != 1 || len(chats) != 0 || err != nil {
			t.Errorf("%d operators, reached at %v, %v", n, chats, err)
		}
	})
}

func TestNewsForOperators(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		tell := func(but string) func() {
			return func() {
				if _, err := h.runner.Tell(t.Context(), but, "有消息"); err != nil {
					t.Error(err)
				}
			}
		}
		h.expect(tell("")) // nobody was paired
		code, err := h.db.NewPairingCode(t.Context(), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		h.expect(func() { h.sim.SayDirect("zhao", "配对 "+code) }, sayPaired)
		h.expect(tell(""), "有消息")
		h.expect(tell("wechat"))
		if sent := h.sim.Sent(); sent[len(sent)-1].Chat != "zhao" {
			t.Errorf("news went to %s", sent[len(sent)-1].Chat)
		}
	})
}

// TestOrderlyEndSendsWhatWaits ends the program right after questions came:
// each has its answer before the channel closes.
func TestOrderlyEndSendsWhatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, village(), nil)
		h.pace = time.Second
		h.open()
		defer h.close()
		pass(10 * time.Second)
		var want []string
		for _, q := range []string{"一", "二", "三", "慢"} {
			h.sim.Say("donghe", "li", "@组建助手 "+q)
			want = append(want, "答："+q)
		}
		pass(time.Second)
		h.runner.Close()
		h.pump.Finish()
		<-h.sent
		got := slices.DeleteFunc(texts(h.sim, 0), func(s string) bool { return s == sayLooking })
		if !slices.Equal(got, want) {
			t.Errorf("sent %q", got)
		}
	})
}

func TestEndInAnOutageDoesNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, village(), nil).open()
		defer h.close()
		pass(10 * time.Second)
		h.sim.Say("donghe", "li", "@组建助手 慢")
		pass(time.Second)
		h.sim.SetDown(true)
		pass(10 * time.Second)
		began := time.Now()
		h.runner.Close()
		h.pump.Finish()
		<-h.sent
		if took := time.Since(began); took > time.Second {
			t.Errorf("waited %s for a network that is down", took)
		}
		if counts, err := h.db.Counts(t.Context()); counts[store.Pending] == 0 || err != nil {
			t.Errorf("nothing is left for the next start: %v, %v", counts, err)
		}
	})
}

// TestKilledWhileSending starts a program over what a killed one left.
func TestKilledWhileSending(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, village(), nil)
		db, err := store.Open(h.path)
		if err != nil {
			t.Fatal(err)
		}
		to := chat.Target{Channel: "wechat", Chat: "东河镇网格员群", Group: true}
		if _, err := db.Enqueue(t.Context(), time.Now(), store.Out{Target: to, Text: "提醒"}); err != nil {
			t.Fatal(err)
		}
		if it, err := db.Claim(t.Context(), "wechat", time.Now()); it == nil || err != nil {
			t.Fatal(it, err)
		}
		db.Close() // killed between the claim and the result
		h.open()
		defer h.close()
		pass(time.Hour)
		if got := strings.Join(texts(h.sim, 0), ""); got != "" || h.trouble[store.Unknown] != 1 {
			t.Errorf("sent %q, told of %v", got, h.trouble)
		}
	})
}

// TestMessageGivenAgainAfterAStart comes within the second of the start, so
// that it is not an old one. It must not be carried out, and not be leant on.
func TestMessageGivenAgainAfterAStart(t *testing.T) {
	orders := 0
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, village(), func(o *Options) {
			o.Operator = func(context.Context, chat.Inbound, string) (string, bool) { orders++; return "好", true }
		}).open()
		pass(10 * time.Second)
		code, err := h.db.NewPairingCode(t.Context(), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		h.expect(func() { h.sim.SayDirect("zhao", "配对 "+code) }, sayPaired)
		began := time.Now()
		h.sim.Say("donghe", "li", "@组建助手 一")
		h.sim.SayDirect("zhao", "管理 状态")
		pass(10 * time.Millisecond)
		h.close()
		h.sim.Replay(2)
		if err := os.Remove(h.hot); err != nil { // with the login kept, nothing would come again
			t.Fatal(err)
		}
		h.open()
		defer h.close()
		if time.Since(began) >= time.Second {
			t.Fatal("the start was too late for this test")
		}
		pass(10 * time.Second)
		if f := h.runner.Figures(); f.Answered != 0 || f.Ignored != 2 || orders != 1 {
			t.Errorf("after the start: %+v, %d orders carried out", f, orders)
		}
		h.expect(h.says("li", "@组建助手 刚才说的"), "接着：刚才说的")
	})
}

// TestWelcomeInAGroup has people join: one line a day says how to ask, nobody is
// answered, and a configuration may have it say nothing.
func TestWelcomeInAGroup(t *testing.T) {
	join := func(h *house, words string) func() { return func() { h.sim.Notice("donghe", words) } }
	for _, silent := range []bool{false, true} {
		inHouse(t, func(o *Options) { o.NoWelcome = silent }, func(t *testing.T, h *house) {
			pass(2 * time.Minute)
			want := []string{sayGroupWelcome}
			if silent {
				want = nil
			}
			h.expect(join(h, `"李桂芳"邀请"王五"加入了群聊`), want...)
			h.expect(join(h, `"赵六"通过扫描"李桂芳"分享的二维码加入群聊`))
			h.expect(join(h, `你修改群名为“东河镇网格员群”`))
			h.expect(h.says("li", `他邀请她加入了群聊`)) // somebody only writes so
			pass(25 * time.Hour)
			h.expect(join(h, `"李桂芳"邀请"钱七、孙八"加入了群聊`), want...)
		})
	}
}
