package desk

import (
	"context"
	"time"

	"zujian/bot/store"
)

// owed is a result that the store could not take when it was learned.
type owed struct {
	id     int64
	result store.Result
}

// writeOwed writes down what is owed, and then, once, that nothing else is on its
// way: what is left so by an earlier run, or by a claim of which nothing was heard,
// is marked as unknown.
func (p *Pump) writeOwed(ctx context.Context) {
	for len(p.owed) > 0 {
		if p.box.Settle(ctx, p.owed[0].id, p.owed[0].result) != nil {
			return
		}
		p.owed = p.owed[1:]
	}
	if !p.unsure {
		return
	}
	n, err := p.box.Reclaim(ctx, p.channel.Name(), time.Now())
	if err != nil {
		p.log.Error("cannot look after interrupted messages", "error", err.Error())
		return
	}
	p.unsure = false
	if n > 0 {
		p.log.Warn("messages whose result is not known", "count", n)
		p.trouble(store.Unknown, n)
	}
}
