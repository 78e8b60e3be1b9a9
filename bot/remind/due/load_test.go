package due

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/chat"
	"zujian/bot/store"
	"zujian/knowledge/text"
)

// TestThousandDueAtOnce has a thousand groups (two hundred with -short) be due in one
// minute over a channel that allows a message every second and a half.
func TestThousandDueAtOnce(t *testing.T) {
	t.Parallel()
	groups := 1000
	if testing.Short() {
		groups = 200
	}
	synctest.Test(t, func(t *testing.T) {
		until(10, 0)
		h := newHouse(t)
		h.pace = 1500 * time.Millisecond
		h.open()
		first := time.Now().Add(time.Hour)
		addMany(t, h, time.Now(), groups, func(i int) every {
			return every{Say: "报送组建进度", First: first.Add(time.Duration(i) * time.Millisecond)}
		}, func(i int) string { return fmt.Sprintf("%04d群", i) })
		pass(2 * time.Hour)
		if len(h.far.sent) != groups {
			t.Fatalf("%d sent", len(h.far.sent))
		}
		fastest := time.Hour
		for i, s := range h.far.sent {
			if s.to != fmt.Sprintf("%04d群", i) {
				t.Fatalf("message %d went to %s", i, s.to)
			}
			if i > 0 {
				fastest = min(fastest, s.at.Sub(h.far.sent[i-1].at))
			}
		}
		t.Logf("%d sent in order within %v, never faster than one every %v", groups, h.far.sent[groups-1].at.Sub(first).Round(time.Second), fastest)
		if fastest < h.pace {
			t.Errorf("the pace was not kept: %v", fastest)
		}
		h.close()
	})
}

