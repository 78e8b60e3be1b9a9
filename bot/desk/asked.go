package desk

import (
	"maps"
	"sync"
	"time"
)

// Asked says what was asked since the start.
type Asked struct {
	ByStatus map[string]int64 // messages that were dealt with
	Seconds  float64          // spent on them together
	Longest  float64          // on the longest
	Waiting  int              // messages that wait now
}

// tally counts what was dealt with.
type tally struct {
	mu sync.Mutex
	Asked
}

func (t *tally) add(status string, took time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ByStatus == nil {
		t.ByStatus = map[string]int64{}
	}
	t.ByStatus[status]++
	t.Seconds += took.Seconds()
	t.Longest = max(t.Longest, took.Seconds())
}

// Asked gives the counts so far.
func (r *Runner) Asked() Asked {
	r.tally.mu.Lock()
	out := r.tally.Asked
	out.ByStatus = maps.Clone(out.ByStatus)
	r.tally.mu.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, q := range r.rows {
		out.Waiting += len(q.jobs)
	}
	return out
}
