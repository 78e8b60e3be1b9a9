//go:build unix

package main

import (
	"bufio"
	"fmt"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"zujian/bot/store/cluster"
)

// process starts the program as a process of its own and gives its lines.
func process(t *testing.T, args ...string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(built(t), args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(out)
}

// TestServiceEndsOnSIGTERM ends the program as a service manager does.
func TestServiceEndsOnSIGTERM(t *testing.T) {
	home(t)
	p := village(t)
	cmd, out := process(t, "run", "--wechat-at", p.base)
	var all []string
	for out.Scan() {
		all = append(all, out.Text())
		if strings.Contains(out.Text(), "微信：在线") {
			p.says("li", "@组建助手 园区里的企业归谁管")
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Error(err)
			}
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v:\n%s", err, strings.Join(all, "\n"))
	}
}

// TestServiceIsKilledWhileSending kills the program with SIGKILL when a reply
// has arrived and the answer of WeChat has not. The next start must say so and
// must not send the reply again.
func TestServiceIsKilledWhileSending(t *testing.T) {
	home(t)
	p := village(t)
	cmd, out := process(t, "run", "--wechat-at", p.base)
	for out.Scan() && !strings.Contains(out.Text(), "微信：在线") {
	}
	p.posts("/fault", url.Values{"kind": {"hold"}})
	p.says("li", "@组建助手 园区里的企业归谁管")
	p.hears("第3点第2句")
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait() // it was killed: the status says no more
	again := try(t, strings.NewReader(""), "run", "--wechat-at", p.base)
	defer again.stop()
	again.sees("有 1 条消息不知道发出去没有，不会自动再发")
	p.says("wang", "@组建助手 第四点第二句")
	p.hears("第4点第2句")
	again.ends(exitDone)
	if p.n != 4 {
		t.Errorf("%d lines on the page, want two questions and two answers", p.n)
	}
}

// TestSecondMachineTakesOver runs two programs on one store and kills the one that
// has the login: the other answers in time, and nothing is answered twice.
func TestSecondMachineTakesOver(t *testing.T) {
	c := cluster.For(t)
	home(t)
	p := village(t)
	start := func() (*exec.Cmd, *bufio.Scanner) {
		dir := t.TempDir()
		if err := lendIndex(dir); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, "zujian.toml"), fmt.Sprintf("[wechat]\nenabled = true\nbase_url = %q\n[store]\npostgres = %q\n", p.base, c.URL("zujian")))
		cmd, out := process(t, "--data", dir, "run")
		t.Cleanup(func() {
			_ = cmd.Process.Kill()
			_ = cmd.Wait() // killed: the status says no more
		})
		return cmd, out
	}
	sees := func(out *bufio.Scanner, words string) {
		t.Helper()
		for out.Scan() {
			if strings.Contains(out.Text(), words) {
				return
			}
		}
		t.Fatalf("ended without %s", words)
	}
	first, out := start()
	sees(out, "微信：在线")
	_, other := start()
	sees(other, "微信：登录在另一台机器上")
	p.says("li", "@组建助手 园区里的企业归谁管")
	p.hears("第3点第2句")
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	sees(other, "微信：在线")
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("the other took over after %v", took)
	}
	p.says("wang", "@组建助手 第四点第二句")
	p.hears("第4点第2句")
	if p.n != 4 {
		t.Errorf("%d lines on the page, want two questions and two answers", p.n)
	}
}
