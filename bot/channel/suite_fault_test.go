package channel_test

import (
	"strings"
	"time"

	"zujian/bot/chat"
	"zujian/bot/store"
)

// limits has the far end say "too often": nothing is lost, nothing is pressed,
// and the answers go out once when it lets them.
func limits(h *program) {
	h.rig.Far.LimitSends(true)
	h.ask(0, "一")
	h.ask(0, "二")
	pass(15 * time.Second)
	if h.state() != chat.Limited {
		h.t.Errorf("state %s, want %s", h.state(), chat.Limited)
	}
	before := h.ch.tried()
	pass(10 * time.Minute)
	if n := h.ch.tried() - before; n > 10 {
		h.t.Errorf("%d sends tried in ten minutes although they are too often", n)
	}
	h.wants(0)
	h.rig.Far.LimitSends(false)
	h.until("the answers are sent", 40*time.Minute, h.idle)
	pass(time.Hour)
	h.wants(0, "一", "二")
	h.until("the channel is online again", time.Hour, func() bool { return h.state() == chat.Online })
}

// requests gives the far end's own count, or 0 where it has none.
func (h *program) requests() int {
	if far, ok := h.rig.Far.(interface{ Requests() int }); ok {
		return far.Requests()
	}
	return 0
}

// fail has the answers to two questions be ready while something is wrong.
func (h *program) fail(wrong func()) {
	h.ask(0, slow+"一")
	h.ask(1, slow+"二")
	if h.rig.PushOnly {
		wrong()
		h.ask(0, "三")
		return
	}
	pass(slowFor / 5)
	wrong()
}

// delivered checks that what fail asked is answered, once.
func (h *program) delivered() {
	h.t.Helper()
	h.until("the answers are sent", 30*time.Minute, h.idle)
	pass(time.Hour)
	if h.rig.PushOnly {
		h.wants(0, slow+"一", "三")
	} else {
		h.wants(0, slow+"一")
	}
	h.wants(1, slow+"二")
	if c := h.counts(); c[store.Unknown]+c[store.Failed] > 0 {
		h.t.Errorf("the outbox holds %v", c)
	}
	h.until("the channel is online", 30*time.Minute, func() bool { return h.state() == chat.Online })
}

// outage takes the network away for half an hour while answers are made.
func outage(h *program) {
	h.fail(func() { h.rig.Far.SetDown(true) })
	pass(3 * time.Minute)
	if !h.state().Down() {
		h.t.Errorf("state %s after three minutes without network", h.state())
	}
	tried, requests := h.ch.tried(), h.requests()
	pass(27 * time.Minute)
	if n := h.ch.tried() - tried; n > 60 {
		h.t.Errorf("%d sends tried in 27 minutes without network", n)
	}
	if n := h.requests() - requests; n > 120 {
		h.t.Errorf("%d requests in 27 minutes without network", n)
	}
	h.rig.Far.SetDown(false)
	h.delivered()
}

// written has somebody write while we are away.
func written(h *program) {
	h.rig.Far.SetDown(true)
	pass(10 * time.Minute)
	h.ask(0, "等着")
	pass(10 * time.Minute)
	h.rig.Far.SetDown(false)
	h.until("the answer is sent", 10*time.Minute, func() bool { return len(h.sent(0)) > 0 })
	pass(time.Hour)
	late := h.sent(0)
	for i, s := range late { // where the channel says when it was asked, the answer says to what it belongs
		if head, rest, ok := strings.Cut(s, "问的“等着”：\n"); ok && !strings.Contains(head, "\n") {
			late[i] = rest
		}
	}
	if want := answerTo("等着"); len(late) != 1 || late[0] != want {
		h.t.Errorf("got %q, want %q", late, want)
	}
}

// unknownResult has the answer to a send get lost: the message may be there, so
// it is left to a person, and those after it go on.
func unknownResult(h *program) {
	h.rig.Far.LoseSends(1)
	h.ask(0, "丢")
	pass(10 * time.Minute)
	h.wants(0, "丢")
	h.mu.Lock()
	told := h.trouble[store.Unknown]
	h.mu.Unlock()
	if c := h.counts(); c[store.Unknown] != 1 || told != 1 {
		h.t.Errorf("the outbox holds %v, told of %d", c, told)
	}
	h.ask(0, "后来")
	pass(3 * time.Hour)
	h.wants(0, "丢", "后来")
}

// relogin ends the session while answers are made, until a person comes.
func relogin(h *program) {
	h.fail(h.rig.Far.Logout)
	pass(5 * time.Minute)
	if !h.wasIn(chat.LoggedOut, chat.Refused) || h.state() == chat.Online {
		h.t.Errorf("states %v after a logout", h.states)
	}
	for i := range 2 {
		h.wants(i)
	}
	h.rig.Far.Login()
	h.delivered()
}

// promptly is how long the end of Run may take. A send that waits for its
// answer is let finish.
const promptly = 5 * time.Second

// ends stops the channel and the pump and looks how long that takes.
func (h *program) ends() {
	h.t.Helper()
	began := time.Now()
	h.stop()
	h.done.Wait()
	if took := time.Since(began); took > promptly {
		h.t.Errorf("the end took %s", took)
	}
}

func shutdown(h *program) {
	h.ask(0, "一")
	pass(30 * time.Second)
	h.wants(0, "一")
	h.ends()
}

func shutdownInOutage(h *program) {
	h.fail(func() { h.rig.Far.SetDown(true) })
	pass(10 * time.Minute)
	h.ends()
	if c := h.counts(); c[store.Pending] == 0 || c[store.Sending] > 0 {
		h.t.Errorf("nothing is left for the next start: %v", c)
	}
}

func shutdownLoggedOut(h *program) {
	h.fail(h.rig.Far.Logout)
	pass(10 * time.Minute)
	h.ends()
	if c := h.counts(); c[store.Pending] == 0 || c[store.Sending] > 0 {
		h.t.Errorf("nothing is left for the next start: %v", c)
	}
}
