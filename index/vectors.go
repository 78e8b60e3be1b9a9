package index

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
)

// Embedder turns texts into vectors whose nearness is nearness of meaning.
type Embedder interface {
	// Embed gives a vector for each text, all of one length.
	Embed(ctx context.Context, texts []string) ([][]float32, error)
	Name() string // of the model: vectors of two models are not compared
}

// Vectors holds vectors of passages, by the hash of text and model, so that
// only what changed is asked for again. A vector is kept as one byte a
// dimension with a common scale. It is safe for concurrent use.
type Vectors struct {
	file  string // "" is on no disk
	model string
	by    Embedder

	filling sync.Mutex
	mu      sync.RWMutex
	dim     int
	keys    []vectorKey
	scales  []float32
	data    []byte   // dim signed bytes a vector, in the order of keys
	signs   []uint64 // a bit a dimension, for a first look
	at      map[vectorKey]int32
	changed int // counts changes, for whoever looked rows up
}

type vectorKey [16]byte

// OpenVectors gives the vectors that a file holds; none where there is no file,
// or where it is damaged or of another model: they are asked for anew then. An
// empty name keeps them in memory only.
func OpenVectors(file string, by Embedder) *Vectors {
	v := &Vectors{file: file, model: by.Name(), by: by, at: map[vectorKey]int32{}}
	if file != "" {
		_ = v.load() // what is wrong with it is mended by Fill
	}
	return v
}

func (v *Vectors) key(p *Passage) vectorKey {
	sum := sha256.Sum256([]byte(v.model + "\x00" + p.joined()))
	return vectorKey(sum[:16])
}

// Len is how many vectors are held.
func (v *Vectors) Len() int {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return len(v.keys)
}

// perVector is what a vector takes beside its dimensions: key, scale, and its
// place in the map, which is about half full.
const perVector = 16 + 4 + 2*(16+4)

// Bytes is about how much memory they take.
func (v *Vectors) Bytes() int {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return len(v.data) + 8*len(v.signs) + len(v.keys)*perVector
}

const (
	embedBatch  = 32
	saveEvery   = 64 * embedBatch
	mostVectors = 200_000
)

// Fill asks for the vectors of the passages that have none yet, and keeps them
// as it goes on, so that an interruption loses little. Progress, which may be
// nil, is told how many of the passages have one. It fails where the embedder
// does; what was had by then is kept.
func (v *Vectors) Fill(ctx context.Context, source Source, progress func(done, of int)) error {
	v.filling.Lock()
	defer v.filling.Unlock()
	if progress == nil {
		progress = func(int, int) {}
	}
	missing, all := v.missing(source)
	if len(missing) == 0 {
		return nil
	}
	if v.Len()+len(missing) > mostVectors {
		v.keepOnly(source)
	}
	unsaved := 0
	for i := 0; i < len(missing); i += embedBatch {
		batch := missing[i:min(len(missing), i+embedBatch)]
		if err := v.embed(ctx, batch); err != nil {
			return errors.Join(err, v.save())
		}
		progress(all-len(missing)+i+len(batch), all)
		if unsaved += len(batch); unsaved >= saveEvery {
			unsaved = 0
			if err := v.save(); err != nil {
				return err
			}
		}
	}
	return v.save()
}

// missing gives the passages without a vector, each text once, and how many
// texts there are; at most mostVectors.
func (v *Vectors) missing(source Source) (missing []Passage, all int) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	seen := map[vectorKey]bool{}
	for p := range source() {
		k := v.key(&p)
		if seen[k] || len(seen) == mostVectors {
			continue
		}
		seen[k] = true
		if _, ok := v.at[k]; !ok {
			missing = append(missing, p)
		}
	}
	return missing, len(seen)
}

// Held is how many passages of a source have a vector.
func (v *Vectors) Held(source Source) int {
	v.mu.RLock()
	defer v.mu.RUnlock()
	n := 0
	for p := range source() {
		if _, ok := v.at[v.key(&p)]; ok {
			n++
		}
	}
	return n
}

