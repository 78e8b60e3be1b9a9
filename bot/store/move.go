package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
)

// Place says where the records of an office are: here, unless they went.
type Place string

// Where the records are. A store that they came to is used once the one they
// came from knows.
const (
	Here  Place = ""
	Moved Place = "moved"
	Came  Place = "came"
)

const placeKey = "place of the records"

// Place reads where the records are.
func (db *DB) Place(ctx context.Context) (Place, error) {
	var value []byte
	err := db.reads.QueryRowContext(ctx, "SELECT value FROM setting WHERE key = ?", placeKey).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return Place(value), err
}

func (db *DB) setPlace(ctx context.Context, p Place) error {
	_, err := db.sql.ExecContext(ctx, putSetting, placeKey, []byte(p))
	return err
}

// What keeps records from being moved; nothing was changed.
var (
	ErrTaken   = errors.New("store: there are other records already")
	ErrNotHere = errors.New("store: the records went elsewhere")
	ErrInUse   = errors.New("store: another program uses the records")
)

// tables are all that is kept, those that others refer to first.
var tables = []string{"setting", "session", "seen", "outbox", "unanswered", "audit", "operator", "pairing", "muted", "report",
	"reminder", "firing", "remind_mute", "draft", "feedback"}

// numberedTables are those whose rows get an id.
var numberedTables = []string{"outbox", "audit", "reminder", "feedback"}

// FilesTable counts the files of Move.
const FilesTable = "file"

// Folder is the data folder of an office, whose files go with its records.
type Folder interface {
	// Give puts every file that PostgreSQL is to keep.
	Give(put func(name string, data []byte) error) error
	// Take makes the folder what PostgreSQL keeps and gives how many files that is.
	Take(ctx context.Context, from *DB) (int, error)
}

// Move gives the records of one store to another and the files of the folder with
// them, whole or not at all, and gives how many there are in each table. Nobody may
// use either meanwhile. The first keeps its copy and is Moved. One that was cut off
// is ended by the next.
func Move(ctx context.Context, from, to *DB, folder Folder) (counts map[string]int, err error) {
	for _, db := range []*DB{from, to} {
		release, err := db.alone(ctx)
		if err != nil {
			return nil, err
		}
		defer release()
	}
	was, err := from.Place(ctx)
	if err != nil {
		return nil, err
	}
	is, err := to.Place(ctx)
	if err != nil {
		return nil, err
	}
	if was == Moved && is == Came {
		return nil, to.setPlace(ctx, Here)
	}
	if was != Here {
		return nil, ErrNotHere
	}
	if is == Here {
		if fresh, err := to.Fresh(ctx); err != nil {
			return nil, err
		} else if !fresh {
			return nil, ErrTaken
		}
	}
	if counts, err = from.giveAll(ctx, to, folder, Came); err != nil {
		return nil, fmt.Errorf("move records: %w", err)
	}
	if err := from.setPlace(ctx, Moved); err != nil {
		return nil, err
	}
	if err := to.readSalt(ctx); err != nil {
		return nil, err
	}
	return counts, to.setPlace(ctx, Here)
}

// Restore has a store in PostgreSQL keep what a SQLite file and a folder hold, and
// nothing else, whole or not at all, and gives how many there are in each table, counted
// on both sides. It fails with ErrInUse where another program uses the store. Where
// Uncertain says so, nobody knows whether it was done.
func Restore(ctx context.Context, from, to *DB, folder Folder) (counts map[string]int, err error) {
	release, err := to.alone(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	if counts, err = from.giveAll(ctx, to, folder, Here); err != nil {
		return nil, fmt.Errorf("restore records: %w", err)
	}
	return counts, to.readSalt(ctx)
}

// InUse reports whether another program uses a store in PostgreSQL.
func (db *DB) InUse(ctx context.Context) (bool, error) {
	release, err := db.alone(ctx)
	if errors.Is(err, ErrInUse) {
		return true, nil
	}
	if err == nil {
		release()
	}
	return false, err
}

// alone keeps other programs from a store in PostgreSQL until release is called. It
// fails with ErrInUse where one uses it. On SQLite the folder is locked.
func (db *DB) alone(ctx context.Context) (release func(), err error) {
	var held []hold
	release = func() {
		for _, c := range held {
			c.release()
		}
	}
	if db.engine != &inPostgres {
		return release, nil
	}
	for _, name := range []string{Reminders, "files"} {
		c, err := db.take(ctx, name)
		if err != nil || c == nil {
			release()
			return nil, cmp.Or(err, ErrInUse)
		}
		held = append(held, c)
	}
	return release, nil
}

// CountAll gives how many rows each table has that is not about the store itself, and
// how many files there are.
func (db *DB) CountAll(ctx context.Context) (map[string]int, error) {
	counts := map[string]int{}
	queries := map[string]string{}
	for _, table := range tables[1:] {
		queries[table] = "SELECT count(*) FROM " + table
	}
	if db.SharesFiles() {
		queries[FilesTable] = "SELECT count(*) FROM file WHERE sum <> ''"
	}
	for table, query := range queries {
		var n int
		if err := db.reads.QueryRowContext(ctx, query).Scan(&n); err != nil {
			return nil, fmt.Errorf("count %s: %w", table, err)
		}
		counts[table] = n
	}
	return counts, nil
}

// Fresh reports whether nothing is recorded and no file is kept.
func (db *DB) Fresh(ctx context.Context) (bool, error) {
	all := tables[1:]
	if db.SharesFiles() {
		all = append(slices.Clone(all), FilesTable)
	}
	for _, table := range all {
		var any bool
		if err := db.reads.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM "+table+")").Scan(&any); err != nil || any {
			return false, err
		}
	}
	return true, nil
}

