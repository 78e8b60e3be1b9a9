package main

import (
	"os/exec"
	"testing"
)

// coldAsk runs the program once, as a program of its own.
func coldAsk(b *testing.B) {
	b.Helper()
	cmd := exec.Command(built(b), "ask", "园区里的企业建妇联归谁管")
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	b.ReportMetric(float64(maxRSS(cmd))/(1<<20), "MB-rss")
}
