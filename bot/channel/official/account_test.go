package official_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"zujian/bot/channel/official"
	"zujian/bot/chat"
	"zujian/bot/chattest"
	simulator "zujian/bot/simulator/official"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const zhao, li = "oZhao", "oLi"

func account(sim *simulator.Sim, change func(*official.Options)) official.Options {
	o := official.Options{ID: simulator.ExampleID, Secret: simulator.ExampleSecret, Token: simulator.ExampleToken, Key: simulator.ExampleKey, Customer: true, Transport: sim}
	if change != nil {
		change(&o)
	}
	return o
}

func service(sim *simulator.Sim, file string) official.ServiceOptions {
	return official.ServiceOptions{ID: simulator.ExampleID, Secret: simulator.ExampleSecret, Token: simulator.ExampleToken, Key: simulator.ExampleKey,
		Account: simulator.ExampleAccount, File: file, Welcome: "您好，请直接问。", Transport: sim}
}

// rig is a channel on a simulator within a bubble of simulated time. Every
// message is answered with its text after wait.
type rig struct {
	t   *testing.T
	sim *simulator.Sim
	ch  interface {
		chat.Channel
		Handler() http.Handler
	}
	wait time.Duration

	mu   sync.Mutex
	got  []chat.Inbound
	errs []error

	stop context.CancelFunc
	done sync.WaitGroup
}

func (r *rig) run() *rig {
	r.sim.Connect(r.ch.Handler())
	var ctx context.Context
	ctx, r.stop = context.WithCancel(context.Background())
	r.done.Go(func() { r.ch.Run(ctx, r.take) })
	pass(time.Second)
	return r
}

func (r *rig) take(in chat.Inbound) {
	r.mu.Lock()
	r.got = append(r.got, in)
	r.mu.Unlock()
	if in.Text == "" {
		return
	}
	r.done.Go(func() {
		<-time.After(r.wait)
		for part := range strings.SplitSeq(in.Text, "|") {
			_, err := r.ch.Send(context.Background(), in.Target(), "答："+part)
			r.mu.Lock()
			r.errs = append(r.errs, err)
			r.mu.Unlock()
		}
	})
}

func (r *rig) close() {
	pass(time.Minute)
	r.stop()
	r.done.Wait()
}

var pass = chattest.Pass

// reached gives what reached people, as by:text.
func (r *rig) reached() []string {
	var out []string
	for _, s := range r.sim.Sent() {
		out = append(out, s.By+":"+s.Text)
	}
	return out
}

func (r *rig) wants(want ...string) {
	r.t.Helper()
	if got := r.reached(); !slices.Equal(got, want) {
		r.t.Errorf("reached %q, want %q", got, want)
	}
}

func onAccount(t *testing.T, o simulator.Options, change func(*official.Options), f func(r *rig)) {
	synctest.Test(t, func(t *testing.T) {
		sim := simulator.New(o)
		ch, err := official.New(account(sim, change))
		if err != nil {
			t.Fatal(err)
		}
		r := (&rig{t: t, sim: sim, ch: ch}).run()
		defer r.close()
		f(r)
	})
}

func alone(o *official.Options) { o.Customer, o.Secret = false, "" }

// TestAnswersWithinFiveSeconds is an account that may do nothing else.
func TestAnswersWithinFiveSeconds(t *testing.T) {
	onAccount(t, simulator.Options{}, alone, func(r *rig) {
		r.wait = 4 * time.Second
		r.sim.Say(zhao, "快")
		pass(10 * time.Second)
		r.wait = 7 * time.Second
		r.sim.Say(zhao, "慢")
		pass(6 * time.Second)
		r.sim.Say(zhao, "继续") // too early
		pass(4 * time.Second)
		r.sim.Say(zhao, "继续")
		pass(10 * time.Second)
		r.wait = 0
		r.sim.Send(zhao, "image") // nothing will come, and nothing is promised
		pass(10 * time.Second)
		r.sim.Say(zhao, "甲|乙|丙")
		pass(10 * time.Second)
		r.sim.Say(zhao, "继续")
		pass(time.Second)
		r.sim.Say(zhao, "继续")
		pass(10 * time.Second)
		r.wants("reply:答：快", "reply:正在查，还没有好。过几秒请回复“继续”看答案。", "reply:还没有查好。请过几秒再回复“继续”。", "reply:答：慢",
			"reply:答：甲", "reply:答：乙\n（还有，请回复“继续”。）", "reply:答：丙")
		r.sim.Say(zhao, "继续") // a word like any other: nothing waits
		pass(10 * time.Second)
		if last := r.reached(); last[len(last)-1] != "reply:答：继续" {
			r.t.Errorf("%q", last)
		}
		if len(r.got) != 5 || r.sim.Failed() > 0 || !r.got[0].Once {
			r.t.Errorf("%d messages came through, %d callbacks failed", len(r.got), r.sim.Failed())
		}
	})
}

// TestThreeTries has WeChat ask again: the message is worked on once, and every
// try gets the one answer.
func TestThreeTries(t *testing.T) {
	onAccount(t, simulator.Options{}, alone, func(r *rig) {
		r.sim.Duplicate(1)
		r.sim.Say(zhao, "一")
		pass(10 * time.Second)
		r.wants("reply:答：一", "reply:答：一")
		if len(r.got) != 1 {
			r.t.Errorf("worked on %d times", len(r.got))
		}
	})
}

