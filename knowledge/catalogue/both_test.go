package catalogue

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"zujian/bot/store"
	"zujian/bot/store/cluster"
	"zujian/bot/store/mirror"
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

// postgres gives the address of PostgreSQL and an office of a test's own there; it
// skips without PostgreSQL.
func postgres(t testing.TB) (url, office string) {
	t.Helper()
	c, err := server()
	if errors.Is(err, cluster.ErrNone) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c.URL("zujian"), fmt.Sprint("第", offices.Add(1), "镇")
}

// workingCopy gives the catalogue in a folder as a working copy of an office's in
// PostgreSQL, as office.Office does. The caller closes the store.
func workingCopy(dir, url, office string) (*Catalogue, *mirror.Folder, *store.DB, error) {
	db, err := store.OpenPostgres(filepath.Join(dir, "zujian.db"), store.Postgres{URL: url, Office: office})
	if err != nil {
		return nil, nil, nil, err
	}
	f := &mirror.Folder{Dir: dir, Head: "catalogue/catalogue.json",
		Owned:  []string{"catalogue/catalogue.json", "catalogue/past/*.json", "catalogue/texts/*.json", "catalogue/originals/*"},
		Edited: []string{"words.yaml"},
		Use:    func(work func(*store.DB) error) error { return work(db) },
		Say:    func(text string) { fmt.Fprintln(os.Stderr, text) }}
	c := In(filepath.Join(dir, "catalogue"))
	f.All = func(put mirror.Put) error { return c.PutAll(f.Part(context.Background(), "catalogue").Put(put)) }
	return c.KeptAt(f.Part(context.Background(), "catalogue")), f, db, nil
}

// machine is workingCopy for the length of a test.
func machine(t *testing.T, dir, url, office string) (*Catalogue, *mirror.Folder) {
	t.Helper()
	c, f, db, err := workingCopy(dir, url, office)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return c, f
}

// both runs a test over a catalogue that is in a folder alone, and over one that is
// a working copy. The folder is within dir.
func both(t *testing.T, test func(t *testing.T, dir string, c *Catalogue)) {
	t.Run("folder", func(t *testing.T) {
		dir := t.TempDir()
		test(t, dir, In(filepath.Join(dir, "catalogue")))
	})
	t.Run("postgres", func(t *testing.T) {
		url, office := postgres(t)
		dir := t.TempDir()
		c, _ := machine(t, dir, url, office)
		test(t, dir, c)
	})
}
