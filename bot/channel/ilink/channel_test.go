package ilink

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/chat"
	"zujian/bot/simulator/faults"
	simulator "zujian/bot/simulator/ilink"
)

func TestMessageArrives(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		r.wants(chat.WaitingScan, chat.Online)
		began := time.Now()
		id := r.says(zhao, "  第一行\n<b>&amp; 第二行 ")
		got := r.Received()
		if len(got) != 1 {
			t.Fatalf("got %d messages", len(got))
		}
		want := chat.Inbound{Channel: "ilink", Chat: zhao, Speaker: zhao, Proof: "ilink:" + zhao, Addressed: true, ID: id,
			Text: "第一行\n<b>&amp; 第二行", Sent: began}
		if in := got[0]; !in.Sent.Equal(want.Sent.Truncate(time.Millisecond)) {
			t.Errorf("sent %v, want %v", in.Sent, began)
		} else if in.Sent = want.Sent; !reflect.DeepEqual(in, want) {
			t.Errorf("got %+v, want %+v", in, want)
		}
		if err := r.send(zhao); err != nil {
			t.Fatal(err)
		}
		sent := r.sim.Sent()
		if len(sent) != 1 || sent[0].Person != zhao || sent[0].Text != "提醒" {
			t.Errorf("sent %+v", sent)
		}
	})
}

// TestWhatIsNotWords hands on what it cannot read by its kind, and opens the
// window for it all the same.
func TestWhatIsNotWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		r.sim.SendPicture(zhao)
		r.sim.Speak(zhao, "")
		r.sim.Speak(li, "园区归谁管")
		pass(time.Second)
		if got := r.Received(); len(got) != 3 || got[0].Kind != chat.Picture || got[1].Kind != chat.Voice || got[2].Text != "园区归谁管" {
			t.Errorf("got %+v", got)
		}
		if err := r.send(zhao); err != nil {
			t.Errorf("after a picture: %v", err)
		}
	})
}

func TestSendErrorsSayWhatIsKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		r.says(zhao, "在吗")
		if err := r.send("o9nobody@im.wechat"); !errors.Is(err, chat.ErrNoTarget) {
			t.Errorf("nobody: %v", err)
		}
		if _, err := r.ch.Send(t.Context(), chat.Target{Chat: zhao, Group: true}, "x"); !errors.Is(err, chat.ErrNoTarget) {
			t.Errorf("a group: %v", err)
		}
		r.sim.LimitSends(true)
		if err := r.send(zhao); !errors.Is(err, chat.ErrTooOften) {
			t.Errorf("too often: %v", err)
		}
		r.wants(chat.Limited)
		r.sim.LimitSends(false)
		if err := r.send(zhao); err != nil {
			t.Error(err)
		}
		r.wants(chat.Online)
		for name, body := range map[string]string{"a code": `{"ret":-1}`, "no answer": "null", "a page": "<html>502</html>"} {
			r.sim.Meddle("sendmessage", 1, faults.Reply(http.StatusOK, body))
			if err := r.send(zhao); err == nil || chat.NotSent(err) {
				t.Errorf("%s is said to be certain: %v", name, err)
			}
		}
		r.sim.Meddle("sendmessage", 1, faults.Reply(http.StatusTooManyRequests, ""))
		if err := r.send(zhao); !errors.Is(err, chat.ErrTooOften) {
			t.Errorf("429: %v", err)
		}
		r.sim.LoseSends(1)
		if err := r.send(zhao); err == nil || chat.NotSent(err) {
			t.Errorf("an answer that was lost is said to be certain: %v", err)
		}
		r.sim.SetDown(true)
		if err := r.send(zhao); !errors.Is(err, chat.ErrUnreachable) {
			t.Errorf("no network: %v", err)
		}
		r.sim.SetDown(false)
		pass(time.Minute)
		r.sim.Logout()
		if err := r.send(zhao); !errors.Is(err, chat.ErrLoggedOut) {
			t.Errorf("logged out: %v", err)
		}
		pass(time.Second)
		r.wants(chat.LoggedOut)
	})
}

