package answer

import (
	"context"
	"runtime"
	"sync"
)

// restTried is of how many known ways of asking, beside those nearest to something
// added, one is tried for it.
const restTried = 25

// Changed gives the known ways of asking that lead elsewhere than they led
// before, and how many were tried: those nearest to what was added, which about
// says, and one in so many of the rest. No model is asked.
func (a *Answerer) Changed(ctx context.Context, before *Answerer, about string) (changed []string, tried int, err error) {
	ways := before.waysNear(ctx, about)
	led := make([]bool, len(ways))
	var wait sync.WaitGroup
	for part := range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := part; i < len(ways) && ctx.Err() == nil; i += runtime.GOMAXPROCS(0) {
				led[i] = a.Leads(ctx, ways[i]) == before.Leads(ctx, ways[i])
			}
		})
	}
	wait.Wait()
	if ctx.Err() != nil {
		return nil, 0, ctx.Err()
	}
	for i, same := range led {
		if !same {
			changed = append(changed, ways[i])
		}
	}
	return changed, len(ways), nil
}

// waysNear gives the known ways of asking that are tried.
func (a *Answerer) waysNear(ctx context.Context, about string) []string {
	near := map[string]bool{}
	for _, x := range a.engine.AsksLike(ctx, a.clean(about)) {
		near[x.Text] = true
	}
	var out []string
	for i, way := range a.pool.AskTexts() {
		if near[way] || i%restTried == 0 {
			out = append(out, way)
		}
	}
	return out
}

// Leads says where a question leads, for comparing two answerers: what becomes of
// it, or the id of the clause that is cited first. It asks no model and does not
// read the question by its sound.
func (a *Answerer) Leads(ctx context.Context, question string) string {
	f := a.search(ctx, []string{a.clean(question)})
	if f.status != Answered || len(f.cited) == 0 {
		return string(f.status)
	}
	return clauseID(f.cited[0].doc, f.cited[0].clause)
}

// WithoutModel gives the same answerer without a language model.
func (a *Answerer) WithoutModel() *Answerer {
	alone := *a
	alone.model = nil
	return &alone
}
