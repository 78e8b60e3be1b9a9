package console

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How often a key may be tried: a few times at once from one address, then with
// growing pauses, and from everywhere together once a second.
const (
	freeTries    = 5
	firstPause   = 6 * time.Second
	longestPause = 15 * time.Minute
	triesAtOnce  = 30
	mostKnockers = 10_000
)

// knocks counts tries of keys. A try is counted before its key is looked at, so
// that many at once are no way past it.
type knocks struct {
	now func() time.Time
	all *rate.Limiter

	mu   sync.Mutex
	from map[netip.Prefix]*tries
}

type tries struct {
	n     int
	until time.Time // none is taken before
}

func newKnocks(now func() time.Time) *knocks {
	return &knocks{now: now, all: rate.NewLimiter(rate.Every(time.Second), triesAtOnce), from: map[netip.Prefix]*tries{}}
}

// take counts a try from an address, as host:port, and reports whether its key
// may be looked at.
func (k *knocks) take(remote string) bool {
	at, now := neighbourhood(remote), k.now()
	k.mu.Lock()
	defer k.mu.Unlock()
	t := k.from[at]
	if t == nil {
		k.forget(now)
		t = &tries{}
		k.from[at] = t
	}
	if now.Before(t.until) || !k.all.AllowN(now, 1) {
		return false
	}
	t.n++
	if over := t.n - freeTries; over >= 0 {
		t.until = now.Add(min(firstPause<<min(over, 10), longestPause))
	}
	return true
}

// right forgets the tries from an address whose key was right.
func (k *knocks) right(remote string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.from, neighbourhood(remote))
}

// forget makes room where many have knocked: those who may knock again go first.
func (k *knocks) forget(now time.Time) {
	if len(k.from) < mostKnockers {
		return
	}
	for at, t := range k.from {
		if now.After(t.until) || len(k.from) >= mostKnockers {
			delete(k.from, at)
		}
	}
}

// neighbourhood is the address that tries are counted by: of IPv6 the network,
// since whoever has one has all its addresses.
func neighbourhood(remote string) netip.Prefix {
	at, err := netip.ParseAddrPort(remote)
	if err != nil {
		return netip.Prefix{}
	}
	addr := at.Addr().Unmap()
	bits := 32
	if addr.Is6() {
		bits = 64
	}
	p, err := addr.WithZone("").Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}
