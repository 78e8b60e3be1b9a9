package desk

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"zujian/bot/chat"
	"zujian/bot/store"
)

// line is a channel that takes everything, each after some time, and notes when.
type line struct {
	after time.Duration
	mu    sync.Mutex
	got   map[string][]heard // by chat
}

type heard struct {
	at   time.Time
	text string
}

func (*line) Name() string                                  { return "line" }
func (*line) Can() chat.Capabilities                        { return chat.Capabilities{Push: true} }
func (*line) Run(ctx context.Context, _ chat.Handler) error { <-ctx.Done(); return nil }
func (*line) Report() chat.Report                           { return chat.Report{State: chat.Online} }

func (l *line) Send(_ context.Context, to chat.Target, text string) (chat.Receipt, error) {
	if l.after > 0 {
		<-time.After(l.after)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.got[to.Chat] = append(l.got[to.Chat], heard{time.Now(), text})
	return chat.Receipt{At: time.Now()}, nil
}

// working answers with the question, after work.
type working func()

func (w working) Answer(_ context.Context, turns []string) Answer {
	w()
	return Answer{Status: "answered", Text: turns[len(turns)-1]}
}

const (
	overloadPerSecond = 150
	overloadPeople    = 600
	answeredWithin    = 5 * time.Second
)

// overload has people ask 150 questions a second, on the real store, and checks
// that of those that are answered 99 of 100 are within five seconds, and that
// everybody who is not answered is told so, once a minute. It gives how many were
// answered, and how long it took until the last was told.
func overload(t *testing.T, seconds int, work working, l *line) (answered int, told time.Duration) {
	t.Helper()
	db, err := store.Open(filepath.Join(t.TempDir(), "zujian.db"))
	if err != nil {
		t.Fatal(err)
	}
	l.got = map[string][]heard{}
	pump := NewPump(l, db, nil)
	danger := func(text string) (Answer, bool) {
		return Answer{Status: statusUrgent, Text: text}, text == "第299问"
	}
	runner := New(Options{Answerer: work, Guard: danger, Dialog: counting{}, Records: db, Habits: Habits{PerMinute: 60}}).NewRunner(func(string) { pump.Wake() }, nil)
	runner.Direct = func(outs ...store.Out) { pump.Direct(outs...) }
	runner.Behind = func(string) bool { return pump.Behind() }
	ctx, stop := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() { pump.Run(ctx) })
	asked := map[string]time.Time{}
	tick := time.NewTicker(time.Second / overloadPerSecond)
	for n := range overloadPerSecond * seconds {
		<-tick.C
		who, q := person(n), fmt.Sprintf("第%d问", n)
		asked[q] = time.Now()
		runner.Deliver(chat.Inbound{Channel: "line", Chat: who, Speaker: who, ID: q, Text: q})
	}
	tick.Stop()
	runner.Close()
	pump.Finish()
	done.Wait()
	stop()
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	return l.check(t, asked)
}

func person(n int) string { return fmt.Sprint("p", n%overloadPeople) }

// check compares what was asked with what came.
func (l *line) check(t *testing.T, asked map[string]time.Time) (answered int, within time.Duration) {
	t.Helper()
	var took []time.Duration
	told, times := map[string]time.Time{}, map[string]int{} // when first, and how often
	lasted := time.Since(asked["第0问"])
	for who, all := range l.got {
		for _, h := range all {
			at, answers := asked[h.text]
			switch {
			case answers:
				took = append(took, h.at.Sub(at))
				delete(asked, h.text)
			case h.text != sayBusy || times[who] > int(lasted/limitWindow):
				t.Errorf("%s got %s, %d times before", who, h.text, times[who])
			case times[who] == 0:
				told[who] = h.at
			}
			if !answers {
				times[who]++
			}
		}
	}
	slices.Sort(took)
	most, first := took[len(took)*99/100], time.Duration(0)
	if most > answeredWithin {
		t.Errorf("99 of 100 answers within %v", most)
	}
	for n := range len(took) + len(asked) {
		if at, left := asked[fmt.Sprintf("第%d问", n)]; left && times[person(n)] == 0 {
			t.Errorf("%d is neither answered nor told", n)
		} else if left {
			first = max(first, told[person(n)].Sub(at))
		}
	}
	if _, left := asked["第299问"]; left {
		t.Error("danger was too many")
	}
	t.Logf("%d answered: median %v, 99th percentile %v, longest %v; %d not, of %d people, told within %v", len(took), took[len(took)/2].Round(time.Millisecond),
		most.Round(time.Millisecond), took[len(took)-1].Round(time.Millisecond), len(asked), len(told), first.Round(time.Millisecond))
	return len(took), first
}

// TestOverload is in real time, with an answer that keeps a processor as long as
// the real answerer does beside some dozens of documents.
func TestOverload(t *testing.T) {
	seconds := 3
	if os.Getenv("ZUJIAN_LONG") != "" {
		seconds = 30
	}
	overload(t, seconds, func() {
		for began := time.Now(); time.Since(began) < 4*time.Millisecond; {
		}
	}, &line{})
}

// TestOverloadOfOnePart has answering, then sending, be slower than people ask, in
// simulated time: as many are answered as can be.
func TestOverloadOfOnePart(t *testing.T) {
	for name, of := range map[string]struct {
		work  working
		sends time.Duration
	}{
		"answering, 40 a second": {func() { <-time.After(100 * time.Millisecond) }, 0},
		"sending, 50 a second":   {func() {}, 20 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				if n, told := overload(t, 4, of.work, &line{after: of.sends}); n < 80 || of.sends == 0 && told > answeredWithin {
					t.Errorf("only %d of some 150, and all told after %v", n, told)
				}
			})
		})
	}
}
