package desk

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/chat"
	frame "zujian/bot/simulator"
	"zujian/bot/simulator/faults"
	simulator "zujian/bot/simulator/wechat"
	"zujian/bot/store"
)

const evenings = "提醒：今日填报"

// trouble is one thing that goes wrong during the day.
type trouble struct {
	name  string
	begin func(*simulator.Sim)
	end   func(*simulator.Sim) // nil: it ends by itself
	lasts time.Duration
	quiet bool       // an outage: at most one request a second
	shows chat.State // must have been reported; Starting: none
}

var troubles = []trouble{
	{"network down", func(s *simulator.Sim) { s.SetDown(true) }, func(s *simulator.Sim) { s.SetDown(false) }, 40 * time.Minute, true, chat.Unreachable},
	{"network blinks", func(s *simulator.Sim) { s.SetDown(true) }, func(s *simulator.Sim) { s.SetDown(false) }, 3 * time.Second, true, chat.Starting},
	{"1100", func(s *simulator.Sim) { s.Logout(1100) }, (*simulator.Sim).Scan, 20 * time.Minute, true, chat.LoggedOut},
	{"1101", func(s *simulator.Sim) { s.Logout(1101) }, (*simulator.Sim).Scan, 4 * time.Minute, true, chat.WaitingScan},
	{"1102", func(s *simulator.Sim) { s.Logout(1102) }, (*simulator.Sim).Scan, 50 * time.Minute, true, chat.LoggedOut},
	{"sends answered 1205", func(s *simulator.Sim) { s.AnswerSends(1205) }, func(s *simulator.Sim) { s.AnswerSends(0) }, 20 * time.Minute, false, chat.Limited},
	{"polls answered 1205", func(s *simulator.Sim) {
		s.Meddle("/synccheck", faults.Always, faults.Reply(200, `window.synccheck={retcode:"1205",selector:"0"}`))
	}, func(s *simulator.Sim) { s.Meddle("/synccheck", 0, nil) }, 20 * time.Minute, true, chat.Limited},
	{"no SyncKey", func(s *simulator.Sim) { s.Meddle("/webwxsync", 8, faults.Without("SyncKey", "SyncCheckKey")) }, nil, 10 * time.Minute, false, chat.Starting},
	{"HTML", func(s *simulator.Sim) { s.Meddle("", 6, faults.HTML) }, nil, 10 * time.Minute, true, chat.Unreachable},
	{"duplicates", func(s *simulator.Sim) { s.Duplicate(3) }, nil, time.Minute, false, chat.Starting},
	{"lost answer", func(s *simulator.Sim) { s.LoseSends(1) }, nil, time.Minute, false, chat.Starting},
	{"refused", func(s *simulator.Sim) {
		s.Meddle("/webwxnewloginpage", faults.Always, faults.Reply(200, "<error><ret>1203</ret><message>此微信号不能登录网页微信。</message></error>"))
		s.Logout(1203)
	},
		func(s *simulator.Sim) { s.Meddle("/webwxnewloginpage", 0, nil); s.Scan() }, 30 * time.Minute, true, chat.Refused},
}

// TestTwentyFourHours runs the program through a simulated day in which every
// half hour something else goes wrong. A dialog begun in the morning and a push
// for the evening must survive it.
func TestTwentyFourHours(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sim := villageOf(simulator.Options{ManualScan: true})
		h := newHouse(t, sim, func(o *Options) { o.SessionFor = 48 * time.Hour })
		h.open()
		defer h.close()
		sim.Scan()
		pass(time.Minute)
		began := time.Now()
		h.expect(h.says("wang", "@组建助手 组建"), "第1题")
		evening := store.Out{Target: chat.Target{Channel: "wechat", Chat: "东河镇网格员群", Group: true}, Text: evenings, NotBefore: began.Add(20 * time.Hour)}
		if _, err := h.db.Enqueue(t.Context(), began, evening); err != nil {
			t.Fatal(err)
		}
		most, outages, asked := 0, 0, 0
		for round := 0; time.Since(began) < 24*time.Hour-time.Hour; round++ {
			tr := troubles[round%len(troubles)]
			n := h.endure(tr)
			if tr.quiet {
				most, outages = max(most, n), outages+1
				if n > 1 {
					t.Errorf("%s: %d requests within a second", tr.name, n)
				}
			}
			asked++
			h.askAfter(tr, asked)
			pass(5 * time.Minute)
		}
		pass(time.Until(began.Add(24 * time.Hour)))
		h.checkDay(began)
		t.Logf("simulator, 24 simulated hours: %d troubles, %d of them outages with at most %d request a second; states reported: %v",
			asked, outages, most, h.heard())
	})
}

// endure lets one trouble happen, with a question in the middle of it, and
// gives the most requests in any second of it.
func (h *house) endure(tr trouble) int {
	h.t.Helper()
	shown := h.heard()[tr.shows]
	tr.begin(h.sim)
	pass(2 * time.Second)
	n := len(h.sim.Requests())
	h.sim.Say("donghe", "li", "@组建助手 在出事时问的")
	pass(tr.lasts)
	requests := h.sim.Requests()[n:]
	if tr.end == nil { // it was over before the time was
		requests = slices.DeleteFunc(requests, func(r frame.Request) bool { return !r.Bad })
	}
	most := faults.MostInASecond(requests)
	if tr.shows != chat.Starting && h.heard()[tr.shows] == shown {
		h.t.Errorf("%s: the state %v was not reported", tr.name, tr.shows)
	}
	if tr.end != nil {
		tr.end(h.sim)
		h.ch.Relogin()
	}
	pass(20 * time.Minute)
	return most
}

// askAfter asks once the trouble is over: the answer must come, once.
func (h *house) askAfter(tr trouble, i int) {
	h.t.Helper()
	if s := h.ch.Report().State; s != chat.Online {
		h.t.Fatalf("after %s: %v", tr.name, s)
	}
	n := len(h.sim.Sent())
	text := fmt.Sprintf("第%d次之后", i)
	h.sim.Say("donghe", "li", "@组建助手 "+text)
	pass(time.Minute)
	got := slices.DeleteFunc(texts(h.sim, n), func(s string) bool { return s == evenings })
	if !slices.Equal(got, []string{"答：" + text}) {
		h.t.Errorf("after %s: %q", tr.name, got)
	}
}

// checkDay looks at what the day has left.
func (h *house) checkDay(began time.Time) {
	h.t.Helper()
	evening := 0
	for _, s := range h.sim.Sent() {
		if s.Text == evenings {
			evening++
			if s.At.Before(began.Add(20 * time.Hour)) {
				h.t.Error("the evening's push came early")
			}
		}
	}
	if evening != 1 {
		h.t.Errorf("the evening's push came %d times", evening)
	}
	h.expect(h.says("wang", "@组建助手 有"), "第2题")
	counts, err := h.db.Counts(h.t.Context())
	if err != nil || counts[store.Pending]+counts[store.Sending] != 0 {
		h.t.Errorf("outbox %v, %v", counts, err)
	}
	seen := map[string]int{}
	for _, s := range h.sim.Sent() {
		seen[answerOf(s.Text)]++
	}
	if n := seen["答：在出事时问的"]; n < h.happened() {
		h.t.Errorf("%d of %d questions asked in a trouble were answered", n, h.happened())
	}
}

// happened counts the questions that were asked in the middle of a trouble.
func (h *house) happened() int {
	n := 0
	for _, m := range h.sim.Said() {
		if m == "@组建助手 在出事时问的" {
			n++
		}
	}
	return n
}
