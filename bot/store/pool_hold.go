package store

import (
	"context"
	"database/sql/driver"
	"sync"
	"time"

	"zujian/bot/chat"
)

// holds keeps the locks of all the offices of a pool with one connection: each
// has several all the time.
type holds struct {
	connector driver.Connector

	mu     sync.Mutex
	c      *conn // nil: none
	nth    int   // how many there were: with one all its locks go
	looked time.Time
	held   map[[2]string]bool
}

// heldOf is a lock that the connection of a pool holds.
type heldOf struct {
	of   *holds
	nth  int
	name [2]string // office and name
}

const keyOf = "hashtextextended($1 || chr(10) || $2, 0)"

// hold gives the lock of an office on name; nil where another has it.
func (p *Pool) hold(ctx context.Context, office, name string) (hold, error) {
	h := &p.holds
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.c == nil {
		made, err := h.connector.Connect(ctx)
		if err != nil {
			return nil, err
		}
		c := made.(conn)
		h.c, h.looked, h.held = &c, time.Now(), map[[2]string]bool{}
		h.nth++
	}
	key := [2]string{office, name}
	if h.held[key] { // the connection would be given it twice
		return nil, nil
	}
	got := false
	err := h.c.Conn.Conn().QueryRow(ctx, "SELECT pg_try_advisory_lock("+keyOf+")", office, name).Scan(&got)
	if err != nil || !got {
		return nil, err
	}
	h.held[key] = true
	return heldOf{h, h.nth, key}, nil
}

// alive asks the connection, once for all that it holds.
func (x heldOf) alive() bool {
	h := x.of
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.c == nil || h.nth != x.nth {
		return false
	}
	if time.Since(h.looked) < lookEvery/2 {
		return true
	}
	ctx, stop := context.WithTimeout(context.Background(), lookFor)
	defer stop()
	if _, err := h.c.Conn.Conn().Exec(ctx, "SELECT 1"); err != nil {
		h.drop()
		return false
	}
	h.looked = time.Now()
	return true
}

// drop ends the connection, and with it every lock.
func (h *holds) drop() {
	if h.c != nil {
		_ = h.c.Close()
		h.c = nil
	}
}

func (x heldOf) release() {
	h := x.of
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.c == nil || h.nth != x.nth {
		return
	}
	delete(h.held, x.name)
	ctx, stop := context.WithTimeout(context.Background(), lookFor)
	defer stop()
	if _, err := h.c.Conn.Conn().Exec(ctx, "SELECT pg_advisory_unlock("+keyOf+")", x.name[0], x.name[1]); err != nil {
		h.drop()
	}
}

func (h *holds) end() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drop()
}

// ears hears with one connection what is put in for all the offices of a pool.
type ears struct {
	stop context.CancelFunc
	done sync.WaitGroup

	mu sync.Mutex
	by map[string]func(table string)
}

func (e *ears) begin(c driver.Connector) {
	var ctx context.Context
	ctx, e.stop = context.WithCancel(context.Background())
	e.by = map[string]func(string){}
	e.done.Go(func() { e.listen(ctx, c) })
}

func (e *ears) end() {
	e.stop()
	e.done.Wait()
}

func (e *ears) listen(ctx context.Context, c driver.Connector) {
	for ; ctx.Err() == nil; chat.Pause(ctx, takeEvery) {
		if !e.anybody() {
			continue
		}
		made, err := c.Connect(ctx)
		if err != nil {
			continue
		}
		e.tellAll()
		hear(ctx, made.(conn).Conn, e.tell)
		_ = made.Close()
	}
}

func (e *ears) anybody() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.by) > 0
}

// tell tells an office of what was put into a table of its own.
func (e *ears) tell(table, office string) {
	e.mu.Lock()
	heard := e.by[office]
	e.mu.Unlock()
	if heard != nil {
		heard(table)
	}
}

// tellAll tells every office that anything may have been put in.
func (e *ears) tellAll() {
	e.mu.Lock()
	var all []func(string)
	for _, heard := range e.by {
		all = append(all, heard)
	}
	e.mu.Unlock()
	for _, heard := range all {
		heard("")
	}
}

// listen has heard called for an office until ctx ends.
func (p *Pool) listen(ctx context.Context, office string, heard func(table string)) {
	p.ears.mu.Lock()
	p.ears.by[office] = heard
	p.ears.mu.Unlock()
	heard("")
	<-ctx.Done()
	p.ears.mu.Lock()
	defer p.ears.mu.Unlock()
	delete(p.ears.by, office)
}
