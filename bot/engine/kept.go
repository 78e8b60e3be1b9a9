package engine

import (
	"crypto/sha256"
	"hash"
	"io"
	"runtime"
	"sync"
	"weak"
)

// kept has what several libraries have alike made once, and holds it as long as one
// of them does: the offices of a city all ask the same of the speech.
type kept[V any] struct {
	mu sync.Mutex
	at map[digest]weak.Pointer[V]
}

type digest [sha256.Size]byte

func (k *kept[V]) get(key digest, create func() *V) *V {
	k.mu.Lock()
	defer k.mu.Unlock()
	if v := k.at[key].Value(); v != nil {
		return v
	}
	if k.at == nil {
		k.at = map[digest]weak.Pointer[V]{}
	}
	v := create()
	k.at[key] = weak.Make(v)
	runtime.AddCleanup(v, k.forget, key)
	return v
}

// forget drops what nobody holds, if it was not made again since.
func (k *kept[V]) forget(key digest) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.at[key].Value() == nil {
		delete(k.at, key)
	}
}

// digester sums up texts.
type digester struct{ h hash.Hash }

func newDigest(texts ...string) digester {
	d := digester{sha256.New()}
	d.add(texts...)
	return d
}

func (d digester) add(texts ...string) {
	for _, s := range texts {
		_, _ = io.WriteString(d.h, s)
		_, _ = d.h.Write([]byte{0})
	}
}

func (d digester) sum() (out digest) {
	d.h.Sum(out[:0])
	return out
}
