package main

import (
	"fmt"
	"strings"
	"testing"

	"zujian/bot/store/cluster"
)

// TestPostgresGoesAway has the records in PostgreSQL, which is killed while the
// service runs: questions are answered on, each once, the operators hear of it,
// and afterwards all is recorded again.
func TestPostgresGoesAway(t *testing.T) {
	c := cluster.For(t)
	_, p, tr := serves(t, fmt.Sprintf("[store]\npostgres = %q\n", c.URL("zujian")))
	ask := func(who string) {
		t.Helper()
		p.says(who, "@组建助手 园区里的企业归谁管")
		p.hears("第3点第2句")
	}
	ask("li")
	c.Down()
	tr.sees("PostgreSQL 连不上了")
	ask("wang")
	if got := did(t, exitFailed, "", "doctor"); !strings.Contains(got, "PostgreSQL 里的存储打不开") {
		t.Errorf("doctor: %s", got)
	}
	if err := c.Up(); err != nil {
		t.Fatal(err)
	}
	tr.sees("PostgreSQL 又连上了")
	ask("li")
	tr.ends(exitDone)
	if got := did(t, exitDone, "", "audit"); strings.Count(got, "园区里的企业归谁管") != 2 {
		t.Errorf("recorded: %s", got)
	}
	if got := did(t, exitFailed, "", "doctor", "--json"); !strings.Contains(got, `"sent":2`) || strings.Contains(got, `"unknown"`) {
		t.Errorf("doctor afterwards: %s", got)
	}
}
