package wecom_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/channel/wecom"
	"zujian/bot/chat"
)

func TestMessagesAsTheyCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSim(t), nil)
		defer r.Close()
		id := r.sim.Say(group, "li", "@组建助手\u2005第一行\n第三行 <b>&")
		r.sim.Say(other, "wang", "@别的名字 在吗")
		r.sim.Say(other, "wang", "@组建助手，再问")
		r.sim.SayDirect("zhao", "@王秀英 是谁")
		got := r.Received()
		if len(got) != 4 {
			t.Fatalf("got %+v", got)
		}
		in := got[0]
		if in.ID != id || in.Chat != name || !in.Group || in.Speaker != "li" || in.Proof != "userid:li" || in.Fleeting || !in.Addressed || in.Ref == "" || in.Twin != "" || in.Sent.IsZero() {
			t.Errorf("%+v", in)
		}
		for i, want := range []string{"第一行\n第三行 <b>&", "在吗", "，再问", "@王秀英 是谁"} {
			if got[i].Text != want {
				t.Errorf("text %q, want %q", got[i].Text, want)
			}
		}
		if got[1].Chat != other || got[3].Group || got[3].Chat != "zhao" {
			t.Errorf("%+v", got)
		}
		if !slices.Equal(r.groups, []string{other}) {
			t.Errorf("told of groups without a name: %v", r.groups)
		}
	})
}

// TestRobotNamedWithBlankAndEmoji has people mention it in both forms of the emoji.
func TestRobotNamedWithBlankAndEmoji(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSim(t), func(o *wecom.Options) { o.Robot = "🌼\ufe0f 小助手" })
		defer r.Close()
		for _, shown := range []string{"🌼 小助手", "🌼\ufe0f 小助手"} {
			r.sim.Say(other, "wang", "@"+shown+"\u2005归谁管")
		}
		for _, in := range r.Received() {
			if in.Text != "归谁管" {
				t.Errorf("text %q", in.Text)
			}
		}
		r.sim.SayBody("li", "li", map[string]any{"chattype": "single", "msgtype": "mixed",
			"mixed": map[string]any{"msg_item": []any{map[string]any{"msgtype": "image", "image": map[string]any{"url": "u"}}}}})
		if got := r.Received(); len(got) != 1 || got[0].Kind != chat.Picture {
			t.Errorf("several pictures: %+v", got)
		}
	})
}

func TestKindsOfMessages(t *testing.T) {
	text := func(s string) map[string]any { return map[string]any{"content": s} }
	in := func(kind string, content any) map[string]any {
		return map[string]any{"chatid": group, "chattype": "group", "msgtype": kind, kind: content}
	}
	quoting := in("text", text("@组建助手"))
	quoting["quote"] = map[string]any{"msgtype": "text", "text": text("律所归谁管")}
	both := in("text", text("@组建助手 2"))
	both["quote"] = map[string]any{"msgtype": "text", "text": text("在园区吗？")}
	for _, c := range []struct {
		body map[string]any
		want string // empty: left out
	}{
		{in("mixed", map[string]any{"msg_item": []any{map[string]any{"msgtype": "text", "text": text("@组建助手 看这张")}, map[string]any{"msgtype": "image", "image": map[string]any{"url": "u"}},
			map[string]any{"msgtype": "text", "text": text("对吗")}}}), "看这张\n对吗"},
		{in("voice", text("归谁管")), "归谁管"},
		{quoting, "律所归谁管"},
		{both, "2"},
		{in("image", map[string]any{"url": "u"}), ""},
		{in("file", map[string]any{"url": "u"}), ""},
		{in("text", text("@组建助手 ")), ""},
		{map[string]any{"chattype": "group", "msgtype": "text", "text": text("没有群")}, ""},
		{map[string]any{"chattype": "other", "msgtype": "text", "text": text("没有种类")}, ""},
	} {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t, newSim(t), nil)
			defer r.Close()
			r.sim.SayBody(group, "li", c.body)
			r.sim.SayBody(group, "", in("text", text("没有人")))
			got := r.Received()
			if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || got[0].Text != c.want) {
				t.Errorf("%v: got %+v, want %q", c.body, got, c.want)
			}
		})
	}
}

func TestAnswersGoUnderTheirMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSim(t), nil)
		defer r.Close()
		ask := func() chat.Target {
			r.sim.Say(group, "li", "@组建助手 归谁管")
			return r.Received()[0].Target()
		}
		sends := func(what string, to chat.Target, by string) {
			t.Helper()
			if err := r.send(to, what); err != nil {
				t.Errorf("%s: %v", what, err)
			}
			if got := r.last(); got.By != by || got.Text != what || got.Chat != group || (by == "respond") != (got.Req == to.Ref) {
				t.Errorf("%s went out as %+v", what, got)
			}
		}
		to := ask()
		sends("first", to, "respond")
		sends("second", to, "send")
		to = ask()
		pass(6 * time.Minute)
		sends("late", to, "send")
		to = ask()
		r.sim.Expire()
		sends("refused as late", to, "send")
		to = ask()
		r.sim.Cut()
		pass(time.Minute)
		sends("on another connection", to, "send")
		sends("first to speak", aGroup(), "send")
		if n := len(r.sim.Sent()); n != 6 {
			t.Errorf("%d messages arrived", n)
		}
	})
}

func TestWrongSecretIsNotTriedOverAndOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSim(t), func(o *wecom.Options) { o.Secret = "wrong" })
		defer r.Close()
		pass(24 * time.Hour)
		if n := r.sim.Refused(); n < 1 || n > 5 {
			t.Errorf("%d subscriptions in a day although the robot is refused", n)
		}
		if got := r.ch.Report(); got.State != chat.Refused || !strings.Contains(got.Advice(), "密钥") {
			t.Errorf("report %+v", got)
		}
		if err := r.send(aGroup(), "x"); !errors.Is(err, chat.ErrRefused) {
			t.Errorf("send: %v", err)
		}
		r.wants(chat.Refused)
	})
}

// TestTakenOverIsHardlyFoughtFor has two programs with one robot for two days:
// the one that gave way tries again, each time later.
func TestTakenOverIsHardlyFoughtFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sim := newSim(t)
		away := newRig(t, sim, nil)
		defer away.Close()
		here := newRig(t, sim, nil)
		defer here.Close()
		n := len(sim.Requests())
		pass(48 * time.Hour)
		if more := len(sim.Requests()) - n; more < 4 || more > 12 {
			t.Errorf("connected %d times more", more)
		}
		if away.ch.Report().State == chat.Online {
			away, here = here, away
		}
		if here.ch.Report().State != chat.Online || away.ch.Report().State != chat.LoggedOut {
			t.Fatalf("%s and %s", here.ch.Report().State, away.ch.Report().State)
		}
		if !strings.Contains(away.ch.Report().Advice(), "另一个程序") {
			t.Errorf("advice %q", away.ch.Report().Advice())
		}
		if err := away.send(aGroup(), "x"); !errors.Is(err, chat.ErrLoggedOut) {
			t.Errorf("send: %v", err)
		}
		away.ch.Relogin()
		pass(time.Minute)
		if here.ch.Report().State != chat.LoggedOut || away.ch.Report().State != chat.Online {
			t.Errorf("after an operator's word: %s and %s", here.ch.Report().State, away.ch.Report().State)
		}
	})
}

func TestUnansweredPingsEndTheConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSim(t), nil)
		defer r.Close()
		pass(time.Hour)
		if n := len(r.sim.Requests()); n != 1 {
			t.Fatalf("%d connections in a quiet hour", n)
		}
		r.sim.Mute(true)
		pass(3 * time.Minute)
		if n := len(r.sim.Requests()); n < 2 {
			t.Error("the dead connection was kept")
		}
		r.sim.Mute(false)
		pass(2 * time.Minute)
		r.wants(chat.Online, chat.Unreachable, chat.Online)
	})
}

func TestOneCutIsNoOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSim(t), nil)
		defer r.Close()
		for range 5 {
			pass(10 * time.Minute)
			r.sim.Cut()
		}
		pass(time.Minute)
		r.wants(chat.Online)
		r.sim.Say(group, "li", "@组建助手 还在吗")
		if len(r.Received()) != 1 {
			t.Error("nothing came after the cuts")
		}
	})
}

// TestPausesGrow counts connections in an hour in which none holds.
func TestPausesGrow(t *testing.T) {
	for what, wrong := range map[string]func(r *rig){
		"no network":       func(r *rig) { r.sim.SetDown(true) },
		"busy server":      func(r *rig) { r.sim.AnswerSubscriptions(-1); r.sim.Cut() },
		"nothing answered": func(r *rig) { r.sim.Mute(true); r.sim.Cut() },
		"too often":        func(r *rig) { r.sim.AnswerSubscriptions(45009); r.sim.Cut() },
	} {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t, newSim(t), nil)
			defer r.Close()
			n := len(r.sim.Requests())
			wrong(r)
			pass(time.Hour)
			dials := r.sim.Requests()[n:]
			if len(dials) < 3 || len(dials) > 70 {
				t.Errorf("%s: %d connections in an hour", what, len(dials))
			}
			for i := range dials[1:] {
				if gap := dials[i+1].At.Sub(dials[i].At); gap < time.Second || i > 7 && gap < time.Minute {
					t.Errorf("%s: connection %d came %s after the one before", what, i+1, gap)
				}
			}
			t.Logf("%s: %d connections in a simulated hour", what, len(dials))
		})
	}
}

func TestSendErrorsSayWhatIsKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSim(t), nil)
		defer r.Close()
		for code, want := range map[int]error{45009: chat.ErrTooOften, 846607: chat.ErrTooOften, -1: chat.ErrUnreachable, 40001: chat.ErrRefused, 81013: chat.ErrNoTarget, 40008: chat.ErrRejected, 12345: chat.ErrRejected} {
			r.sim.AnswerSends(code)
			if err := r.send(aGroup(), "x"); !errors.Is(err, want) || !chat.NotSent(err) {
				t.Errorf("%d: %v, want %v", code, err, want)
			}
		}
		r.sim.AnswerSends(0)
		for what, to := range map[string]chat.Target{"a group with no name": {Chat: "北河群", Group: true}, "nobody": {}, "a group unknown there": {Chat: "wrNobody", Group: true}} {
			if err := r.send(to, "x"); !errors.Is(err, chat.ErrNoTarget) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if err := r.send(aGroup(), strings.Repeat("长", 8000)); !errors.Is(err, chat.ErrRejected) {
			t.Errorf("too long: %v", err)
		}
		if n := len(r.sim.Sent()); n > 0 {
			t.Errorf("%d messages arrived", n)
		}
		r.sim.Slow(3 * time.Second)
		if err := r.send(aGroup(), "slow"); err != nil {
			t.Errorf("slow: %v", err)
		}
		r.sim.Slow(0)
		r.sim.LoseSends(1)
		if err := r.send(aGroup(), "lost"); err == nil || chat.NotSent(err) {
			t.Errorf("an answer that was lost is said to be certain: %v", err)
		}
		r.sim.SetDown(true)
		pass(time.Second) // a send before that is noticed may have gone out
		if err := r.send(aGroup(), "down"); !errors.Is(err, chat.ErrUnreachable) {
			t.Errorf("no network: %v", err)
		}
	})
}

func TestForgottenConnectionIsOpenedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSim(t), nil)
		defer r.Close()
		pass(5 * time.Minute)
		r.sim.Forget()
		if err := r.send(aGroup(), "x"); !errors.Is(err, chat.ErrUnreachable) {
			t.Errorf("send: %v", err)
		}
		pass(5 * time.Second)
		if err := r.send(aGroup(), "x"); err != nil || len(r.sim.Sent()) != 1 {
			t.Errorf("after it: %v", err)
		}
	})
}

func TestOptionsThatCannotBeRight(t *testing.T) {
	good := wecom.Options{BotID: "b", Secret: "s"}
	if _, err := wecom.New(good); err != nil {
		t.Error(err)
	}
	for what, change := range map[string]func(*wecom.Options){
		"no robot":          func(o *wecom.Options) { o.BotID = "" },
		"no secret":         func(o *wecom.Options) { o.Secret = "" },
		"in the clear":      func(o *wecom.Options) { o.Address = "ws://openws.work.weixin.qq.com" },
		"http":              func(o *wecom.Options) { o.Address = "https://openws.work.weixin.qq.com" },
		"no address":        func(o *wecom.Options) { o.Address = "企业微信" },
		"two of one name":   func(o *wecom.Options) { o.Names = map[string]string{"wrA": "群", "wrB": "群"} },
		"only looks nearby": func(o *wecom.Options) { o.Address = "ws://127.0.0.1.example.com/" },
	} {
		o := good
		change(&o)
		if _, err := wecom.New(o); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
}

// TestEventsOfPeople has somebody open the chat, who is welcomed in answer to
// that.
func TestEventsOfPeople(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSim(t), nil)
		defer r.Close()
		r.sim.Event("li", "enter_chat", nil)
		got := r.Received()
		if len(got) != 1 || !got[0].Arrived || got[0].Group || got[0].Chat != "li" || got[0].Text != "" {
			t.Fatalf("%+v", got)
		}
		for _, by := range []string{"welcome", "send"} { // the event is answered once
			if err := r.send(got[0].Target(), "您好"); err != nil || r.last().By != by || r.last().Chat != "li" {
				t.Errorf("%+v, %v", r.last(), err)
			}
		}
		r.sim.Event("li", "template_card_event", nil)
		if got := r.Received(); len(got) != 0 {
			t.Errorf("machinery came through: %+v", got)
		}
	})
}

// TestTakenOverComesBack has another program take the robot and end, with nobody
// there to say so: the page tells, and after an hour it is tried again.
func TestTakenOverComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSim(t), nil)
		defer r.Close()
		r.sim.TakeOver()
		pass(59 * time.Minute)
		if got := r.ch.Report(); got.State != chat.LoggedOut || !strings.Contains(got.Advice(), "过一小时再试一次") {
			t.Errorf("%+v", got)
		}
		pass(2 * time.Minute)
		r.wants(chat.Online, chat.LoggedOut, chat.Online)
		r.sim.TakeOver() // the other comes back: it is left alone for longer
		pass(119 * time.Minute)
		r.wants(chat.LoggedOut)
		pass(2 * time.Minute)
		r.wants(chat.Online)
	})
}
