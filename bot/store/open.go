// Package store keeps what must outlive the program: sessions, seen messages,
// the outbox, reminders, unanswered questions, the audit and operators; in one
// SQLite file, or in PostgreSQL where several machines serve. Every method is
// one transaction, so that a program killed at any point leaves either all of a
// step or nothing of it.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"time"
)

// DB is an open store. It is safe for use from several goroutines.
type DB struct {
	sql    *sql.DB // the one that writes
	reads  *sql.DB // those that read: nobody waits for a writer there
	engine *engine
	office string // in PostgreSQL
	pool   *Pool  // whose connections it uses; nil: its own
	salt   []byte
	anew   bool // see Anew
	turns  turns
}

// prepared brings a store up to date, or closes it where that fails.
func (db *DB) prepared(path string) (*DB, error) {
	ctx := context.Background()
	err := db.migrate(ctx)
	if err == nil {
		err = db.readSalt(ctx)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	db.identify(path)
	return db, nil
}

// CopyTo writes a copy of the store as it is now into a new SQLite file.
func (db *DB) CopyTo(ctx context.Context, path string) error {
	if db.engine != &inSQLite {
		return db.copyOut(ctx, path)
	}
	if _, err := db.sql.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return fmt.Errorf("copy the store: %w", err)
	}
	return os.Chmod(path, 0o600)
}

// Close closes the store.
func (db *DB) Close() error { return errors.Join(db.reads.Close(), db.sql.Close()) }

// tx runs work in one transaction, undone where it fails.
func (db *DB) tx(ctx context.Context, work func(*sql.Tx) error) error {
	tx, err := db.sql.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback()
	if err := work(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return commitError{err}
	}
	return nil
}

// commitError says that a step was not seen to be written.
type commitError struct{ error }

func (e commitError) Error() string { return "commit: " + e.error.Error() }
func (e commitError) Unwrap() error { return e.error }

// InDoubt reports whether the step may have been written.
func (e commitError) InDoubt() bool { return away(e.error) }

// Unwritable reports whether err says that nothing can be written now: the disk
// takes nothing, or PostgreSQL is away. Nothing of the step was written.
func Unwritable(err error) bool { return diskFull(err) || away(err) && !Uncertain(err) }

// Uncertain reports whether err says that PostgreSQL went away while it was to
// write: nobody knows whether it did.
func Uncertain(err error) bool {
	var of interface{ InDoubt() bool }
	return errors.As(err, &of) && of.InDoubt()
}

// stamp is a time as the store keeps it; the zero time is 0.
func stamp(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func unstamp(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}
