package office

import (
	"container/list"
	"runtime"
	"sync"

	"zujian/index"
	"zujian/knowledge"
)

// Shared is what the offices of one service have together: the words that come
// with the program, and a bound on what of their documents is held open.
type Shared struct {
	most  int64 // bytes
	words func() (*index.Words, error)

	mu     sync.Mutex
	order  *list.List // of *shelf, the last used in front
	at     map[*shelf]*list.Element
	held   int64
	opened int
	going  sync.WaitGroup

	backups   sync.Mutex    // one at a time
	answering chan struct{} // as many at once as there are processors
}

// NewShared bounds what is held open to so many bytes, as WeightOf reckons them.
// The office that is asked is open whatever the bound.
func NewShared(most int64) *Shared {
	plain := func() (*index.Words, error) { return index.LoadWords(nil) }
	return &Shared{most: most, words: sync.OnceValues(plain), order: list.New(), at: map[*shelf]*list.Element{},
		answering: make(chan struct{}, runtime.GOMAXPROCS(0))}
}

// What the documents of an office weigh in memory once they were asked some
// dozens of questions: measured by TestCityFigures, which prints both.
const (
	weightOfOffice = 4 << 20
	weightOfClause = 4 << 10
)

// WeightOf reckons what the documents of an office take in memory, in bytes.
func WeightOf(l *knowledge.Library) int64 {
	n := int64(weightOfOffice)
	for _, d := range l.Documents {
		n += int64(len(d.Clauses)) * weightOfClause
	}
	return n
}

// use notes that a shelf is used, and lets go of those that were not for longest
// where together they weigh too much.
func (m *Shared) use(s *shelf, weight int64) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	at := m.at[s]
	if at == nil {
		at = m.order.PushFront(s)
		m.at[s] = at
		m.opened++
	}
	m.order.MoveToFront(at)
	m.held += weight - s.weight
	s.weight = weight
	for m.held > m.most && m.order.Len() > 1 {
		m.forget(m.order.Back().Value.(*shelf))
	}
}

// turn waits until a question may be worked on, and gives what ends that: more at
// once would be done no sooner, and take the memory of all of them.
func (m *Shared) turn() (done func()) {
	if m == nil {
		return func() {}
	}
	m.answering <- struct{}{}
	return func() { <-m.answering }
}

// forget lets go of a shelf, once its questions are answered.
func (m *Shared) forget(s *shelf) {
	m.order.Remove(m.at[s])
	delete(m.at, s)
	m.held -= s.weight
	s.weight = 0
	m.going.Go(func() { _ = s.letGo() })
}

// Full says whether another office would have one let go of that is open.
func (m *Shared) Full() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.held+weightOfOffice > m.most
}

// Opened says how many offices are open, how often one was opened, and what those
// that are open weigh.
func (m *Shared) Opened() (now, ever int, weight int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.order.Len(), m.opened, m.held
}

// leave forgets a shelf that ends, and waits for those that are let go of.
func (m *Shared) leave(s *shelf) {
	if m == nil {
		return
	}
	m.mu.Lock()
	if at := m.at[s]; at != nil {
		m.order.Remove(at)
		delete(m.at, s)
		m.held -= s.weight
	}
	m.mu.Unlock()
	m.going.Wait()
}
