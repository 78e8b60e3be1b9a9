//go:build unix

package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestServiceEndsOnSIGTERM runs the program as a process, as a service manager
// does.
func TestServiceEndsOnSIGTERM(t *testing.T) {
	dir := home(t)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bot := filepath.Join(dir, "bot")
	if err := os.Symlink(exe, bot); err != nil {
		t.Fatal(err)
	}
	p := village(t)
	cmd := exec.Command(bot, "run", "--wechat-at", p.base)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var all []string
	for s := bufio.NewScanner(out); s.Scan(); {
		all = append(all, s.Text())
		if strings.Contains(s.Text(), "微信：在线") {
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
