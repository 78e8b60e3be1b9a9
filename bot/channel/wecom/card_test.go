package wecom_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"zujian/bot/chat"
	simulator "zujian/bot/simulator/wecom"
)

const question = "我理解：律师事务所。不对的地方请直接说。\n有没有党组织（党委、党总支、党支部都算）？\n1 有\n2 没有\n3 与别家合建，或有的有有的没有\n4 不清楚\n回数字或者直接说都行。"

// TestButtons offers choices to somebody in a group: the text is whole, the card
// behind it takes one click, of the person whom it asks.
func TestButtons(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSim(t), nil)
		defer r.Close()
		r.sim.Say(group, "li", "@组建助手 组建")
		click := func(card simulator.Sent, who, key, want string) {
			t.Helper()
			r.sim.Click(card, who, key)
			synctest.Wait()
			if got := r.changes(card); got.Title != want || (got.Users == nil) != strings.HasPrefix(want, "选好了") {
				t.Errorf("%s clicks %s: %+v", who, key, got)
			}
		}
		card := r.offers(r.Received()[0].Target())
		if want := "有没有党组织（党委、党总支、党支部都算）？［1 有］［2 没有］［3 与别家合建，或…］［4 不清楚］"; card.Text != want {
			t.Errorf("the card shows %s", card.Text)
		}
		click(card, "wang", "1", "这是问别人的，您要问请@我。")
		if got := r.Received(); len(got) != 0 {
			t.Errorf("somebody else's click came through: %+v", got)
		}
		click(card, "li", "2", "选好了：2")
		before := len(r.sim.Sent())
		in := r.Received()[0]
		if in.Text != "2" || in.Speaker != "li" || in.Chat != name || !in.Group || !in.Addressed || in.ID == "" {
			t.Errorf("the click came in as %+v", in)
		}
		next := r.offers(in.Target())
		if n := len(r.sim.Sent()) - before; n != 2 || next.Task == card.Task {
			t.Errorf("%d messages in answer to a click", n)
		}
		click(card, "li", "1", "这一题过去了，请直接打字。")
		r.sim.Say(group, "li", "@组建助手 没有")
		click(next, "li", "1", "这一题过去了，请直接打字。")
		if got := r.Received(); len(got) != 1 || got[0].Text != "没有" {
			t.Errorf("%+v", got)
		}
	})
}

// TestNoButtons has no card be sent, or none be taken: the text is there.
func TestNoButtons(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSim(t), nil)
		defer r.Close()
		sends := func(what string, wants int) {
			t.Helper()
			before := len(r.sim.Sent())
			r.sim.SayDirect("zhao", "问")
			if err := r.send(r.Received()[0].Target(), what); err != nil {
				t.Fatal(err)
			}
			if got := r.sim.Sent()[before:]; len(got) != wants || got[0].Shown() != what {
				t.Errorf("%.20s: %+v", what, got)
			}
		}
		sends("有几名女职工？\n不知道就回“不清楚”。", 1)
		sends("哪一类？\n1 一\n2 二\n3 三\n4 四\n5 五\n6 六\n7 七\n回数字或者直接说都行。", 1)
		sends("最接近的：\n1. 县以上行业党委\n2. 园区", 1)
		sends("接着：\n2 二\n3 三", 1)
		sends(question, 2)
		r.sim.TakeCards(false)
		sends(question, 1)
		r.sim.TakeCards(true)
		sends(question, 1) // it was said that there are none
		if err := r.send(aGroup(), question); err != nil || len(r.sim.Sent()) != 9 {
			t.Errorf("a card asks nobody in particular: %v, %d sent", err, len(r.sim.Sent()))
		}
	})
}

// offers sends the question and gives the card that came behind it.
func (r *rig) offers(to chat.Target) simulator.Sent {
	r.t.Helper()
	if err := r.send(to, question); err != nil {
		r.t.Fatal(err)
	}
	sent := r.sim.Sent()
	if len(sent) < 2 || sent[len(sent)-2].Shown() != question || r.last().Task == "" {
		r.t.Fatalf("no card came behind the text: %+v", sent)
	}
	return r.last()
}

// changes gives the last change of a card.
func (r *rig) changes(card simulator.Sent) simulator.Change {
	r.t.Helper()
	i := slices.IndexFunc(r.sim.Sent(), func(s simulator.Sent) bool { return s.Task == card.Task })
	all := r.sim.Sent()[i].Changed
	if len(all) == 0 {
		r.t.Fatal("the card did not change")
	}
	return all[len(all)-1]
}

// TestFeedback has people say of an answer what WeCom lets them say.
func TestFeedback(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, newSim(t), nil)
		defer r.Close()
		var texts []string
		for _, f := range []map[string]any{{"type": 1}, {"type": 2}, {"type": 2, "inaccurate_reason_list": []int{2, 9}, "content": "没说\n期限"}, {"type": 3}} {
			r.sim.Event("li", "feedback_event", f)
		}
		for _, in := range r.Received() {
			texts = append(texts, in.Text+" "+in.Proof)
		}
		if want := []string{"有用 userid:li", "没用 userid:li", "没用，内容不完整，没说，期限 userid:li"}; !slices.Equal(texts, want) {
			t.Errorf("%q", texts)
		}
	})
}
