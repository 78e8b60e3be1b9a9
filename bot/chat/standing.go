package chat

import (
	"log/slog"
	"sync"
	"time"
)

// Standing keeps how a channel stands with the far end, from Starting on, and
// tells of every change once. It is safe for several goroutines.
type Standing struct {
	log   *slog.Logger
	heard func(Report) // may be nil

	mu  sync.Mutex
	now Report
}

// NewStanding makes one. log gets every change, without the text of a QR code;
// heard, which may be nil, hears of it after it is in force.
func NewStanding(log *slog.Logger, heard func(Report)) *Standing {
	return &Standing{log: log, heard: heard, now: Report{State: Starting, Since: time.Now()}}
}

// Report gives the present state.
func (s *Standing) Report() Report {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

// Change puts a state in force from now on. The same state with the same QR code
// is no change: what caused it first stays.
func (s *Standing) Change(r Report) {
	s.mu.Lock()
	if s.now.State == r.State && s.now.Scan == r.Scan {
		s.mu.Unlock()
		return
	}
	r.Since = time.Now()
	s.now = r
	s.mu.Unlock()
	s.log.Info("channel state", "state", r.State.String(), "cause", r.Cause)
	if s.heard != nil {
		s.heard(r)
	}
}
