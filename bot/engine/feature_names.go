package engine

import (
	"maps"
	"sync"
	"sync/atomic"
)

// The names of what is measured have a place each, given when a name is first
// met. The table is never changed in place, so that questions read it without
// waiting for one another.
var (
	featureTable atomic.Pointer[featurePlaces]
	growing      sync.Mutex
)

type featurePlaces struct {
	at    map[string]int
	names []string
}

func init() { featureTable.Store(&featurePlaces{at: map[string]int{}}) }

// featureAt gives the place of a feature among the measurements.
func featureAt(name string) int {
	if i, ok := featureTable.Load().at[name]; ok {
		return i
	}
	growing.Lock()
	defer growing.Unlock()
	old := featureTable.Load()
	if i, ok := old.at[name]; ok {
		return i
	}
	next := &featurePlaces{maps.Clone(old.at), append(old.names[:len(old.names):len(old.names)], name)}
	next.at[name] = len(old.names)
	featureTable.Store(next)
	return len(old.names)
}

// featureNames gives the names by their places.
func featureNames() []string { return featureTable.Load().names }
