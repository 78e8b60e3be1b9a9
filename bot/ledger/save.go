package ledger

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ErrExists is Save's where there is such a file already.
var ErrExists = errors.New("已经有了")

// SameFile reports whether two names are of one file that is there.
func SameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// Save writes a file whole or not at all: aside first, then in its place. It
// fails with ErrExists where there is one, unless force is set.
func Save(file string, data []byte, force bool) error {
	if _, err := os.Lstat(file); err == nil && !force {
		return ErrExists
	}
	aside, err := os.CreateTemp(filepath.Dir(file), ".zujian-*")
	if err != nil {
		return fmt.Errorf("write aside: %w", err)
	}
	defer os.Remove(aside.Name()) // it is gone where all went well
	_, err = aside.Write(data)
	err = errors.Join(err, aside.Sync(), aside.Close())
	if err != nil {
		return fmt.Errorf("write aside: %w", err)
	}
	if err := os.Rename(aside.Name(), file); err != nil {
		return fmt.Errorf("put into place: %w", err)
	}
	if dir, err := os.Open(filepath.Dir(file)); err == nil {
		_ = dir.Sync() // where a folder cannot be synced, the file has been
		_ = dir.Close()
	}
	return nil
}