// giveAll is giveTo with the files of the folder.
func (db *DB) giveAll(ctx context.Context, to *DB, folder Folder, place Place) (counts map[string]int, err error) {
	files := 0
	with := func(*sql.Tx) error { return nil }
	if db.SharesFiles() {
		files, err = folder.Take(ctx, db)
	} else {
		with = func(target *sql.Tx) error {
			f := &Files{ctx: ctx, tx: target}
			if err := target.QueryRowContext(ctx, filesVersion).Scan(&f.Version); err != nil {
				return err
			}
			files, err = f.Replace(folder.Give)
			return err
		}
	}
	if err == nil {
		counts, err = db.giveTo(ctx, to, place, with)
	}
	if err != nil {
		return nil, err
	}
	counts[FilesTable] = files
	return counts, nil
}

// giveTo replaces all that is in another store by what is in this one, at one
// moment and in one transaction, with whatever else is done in that. place is where the
// records then are, as the other store knows it.
func (db *DB) giveTo(ctx context.Context, to *DB, place Place, with func(*sql.Tx) error) (map[string]int, error) {
	source, err := db.sql.BeginTx(ctx, &sql.TxOptions{Isolation: db.engine.oneMoment, ReadOnly: db.engine.oneMoment != 0})
	if err != nil {
		return nil, err
	}
	defer source.Rollback()
	counts := map[string]int{}
	err = to.tx(ctx, func(target *sql.Tx) error {
		for _, table := range slices.Backward(tables) {
			if _, err := target.ExecContext(ctx, "DELETE FROM "+table); err != nil {
				return err
			}
		}
		for _, table := range tables {
			if counts[table], err = copyTable(ctx, source, target, table); err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
		}
		for _, table := range numberedTables {
			var highest int64
			if err := source.QueryRowContext(ctx, db.engine.highest, table).Scan(&highest); err != nil {
				return err
			}
			for _, query := range to.engine.above {
				if _, err := target.ExecContext(ctx, query, table, highest); err != nil {
					return err
				}
			}
		}
		if _, err := target.ExecContext(ctx, putSetting, placeKey, []byte(place)); err != nil {
			return err
		}
		return with(target)
	})
	return counts, err
}

// copyTable copies the rows of one table and counts them on both sides.
func copyTable(ctx context.Context, source, target *sql.Tx, table string) (int, error) {
	rows, err := source.QueryContext(ctx, "SELECT * FROM "+table)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	all, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	own := slices.DeleteFunc(slices.Clone(all), func(name string) bool { return name == "office" })
	values := "?" + strings.Repeat(", ?", len(own)-1)
	put, err := target.PrepareContext(ctx, fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, strings.Join(own, ", "), values))
	if err != nil {
		return 0, err
	}
	defer put.Close()
	read := 0
	for ; rows.Next(); read++ {
		row := make([]any, len(all))
		into := make([]any, len(all))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return 0, err
		}
		if i := slices.Index(all, "office"); i >= 0 {
			row = slices.Delete(row, i, i+1)
		}
		for i, value := range row {
			if data, is := value.([]byte); is && data == nil {
				row[i] = []byte{} // so SQLite gives what is empty and not NULL
			}
		}
		if _, err := put.ExecContext(ctx, row...); err != nil {
			return 0, err
		}
	}
	return read, errors.Join(rows.Err(), counted(ctx, target, table, read))
}

// counted fails where a table has not as many rows as were read for it.
func counted(ctx context.Context, tx *sql.Tx, table string, want int) error {
	var have int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM "+table).Scan(&have); err != nil {
		return err
	}
	if have != want {
		return fmt.Errorf("%d rows arrived of %d", have, want)
	}
	return nil
}

// copyOut writes the records into a new SQLite file.
func (db *DB) copyOut(ctx context.Context, path string) error {
	to, err := Open(path)
	if err != nil {
		return err
	}
	_, err = db.giveTo(ctx, to, Here, func(*sql.Tx) error { return nil })
	err = errors.Join(err, to.Close(), os.Remove(IdentityOf(path)))
	if err != nil {
		return fmt.Errorf("copy the store: %w", err)
	}
	return nil
}
