package city

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"zujian/bot/chat"
	"zujian/bot/office"
	"zujian/bot/store/cluster"
)

const (
	kinds     = 10 // offices that are made; the others are copies of these
	documents = 50
	perSecond = 50
	lasts     = 40 * time.Second
)

// TestCityFigures has as many offices as ZUJIAN_LONG says, 50 where it says 1, each
// with 50 documents, be asked 50 questions a second: with room for all of them, and
// with room for a quarter, each in its folder; and with room for all of them in
// PostgreSQL, 50 at most. It prints figures and takes minutes.
func TestCityFigures(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("ZUJIAN_LONG"))
	if n == 0 {
		t.Skip("takes minutes and prints figures only: set ZUJIAN_LONG=1, or the number of offices")
	}
	if n == 1 {
		n = 50
	}
	debug.SetGCPercent(60) // as the program does
	t.Run("folders", func(t *testing.T) { figures(t, n, "", 1, 4) })
	t.Run("postgres", func(t *testing.T) { figures(t, min(n, 50), cluster.For(t).URL("zujian"), 1) })
}

func figures(t *testing.T, n int, postgres string, shares ...int) {
	dir := manyOffices(t, n, postgres)
	questions := judged(t)
	for _, share := range shares {
		ctx, stop := context.WithCancel(t.Context())
		c := opened(t, ctx, dir, n, share)
		began, ended := make(chan bool), make(chan error)
		start := time.Now()
		go func() { ended <- c.Run(func(string) { began <- true }) }()
		<-began
		started, first := time.Since(start), memory()
		for now, _, _ := c.shared.Opened(); now < n/share && !c.shared.Full(); now, _, _ = c.shared.Opened() {
			chat.Pause(ctx, 100*time.Millisecond)
		}
		warm := time.Since(start)
		_, before, _ := c.shared.Opened()
		took, later := load(t, c, questions)
		open, ever, weight := c.shared.Opened()
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		t.Logf("%d offices, room for 1 in %d: started in %v with %d MB, warm after %v; %d questions, median %v, 99%% %v, longest %v; "+
			"of the second half median %v, 99%% %v, longest %v; %d opened meanwhile; "+
			"%d open in the end: reckoned %d MB, heap %d MB, resident %d MB, %d goroutines, %d files", n, share, started.Round(time.Millisecond), first, warm.Round(time.Millisecond), len(took),
			took[len(took)/2].Round(time.Millisecond), took[len(took)*99/100].Round(time.Millisecond), took[len(took)-1].Round(time.Millisecond),
			later[len(later)/2].Round(time.Millisecond), later[len(later)*99/100].Round(time.Millisecond), later[len(later)-1].Round(time.Millisecond), ever-before, open, weight>>20,
			m.HeapAlloc>>20, memory(), runtime.NumGoroutine(), openFiles())
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		c.Close()
	}
}