func (v *Vectors) embed(ctx context.Context, batch []Passage) error {
	texts := make([]string, len(batch))
	for i := range batch {
		texts[i] = batch[i].joined()
	}
	got, err := v.by.Embed(ctx, texts)
	if err != nil {
		return err
	}
	if len(got) != len(batch) {
		return fmt.Errorf("%d vectors for %d texts", len(got), len(batch))
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for i := range batch {
		if err := v.add(v.key(&batch[i]), got[i]); err != nil {
			return err
		}
	}
	return nil
}

func (v *Vectors) add(k vectorKey, x []float32) error {
	if v.dim == 0 {
		v.dim = len(x)
	}
	if len(x) != v.dim || len(x) == 0 {
		return fmt.Errorf("a vector of %d dimensions among those of %d", len(x), v.dim)
	}
	if _, ok := v.at[k]; ok {
		return nil
	}
	row, scale := quantise(x)
	v.put(k, row, scale)
	v.changed++
	return nil
}

func (v *Vectors) put(k vectorKey, row []byte, scale float32) {
	v.at[k] = int32(len(v.keys))
	v.keys, v.scales, v.data = append(v.keys, k), append(v.scales, scale), append(v.data, row...)
	v.signs = appendSigns(v.signs, row)
}

// keepOnly lets go of what no passage of a source has any more.
func (v *Vectors) keepOnly(source Source) {
	v.mu.Lock()
	defer v.mu.Unlock()
	old := &Vectors{dim: v.dim, keys: v.keys, scales: v.scales, data: v.data, at: v.at}
	v.keys, v.scales, v.data, v.signs, v.at = nil, nil, nil, nil, map[vectorKey]int32{}
	v.changed++
	for p := range source() {
		k := v.key(&p)
		i, held := old.at[k]
		if _, again := v.at[k]; !held || again {
			continue
		}
		v.put(k, old.row(i), old.scales[i])
	}
}

func (v *Vectors) row(i int32) []byte { return v.data[int(i)*v.dim : (int(i)+1)*v.dim] }

// quantise makes a vector one of length 1 and gives it as signed bytes with
// what to multiply them by.
func quantise(x []float32) (row []byte, scale float32) {
	var sum float64
	var top float32
	for _, f := range x {
		sum += float64(f) * float64(f)
		top = max(top, f, -f)
	}
	row = make([]byte, len(x))
	if top == 0 {
		return row, 0
	}
	for i, f := range x {
		row[i] = byte(int8(math.Round(float64(f/top) * 127)))
	}
	return row, top / 127 / float32(math.Sqrt(sum))
}

// dot is the sum of products of signed bytes; both are of one length.
func dot(a, b []byte) int32 {
	var s, t, u, w int32
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		x, y := a[i:i+4:i+4], b[i:i+4:i+4]
		s += int32(int8(x[0])) * int32(int8(y[0]))
		t += int32(int8(x[1])) * int32(int8(y[1]))
		u += int32(int8(x[2])) * int32(int8(y[2]))
		w += int32(int8(x[3])) * int32(int8(y[3]))
	}
	for ; i < len(a); i++ {
		s += int32(int8(a[i])) * int32(int8(b[i]))
	}
	return s + t + u + w
}

// fuse joins rankings of ids by reciprocal rank: what stands high in several
// stands highest. Of equals the one that an earlier ranking names first leads.
func fuse(rankings ...[]string) []string {
	const flat = 60 // as in Cormack, Clarke and Büttcher, SIGIR 2009
	score := map[string]float64{}
	var out []string
	for _, r := range rankings {
		for i, id := range r {
			if score[id] == 0 {
				out = append(out, id)
			}
			score[id] += 1 / float64(flat+i+1)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(score[b], score[a]) })
	return out
}
