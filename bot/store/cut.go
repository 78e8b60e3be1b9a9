package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"os"
	"strconv"
	"time"
)

// walIndex is what SQLite's shared memory says of the log of what was written
// last (https://sqlite.org/walformat.html). A program that was killed leaves it
// behind, so that it tells how long the log has to be.
type walIndex struct {
	frames, copied uint32 // in the log, and of them in the database already
	salt           uint64 // of this log; the upper half is one more in the next that a running program begins
}

// readWalIndex reads it; zero where there is none that can be read.
func readWalIndex(path string) (x walIndex) {
	const whole = 136
	data, err := os.ReadFile(path + "-shm")
	if err != nil || len(data) < whole || string(data[:48]) != string(data[48:96]) {
		return x
	}
	return walIndex{binary.NativeEndian.Uint32(data[16:]), binary.NativeEndian.Uint32(data[96:]), binary.BigEndian.Uint64(data[32:])}
}

const cutKey = "the log was cut at"

// noteCut writes down where the log does not hold what it did before the store
// was opened: it was deleted, cut or damaged while no program ran.
func (db *DB) noteCut(ctx context.Context, path string, before walIndex) error {
	now := readWalIndex(path)
	whole := now.salt == before.salt && now.frames >= before.frames || uint32(now.salt>>32) == uint32(before.salt>>32)+1
	if whole || before.copied >= before.frames {
		return nil
	}
	_, err := db.sql.ExecContext(ctx, putSetting, cutKey,
		[]byte(strconv.FormatInt(stamp(time.Now()), 10)))
	return err
}

// Cut gives when it was found that what was written last before is lost; zero
// where nothing is.
func (db *DB) Cut(ctx context.Context) (time.Time, error) {
	var value []byte
	err := db.reads.QueryRowContext(ctx, "SELECT value FROM setting WHERE key = ?", cutKey).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	ms, err := strconv.ParseInt(string(value), 10, 64)
	return unstamp(ms), err
}
