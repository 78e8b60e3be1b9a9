package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite" // registers the driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// engine is what differs between the engines in what they are asked. All other
// queries are read by both.
type engine struct {
	version   string                   // reads the version of the store
	raise     string                   // writes it, as a format
	alone     string                   // keeps others from migrating at once
	check     string                   // says ok where the store is whole
	due       string                   // see due
	migration func(text string) string // as this engine takes it
	highest   string                   // the highest id that a table ever gave
	above     []string                 // has a table give higher ones only
	oneMoment sql.IsolationLevel       // reads everything as it was at one moment
}

var inSQLite = engine{
	version:   "PRAGMA user_version",
	raise:     "PRAGMA user_version = %d",
	alone:     "SELECT 1", // whoever writes is alone
	check:     "PRAGMA quick_check(1)",
	due:       fmt.Sprintf(due, "SELECT value FROM json_each(?6)", "ORDER BY chat, grp, id LIMIT 1"),
	migration: inOurWords,
	highest:   "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?1), 0)",
	above: []string{"DELETE FROM sqlite_sequence WHERE name = ?1 AND seq < ?2",
		"INSERT INTO sqlite_sequence (name, seq) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)"},
}

// inOurWords leaves out what only PostgreSQL keeps.
func inOurWords(migration string) string {
	if strings.HasPrefix(migration, "-- postgres only") {
		return "SELECT 1"
	}
	return migration
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
	db, err := (&DB{sql: handle, reads: reads, engine: &inSQLite}).prepared(path)
	if err != nil {
		return nil, err
	}
	if err := db.noteCut(context.Background(), path, log); err != nil {
		return nil, errors.Join(err, db.Close())
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

// Damaged reports whether err says that the file is not what SQLite wrote.
func Damaged(err error) bool {
	var of *sqlite.Error
	return errors.As(err, &of) && (of.Code()&0xff == sqlite3.SQLITE_CORRUPT || of.Code()&0xff == sqlite3.SQLITE_NOTADB)
}

// diskFull reports whether err says that the disk takes nothing: it is full,
// may only be read, or fails.
func diskFull(err error) bool {
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
