package due

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/chat"
	"zujian/bot/store"
	"zujian/knowledge/text"
)

const donghe = "东河镇妇建群"

// in runs a test in simulated time from ten o'clock in Beijing on.
func in(t *testing.T, do func(t *testing.T, h *house)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		until(10, 0)
		h := newHouse(t)
		h.open()
		do(t, h)
		h.close()
	})
}

func TestReminderIsSentOnTime(t *testing.T) {
	in(t, func(t *testing.T, h *house) {
		at := time.Now().Add(90*time.Minute + 7*time.Second)
		h.add(donghe, every{Say: "报送组建进度", First: at})
		pass(24 * time.Hour)
		h.wants(donghe, "提醒：报送组建进度。\n赵主任定的，知道就好，不用回复。")
		if late := h.far.sent[0].at.Sub(at); late < 0 || late > time.Second {
			t.Errorf("%v late", late)
		}
		if next, ok, err := h.db.NextReminder(t.Context()); ok || err != nil {
			t.Errorf("it would fire again at %v, %v", next, err)
		}
		h.wants("赵主任")
	})
}

func TestDueTogetherIsOneMessage(t *testing.T) {
	in(t, func(t *testing.T, h *house) {
		at := time.Now().Add(time.Hour)
		h.add(donghe, every{Say: "报送组建进度", First: at})
		h.add(donghe, every{Say: "核对明细账", First: at, Note: "2027年的放假安排还没有，按周一到周五算"})
		pass(2 * time.Hour)
		h.wants(donghe, "提醒：2件事\n1. 报送组建进度。\n2. 核对明细账（2027年的放假安排还没有，按周一到周五算）。")
	})
}

func TestCapPutsTheThirdOff(t *testing.T) {
	in(t, func(t *testing.T, h *house) {
		for i, say := range []string{"第一件", "第二件", "第三件", "第四件"} {
			h.add(donghe, every{Say: say, First: time.Now().Add(time.Duration(i+1) * time.Hour)})
			h.add("西河镇妇建群", every{Say: say, First: time.Now().Add(time.Hour)})
		}
		until(20, 0)
		h.wants(donghe, "第一件", "第二件")
		h.wants("西河镇妇建群", "4件事")
		until(7, 31)
		h.wants(donghe, "第一件", "第二件", "2件事")
		if got := h.far.texts(donghe)[2]; !strings.Contains(got, "原定昨天13:00，当天提醒已经够多") {
			t.Error(got)
		}
	})
}

func TestNightIsQuiet(t *testing.T) {
	in(t, func(t *testing.T, h *house) {
		id := h.add(donghe, every{Say: "准备三八活动", First: Midnight(time.Now()).Add(22 * time.Hour)})
		r, err := h.db.Reminder(t.Context(), id)
		if err != nil || r.At.In(text.Beijing).Format("15:04") != "07:30" || r.Moved != movedQuiet {
			t.Errorf("%+v, %v", r, err)
		}
		until(7, 29)
		h.wants(donghe)
		until(7, 31)
		h.wants(donghe, "准备三八活动（原定昨天22:00，夜里不打扰）")
	})
}

// TestWaitingMessageStaysInAtNight has WeChat be logged out over the evening:
// what comes back at night does not wake anybody.
func TestWaitingMessageStaysInAtNight(t *testing.T) {
	in(t, func(t *testing.T, h *house) {
		h.far.fails(func(chat.Target, string) error { return chat.ErrLoggedOut })
		h.add(donghe, every{Say: "报送组建进度", First: Midnight(time.Now()).Add(20*time.Hour + 30*time.Minute)})
		until(22, 0)
		h.far.fails(nil)
		until(7, 29)
		h.wants(donghe)
		until(7, 32)
		h.wants(donghe, "报送组建进度")
	})
}

func TestLoggedOutForADayIsTold(t *testing.T) {
	in(t, func(t *testing.T, h *house) {
		h.far.fails(func(chat.Target, string) error { return chat.ErrLoggedOut })
		h.add(donghe, every{Say: "报送组建进度", First: time.Now().Add(time.Hour)})
		until(19, 0)
		h.far.fails(nil)
		pass(10 * time.Minute)
		h.wants(donghe)
		h.wants("赵主任", "提醒 1，群“东河镇妇建群”，今天11:00：没有发出去。过时了")
	})
}

