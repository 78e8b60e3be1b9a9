package engine

import (
	"runtime"
	"sync"
	"weak"
)

// kept has what several libraries have alike made once, and holds it as long as one
// of them does: the offices of a city all ask the same of the speech.
type kept[V any] struct {
	mu sync.Mutex
	at map[string]weak.Pointer[V]
}

func (k *kept[V]) get(key string, create func() *V) *V {
	k.mu.Lock()
	defer k.mu.Unlock()
	if v := k.at[key].Value(); v != nil {
		return v
	}
	if k.at == nil {
		k.at = map[string]weak.Pointer[V]{}
	}
	v := create()
	k.at[key] = weak.Make(v)
	runtime.AddCleanup(v, k.forget, key)
	return v
}

// forget drops what nobody holds, if it was not made again since.
func (k *kept[V]) forget(key string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.at[key].Value() == nil {
		delete(k.at, key)
	}
}
