package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"
	"zujian/bot/llm"
	"zujian/index"
	"zujian/knowledge/parse"

	"golang.org/x/term"
)

// program is one run of the program: what the commands share.
type program struct {
	ctx       context.Context
	data      string
	config    config
	in        io.Reader
	out, err  io.Writer
	screen    bool // a person sees what is written to out
	typing    bool // somebody types at a prompt while the service runs
	now       func() time.Time
	closers   []io.Closer
	wordsLock sync.Mutex
	wordsRead func() (*index.Words, error) // nil: not begun
	helper    *llm.Client                  // nil: none, or not made yet
	spent     *spent                       // what left for it today; nil: not counted yet
	alone     bool                         // no language model is asked, configured or not
	meanings  *index.Vectors               // nil: none, or not opened yet
	leaving   atomic.Pointer[slog.Logger]  // where it is written that something left for the model

	apart      *parse.Apart // reads documents in processes of their own; nil: in this one
	faultsLock sync.Mutex
	faults     map[string]string // what is wrong with files of settings, by path

	configFile string // where the configuration is, or would be
}

// failure is an error whose text is for the person at the terminal.
type failure struct {
	text  string
	usage bool // the command was written wrongly
}

func (f failure) Error() string { return f.text }

func refuse(format string, args ...any) error {
	return failure{text: fmt.Sprintf(format, args...)}
}

func misuse(format string, args ...any) error {
	return failure{text: fmt.Sprintf(format, args...), usage: true}
}

// close lets go of what the command opened.
func (p *program) close() {
	for _, c := range p.closers {
		_ = c.Close()
	}
}

// inTurn lets several goroutines write whole lines.
type inTurn struct {
	mu sync.Mutex
	to io.Writer
}

func (w *inTurn) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.to.Write(b)
}

// isTerminal tells a terminal from a file, a pipe or a test.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
