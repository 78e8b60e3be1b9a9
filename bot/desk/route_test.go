package desk

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/channel/wechat"
	"zujian/bot/channel/wecom"
	"zujian/bot/chat"
	wechatsim "zujian/bot/simulator/wechat"
	wecomsim "zujian/bot/simulator/wecom"
	"zujian/bot/store"
)

// threeWays is an outbox that goes by three channels, each with its simulator.
type threeWays struct {
	t      *testing.T
	db     *store.DB
	router *Router
	pumps  []*Pump
	wechat *wechatsim.Sim
	robot  *wecomsim.Sim
	hook   *wecomsim.Sim
	groups []string
	stop   context.CancelFunc
	done   sync.WaitGroup
}

func openThreeWays(t *testing.T, groups int) *threeWays {
	w := &threeWays{t: t, wechat: wechatsim.New(wechatsim.Options{}), robot: wecomsim.New(wecomsim.Options{}), hook: wecomsim.New(wecomsim.Options{})}
	names, hooks := map[string]string{}, map[string]string{}
	for i := range groups {
		name, id := fmt.Sprintf("第%d群", i+1), fmt.Sprintf("wr%04d", i+1)
		w.groups = append(w.groups, name)
		names[id], hooks[name] = name, "http://localhost"+wecomsim.WebhookPath+"?key="+id
		w.wechat.AddGroup(wechatsim.Group{Key: id, Name: name, Members: []wechatsim.Member{{Key: "li", Nick: "李桂芳"}}})
		w.robot.AddGroup(wecomsim.Group{ID: id, Name: name, Key: "robot-" + id})
		w.hook.AddGroup(wecomsim.Group{ID: id, Name: name, Key: id})
	}
	t.Cleanup(w.robot.Open())
	t.Cleanup(w.hook.Open())
	var err error
	if w.db, err = store.Open(filepath.Join(t.TempDir(), "zujian.db")); err != nil {
		t.Fatal(err)
	}
	a, err1 := wecom.New(wecom.Options{BotID: "simbot", Secret: "simsecret", Address: "ws://localhost/", Dial: w.robot.Dial, Robot: "组建助手", Names: names})
	b, err2 := wecom.NewWebhook(wecom.WebhookOptions{Dial: w.hook.Dial, Groups: hooks})
	c, err3 := wechat.New(wechat.Options{HotFile: filepath.Join(t.TempDir(), "hot.json"), Transport: w.wechat, Pace: -1})
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	for _, ch := range []chat.Channel{a, b, c} {
		w.pumps = append(w.pumps, NewPump(ch, w.db, nil))
	}
	w.router = NewRouter(w.db, nil, w.pumps...)
	var ctx context.Context
	ctx, w.stop = context.WithCancel(context.Background())
	for _, p := range w.pumps {
		w.done.Go(func() { p.channel.Run(ctx, func(chat.Inbound) {}) })
		w.done.Go(func() { p.Run(ctx) })
	}
	pass(time.Minute)
	return w
}

func (w *threeWays) close() {
	w.stop()
	w.done.Wait()
	w.db.Close()
}

// push puts a reminder for a group into the outbox, as the scheduler does.
func (w *threeWays) push(group, text string) {
	w.t.Helper()
	var all []chat.Target
	for _, channel := range []string{"wecom", "wecom-webhook", "wechat"} {
		all = append(all, chat.Target{Channel: channel, Chat: group, Group: true})
	}
	to, others, _ := w.router.First(w.t.Context(), all)
	now := time.Now()
	if _, err := w.db.Enqueue(w.t.Context(), now, store.Out{Target: to, Others: others, Text: text, Expires: now.Add(6 * time.Hour)}); err != nil {
		w.t.Fatal(err)
	}
	for _, p := range w.pumps {
		p.Wake()
	}
}

// arrived counts how often each text reached a far end, over all channels.
func (w *threeWays) arrived() (times map[string]int, by map[string]int) {
	times, by = map[string]int{}, map[string]int{}
	for _, s := range w.robot.Sent() {
		times[s.Shown()]++
		by["wecom"]++
	}
	for _, s := range w.hook.Sent() {
		times[s.Shown()]++
		by["wecom-webhook"]++
	}
	for _, s := range w.wechat.Sent() {
		times[s.Text]++
		by["wechat"]++
	}
	return times, by
}

