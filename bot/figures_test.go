package main

import (
	"bytes"
	"context"
	"io"
	"slices"
	"sync"
	"testing"
	"time"

	"zujian/bot/office"
)

// watch waits for words to be written.
type watch struct {
	words string
	once  sync.Once
	seen  chan struct{}
}

func (w *watch) Write(b []byte) (int, error) {
	if bytes.Contains(b, []byte(w.words)) {
		w.once.Do(func() { close(w.seen) })
	}
	return len(b), nil
}

// TestMentionInRealTime measures the whole program, answerer, store and
// sockets included, against the simulator, with which no pace is kept. The
// simulator's own time is in the figures.
func TestMentionInRealTime(t *testing.T) {
	if testing.Short() {
		t.Skip("a time measured with the race detector is none")
	}
	dir := home(t)
	sim := village(t)
	p := &office.Office{Ctx: context.Background(), Err: io.Discard, Now: time.Now}
	if err := p.Configure(dir, ""); err != nil {
		t.Fatal(err)
	}
	if err := p.Simulate(sim.base); err != nil {
		t.Fatal(err)
	}
	p.Set(func(c *office.Config) { c.Desk.PerMinute = 600 })
	sim.says("li", "@组建助手 启动前问的") // is not answered
	up := &watch{words: "微信：在线", seen: make(chan struct{})}
	p.Out = up
	began := time.Now()
	s, err := p.Serve()
	if err != nil {
		t.Fatal(err)
	}
	opened := time.Since(began)
	<-up.seen
	online := time.Since(began)
	ask := func(q string) time.Duration {
		began := time.Now()
		sim.n += 2 // the question and its answer
		sim.says("li", "@组建助手\u2005"+q)
		for want := sim.n; ; {
			sim.n = want - 1
			if sim.look(t.Context()); sim.n >= want {
				return time.Since(began)
			}
		}
	}
	sim.look(t.Context())
	ask("园区里的企业归谁管")
	first := time.Since(began)
	var took []time.Duration
	for range 60 {
		for _, q := range []string{"律所在园区里，归谁管？", "单独组建要多少名女职工", "没有党组织的企业谁来推动"} {
			took = append(took, ask(q))
		}
	}
	slices.Sort(took)
	t.Logf("simulator over sockets, real answerer and store: program ready in %v, logged in after %v, first answer after %v; %d mentions in a group: median %v, 99th percentile %v",
		opened.Round(time.Millisecond), online.Round(time.Millisecond), first.Round(time.Millisecond), len(took), took[len(took)/2], took[len(took)*99/100])
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	p.Close()
}
