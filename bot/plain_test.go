package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"zujian/bot/office"
	"zujian/bot/remind/book"
)

// TestNoForeignWords has what the system says of a failure read in Chinese.
func TestNoForeignWords(t *testing.T) {
	_, missing := os.ReadFile(filepath.Join(t.TempDir(), "没有.txt"))
	_, folder := os.ReadFile(t.TempDir())
	for _, err := range []error{missing, folder, context.Canceled, context.DeadlineExceeded, fmt.Errorf("写不进去：%w", &os.PathError{Op: "write", Path: "文件", Err: os.ErrPermission})} {
		if text := office.InChinese(err.Error()); strings.ContainsAny(strings.ReplaceAll(text, t.TempDir(), ""), "abcdefghijklmnopqrs") && !strings.Contains(text, "/") {
			t.Errorf("%q is told as %q", err, text)
		}
	}
	if got := office.InChinese(missing.Error()); !strings.HasSuffix(got, "没有.txt：没有这个文件") {
		t.Errorf("%q", got)
	}
}

// TestBearsTheNameItIsCalledBy has what it says of its commands be what works.
func TestBearsTheNameItIsCalledBy(t *testing.T) {
	calledAs = "zujian"
	defer func() { calledAs = "bot" }()
	var out bytes.Buffer
	if status := run(context.Background(), []string{"aks"}, strings.NewReader(""), &out, &out, nil); status != exitUsage {
		t.Errorf("status %d", status)
	}
	if got := out.String(); !strings.Contains(got, "看说明：zujian --help") || strings.Contains(got, "bot ") {
		t.Errorf("%q", got)
	}
}

// TestOpenLeadsTheBrowserToThePage starts the program as a double click does.
func TestOpenLeadsTheBrowserToThePage(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs xdg-open to be what opens pages")
	}
	dir := home(t)
	tools := t.TempDir()
	opened := filepath.Join(tools, "opened")
	if err := os.WriteFile(filepath.Join(tools, "xdg-open"), []byte("#!/bin/sh\necho \"$1\" >"+opened+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", tools+":"+os.Getenv("PATH"))
	ctx, stop := context.WithCancel(context.Background())
	var out bytes.Buffer
	p := &office.Office{Ctx: ctx, Out: &out, Err: &out, Now: time.Now}
	if err := p.Configure(dir, ""); err != nil {
		t.Fatal(err)
	}
	p.Set(func(c *office.Config) { c.Console.Address = "127.0.0.1:0" })
	s, err := p.Serve()
	if err != nil {
		t.Fatal(err)
	}
	url := s.Console.URL()
	if err := (&openCmd{}).Run(p); err != nil { // another that runs already
		t.Fatal(err)
	}
	if got, err := os.ReadFile(opened); err != nil || strings.TrimSpace(string(got)) != url {
		t.Errorf("the browser was led to %q (%v), want %q", got, err, url)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(p.PageFile()); err == nil {
		t.Error("the address of the page stayed when nothing runs")
	}
	stop() // it opens the page of the one that it starts, and ends
	if err := (&openCmd{}).Run(p); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(opened); strings.TrimSpace(string(got)) == url || !strings.Contains(string(got), "token=") {
		t.Errorf("the browser was led to %q", got)
	}
}

// TestProgressIsShownAtATerminal holds that a terminal is known as one behind the
// writer that names the program.
func TestProgressIsShownAtATerminal(t *testing.T) {
	f, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("needs a pseudo terminal: %v", err)
	}
	defer f.Close()
	if !office.IsTerminal(namedRight{f}) || office.IsTerminal(namedRight{io.Discard}) {
		t.Error("a terminal is taken for a pipe, or a pipe for one")
	}
}

// TestWhoGivesAReminder holds that nobody at the terminal has to say who he is, and
// that whoever is named stays.
func TestWhoGivesAReminder(t *testing.T) {
	for _, x := range []struct {
		name, want string
		typed      bool
	}{{"", "本机管理员", true}, {"", "", false}, {"王主任", "王主任", true}} {
		if got := (allowing{}).given(book.Asker{Name: x.name}, x.typed); got.Name != x.want {
			t.Errorf("%+v: %q", x, got.Name)
		}
	}
}