// TestFailOver pushes 1,000 messages over three channels while each goes down
// in turn, and answers of the far ends get lost: every one arrives once, or is
// flagged; none arrives twice.
func TestFailOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const pushes = 1000
		w := openThreeWays(t, 40)
		defer w.close()
		for i := range pushes {
			switch i {
			case 100:
				w.robot.SetDown(true)
			case 250:
				w.hook.SetDown(true) // two of three
			case 350:
				w.robot.SetDown(false)
			case 450:
				w.hook.SetDown(false)
				w.wechat.SetDown(true)
			case 550:
				w.robot.TakeOver() // nobody brings it back before 800
			case 650:
				w.hook.SetDown(true) // all three
			case 700:
				w.wechat.SetDown(false)
			case 750:
				w.hook.SetDown(false)
			case 800:
				w.pumps[0].channel.(*wecom.Channel).Relogin()
			case 900:
				w.wechat.Logout(1101)
			}
			if i%97 == 50 {
				w.robot.LoseSends(1)
				w.hook.LoseSends(1)
				w.wechat.LoseSends(1)
			}
			w.push(w.groups[i%len(w.groups)], fmt.Sprintf("请在今天报送第%d号进度", i))
			if i%10 == 9 {
				pass(15 * time.Second)
			}
		}
		pass(time.Hour)
		counts, err := w.db.Counts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if counts[store.Sent]+counts[store.Unknown] != pushes || counts[store.Failed] > 0 {
			t.Errorf("messages stand at %v", counts)
		}
		times, by := w.arrived()
		arrived := 0
		for text, n := range times {
			if n > 1 {
				t.Errorf("%s arrived %d times", text, n)
			}
			arrived++
		}
		if arrived < counts[store.Sent] {
			t.Errorf("%d are said to be sent, %d arrived", counts[store.Sent], arrived)
		}
		if len(by) < 3 || counts[store.Unknown] == 0 {
			t.Errorf("not every way was used, or no answer was lost: %v, %v", by, counts)
		}
		t.Logf("%d pushes: %v, by channel %v", pushes, counts, by)
	})
}

// TestMutedElsewhere has a group that wants no reminders in one channel get none
// there by another's failure.
func TestMutedElsewhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := openThreeWays(t, 1)
		defer w.close()
		if _, err := w.db.MuteReminders(t.Context(), "wecom-webhook", w.groups[0], true, time.Now()); err != nil {
			t.Fatal(err)
		}
		w.robot.SetDown(true)
		w.wechat.SetDown(true)
		w.push(w.groups[0], "请报进度")
		pass(10 * time.Minute)
		if n, _ := w.arrived(); len(n) > 0 {
			t.Errorf("arrived: %v", n)
		}
		w.wechat.SetDown(false)
		pass(10 * time.Minute)
		if n, by := w.arrived(); n["请报进度"] != 1 || by["wechat"] != 1 {
			t.Errorf("arrived: %v by %v", n, by)
		}
	})
}

// TestChannelsKeepPeopleApart has people of one name in two channels: a dialog
// begun in one is not continued in the other.
func TestChannelsKeepPeopleApart(t *testing.T) {
	inHouse(t, nil, func(t *testing.T, h *house) {
		say := func(channel, text string) string {
			replies, err := h.desk.Handle(t.Context(), chat.Inbound{Channel: channel, Chat: "赵主任", Speaker: "赵主任", Text: text, Sent: time.Now()})
			if err != nil || len(replies) != 1 {
				t.Fatalf("%v, %v", replies, err)
			}
			return replies[0]
		}
		if got := say("ilink", "组建"); got != "第1题" {
			t.Errorf("%s", got)
		}
		if got := say("wecom", "园区"); got != "答：园区" {
			t.Errorf("the dialog went on in another channel: %s", got)
		}
		if got := say("ilink", "园区"); got != "第2题" {
			t.Errorf("%s", got)
		}
	})
}
