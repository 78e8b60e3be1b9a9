package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"zujian/bot/store/cluster"
)

// server is the PostgreSQL of this test program, started where it is first wanted.
var server = sync.OnceValues(func() (c *cluster.Cluster, err error) {
	c, err = cluster.Start()
	started = c
	return c, err
})

var (
	started *cluster.Cluster // nil: nobody wanted it, or there is none
	offices atomic.Int64
)

// postgres gives where an office of its own has its store; it skips without
// PostgreSQL.
func postgres(t testing.TB) Postgres {
	t.Helper()
	c, err := server()
	if errors.Is(err, cluster.ErrNone) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return Postgres{URL: c.URL("zujian"), Office: fmt.Sprint("第", offices.Add(1), "镇")}
}

// both runs a test over SQLite and over PostgreSQL. again opens the same store
// once more.
func both(t *testing.T, test func(t *testing.T, db *DB, again func() (*DB, error))) {
	t.Run("sqlite", func(t *testing.T) {
		db, path := open(t)
		test(t, db, func() (*DB, error) { return Open(path) })
	})
	t.Run("postgres", func(t *testing.T) {
		where, path := postgres(t), filepath.Join(t.TempDir(), "zujian.db")
		db, err := OpenPostgres(path, where)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		test(t, db, func() (*DB, error) { return OpenPostgres(path, where) })
	})
}

// BenchmarkRecordInPostgres is BenchmarkRecord over PostgreSQL.
func BenchmarkRecordInPostgres(b *testing.B) {
	db, err := OpenPostgres(filepath.Join(b.TempDir(), "zujian.db"), postgres(b))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	record(b, db)
}
