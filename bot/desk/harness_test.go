package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"zujian/bot/channel/wechat"
	"zujian/bot/chat"
	simulator "zujian/bot/simulator/wechat"
	"zujian/bot/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// echo answers with the question; some words have it answer otherwise.
type echo struct{}

func (echo) Answer(ctx context.Context, turns []string) Answer {
	q := turns[len(turns)-1]
	switch {
	case strings.Contains(q, "慢"):
		select {
		case <-time.After(5 * time.Second):
		case <-ctx.Done():
		}
	case strings.Contains(q, "崩"):
		panic(q)
	case q == "😀":
		return Answer{Status: statusError, Text: "看不了表情。"}
	case strings.Contains(q, "人数"):
		return Answer{Status: statusNotStated, Text: "讲话里没有写人数标准。"}
	case strings.Contains(q, "查某人"):
		return Answer{Status: statusPrivate, Text: "这里不查个人信息。"}
	case strings.HasPrefix(q, "组建"):
		return Answer{Status: statusDialog, Text: "在园区吗？"}
	case strings.Contains(q, "刚才"):
		return Answer{Status: "answered", Text: "接着：" + strings.Join(turns, "|")}
	}
	return Answer{Status: "answered", Text: "答：" + q, ClauseIDs: []string{"speech#12"}}
}

// counting is a dialog of three questions.
type counting struct{}

func (counting) Step(_ context.Context, state []byte, text, _ string, _ time.Time) ([]byte, Reply) {
	var got []string
	if len(state) > 0 {
		json.Unmarshal(state, &got)
	}
	if strings.HasSuffix(text, "？") {
		return state, Reply{Text: fmt.Sprintf("接着问第%d题", len(got)), Aside: true}
	}
	if text == "隔了好久" {
		return state, Reply{Text: "作废了", Ended: true, Expired: true}
	}
	if text == "退出" {
		return nil, Reply{Text: "好的", Ended: true}
	}
	got = append(got, text)
	next, _ := json.Marshal(got)
	if len(got) > 3 {
		return nil, Reply{Text: "结论：" + strings.Join(got, "、"), Ended: true}
	}
	return next, Reply{Text: fmt.Sprintf("第%d题", len(got))}
}

// house is a program on a simulator: channel, store, desk, runner and pump.
type house struct {
	t      *testing.T
	sim    *simulator.Sim
	db     *store.DB
	path   string
	hot    string
	desk   *Desk
	runner *Runner
	ch     *wechat.Channel
	pump   *Pump
	log    *bytes.Buffer
	change func(*Options)
	pace   time.Duration
	base   string

	mu      sync.Mutex
	reports []chat.Report
	trouble map[store.Status]int

	stop context.CancelFunc
	done sync.WaitGroup
	sent chan struct{} // closed when the pump has ended
}

func newHouse(t *testing.T, sim *simulator.Sim, change func(*Options)) *house {
	h := &house{t: t, sim: sim, path: filepath.Join(t.TempDir(), "zujian.db"), hot: filepath.Join(t.TempDir(), "hot.json"),
		log: &bytes.Buffer{}, change: change, pace: -1}
	return h
}

// open starts the program.
func (h *house) open() *house {
	h.t.Helper()
	db, err := store.Open(h.path)
	if err != nil {
		h.t.Fatal(err)
	}
	log := slog.New(slog.NewJSONHandler(&locked{to: h.log}, nil))
	o := Options{Answerer: echo{}, Dialog: counting{}, Records: db, Version: func() string { return "v1" }, Log: log}
	o.Bind = func(_ context.Context, in chat.Inbound, name string) error { return h.ch.Bind(in.Ref, name) }
	if h.change != nil {
		h.change(&o)
	}
	var pump *Pump
	wopts := wechat.Options{HotFile: h.hot, Pace: h.pace, BaseURL: h.base, Log: log,
		OnState: func(r chat.Report) { h.hear(r); pump.Wake() },
		OnRename: func(old, new string) {
			if _, err := h.desk.Rename(context.Background(), "wechat", old, new); err != nil {
				h.t.Error(err)
			}
		}}
	if h.base == "" {
		wopts.Transport = http.RoundTripper(h.sim)
	}
	ch, err := wechat.New(wopts)
	if err != nil {
		h.t.Fatal(err)
	}
	h.db, h.ch, h.desk = db, ch, New(o)
	pump = NewPump(ch, db, log)
	h.pump, h.trouble, h.sent = pump, map[store.Status]int{}, make(chan struct{})
	pump.Trouble = h.hearTrouble
	h.runner = h.desk.NewRunner(func(string) { pump.Wake() }, map[string]int{"wechat": ch.Can().Longest})
	ctx, stop := context.WithCancel(context.Background())
	h.stop = stop
	h.done.Go(func() { ch.Run(ctx, h.runner.Deliver) })
	h.done.Go(func() { defer close(h.sent); pump.Run(ctx) })
	return h
}

// close stops the program as an orderly end does.
func (h *house) close() {
	h.t.Helper()
	h.stop()
	h.done.Wait()
	h.runner.Close()
	if err := h.db.Close(); err != nil {
		h.t.Error(err)
	}
}

func (h *house) hear(r chat.Report) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.reports = append(h.reports, r)
}

func (h *house) hearTrouble(status store.Status, n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.trouble[status] += n
}

// heard counts the reports of each state.
func (h *house) heard() map[chat.State]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := map[chat.State]int{}
	for _, r := range h.reports {
		n[r.State]++
	}
	return n
}

// locked makes a buffer safe for log lines from several goroutines.
type locked struct {
	mu sync.Mutex
	to *bytes.Buffer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.to.Write(p)
}

// pass lets simulated time go by.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// texts gives what was sent since the n-th message.
func texts(sim *simulator.Sim, n int) []string {
	var out []string
	for _, s := range sim.Sent()[n:] {
		out = append(out, answerOf(s.Text))
	}
	return out
}

// answerOf is a reply without the line that says to whom and to what it belongs.
func answerOf(text string) string {
	if head, rest, ok := strings.Cut(text, "：\n"); ok && strings.Contains(head, "问的") {
		return rest
	}
	return text
}

func village() *simulator.Sim { return villageOf(simulator.Options{}) }

func villageOf(opts simulator.Options) *simulator.Sim {
	sim := simulator.New(opts)
	sim.AddGroup(simulator.Group{Key: "donghe", Name: "东河镇网格员群", Members: []simulator.Member{
		{Key: "li", Nick: "李桂芳", Display: "李家村-李干部"}, {Key: "wang", Nick: "王秀英"}}})
	sim.AddFriend(simulator.Friend{Key: "zhao", Nick: "赵", Remark: "赵主任"})
	return sim
}
