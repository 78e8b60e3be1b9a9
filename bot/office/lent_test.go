package office

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

var lentFolder string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "zujian-office-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	lentFolder = dir
	status := m.Run()
	os.RemoveAll(dir)
	os.Exit(status)
}

// indexed makes the index of what ships, once: every test would make its own.
var indexed = sync.OnceValue(func() error {
	p := &Office{Ctx: context.Background(), Out: io.Discard, Err: io.Discard, Now: time.Now}
	if err := p.Configure(lentFolder, ""); err != nil {
		return err
	}
	o, err := p.Open()
	if err != nil {
		return err
	}
	return o.Close()
})

// lent gives a data folder that has the index of what ships.
func lent(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := indexed(); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(dir, "index"), os.DirFS(filepath.Join(lentFolder, "index"))); err != nil {
		t.Fatal(err)
	}
	return dir
}
