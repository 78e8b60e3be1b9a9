package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	simulator "zujian/bot/simulator/wechat"
)

// patience is how long a test waits for what must come.
const patience = 2 * time.Minute

// trial is one run of the program within the test.
type trial struct {
	t     *testing.T
	lines chan string
	said  []string
	stop  context.CancelFunc
	code  chan int
}

// try runs the program with its own data folder. What it leaves running is an
// error of the test.
func try(t *testing.T, in io.Reader, args ...string) *trial {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	r, w := io.Pipe()
	tr := &trial{t: t, lines: make(chan string, 1000), stop: stop, code: make(chan int, 1)}
	go func() {
		tr.code <- run(ctx, args, in, w, w, nil)
		w.Close()
	}()
	t.Cleanup(func() { // also where the test failed
		stop()
		for range tr.lines {
		}
	})
	go func() {
		defer close(tr.lines)
		for s := bufio.NewScanner(r); s.Scan(); {
			tr.lines <- s.Text()
		}
	}()
	return tr
}

// home gives the test a data folder, and checks for goroutines at its end.
func home(t *testing.T) string {
	t.Helper()
	leaks := goleak.IgnoreCurrent()
	t.Cleanup(func() {
		http.DefaultClient.CloseIdleConnections()
		goleak.VerifyNone(t, leaks)
	})
	dir := t.TempDir()
	if err := lendIndex(dir); err != nil {
		t.Fatal(err)
	}
	t.Setenv("ZUJIAN_DATA", dir)
	t.Setenv("ZUJIAN_CONFIG", "")
	return dir
}

// sees waits for a line that holds the words, and gives it.
func (tr *trial) sees(words string) string {
	tr.t.Helper()
	limit := time.After(patience)
	for {
		select {
		case line, ok := <-tr.lines:
			tr.said = append(tr.said, line)
			if strings.Contains(line, words) {
				return line
			}
			if !ok {
				tr.t.Fatalf("ended without %q:\n%s", words, strings.Join(tr.said, "\n"))
			}
		case <-limit:
			tr.t.Fatalf("no %q in time:\n%s", words, strings.Join(tr.said, "\n"))
		}
	}
}

// ends tells the program to stop and checks its exit status.
func (tr *trial) ends(want int) string {
	tr.t.Helper()
	tr.stop()
	for line := range tr.lines {
		tr.said = append(tr.said, line)
	}
	all := strings.Join(tr.said, "\n")
	if got := <-tr.code; got != want {
		tr.t.Errorf("exit status %d, want %d:\n%s", got, want, all)
	}
	return all
}

// did runs the program to its end.
func did(t *testing.T, want int, in string, args ...string) string {
	t.Helper()
	tr := try(t, strings.NewReader(in), args...)
	defer tr.stop()
	select {
	case got := <-tr.code:
		tr.code <- got
	case <-time.After(patience):
		t.Fatalf("%v does not end", args)
	}
	return tr.ends(want)
}

// page is the web page of a simulator.
type page struct {
	t    *testing.T
	base string
	n    int // lines that were there at the last look
}

// village serves a simulator for the length of the test.
func village(t *testing.T) *page {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	at, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- simulator.Serve(ctx, "127.0.0.1:0", simulator.Options{}, func(u string) { at <- u })
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	select {
	case u := <-at:
		return &page{t: t, base: u}
	case err := <-ended:
		ended <- nil
		t.Fatal(err)
	}
	return nil
}

// says types a line on the page.
func (p *page) says(who, text string) {
	p.t.Helper()
	p.posts("/say", url.Values{"who": {who}, "text": {text}})
}

func (p *page) posts(path string, form url.Values) {
	p.t.Helper()
	resp, err := http.PostForm(p.base+path, form)
	if err != nil {
		p.t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		p.t.Fatalf("%s: %s", path, resp.Status)
	}
}

// hears waits for a line of the program that holds the words.
func (p *page) hears(words string) string {
	p.t.Helper()
	limit, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	for from := p.n; ; {
		lines := p.look(limit)
		for _, l := range lines[min(from, len(lines)):] {
			if l.Who == "组建助手" && strings.Contains(l.Text, words) {
				return l.Text
			}
		}
	}
}

type said struct{ Chat, Who, Text string }

// look waits for something new and gives all lines.
func (p *page) look(ctx context.Context) []said {
	p.t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.base+"/talk?after="+strconv.Itoa(p.n), nil)
	if err != nil {
		p.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	var got struct{ Lines []said }
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil {
		p.t.Fatal(err)
	}
	p.n = len(got.Lines)
	return got.Lines
}
