package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// coldAsk runs the program once, as a program of its own.
func coldAsk(b *testing.B, exe string) {
	b.Helper()
	link := filepath.Join(os.Getenv("ZUJIAN_DATA"), "bot")
	if _, err := os.Lstat(link); err != nil {
		if err := os.Symlink(exe, link); err != nil {
			b.Fatal(err)
		}
	}
	cmd := exec.Command(link, "ask", "园区里的企业建妇联归谁管")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	b.ReportMetric(float64(maxRSS(cmd))/(1<<20), "MB-rss")
}