// TestNoAnswerInTime has the far end take a message and say nothing: it is not
// known, and sent once.
func TestNoAnswerInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		r.says(zhao, "在吗")
		r.sim.HoldSends(1)
		result := make(chan error, 1)
		go func() { result <- r.send(zhao) }()
		synctest.Wait()
		if all, err := ReadAllowances(r.file, time.Now()); err != nil || len(all) != 1 || all[0].Left != 9 {
			t.Errorf("a program that is killed now would find %+v, %v", all, err)
		}
		if err := <-result; err == nil || chat.NotSent(err) {
			t.Errorf("got %v", err)
		}
		pass(time.Hour)
		sent := r.sim.Sent()
		if len(sent) != 1 || sent[0].ClientID == "" {
			t.Errorf("sent %+v", sent)
		}
	})
}

func TestEveryMessageHasItsOwnClientID(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		r.says(zhao, "在吗")
		ids := map[string]bool{}
		for range 5 {
			if err := r.send(zhao); err != nil {
				t.Fatal(err)
			}
		}
		for _, s := range r.sim.Sent() {
			ids[s.ClientID] = true
		}
		if len(ids) != 5 {
			t.Errorf("%d client ids for 5 messages", len(ids))
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
		r.sim.Say(zhao, "网络好了")
		pass(2 * time.Minute)
		if len(r.Received()) != 1 {
			t.Error("the message after the outage did not arrive once")
		}
		r.wants(chat.Online, chat.Unreachable, chat.Online)
		t.Logf("%d requests in a simulated hour without network", len(down))
	})
}

// TestQuietDay counts what is asked where nobody writes.
func TestQuietDay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		n := len(r.sim.Requests())
		pass(time.Hour)
		if got := r.count(n, ""); got > 105 || got < 100 {
			t.Errorf("%d requests in a quiet hour, want one every 35 s", got)
		}
	})
}

// TestStrangeAnswersEndNothing gives every kind of wrong answer: the channel
// comes through, does not press, and loses no message.
func TestStrangeAnswersEndNothing(t *testing.T) {
	huge := `{"ret":0,"msgs":[],"get_updates_buf":"` + strings.Repeat("x", mostUpdatesBytes) + `"}`
	deep := strings.Repeat("[", 1<<20)
	for name, body := range map[string]string{
		"an empty answer": "", "null": "null", "a list": "[]", "a number": "7", "cut short": `{"ret":0,"msgs":[{"from_user`, "huge": huge, "deep": deep,
		"no fields": "{}", "another type": `{"ret":"no"}`, "messages of another type": `{"msgs":"x","get_updates_buf":1}`,
		"a message that is none": `{"ret":0,"msgs":[7,null,{},{"from_user_id":7},{"from_user_id":"x","item_list":{}}]}`,
		"a code":                 `{"ret":-1,"errmsg":"secret-words"}`, "a hold of years": `{"longpolling_timeout_ms":99999999999999999999}`,
	} {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t, simulator.Options{})
			defer r.Close()
			r.sim.Meddle("getupdates", 3, faults.Reply(http.StatusOK, body))
			r.comesThrough(name)
		})
	}
}

func TestFaultsEndNothing(t *testing.T) {
	for name, fault := range map[string]func(*simulator.Sim){
		"garbage": func(s *simulator.Sim) { s.Meddle("", 3, faults.Garbage) }, "gateway": func(s *simulator.Sim) { s.Meddle("", 3, faults.Gateway) },
		"no buf": func(s *simulator.Sim) {
			s.Meddle("getupdates", 3, faults.Without("get_updates_buf"))
			pass(time.Second) // the poll under way is over
		}, "twice": func(s *simulator.Sim) { s.Duplicate(1) },
		"redirect": func(s *simulator.Sim) { s.Meddle("", 3, faults.Reply(http.StatusTemporaryRedirect, "")) },
		"too often": func(s *simulator.Sim) {
			s.Meddle("getupdates", 3, faults.Reply(http.StatusOK, `{"ret":-2}`))
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t, simulator.Options{})
			defer r.Close()
			fault(r.sim)
			r.comesThrough(name)
		})
	}
}