func TestLateAnswersAreCustomerMessages(t *testing.T) {
	onAccount(t, simulator.Options{}, nil, func(r *rig) {
		r.sim.Say(zhao, "甲|乙")
		pass(10 * time.Second)
		r.wait = 8 * time.Second
		r.sim.Say(zhao, "慢")
		pass(time.Minute)
		r.sim.Void() // the token is no longer known: a new one is got, and nothing is lost or sent twice
		r.sim.Say(zhao, "再慢")
		pass(time.Minute)
		r.wants("reply:答：甲", "custom:答：乙", "custom:答：慢", "custom:答：再慢")
		if r.sim.Failed() > 0 {
			r.t.Errorf("%d callbacks failed", r.sim.Failed())
		}
	})
}

func TestEventsAndKinds(t *testing.T) {
	onAccount(t, simulator.Options{}, func(o *official.Options) { o.Menu = true }, func(r *rig) {
		r.sim.Event(zhao, "subscribe", "")
		r.sim.Event(zhao, "CLICK", "组建")
		r.sim.Event(zhao, "VIEW", "https://example.com")
		for _, kind := range []string{"voice", "image", "location"} {
			r.sim.Send(zhao, kind)
		}
		pass(time.Minute)
		if len(r.got) != 5 || !r.got[0].Arrived || r.got[1].Text != "组建" || r.got[2].Kind != chat.Voice || r.got[3].Kind != chat.Picture || r.got[4].Kind != chat.Place {
			r.t.Errorf("%+v", r.got)
		}
		menu := slices.ContainsFunc(r.sim.Requests(), func(q simulatorRequest) bool { return q.Path == "/cgi-bin/menu/create" })
		if !menu {
			r.t.Error("the menu was not set")
		}
	})
}

// TestOnlyWhoAgreedIsReminded goes through what a person may say, and through
// the 48 hours.
func TestOnlyWhoAgreedIsReminded(t *testing.T) {
	file := filepath.Join(t.TempDir(), "official.json")
	change := func(o *official.Options) { o.File, o.Template = file, "TPL" }
	remind := func(r *rig, text string) error {
		_, err := r.ch.Send(context.Background(), chat.Target{Channel: "official", Chat: zhao}, text)
		return err
	}
	onAccount(t, simulator.Options{}, change, func(r *rig) {
		r.sim.Say(zhao, "你好")
		pass(10 * time.Second)
		if err := remind(r, "别发"); !errors.Is(err, chat.ErrWindowClosed) {
			r.t.Errorf("to somebody who did not agree: %v", err)
		}
		r.sim.Say(zhao, "接收提醒")
		pass(10 * time.Second)
	})
	onAccount(t, simulator.Options{}, change, func(r *rig) { // the program was started again
		r.sim.Say(zhao, "你好")
		pass(10 * time.Second)
		if err := remind(r, "报送进度"); err != nil {
			r.t.Error(err)
		}
		pass(49 * time.Hour)
		if err := remind(r, "请在本月二十五日以前报送组建进度，过时不候"); err != nil {
			r.t.Error(err)
		}
		r.sim.Say(zhao, "不收提醒")
		pass(10 * time.Second)
		if err := remind(r, "别发"); !errors.Is(err, chat.ErrWindowClosed) {
			r.t.Errorf("after a refusal: %v", err)
		}
		r.wants("reply:答：你好", "custom:报送进度", "template:请在本月二十五日以前报送组建进度，过时…", "reply:好的，不再提醒您。要再收，请回复“接收提醒”。")
	})
	if err := os.WriteFile(file, []byte("{broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	onAccount(t, simulator.Options{}, change, func(r *rig) {
		r.sim.Say(zhao, "接收提醒")
		pass(10 * time.Second)
		if data, err := os.ReadFile(file); err != nil || string(data) != "{broken" {
			r.t.Errorf("a file that cannot be read was written over: %q, %v", data, err)
		}
	})
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	onAccount(t, simulator.Options{}, func(o *official.Options) { o.Secret = "other" }, func(r *rig) {
		if s := r.ch.Report(); s.State != chat.Refused || !strings.Contains(s.Advice(), "公众号没有认") || s.Cause != "40001" {
			r.t.Errorf("%+v", s)
		}
		r.sim.Say(zhao, "还答吗") // passive answers need no secret
		pass(10 * time.Second)
		r.wants("reply:答：还答吗")
	})
	onAccount(t, simulator.Options{NoRight: true}, func(o *official.Options) { o.Patience = -1 }, func(r *rig) {
		r.sim.Say(zhao, "一")
		pass(10 * time.Second)
		if len(r.errs) != 1 || !errors.Is(r.errs[0], chat.ErrRejected) {
			r.t.Errorf("an account without the right: %v", r.errs)
		}
	})
	for _, o := range []official.Options{{}, {ID: "x", Token: "y", Key: "short"}, {ID: "x", Token: "y", Key: simulator.ExampleKey, BaseURL: "nothing"}} {
		if _, err := official.New(o); err == nil {
			t.Errorf("taken: %+v", o)
		}
	}
}
