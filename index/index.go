package index

import (
	"errors"
	"fmt"
	"iter"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// ErrBusy says that another program is building the index of the same data
// folder just now. Asking again in a few seconds is the remedy.
var ErrBusy = errors.New("另一个程序正在建立这个数据文件夹的索引，请几秒钟后再试")

// ErrDamaged says that what is on disk cannot be read as an index. Open and
// Search build it again by themselves and give ErrDamaged only where that
// failed as well.
var ErrDamaged = errors.New("索引文件已损坏")

// Source gives the passages to index, each time from the start. It is asked
// when the index is first built and whenever it has to be built again.
type Source func() iter.Seq[Passage]

// Index is a searchable set of passages. It may be used by many goroutines.
type Index struct {
	mu     sync.RWMutex // held for writing only while shelf is exchanged
	shelf  *shelf
	home   home
	source Source
}

// shelf is one opened index, which never changes.
type shelf struct {
	bleve  bleve.Index
	snap   *scorch.IndexSnapshot
	starts []uint64 // number of the first passage of each segment
	stats  *stats
	near   neighbours

	mu   sync.Mutex
	sets map[string][]uint64 // numbers of the passages of a collection or kind, as bits

	names map[uint64]string // the documents of passages that were looked up

	spreads map[string]Spread // of stretches that were looked up
	kept    int               // how many documents those name
}

// Len is the number of passages held.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.shelf.stats.passages
}

// Close lets go of the files. Searching after it is a mistake.
func (x *Index) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.shelf.close()
}

// OpenMemory builds an index that is on no disk and goes with the process. It
// is for sets of a few thousand passages and for tests.
func OpenMemory(source Source) (*Index, error) {
	b, err := bleve.NewUsing("", emptyMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("open index in memory: %w", err)
	}
	st, order, err := fill(noCancel, b, "", source(), func(int) {})
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	s, err := newShelf(b, st)
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	if s.near, err = order.neighbours(s.snap); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return &Index{shelf: s, source: source}, nil
}

func newShelf(b bleve.Index, st *stats) (*shelf, error) {
	inner, err := b.Advanced()
	if err != nil {
		return nil, err
	}
	reader, err := inner.Reader()
	if err != nil {
		return nil, err
	}
	snap, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, errors.Join(fmt.Errorf("index is held by %T", reader), reader.Close())
	}
	s := &shelf{bleve: b, snap: snap, stats: st, sets: map[string][]uint64{}, names: map[uint64]string{}, spreads: map[string]Spread{}}
	n := uint64(0)
	for _, seg := range snap.Segments() {
		s.starts = append(s.starts, n)
		n += uint64(seg.FullSize())
	}
	if int(n) != st.passages {
		return nil, errors.Join(fmt.Errorf("%w: %d passages, %d expected", ErrDamaged, n, st.passages), snap.Close())
	}
	return s, nil
}

func (s *shelf) close() error {
	if s == nil {
		return nil
	}
	return errors.Join(s.snap.Close(), s.bleve.Close())
}