func TestMissedWhileDown(t *testing.T) {
	for _, c := range []struct {
		down  time.Duration
		group []string
		told  []string
	}{
		{2 * time.Hour, []string{"报送组建进度（补发，原定今天11:00）"}, nil},
		{9 * time.Hour, nil, []string{"今天11:00：错过了，没有发"}},
	} {
		t.Run(c.down.String(), func(t *testing.T) {
			in(t, func(t *testing.T, h *house) {
				h.add(donghe, every{Say: "报送组建进度", First: time.Now().Add(time.Hour), Gap: 24 * time.Hour})
				h.close()
				pass(c.down)
				h.open()
				pass(time.Minute)
				h.wants(donghe, c.group...)
				h.wants("赵主任", c.told...)
				pass(24 * time.Hour)
				if n := len(h.far.texts(donghe)); n != len(c.group)+1 {
					t.Errorf("%d messages days later", n)
				}
			})
		})
	}
}

// TestDownOverNight is late by two hours, but it is night when we are back.
func TestDownOverNight(t *testing.T) {
	in(t, func(t *testing.T, h *house) {
		h.add(donghe, every{Say: "报送组建进度", First: Midnight(time.Now()).Add(20 * time.Hour)})
		h.close()
		until(22, 0)
		h.open()
		pass(time.Minute)
		h.wants(donghe)
		until(8, 0)
		h.wants(donghe, "补发，原定昨天20:00")
		h.wants("赵主任")
	})
}

func TestTroubleWithTheGroupIsTold(t *testing.T) {
	for err, words := range map[error]string{
		chat.ErrNoTarget:        "没有发出去。没有找到这个群",
		chat.ErrAmbiguous:       "没有发出去。有几个同名的群",
		errors.New("cut short"): "不知道发出去没有，不会自动再发。",
	} {
		t.Run(words, func(t *testing.T) {
			in(t, func(t *testing.T, h *house) {
				h.far.fails(func(to chat.Target, _ string) error {
					if to.Group {
						return err
					}
					return nil
				})
				id := h.add(donghe, every{Say: "报送组建进度", First: time.Now().Add(time.Hour), Gap: 24 * time.Hour})
				pass(3 * time.Hour)
				h.wants("赵主任", words)
				h.far.fails(nil)
				pass(5 * time.Hour)
				h.wants(donghe)
				r, err := h.db.Reminder(t.Context(), id)
				if err != nil || r.State != store.Active {
					t.Errorf("%+v, %v", r, err)
				}
				pass(24 * time.Hour)
				h.wants(donghe, "报送组建进度")
			})
		})
	}
}

func TestRenamedGroupIsFollowed(t *testing.T) {
	in(t, func(t *testing.T, h *house) {
		h.add(donghe, every{Say: "报送组建进度", First: time.Now().Add(time.Hour)})
		if err := h.db.RenameChat(t.Context(), "wechat", donghe, "东河街道妇建群"); err != nil {
			t.Fatal(err)
		}
		pass(2 * time.Hour)
		h.wants("东河街道妇建群", "报送组建进度")
	})
}

func TestMuteStopsWhatWaits(t *testing.T) {
	in(t, func(t *testing.T, h *house) {
		h.far.fails(func(chat.Target, string) error { return chat.ErrLoggedOut })
		id := h.add(donghe, every{Say: "报送组建进度", First: time.Now().Add(time.Hour), Gap: 24 * time.Hour})
		pass(2 * time.Hour)
		n, err := h.db.MuteReminders(t.Context(), "wechat", donghe, true, time.Now())
		if n != 1 || err != nil {
			t.Errorf("%d stopped, %v", n, err)
		}
		h.far.fails(nil)
		pass(24 * time.Hour)
		h.wants(donghe)
		all, err := h.db.Firings(t.Context(), id, 5)
		if err != nil || len(all) != 2 || all[0].Outcome != store.FiringMuted || all[1].Outcome != store.FiringMuted {
			t.Errorf("%+v, %v", all, err)
		}
		if _, err := h.db.MuteReminders(t.Context(), "wechat", donghe, false, time.Now()); err != nil {
			t.Error(err)
		}
		pass(24 * time.Hour)
		h.wants(donghe, "报送组建进度")
	})
}