// opened gives the city with room for one office in so many.
func opened(t *testing.T, ctx context.Context, dir string, n, share int) *City {
	t.Helper()
	c, err := Open(dir, &office.Office{Ctx: ctx, Out: io.Discard, Err: io.Discard, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if share > 1 {
		_, _, all := heldBy(t, c)
		c.shared = office.NewShared(all / int64(share))
		for _, m := range c.Members {
			m.lends.Place.Shared = c.shared
		}
	}
	return c
}

// heldBy reckons what all offices weigh, from the one that is asked.
func heldBy(t *testing.T, c *City) (now, ever int, weight int64) {
	t.Helper()
	l, err := c.Members[0].lends.Library()
	if err != nil {
		t.Fatal(err)
	}
	return 0, 0, office.WeightOf(l) * int64(len(c.Members))
}

// load asks so many questions a second, each of some office, and gives how long
// each took from when it was to be asked, the shortest first; and those of the
// second half, when what offices have in common was asked for before.
func load(t *testing.T, c *City, questions []string) (all, later []time.Duration) {
	var mu sync.Mutex
	var wait sync.WaitGroup
	at := rand.New(rand.NewPCG(1, 2))
	begin := time.Now()
	for i := range int(lasts/time.Second) * perSecond {
		when := begin.Add(time.Duration(i) * time.Second / perSecond)
		s, _ := c.Members[at.IntN(len(c.Members))].Service()
		q := questions[at.IntN(len(questions))]
		time.Sleep(time.Until(when))
		wait.Go(func() {
			who := fmt.Sprint("人", i)
			_, err := s.Desk().Handle(t.Context(), chat.Inbound{Channel: "wechat", Chat: who, Speaker: who, Addressed: true, Text: q, Sent: time.Now()})
			mu.Lock()
			defer mu.Unlock()
			all = append(all, time.Since(when))
			if when.Sub(begin) >= lasts/2 {
				later = append(later, time.Since(when))
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	slices.Sort(all)
	slices.Sort(later)
	return all, later
}

// manyOffices makes a city: one office above ten, the others below those.
func manyOffices(t *testing.T, n int, postgres string) string {
	t.Helper()
	dir := t.TempDir()
	var toml strings.Builder
	toml.WriteString("memory = 16000\n[page]\noff = true\n")
	for i := range n {
		fmt.Fprintf(&toml, "[[office]]\nname = \"第%d妇联\"\nfolder = \"o%d\"\n", i, i)
		if i > 0 {
			fmt.Fprintf(&toml, "above = \"第%d妇联\"\n", min(max(0, i-10), 1)*(1+i%10))
		}
	}
	fmt.Fprintf(&toml, "[store]\npostgres = %q\n", postgres)
	if err := os.WriteFile(filepath.Join(dir, File), []byte(toml.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Open(dir, &office.Office{Ctx: t.Context(), Out: io.Discard, Err: io.Discard, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	made := kinds // the others are copies, which the database has none of
	if postgres != "" {
		made = n
	}
	for i := range min(n, made) {
		of := c.keyed(fmt.Sprint("o", i))
		notices := t.TempDir()
		writeNotices(t, notices, i%kinds)
		takesIn(t, of, notices)
		began := time.Now()
		if _, err := of.lends.AnswererOver(false); err != nil {
			t.Fatal(err)
		}
		of.lends.Close()
		if i < 3 {
			t.Logf("the index of an office is made in %v", time.Since(began).Round(time.Millisecond))
		}
	}
	for i := range min(n, made) { // or each makes its first backup while it is asked
		backup := filepath.Join(dir, fmt.Sprint("o", i), "backup", "zujian-20990101.zip")
		if err := os.MkdirAll(filepath.Dir(backup), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(backup, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i := made; i < n; i++ {
		if err := os.CopyFS(filepath.Join(dir, fmt.Sprint("o", i)), os.DirFS(filepath.Join(dir, fmt.Sprint("o", i%kinds)))); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var amounts = regexp.MustCompile(`\d+(元|人|家|户|名|次)`)

// writeNotices writes an office's documents: the judged ones, with other amounts.
func writeNotices(t *testing.T, dir string, of int) {
	t.Helper()
	files, err := filepath.Glob("../engine/testdata/notices/docs/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no notices: ", err)
	}
	at := rand.New(rand.NewPCG(3, uint64(of)))
	for i := range documents {
		data, err := os.ReadFile(files[(of+i)%len(files)])
		if err != nil {
			t.Fatal(err)
		}
		text := amounts.ReplaceAllStringFunc(string(data), func(s string) string {
			return strconv.Itoa(2+at.IntN(998)) + s[len(strings.TrimRight(s, "元人家户名次")):]
		})
		name := fmt.Sprintf("%02d-%s", i, filepath.Base(files[(of+i)%len(files)]))
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// judged gives what people ask of the notices.
func judged(t *testing.T) (all []string) {
	t.Helper()
	f, err := os.Open("../engine/testdata/notices/questions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var q struct{ Turns []string }
		if json.Unmarshal(lines.Bytes(), &q) == nil && len(q.Turns) > 0 {
			all = append(all, q.Turns[0])
		}
	}
	return all
}

// memory is what the process has in memory, in MB.
func memory() int {
	data, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(data)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "VmRSS:" {
			kb, _ := strconv.Atoi(f[1])
			return kb >> 10
		}
	}
	return 0
}

func openFiles() int {
	all, _ := os.ReadDir("/proc/self/fd")
	return len(all)
}