// TestSameNewsForEver has the far end forget to say how far we are: the same
// messages come again and again, and are not asked for at once each time.
func TestSameNewsForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		r.sim.Meddle("getupdates", faults.Always, faults.Without("get_updates_buf"))
		pass(time.Second) // the poll under way is over
		n := len(r.sim.Requests())
		r.sim.Say(zhao, "还在吗")
		pass(time.Hour)
		if got := r.count(n, ""); got > 80 {
			t.Errorf("%d requests in an hour", got)
		}
		if s := r.ch.Report().State; s != chat.Unreachable {
			t.Errorf("state %s", s)
		}
		r.sim.Meddle("getupdates", 0, nil)
		r.Received()
		pass(2 * time.Minute)
		if got := r.Received(); len(got) != 1 || r.ch.Report().State != chat.Online {
			t.Errorf("afterwards %+v, %s", got, r.ch.Report().State)
		}
	})
}

// comesThrough has somebody write while something is wrong and looks that it
// arrives.
func (r *rig) comesThrough(name string) {
	r.t.Helper()
	n := len(r.sim.Requests())
	id := r.sim.Say(zhao, "还在吗")
	pass(30 * time.Minute)
	ids := map[string]int{}
	for _, in := range r.Received() {
		ids[in.ID]++
	}
	if ids[id] == 0 || len(ids) != 1 {
		r.t.Errorf("%s: received %v, want %s", name, ids, id)
	}
	if got := r.count(n, ""); got > 100 {
		r.t.Errorf("%s: %d requests in half an hour", name, got)
	}
	if s := r.ch.Report().State; s != chat.Online && s != chat.Limited {
		r.t.Errorf("%s: state %s", name, s)
	}
	if err := r.send(zhao); err != nil {
		r.t.Errorf("%s: %v", name, err)
	}
}

// TestHandlerThatPanics loses one message and nothing else.
func TestHandlerThatPanics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		defer r.Close()
		r.First = func(in chat.Inbound) {
			if in.Text == "坏" {
				panic("坏")
			}
		}
		r.says(zhao, "坏")
		r.says(zhao, "好")
		if got := r.Received(); len(got) != 1 || got[0].Text != "好" {
			t.Errorf("got %+v", got)
		}
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
		if _, err := ch.Send(ctx, chat.Target{Chat: zhao}, "x"); !errors.Is(err, chat.ErrUnreachable) {
			t.Errorf("send: %v", err)
		}
		stop()
		<-done
	})
}

// TestNoKeyIsLogged looks for every key that the far end gave out, and for what
// people wrote, in the log and in what errors say.
func TestNoKeyIsLogged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, simulator.Options{})
		r.says(zhao, "机密的话")
		var said strings.Builder
		for _, fault := range []func(){func() { r.sim.Meddle("", 2, faults.Garbage) }, func() { r.sim.Meddle("", 2, faults.Gateway) }, func() { r.sim.SetDown(true) }, r.sim.Logout,
			func() { r.sim.HoldSends(1) }, func() { r.sim.LoseSends(1) }, func() { r.sim.Meddle("", 2, faults.Reply(200, `{"ret":-1,"errmsg":"机密的话"}`)) }} {
			fault()
			if err := r.send(zhao); err != nil {
				said.WriteString(err.Error() + "\n" + cause(err) + "\n")
			}
			pass(3 * time.Minute)
			r.sim.SetDown(false)
			pass(3 * time.Minute)
		}
		r.Close()
		logged := said.String() + r.logs.String()
		if len(logged) < 2000 {
			t.Errorf("hardly a log: %s", logged)
		}
		for _, secret := range append(r.sim.Secrets(), "机密的话", "提醒", zhao, "ilinkai.weixin.qq.com") {
			if strings.Contains(logged, secret) {
				t.Errorf("the log holds %s: %s", secret, logged)
			}
		}
		if n := len(r.sim.Secrets()); n < 5 {
			t.Errorf("only %d keys were given out", n)
		}
		if slices.ContainsFunc(r.Reports(), func(s chat.Report) bool { return strings.Contains(s.Cause, "secret") }) {
			t.Errorf("a report holds a key: %+v", r.Reports())
		}
	})
}
