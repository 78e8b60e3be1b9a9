package wechat

import (
	"context"
	"errors"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/chat"
	"zujian/bot/simulator/faults"
	simulator "zujian/bot/simulator/wechat"
)

// refusal1203 is the login page for an account that is restricted.
const refusal1203 = `<error><ret>1203</ret><message>为了你的帐号安全，此微信号不能登录网页微信。</message></error>`

func aGroup(name string) chat.Target { return chat.Target{Channel: "wechat", Chat: name, Group: true} }

func TestGroupMessageArrives(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		r.wants(chat.WaitingScan, chat.Online)
		r.sim.Say("donghe", "li", "@组建助手\u2005第一行\n王干部:\n第三行 <b>&")
		got := r.Received()
		if len(got) != 1 {
			t.Fatalf("got %d messages", len(got))
		}
		in := got[0]
		if in.Chat != groupName || !in.Group || in.Speaker != "李干部" || in.Name != "李家村-李干部" || in.Me != "组建助手" || in.Own {
			t.Errorf("%+v", in)
		}
		if in.Text != "@组建助手\u2005第一行\n王干部:\n第三行 <b>&" {
			t.Errorf("text %q", in.Text)
		}
		r.sim.SayOwn("donghe", "我自己发的")
		r.sim.SayDirect("zhao", "在吗")
		got = r.Received()
		if len(got) != 2 || !got[0].Own || got[0].Chat != groupName || got[1].Chat != "赵主任" || got[1].Proof != "remark:赵主任" {
			t.Errorf("%+v", got)
		}
	})
}

func TestTargetsAreFoundAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		ctx := context.Background()
		send := func(to chat.Target) error {
			pass(2 * time.Minute) // the list of contacts gets old
			_, err := r.ch.Send(ctx, to, "提醒")
			return err
		}
		if err := send(aGroup(groupName)); err != nil {
			t.Fatal(err)
		}
		if err := send(chat.Target{Chat: "赵主任"}); err != nil {
			t.Errorf("direct: %v", err)
		}
		r.sim.Rename("donghe", "东河街道网格员群")
		if err := send(aGroup(groupName)); !errors.Is(err, chat.ErrNoTarget) {
			t.Errorf("old name: %v", err)
		}
		if err := send(aGroup("东河街道网格员群")); err != nil {
			t.Errorf("new name: %v", err)
		}
		r.sim.AddGroup(simulator.Group{Key: "twin", Name: "东河街道网格员群", Unsaved: true, Members: []simulator.Member{{Key: "he", Nick: "何"}}})
		r.sim.Say("twin", "he", "大家好")
		twin := r.Received()[0]
		if err := send(aGroup("东河街道网格员群")); !errors.Is(err, chat.ErrAmbiguous) {
			t.Errorf("twins: %v", err)
		}
		if err := send(twin.Target()); err != nil {
			t.Errorf("reply within one of the twins: %v", err)
		}
		sent := r.sim.Sent()
		if last := sent[len(sent)-1]; last.Chat != "twin" || len(sent) != 4 {
			t.Errorf("sent %+v", sent)
		}
		if twin.Speaker == "何" {
			t.Error("a speaker in a twin group was given a name that another may share")
		}
		r.sim.Say("donghe", "li", "改名了")
		r.Received()
		if len(r.rename) != 1 || r.rename[0] != [2]string{groupName, "东河街道网格员群"} {
			t.Errorf("renames %v", r.rename)
		}
	})
}

func TestSendErrorsSayWhatIsKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		ctx := context.Background()
		r.sim.AnswerSends(1205)
		if _, err := r.ch.Send(ctx, aGroup(groupName), "x"); !errors.Is(err, chat.ErrTooOften) {
			t.Errorf("1205: %v", err)
		}
		r.wants(chat.Limited)
		r.sim.AnswerSends(0)
		if _, err := r.ch.Send(ctx, aGroup(groupName), "x"); err != nil {
			t.Error(err)
		}
		r.wants(chat.Online)
		r.sim.LoseSends(1)
		if _, err := r.ch.Send(ctx, aGroup(groupName), "y"); err == nil || chat.NotSent(err) {
			t.Errorf("an answer that was lost is said to be certain: %v", err)
		}
		if n := len(r.sim.Sent()); n != 2 {
			t.Errorf("%d messages arrived, want 2: openwechat sent again", n)
		}
		r.sim.SetDown(true)
		if _, err := r.ch.Send(ctx, aGroup(groupName), "z"); !errors.Is(err, chat.ErrUnreachable) {
			t.Errorf("no network: %v", err)
		}
		r.sim.SetDown(false)
		pass(time.Minute) // the loop has noticed
		r.sim.Logout(1101)
		if _, err := r.ch.Send(ctx, aGroup(groupName), "z"); !errors.Is(err, chat.ErrLoggedOut) {
			t.Errorf("logged out: %v", err)
		}
	})
}

