package parse

import (
	"cmp"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"sync"
	"time"
)

// Apart reads files in processes of their own: what a file does to its reader,
// it does to that one only. It is safe for use side by side.
type Apart struct {
	command func() *exec.Cmd
	within  time.Duration // for one file, whatever its size; 0: by its size
	mu      sync.Mutex
	idle    []*worker
}

// NewApart reads with programs that command gives: each is started without
// streams, and has to call Serve with its standard input and output.
func NewApart(command func() *exec.Cmd) *Apart { return &Apart{command: command} }

// Within gives every file that much time.
func (a *Apart) Within(d time.Duration) *Apart {
	a.within = d
	return a
}

// worker is one process that reads files, one after the other.
type worker struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	send *gob.Encoder
	hear *gob.Decoder
}

// job is a file to be read, and told what became of it.
type job struct {
	Name     string
	Data     []byte
	Patience time.Duration
}

type told struct {
	Progress string // a page was read; more is to come
	Reading  *Reading
	Kind     int // which of the kinds of failure; 0: none
	Say      string
	Trace    string
	Tired    bool // the process holds much memory and should be let go of
}

// Read reads a file as ReadDocument does. A file that brings its reader down,
// takes longer than its time or more than its memory fails with an error of its
// own; progress, where it is not nil, is called with how far it is. Where the program
// itself failed, the log has where.
func (a *Apart) Read(name string, data []byte, progress func(string)) (*Reading, error) {
	r, err := a.read(name, data, progress)
	noteFailure(name, r, err)
	return r, err
}

func (a *Apart) read(name string, data []byte, progress func(string)) (*Reading, error) {
	w, err := a.worker()
	if err != nil {
		return nil, fmt.Errorf("%s：读文件的程序启动不了：%w", filepath.Base(name), err)
	}
	t, err := w.read(job{name, data, cmp.Or(a.within, patience(data))}, progress)
	if err != nil || t.Tired || t.Trace != "" {
		w.end()
	} else {
		a.mu.Lock()
		a.idle = append(a.idle, w)
		a.mu.Unlock()
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s：%w", filepath.Base(name), &Failure{ErrCrashed, err.Error()})
	case t.Kind > 0:
		return nil, failed(t)
	}
	return t.Reading, nil
}

// Rest ends the processes that have nothing to read.
func (a *Apart) Rest() {
	a.mu.Lock()
	idle := a.idle
	a.idle = nil
	a.mu.Unlock()
	for _, w := range idle {
		w.end()
	}
}

func (a *Apart) worker() (*worker, error) {
	a.mu.Lock()
	if n := len(a.idle); n > 0 {
		w := a.idle[n-1]
		a.idle = a.idle[:n-1]
		a.mu.Unlock()
		return w, nil
	}
	a.mu.Unlock()
	cmd := a.command()
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &worker{cmd, in, gob.NewEncoder(in), gob.NewDecoder(out)}, nil
}

// read has the process read one file. The process watches itself; the time here
// is for one that cannot even do that.
func (w *worker) read(j job, progress func(string)) (told, error) {
	late := time.AfterFunc(j.Patience+10*time.Second, func() { _ = w.cmd.Process.Kill() })
	defer late.Stop()
	if err := w.send.Encode(j); err != nil {
		return told{}, err
	}
	for {
		var t told
		if err := w.hear.Decode(&t); err != nil {
			return t, err
		}
		if t.Progress == "" {
			return t, nil
		}
		late.Reset(max(j.Patience, pagePatience) + 10*time.Second)
		if progress != nil {
			progress(t.Progress)
		}
	}
}

func (w *worker) end() {
	_ = w.in.Close()
	late := time.AfterFunc(2*time.Second, func() { _ = w.cmd.Process.Kill() })
	defer late.Stop()
	_ = w.cmd.Wait()
}
