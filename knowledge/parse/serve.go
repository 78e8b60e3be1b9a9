package parse

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"time"
)

// What one file may take of its reader.
const (
	mostMemory  = 600 << 20 // bytes, beyond which its reader ends itself
	softMemory  = 450 << 20 // from which garbage is collected more eagerly
	tiredMemory = 200 << 20 // still held after a file: the reader is let go of
)

// patience is how long a file may take: or, of one that is read page by page,
// each of its pages. The engine for PDF takes a while to start the first time.
func patience(data []byte) time.Duration {
	least := 15 * time.Second
	if bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) {
		least = pdfPatience
	}
	return least + time.Duration(len(data)>>20)*time.Second
}

// Serve reads the files that Apart sends, until there are no more. It ends the
// process where a file takes more time or memory than it may.
func Serve(in io.Reader, out io.Writer) { ServeWith(in, out, readAsDocument) }

// ReadFunc reads one file, and says with progress how far it is.
type ReadFunc func(name string, data []byte, progress func(string)) (*Reading, error)

// ServeWith is Serve with another way of reading.
func ServeWith(in io.Reader, out io.Writer, read ReadFunc) {
	debug.SetMemoryLimit(softMemory)
	s := &server{out: gob.NewEncoder(out)}
	go s.watch()
	for dec := gob.NewDecoder(in); ; {
		var j job
		if dec.Decode(&j) != nil {
			return
		}
		s.begin(j.Name, j.Patience)
		r, err := safely(read, j.Name, j.Data, func(page string) {
			s.begin(j.Name, max(j.Patience, pagePatience))
			s.say(told{Progress: page})
		})
		s.begin("", 0)
		t := tell(err)
		t.Reading, t.Tired = r, tired()
		s.say(t)
	}
}

// server says what became of a file, and watches over its time and memory.
type server struct {
	mu   sync.Mutex
	out  *gob.Encoder
	name string    // of the file at hand
	late time.Time // when the file at hand has taken too long; zero: there is none
}

func (s *server) begin(name string, patience time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.name = name
	if s.late = (time.Time{}); patience > 0 {
		s.late = time.Now().Add(patience)
	}
}

func (s *server) say(t told) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.out.Encode(t)
}

// watch ends the process where the file at hand takes too much.
func (s *server) watch() {
	for range time.Tick(10 * time.Millisecond) {
		s.mu.Lock()
		reading, slow := !s.late.IsZero(), time.Now().After(s.late)
		s.mu.Unlock()
		switch {
		case reading && slow:
			s.giveUp(ErrTooSlow)
		case reading && memory() > mostMemory:
			s.giveUp(ErrTooLarge)
		}
	}
}

func (s *server) giveUp(why error) {
	all := make([]byte, 64<<10)
	s.say(tell(&Failure{fmt.Errorf("%s：%w", filepath.Base(s.name), why), string(all[:runtime.Stack(all, true)])}))
	os.Exit(3)
}

// tired lets go of garbage where there is much, and says whether much is left.
func tired() bool {
	if memory() < tiredMemory {
		return false
	}
	debug.FreeOSMemory()
	return memory() > tiredMemory
}

// memory is how much of the machine's memory the process has, in bytes.
func memory() uint64 {
	m := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(m)
	return m[0].Value.Uint64() - m[1].Value.Uint64()
}
