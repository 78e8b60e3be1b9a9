// Package store keeps what must outlive the program in one SQLite file:
// sessions, seen messages, the outbox, reminders, unanswered questions, the
// audit and operators. Every method is one transaction, so that a program killed at any
// point leaves either all of a step or nothing of it.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite" // registers the driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// DB is an open store. It is safe for use from several goroutines.
type DB struct {
	sql   *sql.DB // the one that writes
	reads *sql.DB // those that read: nobody waits for a writer there
	salt  []byte
	anew  bool // see Anew
	turns turns
}

// Open opens the store in the file at path, creates it where it is missing,
// and brings an older one up to date. A file written by a newer program is
// refused with NewerError and left as it is.
func Open(path string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("create the data folder: %w", err)
	}
	if err := forOwnerOnly(path); err != nil {
		return nil, err
	}
	log := readWalIndex(path)
	handle, err := sql.Open("sqlite", dsn(path))
	if err != nil {
		return nil, fmt.Errorf("open the store: %w", err)
	}
	// One connection writes, since SQLite has one writer anyway. A reader beside
	// it never sees a step half done.
	handle.SetMaxOpenConns(1)
	reads, err := sql.Open("sqlite", dsn(path)+"&_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the store: %w", err), handle.Close())
	}
	reads.SetMaxOpenConns(readers)
	db := &DB{sql: handle, reads: reads}
	if err := db.prepare(context.Background(), path, log); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// readers is how many read at once.
const readers = 4

// forOwnerOnly makes the file before SQLite does, which would let others on the
// machine read it; the files beside it get the same rights.
func forOwnerOnly(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("create the store: %w", err)
	}
	return f.Close()
}

func dsn(path string) string {
	pragmas := url.Values{"_pragma": {
		"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "secure_delete(1)",
	}, "_txlock": {"immediate"}}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + pragmas.Encode()
}

func (db *DB) prepare(ctx context.Context, path string, log walIndex) error {
	if err := db.migrate(ctx); err != nil {
		return err
	}
	if err := db.readSalt(ctx); err != nil {
		return err
	}
	db.identify(path)
	return db.noteCut(ctx, path, log)
}

// CopyTo writes a copy of the store as it is now into a new file.
func (db *DB) CopyTo(ctx context.Context, path string) error {
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
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// Unwritable reports whether err says that the disk takes nothing: it is full,
// may only be read, or fails. Nothing of the step was written.
func Unwritable(err error) bool {
	var of *sqlite.Error
	if !errors.As(err, &of) {
		return false
	}
	switch of.Code() & 0xff {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN:
		return true
	}
	return false
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
