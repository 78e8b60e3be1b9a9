package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/stdlib"

	"zujian/bot/chat"
)

// How soon another program takes over, and how soon whoever had something sees
// that it has it no more.
const (
	takeEvery = 2 * time.Second
	lookEvery = time.Second
	lookFor   = 2 * time.Second
)

// Reminders is what the one program holds that fires reminders: as long as any
// serves, one does.
const Reminders = "reminders"

// WhileHolding has work run in one program at a time of those that share the
// store: in this one as soon as no other holds name, until ctx ends or work ends
// by itself. Where another took name over meanwhile, work's context ends. While
// PostgreSQL is away work goes on. On SQLite there is one program. waits hears once
// of every time that this program has to wait for another.
func (db *DB) WhileHolding(ctx context.Context, name string, waits func(), work func(context.Context)) {
	if db.engine != &inPostgres {
		work(ctx)
		return
	}
	for waiting := false; ctx.Err() == nil; chat.Pause(ctx, takeEvery) {
		c, err := db.take(ctx, name)
		switch {
		case err != nil:
		case c != nil:
			waiting = false
			if db.workHolding(ctx, c, name, work) {
				return
			}
		case !waiting:
			waiting = true
			waits()
		}
	}
}

// workHolding runs work and reports whether it ended by itself.
func (db *DB) workHolding(ctx context.Context, c hold, name string, work func(context.Context)) bool {
	held, lose := context.WithCancel(ctx)
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		defer lose()
		c = db.keepHold(held, c, name)
	}()
	work(held)
	lost := held.Err() != nil
	lose()
	<-watched
	if c != nil {
		c.release() // not before: work may have been at something to the end
	}
	return !lost
}

// keepHold looks whether name is still ours until it is not, or ctx ends, and
// gives what holds it; nil where nothing does. A connection that broke is made
// anew as soon as it can be.
func (db *DB) keepHold(ctx context.Context, c hold, name string) hold {
	for ctx.Err() == nil {
		chat.Pause(ctx, lookEvery)
		if c != nil && c.alive() {
			continue
		}
		if c != nil {
			c.release()
		}
		var err error
		if c, err = db.take(ctx, name); err == nil && c == nil {
			return nil // another has it
		}
	}
	return c
}

// hold is a lock that is held.
type hold interface {
	alive() bool
	release()
}

// session is a lock that a connection of its own holds.
type session struct{ *sql.Conn }

func (c session) alive() bool {
	ctx, stop := context.WithTimeout(context.Background(), lookFor)
	defer stop()
	var one int
	return c.QueryRowContext(ctx, "SELECT 1").Scan(&one) == nil
}

// take gives the lock on name; nil where another has it.
func (db *DB) take(ctx context.Context, name string) (hold, error) {
	if db.pool != nil {
		return db.pool.hold(ctx, db.office, name)
	}
	c, err := db.sql.Conn(ctx)
	if err != nil {
		return nil, err
	}
	const lock = "SELECT pg_try_advisory_lock(hashtextextended(current_setting('zujian.office') || chr(10) || ?, 0))"
	got := false
	err = c.QueryRowContext(ctx, lock, name).Scan(&got)
	if err != nil || !got {
		return nil, errors.Join(err, c.Close())
	}
	return session{c}, nil
}

// release gives the lock back and ends its connection, with which it would go too,
// only later.
func (c session) release() {
	ctx, stop := context.WithTimeout(context.Background(), lookFor)
	defer stop()
	_, _ = c.ExecContext(ctx, "SELECT pg_advisory_unlock_all()")
	_ = c.Raw(func(any) error { return driver.ErrBadConn }) // not back into the pool
	_ = c.Close()
}

// Listen calls heard with the name of a table into which some program put
// something, until ctx ends. After every time that the connection was cut heard is
// called with "": anything may have been put in.
func (db *DB) Listen(ctx context.Context, heard func(table string)) {
	if db.engine != &inPostgres {
		return
	}
	if db.pool != nil {
		db.pool.listen(ctx, db.office, heard)
		return
	}
	for ctx.Err() == nil {
		if c, err := db.sql.Conn(ctx); err == nil {
			heard("")
			_ = c.Raw(func(raw any) error {
				hear(ctx, raw.(conn).Conn, func(table, office string) {
					if office == db.office {
						heard(table)
					}
				})
				return driver.ErrBadConn
			})
			_ = c.Close()
		}
		chat.Pause(ctx, takeEvery)
	}
}

func hear(ctx context.Context, c *stdlib.Conn, heard func(table, office string)) {
	if _, err := c.Conn().Exec(ctx, "LISTEN zujian"); err != nil {
		return
	}
	for {
		n, err := c.Conn().WaitForNotification(ctx)
		if err != nil {
			return
		}
		table, office, _ := strings.Cut(n.Payload, " ")
		heard(table, office)
	}
}
