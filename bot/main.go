// Command bot is 组建助手: it answers cadres' questions about setting up
// women's federation organisations in 两新组织 from the documents it holds.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata"
)

// garbage is how much garbage may gather before it is collected, in percent of
// what is in use: less than the usual 100, since a start reads far more than it keeps.
const garbage = 60

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A second signal ends the program at once, unless it comes with the first,
	// as from timeout(1).
	context.AfterFunc(ctx, func() { time.AfterFunc(time.Second, stop) })
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
