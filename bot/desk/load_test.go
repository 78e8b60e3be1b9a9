package desk

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	simulator "zujian/bot/simulator/wechat"
	"zujian/bot/store"
)

// loadMessages is 10,000; the race detector, some ten times slower, gets 2,000.
var loadMessages = map[bool]int{false: 10_000, true: 2_000}[raceDetector]

const (
	loadPeople = 200
	loadGroups = 20
)

// city is 20 groups of 200 people.
func city() *simulator.Sim {
	sim := simulator.New(simulator.Options{})
	for g := range loadGroups {
		group := simulator.Group{Key: fmt.Sprint("g", g), Name: fmt.Sprintf("第%d群", g)}
		for p := range loadPeople {
			group.Members = append(group.Members, simulator.Member{Key: fmt.Sprint("p", p), Nick: fmt.Sprintf("干部%d", p)})
		}
		sim.AddGroup(group)
	}
	return sim
}

// TestTenThousandMessages sends 10,000 mentions by 200 people in 20 groups in
// bursts, some of them twice. Each must be answered once, or fall under the
// limit, of which a person is told once a minute and group. The simulator and
// simulated time stand for WeChat; the store and its disk are real.
func TestTenThousandMessages(t *testing.T) {
	sim := city()
	runtime.GC()
	var before, middle, after runtime.MemStats
	began := time.Now()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, sim, func(o *Options) { o.PerMinute, o.QueueSize = 4, 200 }).open()
		pass(10 * time.Second)
		runtime.ReadMemStats(&before)
		asked := map[string]int{}
		bursts := rand.New(rand.NewPCG(1, 2))
		for n := 0; n < loadMessages; {
			for range min(500, loadMessages-n) {
				group, person := fmt.Sprint("g", bursts.IntN(loadGroups)), fmt.Sprint("p", bursts.IntN(loadPeople))
				if n%50 < 8 {
					group, person = "g0", "p0" // somebody who asks and asks
				}
				if n%100 == 0 {
					sim.Duplicate(1)
				}
				text := fmt.Sprintf("问题%d号", n)
				asked["答："+text]++
				sim.Say(group, person, "@组建助手\u2005"+text)
				n++
			}
			pass(time.Minute + time.Second)
			if n == loadMessages/2 {
				runtime.GC()
				runtime.ReadMemStats(&middle)
			}
		}
		pass(10 * time.Minute)
		checkLoad(t, h, asked)
		h.close()
	})
	took := time.Since(began)
	runtime.GC()
	runtime.ReadMemStats(&after)
	t.Logf("simulator, simulated time: %d messages in %.1f s of real time; heap %d KB before, %d KB at half, %d KB after (with the simulator's own record of every message)",
		loadMessages, took.Seconds(), before.HeapAlloc>>10, middle.HeapAlloc>>10, after.HeapAlloc>>10)
	if after.HeapAlloc > before.HeapAlloc+64<<20 {
		t.Errorf("memory grew from %d to %d bytes", before.HeapAlloc, after.HeapAlloc)
	}
}

// checkLoad compares what was asked with what came back.
func checkLoad(t *testing.T, h *house, asked map[string]int) {
	t.Helper()
	answers, notices := map[string]int{}, 0
	for _, s := range h.sim.Sent() {
		if s.Text == sayTooFast || s.Text == sayBusy {
			notices++
			continue
		}
		answers[answerOf(s.Text)]++
	}
	for text, n := range answers {
		if n != 1 || asked[text] != 1 {
			t.Errorf("%s came %d times for %d questions", text, n, asked[text])
		}
	}
	f := h.runner.Figures()
	counts, err := h.db.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if int(f.Answered) != len(answers) || int(f.Limited) != notices || f.NotStored != 0 {
		t.Errorf("figures %+v, %d answers and %d notices arrived", f, len(answers), notices)
	}
	if counts[store.Sent] != len(answers)+notices || len(counts) != 1 {
		t.Errorf("outbox %v", counts)
	}
	duplicates := loadMessages / 100
	silent := int(f.Ignored) - duplicates // over the limit, told already
	if total := len(answers) + notices + silent; total != loadMessages {
		t.Errorf("%d answered + %d told + %d over the limit = %d of %d", len(answers), notices, silent, total, loadMessages)
	}
	if notices == 0 || notices > 40 || len(answers) < loadMessages*8/10 {
		t.Errorf("%d answers, %d notices", len(answers), notices)
	}
	t.Logf("%d answered once, %d told once that they are over the limit, %d more over it, %d duplicates dropped, at most %d waiting in a chat",
		len(answers), notices, silent, duplicates, f.LargestRow)
}

// TestFullQueueIsSaidOnce floods one group beyond its queue.
func TestFullQueueIsSaidOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, city(), func(o *Options) { o.QueueSize, o.Workers = 5, 1 }).open()
		defer h.close()
		pass(10 * time.Second)
		h.sim.Say("g0", "p199", "@组建助手 慢")
		pass(time.Second)
		for p := range 20 {
			h.sim.Say("g0", fmt.Sprint("p", p), "@组建助手 问")
		}
		h.sim.Say("g1", "p5", "@组建助手 别的群")
		pass(time.Minute)
		all := strings.Join(texts(h.sim, 0), "\n")
		if strings.Count(all, sayBusy) != 1 || strings.Count(all, "答：问") != 5 || !strings.Contains(all, "答：别的群") {
			t.Errorf("sent:\n%s", all)
		}
		if f := h.runner.Figures(); f.LargestRow > 6 || f.Limited != 15 {
			t.Errorf("%+v", f)
		}
	})
}
