// Command bot is 组建助手: it answers cadres' questions about setting up
// women's federation organisations in 两新组织 from the documents it holds.
package main

import (
	"context"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata"

	"zujian/bot/install"
	"zujian/knowledge/parse"
)

// garbage is how much garbage may gather before it is collected, in percent of
// what is in use: less than the usual 100, since a start reads far more than it keeps.
const garbage = 60

func main() {
	if len(os.Args) == 2 && os.Args[1] == readsApart {
		parse.Serve(os.Stdin, os.Stdout)
		return
	}
	slog.SetDefault(slog.New(slog.DiscardHandler)) // until the log of the data folder is open
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A second signal ends the program at once, unless it comes with the first,
	// as from timeout(1).
	context.AfterFunc(ctx, func() { time.AfterFunc(time.Second, stop) })
	ctx, ended := install.Managed(ctx)
	calledAs = strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
	status := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, itself)
	ended()
	os.Exit(status)
}

// readsApart is the argument with which the program calls itself to read
// documents in a process of their own.
const readsApart = "read-documents-apart"

// itself is this program, called to read documents.
func itself() *exec.Cmd {
	path, err := os.Executable()
	if err != nil {
		path = os.Args[0]
	}
	return &exec.Cmd{Path: path, Args: []string{os.Args[0], readsApart}}
}
