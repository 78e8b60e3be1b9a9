package index

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// neighbours says which passage stands before and behind each in its document,
// as two numbers of four bytes a passage, by number. Bleve numbers passages in
// an order of its own.
type neighbours []byte

// neighboursName is the file that holds them beside bleve's own.
const neighboursName = "neighbours"

const (
	before = 0
	behind = 4
	nobody = math.MaxUint32
	pairOf = 8 // bytes a passage
)

// of gives the number of the passage before or behind one.
func (n neighbours) of(number uint32, side int) (uint32, bool) {
	x := binary.LittleEndian.Uint32(n[int(number)*pairOf+side:])
	return x, x != nobody
}

// sequence is the order in which passages were given.
type sequence struct {
	ids    []string
	begins []bool // the passage is the first of its document
	last   Passage
	seen   map[string]bool
}

// add takes the next passage; it fails where another has its id.
func (s *sequence) add(p *Passage) error {
	if s.seen == nil {
		s.seen = map[string]bool{}
	}
	if s.seen[p.ID] {
		return fmt.Errorf("两个段落的 id 都是 %q", p.ID)
	}
	s.seen[p.ID] = true
	same := p.Title == s.last.Title && p.Collection == s.last.Collection && p.Kind == s.last.Kind
	s.ids, s.begins = append(s.ids, p.ID), append(s.begins, len(s.ids) == 0 || !same)
	s.last = *p
	return nil
}

// neighbours looks up the numbers that bleve gave the passages.
func (s *sequence) neighbours(snap *scorch.IndexSnapshot) (neighbours, error) {
	n := make(neighbours, len(s.ids)*pairOf)
	last := uint32(nobody)
	for i, id := range s.ids {
		internal, err := snap.InternalID(id)
		if err != nil || internal == nil {
			return nil, fmt.Errorf("%w: passage %q is not held (%v)", errDamaged, id, err)
		}
		number := internal.Value()
		if number >= uint64(len(s.ids)) {
			return nil, fmt.Errorf("%w: passage %q has number %d", errDamaged, id, number)
		}
		if s.begins[i] {
			last = nobody
		}
		n.put(uint32(number), before, last)
		n.put(uint32(number), behind, nobody)
		if last != nobody {
			n.put(last, behind, uint32(number))
		}
		last = uint32(number)
	}
	return n, nil
}

func (n neighbours) put(number uint32, side int, x uint32) {
	binary.LittleEndian.PutUint32(n[int(number)*pairOf+side:], x)
}

func (n neighbours) write(dir string) error {
	if err := os.WriteFile(filepath.Join(dir, neighboursName), n, 0o600); err != nil {
		return fmt.Errorf("store neighbours: %w", err)
	}
	return nil
}

func readNeighbours(dir string) (neighbours, error) {
	n, err := os.ReadFile(filepath.Join(dir, neighboursName))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	return n, nil
}
