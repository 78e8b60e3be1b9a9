package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"
)

// Files are the files of an office that several programs share, in one
// transaction. Only PostgreSQL keeps them; on SQLite they are in the folder alone.
type Files struct {
	ctx context.Context
	tx  *sql.Tx

	Version int64 // of the last change before this transaction
}

// File is one file as it was last changed.
type File struct {
	Name string // within the data folder, with slashes
	Sum  string // SHA-256 of what is in it; empty: it was taken away
}

// ErrChanging says that another program has been changing the files for long.
var ErrChanging = errors.New("store: another program is changing the files")

// SharesFiles reports whether files are kept beside the records.
func (db *DB) SharesFiles() bool { return db.engine == &inPostgres }

// Identity tells this store from every other, also after it was moved.
func (db *DB) Identity() string { return db.hash("files") }

const filesVersion = "SELECT coalesce(max(version), 0) FROM file"

// FilesVersion gives the number of the last change of the files.
func (db *DB) FilesVersion(ctx context.Context) (v int64, err error) {
	if err = db.reads.QueryRowContext(ctx, filesVersion).Scan(&v); err != nil {
		return 0, fmt.Errorf("read the version of the files: %w", err)
	}
	return v, nil
}

// ReadFiles has work read the files as they are at one moment.
func (db *DB) ReadFiles(ctx context.Context, work func(*Files) error) error {
	tx, err := db.sql.BeginTx(ctx, &sql.TxOptions{Isolation: db.engine.oneMoment, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback()
	f := &Files{ctx: ctx, tx: tx}
	if err := tx.QueryRowContext(ctx, filesVersion).Scan(&f.Version); err != nil {
		return fmt.Errorf("read the version of the files: %w", err)
	}
	return work(f)
}

const (
	filesLock = "hashtextextended(current_setting('zujian.office') || chr(10) || 'files', 0)"
	// patientForFiles ends a wait for a machine that has the lock and hangs.
	patientForFiles = "SET LOCAL lock_timeout = '10s'"
)

// ChangeFiles has work change the files while nobody else does: all that it puts
// becomes one version, or nothing does.
func (db *DB) ChangeFiles(ctx context.Context, work func(*Files) error) error {
	return db.tx(ctx, func(tx *sql.Tx) error {
		f, err := filesToChange(ctx, tx)
		if err != nil {
			return err
		}
		var place []byte
		err = tx.QueryRowContext(ctx, "SELECT value FROM setting WHERE key = ?", placeKey).Scan(&place)
		switch {
		case err != nil && !errors.Is(err, sql.ErrNoRows):
			return err
		case Place(place) != Here:
			return ErrNotHere
		}
		return work(f)
	})
}

func filesToChange(ctx context.Context, tx *sql.Tx) (*Files, error) {
	for _, query := range []string{patientForFiles, "SELECT pg_advisory_xact_lock(" + filesLock + ")"} {
		if _, err := tx.ExecContext(ctx, query); err != nil {
			if said := (*pgconn.PgError)(nil); errors.As(err, &said) && said.Code == "55P03" {
				return nil, ErrChanging
			}
			return nil, fmt.Errorf("wait for others: %w", err)
		}
	}
	f := &Files{ctx: ctx, tx: tx}
	return f, tx.QueryRowContext(ctx, filesVersion).Scan(&f.Version)
}

// Since gives the files that were changed after a version, those that were taken
// away among them.
func (f *Files) Since(version int64) (all []File, err error) {
	rows, err := f.tx.QueryContext(f.ctx, "SELECT name, sum FROM file WHERE version > ? ORDER BY name", version)
	if err != nil {
		return nil, fmt.Errorf("list the files: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var x File
		if err := rows.Scan(&x.Name, &x.Sum); err != nil {
			return nil, fmt.Errorf("list the files: %w", err)
		}
		all = append(all, x)
	}
	return all, rows.Err()
}

// Sum gives the SHA-256 of a file; empty where there is none.
func (f *Files) Sum(name string) (sum string, err error) {
	err = f.tx.QueryRowContext(f.ctx, "SELECT sum FROM file WHERE name = ?", name).Scan(&sum)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return sum, err
}

// Body gives what is in a file.
func (f *Files) Body(name string) (data []byte, err error) {
	if err = f.tx.QueryRowContext(f.ctx, "SELECT body FROM file WHERE name = ?", name).Scan(&data); err != nil {
		return nil, fmt.Errorf("read the file %s: %w", name, err)
	}
	return data, nil
}

const (
	putFile = `INSERT INTO file (name, version, sum, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (name)
		DO UPDATE SET version = excluded.version, sum = excluded.sum, body = excluded.body WHERE file.sum <> excluded.sum`
	dropFile = "UPDATE file SET version = ?2, sum = '', body = '' WHERE name = ?1 AND sum <> ''"
)

// Put puts a file here; nil takes it away. It wakes whoever listens. What is here
// already as it is stays of its version.
func (f *Files) Put(name string, data []byte) (err error) {
	if data == nil {
		_, err = f.tx.ExecContext(f.ctx, dropFile, name, f.Version+1)
	} else {
		sum := sha256.Sum256(data)
		_, err = f.tx.ExecContext(f.ctx, putFile, name, f.Version+1, hex.EncodeToString(sum[:]), data)
	}
	if err != nil {
		return fmt.Errorf("put the file %s: %w", name, err)
	}
	return nil
}

// Replace has files be here that put gives, and no others, and gives how many
// those are, counted afterwards.
func (f *Files) Replace(all func(put func(name string, data []byte) error) error) (int, error) {
	given := map[string]bool{}
	err := all(func(name string, data []byte) error {
		given[name] = true
		return f.Put(name, data)
	})
	if err != nil {
		return 0, err
	}
	here, err := f.Since(0)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, x := range here {
		if !given[x.Name] {
			err = errors.Join(err, f.Put(x.Name, nil))
		} else if x.Sum != "" {
			n++
		}
	}
	if n != len(given) {
		err = errors.Join(err, fmt.Errorf("%d files arrived of %d", n, len(given)))
	}
	return n, err
}
