package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

// The migrations are written as SQLite takes them; see words for PostgreSQL. There
// each is run once for all offices: one that changes rows has to see them all.
//
//go:embed migrations/*.sql
var migrations embed.FS

// NewerError says that the file was written by a newer program.
type NewerError struct {
	Have int // version of the file
	Know int // newest version that this program knows
}

// Error is worded for the operator.
func (e NewerError) Error() string {
	return fmt.Sprintf("这个数据文件是更新的程序写的（第%d版，本程序只认到第%d版）。请换用新程序，或者换一个数据文件夹。数据没有动过。", e.Have, e.Know)
}

// migrate runs the migrations that the file has not had, each in a transaction
// together with its version number.
func (db *DB) migrate(ctx context.Context) error {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	have, err := db.version(ctx)
	if err != nil {
		return err
	}
	if have > len(names) {
		return NewerError{Have: have, Know: len(names)}
	}
	for i := have; i < len(names); i++ {
		if err := db.apply(ctx, names[i], i+1); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) version(ctx context.Context) (int, error) {
	var v int
	if err := db.sql.QueryRowContext(ctx, db.engine.version).Scan(&v); err != nil {
		return 0, fmt.Errorf("read the version of the store: %w", err)
	}
	return v, nil
}

// apply runs one migration. Two programs that start at once both come here;
// the second finds the version raised and does nothing.
func (db *DB) apply(ctx context.Context, name string, version int) error {
	text, err := migrations.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return db.tx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, db.engine.alone); err != nil {
			return fmt.Errorf("wait for others: %w", err)
		}
		var have int
		if err := tx.QueryRowContext(ctx, db.engine.version).Scan(&have); err != nil {
			return fmt.Errorf("read the version: %w", err)
		}
		if have >= version {
			return nil
		}
		if _, err := tx.ExecContext(ctx, db.engine.migration(string(text))); err != nil {
			return fmt.Errorf("migrate with %s: %w", name, err)
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf(db.engine.raise, version))
		return err
	})
}