// TestClockJumps has the machine's clock go three days ahead and back again:
// what only seemed missed is sent at its right time, and nothing twice.
func TestClockJumps(t *testing.T) {
	in(t, func(t *testing.T, h *house) {
		const day = 24 * time.Hour
		h.add(donghe, every{Say: "每天的事", First: time.Now().Add(day), Gap: day})
		h.add("西河镇妇建群", every{Say: "错时发的事", First: time.Now().Add(3*day + time.Hour), Gap: 4 * day})
		h.skew.Store(int64(3*day + 2*time.Hour))
		h.sched.Wake()
		pass(2 * time.Minute)
		h.wants(donghe, "补发")
		h.wants("西河镇妇建群", "补发")
		h.skew.Store(0)
		h.sched.Wake()
		pass(2 * time.Minute)
		pass(2*day + time.Hour)
		h.wants(donghe, "补发", "每天的事", "每天的事")
		pass(day)
		h.wants(donghe, "补发", "每天的事", "每天的事") // this one went out before
		pass(day)
		h.wants(donghe, "补发", "每天的事", "每天的事", "每天的事")
		h.wants("西河镇妇建群", "补发")
		pass(4 * day)
		h.wants("西河镇妇建群", "补发", "错时发的事")
		told := strings.Join(h.far.texts("赵主任"), "\n")
		if !strings.Contains(told, "错过了") || !strings.Contains(told, "往回拨了") {
			t.Error(told)
		}
	})
}

// broken reads no plan.
type broken struct{}

func (broken) Plan([]byte) (Plan, error) { return nil, errors.New("unknown form") }

func TestUnreadableIsKeptAndTold(t *testing.T) {
	in(t, func(t *testing.T, h *house) {
		id := h.add(donghe, every{Say: "报送组建进度", First: time.Now().Add(time.Hour)})
		h.close()
		h.plans = broken{}
		h.open()
		pass(2 * time.Hour)
		h.wants("赵主任", "提醒 1（群“东河镇妇建群”）读不出来")
		if r, err := h.db.Reminder(t.Context(), id); err != nil || r.State != store.Paused {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

func TestRefusal(t *testing.T) {
	for _, text := range []string{"请回复收到", "收到请回复", "收到后请回复", "收到的扣1", "看到后回复1", "公布未报送单位名单", "没有上报的村点名通报",
		"各镇组建率排名", "通报批评落后单位", "群里接龙报名", "转发朋友圈并截图反馈", "", "联系13812345678", strings.Repeat("长", 101), "机密★ 传达文件"} {
		if Refusal(text) == "" {
			t.Errorf("%q is not refused", text)
		}
	}
	for _, text := range []string{"报送组建进度", "向市场监管局要本月新注册名单", "收到材料后登记台账", "核对明细账", "准备述职评议材料", "回访没有建会的单位", "未建组织的单位再走访一遍", "收到上级通知后开会"} {
		if why := Refusal(text); why != "" {
			t.Errorf("%q is refused: %s", text, why)
		}
	}
}

func TestQuietHoursAreRead(t *testing.T) {
	for text, want := range map[string][2]time.Duration{"21:00-7:30": {clock(21, 0), clock(7, 30)}, "22：15至6：00": {clock(22, 15), clock(6, 0)}} {
		if from, to, err := ParseQuiet(text); err != nil || from != want[0] || to != want[1] {
			t.Errorf("%s: %v, %v, %v", text, from, to, err)
		}
	}
	for _, text := range []string{"晚上", "25:00-7:00", "21:00-7:61", "21-7"} {
		if _, _, err := ParseQuiet(text); err == nil {
			t.Errorf("%s was read", text)
		}
	}
}

// What has no further time is not said to come again.
func TestNewsOfALastTime(t *testing.T) {
	missed := store.Firing{Reminder: 1, Outcome: store.FiringMissed, State: store.Done}
	if said := news([]store.Firing{missed}, time.Now()); !strings.Contains(said, "没有下一次了") || strings.Contains(said, "下一次照常") {
		t.Errorf("a last one: %s", said)
	}
	again := store.Firing{Reminder: 2, Outcome: store.FiringFailed, State: store.Active}
	if said := news([]store.Firing{again}, time.Now()); !strings.Contains(said, "下一次照常") {
		t.Errorf("one that comes again: %s", said)
	}
	if said := news([]store.Firing{missed, again}, time.Now()); !strings.Contains(said, "其中 1 次是最后一次") {
		t.Errorf("both: %s", said)
	}
}
