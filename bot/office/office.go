package office

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/term"

	"zujian/bot/llm"
	"zujian/bot/store"
	"zujian/index"
	"zujian/knowledge/parse"
)

// Office is what one office holds: its data folder, its settings and the
// documents as they stand, for one run of the program. Configure comes first.
type Office struct {
	Ctx        context.Context
	Data       string // the data folder
	ConfigFile string // where the configuration is, or would be
	In         io.Reader
	Out, Err   io.Writer
	Screen     bool // a person sees what is written to Out
	Typing     bool // somebody types at a prompt while the service runs
	Now        func() time.Time
	Apart      *parse.Apart   // reads documents in processes of their own; nil: in this one
	Alone      bool           // no language model is asked, configured or not
	Closers    []io.Closer    // what Close lets go of
	Meanings   *index.Vectors // nil: none, or not opened yet
	Place      *Place         // among the offices of one service; nil: it is alone

	config     atomic.Pointer[Config] // nil: nothing is configured
	changes    []func(*Config)        // see Set
	configRead string                 // the stamp of the configuration when it was read
	state      string                 // see State; empty before the service runs

	wordsLock sync.Mutex
	wordsRead func() (*index.Words, error) // nil: not begun
	helpLock  sync.Mutex
	helper    *llm.Client                 // nil: none, or not made yet
	spent     *spent                      // what left for it today; nil: not counted yet
	leaving   atomic.Pointer[slog.Logger] // where it is written that something left for the model

	down givenDown

	settingsLock sync.Mutex // of who writes the configuration

	records    atomic.Pointer[store.DB] // open; nil: whoever needs it opens it
	copyOnce   sync.Once                // see caughtUp
	copyLock   sync.Mutex
	copyStands bool   // see inStep
	copyFault  string // why the files in PostgreSQL could not be fetched; said once

	trial trial // see Propose

	faultsLock sync.Mutex
	faults     map[string]string // what is wrong with files of settings, by path
}

// Failure is an error whose text is for the person at the terminal.
type Failure struct {
	text  string
	Usage bool // the command was written wrongly
}

func (f Failure) Error() string { return f.text }

// Refuse gives an error in words for the person.
func Refuse(format string, args ...any) error {
	return Failure{text: fmt.Sprintf(format, args...)}
}

// Misuse gives one for a command that was written wrongly.
func Misuse(format string, args ...any) error {
	return Failure{text: fmt.Sprintf(format, args...), Usage: true}
}

// Close lets go of what the command opened.
func (p *Office) Close() {
	for _, c := range p.Closers {
		_ = c.Close()
	}
}

// InTurn lets several goroutines write whole lines.
type InTurn struct {
	mu sync.Mutex
	To io.Writer
}

func (w *InTurn) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.To.Write(b)
}

// IsTerminal tells a terminal from a file, a pipe or a test. What writes on to
// another stream is what that is, where it says so by Unwrap.
func IsTerminal(stream any) bool {
	if w, ok := stream.(interface{ Unwrap() io.Writer }); ok {
		stream = w.Unwrap()
	}
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// ReadSecret reads a line; what is typed is not shown.
func (p *Office) ReadSecret() (string, error) {
	if f, ok := p.In.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		line, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(p.Err)
		return strings.TrimSpace(string(line)), err
	}
	line, err := bufio.NewReader(p.In).ReadString('\n')
	if line != "" {
		err = nil
	}
	return strings.TrimSpace(line), err
}

// Print prints what was said, where nothing went wrong.
func (p *Office) Print(said string, err error) error {
	if err != nil {
		return err
	}
	fmt.Fprintln(p.Out, said)
	return nil
}
