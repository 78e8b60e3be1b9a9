// Package index finds the passages that a Chinese question is about. It is
// the only user of bleve, which holds the index; the Chinese analysis, the
// scoring and the judging of search quality are its own.
//
// Question and text go through one normal form (Normalise). A question may
// besides be repaired by Words: slips of speech-to-text and pinyin input. An
// Index holds passages on disk and is disposable: it is built aside, swapped in
// by a rename, and built again when it does not fit or does not open.
package index

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"

	"zujian/knowledge"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// ErrBusy says that another program is building the index of the same data
// folder just now. Asking again in a few seconds is the remedy.
var ErrBusy = errors.New("另一个程序正在建立这个数据文件夹的索引，请几秒钟后再试")

// errDamaged says that what is on disk cannot be read as an index. It is built
// again then, when it is opened and when it is asked.
var errDamaged = errors.New("索引文件已损坏")

// Source gives the passages to index, each time from the start. It is asked
// when the index is first built and whenever it has to be built again.
type Source func() iter.Seq[Passage]

// Index is a searchable set of passages. It may be used by many goroutines.
type Index struct {
	mu       sync.RWMutex // held for writing only while snapshot is exchanged
	snapshot *snapshot
	home     home
	source   Source
}

// snapshot is one opened index, which never changes.
type snapshot struct {
	bleve  bleve.Index
	snap   *scorch.IndexSnapshot
	starts []uint64 // number of the first passage of each segment
	stats  *stats

	mu      sync.Mutex
	names   map[uint64]string // the documents of passages that were looked up
	spreads map[string]Spread // of stretches that were looked up
	kept    int               // how many documents those name
}

// on has f look something up. An index that f finds damaged is built again, and
// f called once more.
func (x *Index) on(ctx context.Context, f func(*snapshot) error) error {
	x.mu.RLock()
	s := x.snapshot
	err := s.try(f)
	x.mu.RUnlock()
	if !errors.Is(err, errDamaged) || x.home.dir == "" {
		return err
	}
	if err := x.mend(ctx, s); err != nil {
		return err
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.snapshot.try(f)
}

func (s *snapshot) try(f func(*snapshot) error) (err error) {
	defer panicIsDamage(&err)
	return f(s)
}

// panicIsDamage is to be deferred: bleve trusts its files.
func panicIsDamage(err *error) {
	if r := recover(); r != nil {
		knowledge.Caught(r)
		*err = fmt.Errorf("%w: %v", errDamaged, r)
	}
}

// mend exchanges the damaged snapshot for a new one, unless another has.
func (x *Index) mend(ctx context.Context, damaged *snapshot) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.snapshot != damaged {
		return nil
	}
	x.home.condemn()
	s, err := x.home.rebuild(ctx, x.source)
	if err != nil {
		return err
	}
	x.snapshot = s
	_ = damaged.close() // its files are known to be bad
	return nil
}

// Close lets go of the files. Searching after it is a mistake.
func (x *Index) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.snapshot.close()
}

// OpenMemory builds an index that is on no disk and goes with the process. It
// is for sets of a few thousand passages and for tests.
func OpenMemory(source Source) (*Index, error) {
	b, err := bleve.NewUsing("", emptyMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("open index in memory: %w", err)
	}
	st, err := fill(noCancel, b, "", source(), func(int) {})
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	s, err := newSnapshot(b, st)
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return &Index{snapshot: s, source: source}, nil
}

func newSnapshot(b bleve.Index, st *stats) (*snapshot, error) {
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
	s := &snapshot{bleve: b, snap: snap, stats: st, names: map[uint64]string{}, spreads: map[string]Spread{}}
	n := uint64(0)
	for _, seg := range snap.Segments() {
		s.starts = append(s.starts, n)
		n += uint64(seg.FullSize())
	}
	if int(n) != st.Passages {
		return nil, errors.Join(fmt.Errorf("%w: %d passages, %d expected", errDamaged, n, st.Passages), snap.Close())
	}
	return s, nil
}

func (s *snapshot) close() error {
	if s == nil {
		return nil
	}
	return errors.Join(s.snap.Close(), s.bleve.Close())
}
