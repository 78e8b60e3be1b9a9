package engine

import (
	"context"
	"math"
	"sync"
)

// rarities keeps how rare terms are among the ways of asking.
type rarities struct {
	mu    sync.RWMutex
	known map[string]rarity
}

type rarity struct {
	counts [3]float64 // by kind
	weight float64
	odds   float64 // of the question's being a gap's, as a logarithm; 0: unknown
}

// unseenShare is, of its rarity, what counts of a term that no way of asking has.
const unseenShare = 0.3

// know looks up those that are not known yet.
func (r *rarities) know(ctx context.Context, f Finder, terms []term) error {
	var missing []string
	r.mu.RLock()
	for _, t := range terms {
		if _, ok := r.known[t.name]; !ok {
			missing = append(missing, t.name)
		}
	}
	r.mu.RUnlock()
	if len(missing) == 0 {
		return nil
	}
	found, held := make([]rarity, len(missing)), [3]float64{}
	for k, kind := range askKinds {
		counts, err := f.Counts(ctx, kind, missing)
		if err != nil {
			return err
		}
		held[k] = float64(f.Held(kind))
		for i, n := range counts {
			found[i].counts[k] = float64(n)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil || len(r.known) > mostRarities {
		r.known = map[string]rarity{}
	}
	for i, name := range missing {
		found[i].weigh(held)
		r.known[name] = found[i]
	}
	return nil
}

// How a term's odds are reckoned.
const (
	oddsSmooth = 0.5 // ways of asking of either kind that are taken to have every term
	surestOdds = 2.5 // one term counts no more than this
)

func (x *rarity) weigh(held [3]float64) {
	n, all := x.counts[0]+x.counts[1]+x.counts[2], held[0]+held[1]+held[2]
	x.weight = math.Log(1 + all/(1+n))
	if n == 0 {
		x.weight *= unseenShare
	}
	if x.counts[0]+x.counts[1] > 0 {
		odds := math.Log((x.counts[1] + oddsSmooth) / (held[1] + 1) / ((x.counts[0] + oddsSmooth) / (held[0] + 1)))
		x.odds = max(-surestOdds, min(surestOdds, odds))
	}
}

// mostRarities bounds what is kept of words that people may type at will.
const mostRarities = 100_000

func (r *rarities) of(name string) float64 { return r.all(name).weight }

func (r *rarities) all(name string) rarity {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.known[name]
}
