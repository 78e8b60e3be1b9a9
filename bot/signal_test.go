//go:build unix

package main

import (
	"bufio"
	"net/url"
	"os/exec"
	"strings"
	"syscall"
	"testing"
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