func addMany(t testing.TB, h *house, now time.Time, n int, plan func(i int) every, to func(i int) string) {
	t.Helper()
	all := make([]store.Reminder, n)
	for i := range all {
		e := plan(i)
		kept, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		all[i] = store.Reminder{Plan: kept, Target: group(to(i)), Approver: "赵主任", Created: now, Slot: h.policy.Slot(e, now)}
	}
	if _, err := h.db.AddReminders(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
	if h.sched != nil {
		h.sched.Wake()
	}
}

// TestYears runs reminders over simulated years in which the program is down,
// the clock jumps and the channel fails, and counts what became of each time.
// It drives Tick by hand, an hour of the calendar at a step, four with -short. With
// ZUJIAN_LONG set it is ten thousand reminders over five years.
func TestYears(t *testing.T) {
	t.Parallel()
	reminders, years, step := 300, 1, time.Hour
	if testing.Short() {
		reminders, step = 60, 4*time.Hour
	}
	if os.Getenv("ZUJIAN_LONG") != "" {
		reminders, years = 10_000, 5
	}
	draw := rand.New(rand.NewPCG(6, 2026))
	start := time.Date(2026, 1, 5, 8, 0, 0, 0, text.Beijing)
	h := newHouse(t)
	h.policy.PerDay = 0 // the cap has its own test: here each time is counted
	db, err := store.Open(h.path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	h.db = db
	const day = 24 * time.Hour
	gaps := []time.Duration{90 * day, 182 * day, 365 * day}
	plan := func(i int) every {
		return every{Say: fmt.Sprintf("第%d件", i), First: start.Add(time.Duration(1+draw.IntN(365*24)) * time.Hour), Gap: gaps[draw.IntN(len(gaps))]}
	}
	made := make([]every, reminders)
	for i := range made {
		made[i] = plan(i)
	}
	addMany(t, h, start, reminders, func(i int) every { return made[i] }, func(i int) string { return fmt.Sprintf("%d群", i%500) })
	expected := 0
	end := start.AddDate(years, 0, 0)
	for i := range made {
		for at, _, _ := made[i].Next(start); at.Before(end); at, _, _ = made[i].Next(at) {
			expected++
		}
	}
	y := &yearsRun{t: t, h: h, draw: draw, sent: map[string]int{}}
	y.open()
	for now := start; now.Before(end.Add(2 * day)); now = now.Add(step) {
		y.hour(now, now.Before(end.Add(-2*day)))
	}
	y.count(expected, end)
}

// yearsRun is a program over years.
type yearsRun struct {
	t    *testing.T
	h    *house
	draw *rand.Rand
	now  time.Time
	down time.Time // until then

	sent                     map[string]int // messages by group
	restarts, outages, jumps int
}

func (y *yearsRun) open() {
	y.h.sched = New(Options{Records: y.h.db, Plans: plans{}, Policy: y.h.policy, Now: func() time.Time { return y.now }})
}

// hour is what happens in one hour.
func (y *yearsRun) hour(now time.Time, trouble bool) {
	y.now = now
	if now.Before(y.down) {
		return
	}
	if trouble {
		switch y.draw.IntN(400) {
		case 0:
			y.restarts++
			y.down = now.Add(time.Duration(1+y.draw.IntN(30)) * time.Hour)
			y.open()
			return
		case 1:
			y.jumps++
			y.now = now.Add(time.Duration(1+y.draw.IntN(20*24)) * time.Hour)
		}
	}
	ctx := y.t.Context()
	if err := y.h.sched.Tick(ctx); err != nil {
		y.t.Fatal(err)
	}
	y.send(trouble)
}

// send is what the pump does; the far end fails now and then.
func (y *yearsRun) send(trouble bool) {
	ctx := y.t.Context()
	for {
		it, err := y.h.db.Claim(ctx, "wechat", y.now)
		if err != nil {
			y.t.Fatal(err)
		}
		if it == nil {
			return
		}
		r := store.Result{Status: store.Sent, At: y.now}
		if trouble {
			switch y.draw.IntN(50) {
			case 0:
				y.outages++
				if err := y.h.db.Postpone(ctx, it.ID, chat.Explain(chat.ErrUnreachable)); err != nil {
					y.t.Fatal(err)
				}
				return // until the next hour
			case 1:
				r.Status, r.Reason = store.Unknown, chat.Explain(nil)
			}
		}
		if r.Status == store.Sent {
			y.sent[it.Target.Chat]++
		}
		if err := y.h.db.Settle(ctx, it.ID, r); err != nil {
			y.t.Fatal(err)
		}
	}
}

// count compares what became of every time with what was expected.
func (y *yearsRun) count(expected int, end time.Time) {
	y.t.Helper()
	ctx := y.t.Context()
	got := map[store.Outcome]int{}
	messages := 0
	for _, n := range y.sent {
		messages += n
	}
	for last := int64(0); ; {
		all, err := y.h.db.ActiveAfter(ctx, last, batch)
		if err != nil {
			y.t.Fatal(err)
		}
		if len(all) == 0 {
			break
		}
		for _, r := range all {
			last = r.ID
			times, err := y.h.db.Firings(ctx, r.ID, 1000)
			if err != nil {
				y.t.Fatal(err)
			}
			for _, f := range times {
				if f.Due.Before(end) {
					got[f.Outcome]++
				}
			}
		}
	}
	total := 0
	for _, n := range got {
		total += n
	}
	untold, err := y.h.db.Untold(ctx, 10)
	if err != nil || len(untold) > 0 {
		y.t.Errorf("%d not told, %v", len(untold), err)
	}
	y.t.Logf("%d times expected: %d sent in %d messages, %d in doubt, %d missed, %d failed; all told; %d restarts, %d outages, %d jumps of the clock",
		expected, got[store.FiringSent], messages, got[store.FiringUnknown], got[store.FiringMissed], got[store.FiringFailed], y.restarts, y.outages, y.jumps)
	if total != expected {
		y.t.Errorf("%d times are accounted for, want %d: %v", total, expected, got)
	}
}

func BenchmarkNextOf100000(b *testing.B) {
	db, err := store.Open(filepath.Join(b.TempDir(), "next.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	h := &house{db: db, policy: Usual}
	start := time.Now()
	addMany(b, h, start, 100_000, func(i int) every {
		return every{Say: "报送组建进度", First: start.Add(time.Duration(1+i*7919%100_000) * time.Minute)}
	}, func(i int) string { return strings.Repeat("群", 1+i%5) })
	for b.Loop() {
		if _, ok, err := db.NextReminder(b.Context()); !ok || err != nil {
			b.Fatal(ok, err)
		}
	}
}
