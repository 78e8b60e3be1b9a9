package text

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
)

// Digest sums up lists of texts: others, or other ends of lists, give another sum.
type Digest struct {
	sum hash.Hash
	few []byte // not yet summed up: many short texts are quicker together
}

// manyBytes is how many are summed up together.
const manyBytes = 1 << 14

// NewDigest begins one.
func NewDigest() *Digest { return &Digest{sum: sha256.New()} }

// Add takes texts, and where the list of them ends.
func (d *Digest) Add(texts ...string) {
	for _, s := range texts {
		d.few = append(append(d.few, s...), 0)
		if len(d.few) >= manyBytes {
			d.sum.Write(d.few)
			d.few = d.few[:0]
		}
	}
	d.few = append(d.few, 1)
}

// Short gives what it comes to in sixteen letters.
func (d *Digest) Short() string {
	d.sum.Write(d.few)
	d.few = d.few[:0]
	return hex.EncodeToString(d.sum.Sum(nil))[:16]
}