func TestOutageIsQuietAndReported(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		n := len(r.sim.Requests())
		r.sim.SetDown(true)
		pass(time.Hour)
		down := r.sim.Requests()[n:]
		if most := faults.MostInASecond(down); most > 1 || len(down) > 120 {
			t.Errorf("%d requests in an hour without network, at most %d a second", len(down), most)
		}
		r.sim.SetDown(false)
		r.sim.Say("donghe", "li", "网络好了")
		pass(2 * time.Minute)
		if len(r.Received()) != 1 {
			t.Error("the message after the outage did not arrive once")
		}
		r.wants(chat.Online, chat.Unreachable, chat.Online)
		t.Logf("%d requests in a simulated hour without network", len(down))
	})
}

func TestLogoutAsksForOneScan(t *testing.T) {
	for _, code := range []int{1100, 1101, 1102} {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t, simulator.Options{ManualScan: true})
			defer r.Close()
			r.sim.Scan()
			pass(time.Minute)
			r.wants(chat.WaitingScan, chat.Online)
			n := len(r.sim.Requests())
			r.sim.Logout(code)
			pass(20 * time.Hour)
			r.wants(chat.LoggedOut, chat.WaitingScan, chat.LoggedOut)
			codes := 0
			for _, q := range r.sim.Requests()[n:] {
				if q.Path == "/jslogin" {
					codes++
				}
			}
			if codes > 40 || codes < 3 {
				t.Errorf("%d QR codes in 20 hours that nobody scanned", codes)
			}
			r.ch.Relogin()
			pass(time.Second)
			r.sim.Scan()
			pass(2 * time.Minute)
			r.wants(chat.WaitingScan, chat.Online)
		})
	}
}

func TestRefusedAccountIsLeftAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		r.sim.Meddle("/webwxnewloginpage", faults.Always, faults.Reply(200, refusal1203))
		r.sim.Logout(1203)
		pass(24 * time.Hour)
		pages := 0
		for _, q := range r.sim.Requests() {
			if q.Path == "/webwxnewloginpage" {
				pages++
			}
		}
		if pages > 5 {
			t.Errorf("%d logins tried in a day although the account is refused", pages)
		}
		if r.ch.Report().State != chat.Refused {
			t.Errorf("state %v", r.ch.Report().State)
		}
		r.wants(chat.Online, chat.Refused)
	})
}

func TestStrangeAnswersEndNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		for name, fault := range map[string]func(){
			"no SyncKey": func() { r.sim.Meddle("/webwxsync", 3, faults.Without("SyncKey", "SyncCheckKey")) },
			"HTML":       func() { r.sim.Meddle("", 3, faults.HTML) },
			"1205 sync": func() {
				r.sim.Meddle("/synccheck", faults.Always, faults.Reply(200, `window.synccheck={retcode:"1205",selector:"0"}`))
				time.AfterFunc(5*time.Minute, func() { r.sim.Meddle("/synccheck", 0, nil) })
			},
		} {
			n := len(r.sim.Requests())
			fault()
			id := r.sim.Say("donghe", "li", "还在吗")
			pass(30 * time.Minute)
			ids := map[string]int{}
			for _, in := range r.Received() {
				ids[in.ID]++
			}
			if ids[id] == 0 || len(ids) != 1 {
				t.Errorf("%s: received %v", name, ids)
			}
			if got := r.sim.Requests()[n:]; len(got) > 120 {
				t.Errorf("%s: %d requests in half an hour", name, len(got))
			}
		}
	})
}

func TestHotLoginNeedsNoScan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		r.sim.Say("donghe", "li", "一")
		r.Received()
		r.Close()
		info, err := os.Stat(r.hot)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Fatalf("kept login: %v, %v", info, err)
		}
		r.Forget()
		r.sim.Say("donghe", "li", "二")
		r.run()
		if got := r.Received(); len(got) != 1 || got[0].Text != "二" {
			t.Errorf("after a hot login: %+v", got)
		}
		if r.WasIn(chat.WaitingScan) {
			t.Errorf("a hot login asked for a scan: %v", r.Reports())
		}
		r.Close()
		r.Forget()
		r.sim.Logout(1101)
		r.run()
		r.wants(chat.WaitingScan, chat.Online) // a kept login that is over: fresh scan
		r.Close()
	})
}

func TestStartWithoutNetworkIsNotBlocked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sim := simulator.New(simulator.Options{})
		sim.SetDown(true)
		ch, err := New(Options{Transport: sim})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(context.Background())
		done := make(chan struct{})
		go func() { ch.Run(ctx, func(chat.Inbound) {}); close(done) }()
		synctest.Wait()
		if ch.Report().State != chat.Unreachable {
			t.Errorf("state %v", ch.Report().State)
		}
		if _, err := ch.Send(ctx, aGroup(groupName), "x"); !errors.Is(err, chat.ErrUnreachable) {
			t.Errorf("send: %v", err)
		}
		stop()
		<-done
	})
}
