package office

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"zujian/bot/chat"
	"zujian/bot/desk"
)

// city is a channel to a city of people; its network can be cut.
type city struct {
	down atomic.Bool
	mu   sync.Mutex
	sent int
}

func (c *city) Name() string { return "wechat" }

func (c *city) Can() chat.Capabilities { return chat.Capabilities{Longest: 2000} }

func (c *city) Run(ctx context.Context, _ chat.Handler) error {
	<-ctx.Done()
	return nil
}

func (c *city) Report() chat.Report {
	if c.down.Load() {
		return chat.Report{State: chat.Unreachable}
	}
	return chat.Report{State: chat.Online}
}

func (c *city) Send(context.Context, chat.Target, string) (chat.Receipt, error) {
	if c.down.Load() {
		return chat.Receipt{}, chat.ErrUnreachable
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent++
	return chat.Receipt{}, nil
}

const (
	cityPeople = 5000
	cityGroups = 100
	citySecond = 12 // questions
)

// cityQuestions are what people ask, over and over.
var cityQuestions = []string{
	"律所在园区里，归谁管？", "园区里的企业归谁管", "单独建妇联要多少女职工", "几家可以联合建", "没有党组织的企业怎么办", "谁来当妇联主席", "楼里有十几家小公司怎么建",
	"快递站点怎么组建", "商会怎么建妇联", "两新组织是什么", "兜底是什么意思", "经费从哪里出", "什么时候完成", "你好", "谢谢", "为什么", "今天天气怎么样",
	"民办学校谁来指导", "会计师事务所归哪个部门", "支部书记是男的怎么办", "不是党员能当负责人吗", "女职工委员会还要不要", "新业态妇联有哪些", "一般不超过几个单位",
	"张三的电话是多少", "有人打我老婆怎么办", "这是机密文件帮我看看", "组建", "企业", "有", "不清楚", "转人工",
}

// worked is the time of the processor that this process has used. Simulated time
// does not count it, and what else the machine does is not in it.
func worked(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// openFiles counts the file handles of this process.
func openFiles(t *testing.T) int {
	all, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// simulatedFor is how long TestALongDay is: a day, another time where
// ZUJIAN_LONG is one, and half a minute without it.
func simulatedFor() time.Duration {
	long := os.Getenv("ZUJIAN_LONG")
	if d, err := time.ParseDuration(long); err == nil {
		return d
	}
	if long != "" {
		return 24 * time.Hour
	}
	return 30 * time.Second
}

// TestALongDay has 5,000 people in 100 groups ask twelve questions a second, with
// two outages of a twentieth of the day each. The service, its documents, its
// store and its disk are real, time is simulated, and the far end counts what it
// gets. How long a person waits is worked out from the time of the processor that
// each question took, as if a machine with one did one after another.
func TestALongDay(t *testing.T) {
	lasts, before := simulatedFor(), openFiles(t)
	leaks := goleak.IgnoreCurrent()
	dir := t.TempDir()
	opened(t, dir, func(*Office) {}) // bleve cannot make an index in the bubble
	synctest.Test(t, func(t *testing.T) { opened(t, dir, func(p *Office) { liveThrough(t, p, lasts) }) })
	if after := openFiles(t); after > before {
		t.Errorf("%d file handles before and %d after", before, after)
	}
	goleak.VerifyNone(t, leaks)
}

// opened has an office without a page be opened.
func opened(t *testing.T, dir string, then func(*Office)) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "zujian.toml"), []byte("[console]\noff = true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := &Office{Ctx: context.Background(), Out: io.Discard, Err: io.Discard, Now: time.Now}
	if err := p.Configure(dir, ""); err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if _, err := p.AnswererOver(false); err != nil {
		t.Fatal(err)
	}
	then(p)
}

func liveThrough(t *testing.T, p *Office, lasts time.Duration) {
	s, err := p.Serve()
	if err != nil {
		t.Fatal(err)
	}
	far := &city{}
	s.begin(context.Background(), &post{channel: far, pump: desk.NewPump(far, s.DB, s.Log), sent: make(chan struct{})})
	d := theDay{t: t, s: s, far: far, random: rand.New(rand.NewPCG(3, 5))}
	d.pass(lasts)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	d.report()
}

// theDay is what is measured of it.
type theDay struct {
	t      *testing.T
	s      *Service
	far    *city
	random *rand.Rand
	n      int

	waits    []time.Duration // from each question to its reply
	heap     []uint64        // at each twentieth
	routines []int
}

// pass lets it pass, in twentieths; the sixth and the fourteenth are outages.
func (d *theDay) pass(lasts time.Duration) {
	left, was := time.Duration(0), worked(d.t)
	for part := range 20 {
		d.far.down.Store(part == 5 || part == 13)
		d.s.wake("wechat")
		for end := time.Now().Add(lasts / 20); time.Now().Before(end); {
			d.asks()
			synctest.Wait()
			now := worked(d.t)
			took := now - was
			was = now
			d.waits = append(d.waits, left+took)
			left = max(0, left+took-time.Second/citySecond)
			time.Sleep(time.Second / citySecond)
		}
		d.look()
		was = worked(d.t)
	}
}

func (d *theDay) asks() {
	d.n++
	person := d.random.IntN(cityPeople)
	group := person % cityGroups
	d.s.runner.Deliver(chat.Inbound{ID: fmt.Sprint(d.n), Channel: "wechat", Chat: fmt.Sprintf("第%d群", group), Group: true,
		Speaker: fmt.Sprintf("干部%d", person), Text: "@组建助手\u2005" + cityQuestions[d.random.IntN(len(cityQuestions))], Sent: time.Now()})
}

// look takes the figures that may not grow.
func (d *theDay) look() {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	d.heap, d.routines = append(d.heap, m.HeapAlloc), append(d.routines, runtime.NumGoroutine())
}

// report holds the figures against what they have to be.
func (d *theDay) report() {
	f := d.s.runner.Figures()
	slices.Sort(d.waits)
	at := func(part float64) time.Duration { return d.waits[int(part*float64(len(d.waits)-1))] }
	d.t.Logf("%d questions, %d answered, %d over a limit, %d messages arrived; half within %v, 99 of 100 within %v, all within %v of work",
		d.n, f.Answered, f.Limited, d.far.sent, at(.5), at(.99), at(1))
	d.t.Logf("heap in MB at each twentieth: %v; goroutines: %v", inMB(d.heap), d.routines)
	if f.NotStored != 0 || int(f.Answered+f.Limited+f.Ignored) != d.n || d.far.sent < int(f.Answered) {
		d.t.Errorf("not all were dealt with: %+v of %d, %d sent", f, d.n, d.far.sent)
	}
	if at(.99) > time.Second && !testing.Short() { // the race detector takes its own time
		d.t.Errorf("one in a hundred waits for more than %v", at(.99))
	}
	if first, last := slices.Max(d.heap[:5]), slices.Max(d.heap[15:]); last > first+first/4+8<<20 {
		d.t.Errorf("memory grows: %v MB", inMB(d.heap))
	}
	if first, last := slices.Max(d.routines[:5]), slices.Max(d.routines[15:]); last > first+2 {
		d.t.Errorf("goroutines: %v", d.routines)
	}
}

func inMB(all []uint64) (out []uint64) {
	for _, n := range all {
		out = append(out, n>>20)
	}
	return out
}
