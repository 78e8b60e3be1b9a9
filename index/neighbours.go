package index

import (
	"fmt"
	"math"
)

// neighbours says which passage stands before and behind each in its document,
// by number. Bleve numbers passages in an order of its own.
type neighbours [][2]uint32

const (
	before = 0
	behind = 1
	nobody = math.MaxUint32
)

// of gives the number of the passage before or behind one.
func (n neighbours) of(number uint32, side int) (uint32, bool) {
	return n[number][side], n[number][side] != nobody
}

// neighbours looks up the numbers that bleve gave the passages, which are in the
// order of their documents.
func (s *snapshot) neighbours(passages []Passage) (neighbours, error) {
	n := make(neighbours, s.stats.Passages)
	last := uint32(nobody)
	for i := range passages {
		id := passages[i].ID
		internal, err := s.snap.InternalID(id)
		if err != nil || internal == nil {
			return nil, fmt.Errorf("%w: passage %q is not held (%v)", errDamaged, id, err)
		}
		number := uint32(internal.Value())
		if i == 0 || !beside(&passages[i-1], &passages[i]) {
			last = nobody
		}
		n[number] = [2]uint32{last, nobody}
		if last != nobody {
			n[last][behind] = number
		}
		last = number
	}
	return n, nil
}

func beside(a, b *Passage) bool {
	return a.Title == b.Title && a.Collection == b.Collection && a.Kind == b.Kind
}
