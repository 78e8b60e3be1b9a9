package store

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"zujian/bot/chat"
)

// pooled opens offices over one pool.
func pooled(t *testing.T, n int) (*Pool, Postgres, []*DB) {
	t.Helper()
	where := postgres(t)
	p, err := NewPool(where)
	must(t, err)
	t.Cleanup(func() { must(t, p.Close()) })
	var all []*DB
	for i := range n {
		db, err := p.Open(filepath.Join(t.TempDir(), "zujian.db"), fmt.Sprintf("%s之%d", where.Office, i))
		must(t, err)
		t.Cleanup(func() { db.Close() })
		all = append(all, db)
	}
	return p, where, all
}

// TestPoolKeepsOfficesApart has forty offices write and read through sixteen
// connections at once, while steps are given up half-way and connections are cut:
// nobody ever sees a row of another, nor has the setting of another.
func TestPoolKeepsOfficesApart(t *testing.T) {
	pool, where, all := pooled(t, 40)
	var wait sync.WaitGroup
	for i, db := range all {
		wait.Go(func() {
			for n := range 15 {
				ctx, stop := context.WithCancel(t.Context())
				if n%5 == 4 {
					time.AfterFunc(time.Duration(i)*50*time.Microsecond, stop)
				}
				_ = db.tx(ctx, func(tx *sql.Tx) error {
					_, err := tx.ExecContext(ctx, "INSERT INTO setting (key, value) VALUES (?, ?)", fmt.Sprint(n), []byte(db.office))
					return err
				})
				stop()
				looksAtItsOwn(t, db)
			}
		})
		if i == 20 {
			must(t, started.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'zujian' AND state = 'idle'"))
		}
	}
	wait.Wait()
	if pool.mu.Lock(); len(pool.idle) > sessions || len(pool.slots) != 0 {
		t.Errorf("%d connections kept, %d not given back", len(pool.idle), len(pool.slots))
	}
	pool.mu.Unlock()
	forgets(t, where)
}

// looksAtItsOwn reads without any condition of whose the rows are.
func looksAtItsOwn(t *testing.T, db *DB) {
	t.Helper()
	var who string
	var others int
	err := db.reads.QueryRowContext(t.Context(), `SELECT current_setting('zujian.office'), (SELECT count(*) FROM setting
		WHERE key SIMILAR TO '[0-9]+' AND value <> convert_to(current_setting('zujian.office'), 'UTF8'))`).Scan(&who, &others)
	if err != nil && away(err) {
		return // its connection was cut
	}
	if err != nil || who != db.office || others > 0 {
		t.Errorf("%s: is %q and sees %d rows of others: %v", db.office, who, others, err)
	}
}

// forgets reads and writes every table over a connection that says nothing of an
// office: there is nothing, and nothing is changed.
func forgets(t *testing.T, where Postgres) {
	t.Helper()
	c, err := pgx.Connect(t.Context(), where.URL)
	must(t, err)
	defer c.Close(t.Context())
	for _, table := range tables {
		n := -1
		if err := c.QueryRow(t.Context(), "SELECT count(*) FROM "+table).Scan(&n); err != nil || n != 0 {
			t.Errorf("%s shows %d rows to nobody: %v", table, n, err)
		}
		if gone, err := c.Exec(t.Context(), "DELETE FROM "+table); err != nil || gone.RowsAffected() != 0 {
			t.Errorf("%s loses rows to nobody: %v, %v", table, gone, err)
		}
	}
}

// TestPoolHoldsAndHears has many offices hold their channels with one connection
// and hear with another, also after both are cut.
func TestPoolHoldsAndHears(t *testing.T) {
	_, where, all := pooled(t, 20)
	ctx, stop := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	holding, heard := make(chan string, 20), make(chan string, 1000)
	for _, db := range all {
		wait.Go(func() {
			db.WhileHolding(ctx, "channel x", func() {}, func(ctx context.Context) {
				holding <- db.office
				<-ctx.Done()
			})
		})
		wait.Go(func() { db.Listen(ctx, func(table string) { heard <- db.office + " " + table }) })
	}
	for range all {
		<-holding
	}
	count := func() (locks, sessions int) {
		must(t, all[0].sql.QueryRow(`SELECT count(*), count(DISTINCT pid) FROM pg_locks WHERE locktype = 'advisory' AND granted`).Scan(&locks, &sessions))
		return locks, sessions
	}
	if locks, by := count(); locks != 20 || by != 1 {
		t.Errorf("%d locks by %d connections", locks, by)
	}
	other, err := OpenPostgres(filepath.Join(t.TempDir(), "zujian.db"), Postgres{URL: where.URL, Office: all[3].office})
	must(t, err)
	defer other.Close()
	if c, err := other.take(t.Context(), "channel x"); err != nil || c != nil {
		t.Errorf("another program holds it too: %v", err)
	}
	must(t, started.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'zujian'"))
	for late := time.Now().Add(mostTakeOver); ; chat.Pause(t.Context(), 20*time.Millisecond) {
		var locks, by int
		err := all[0].sql.QueryRow(`SELECT count(*), count(DISTINCT pid) FROM pg_locks WHERE locktype = 'advisory' AND granted`).Scan(&locks, &by)
		if err == nil && locks == 20 && by == 1 {
			break
		}
		if time.Now().After(late) {
			t.Fatalf("%d locks by %d connections: %v", locks, by, err)
		}
	}
	hears(t, all[7], heard)
	stop()
	wait.Wait()
	if locks, _ := count(); locks != 0 {
		t.Errorf("%d locks are left", locks)
	}
}

// hears puts something into an office until that office hears of it, and nobody
// else does.
func hears(t *testing.T, db *DB, heard chan string) {
	t.Helper()
	for late := time.Now().Add(mostTakeOver); time.Now().Before(late); {
		_, err := db.sql.Exec("INSERT INTO outbox (channel, chat, grp, ref, rank, text, status, created, not_before, expires) VALUES ('x', 'y', 0, '', 0, 'z', 'pending', 0, 0, 0)")
		if err != nil {
			t.Log(err)
		}
		for more := true; more; {
			select {
			case is := <-heard:
				if is == db.office+" outbox" {
					return
				}
				if is[len(is)-1] == 'x' {
					t.Fatalf("%s heard of what is in %s", is, db.office)
				}
			case <-time.After(200 * time.Millisecond):
				more = false
			}
		}
	}
	t.Error("nobody hears")
}
