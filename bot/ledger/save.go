package ledger

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Errors of Save that a caller tells apart.
var (
	ErrExists = errors.New("已经有了")
	ErrInput  = errors.New("是台账本身")
)

// Save writes the file whole or not at all: aside first, then in its place. It
// fails with ErrExists where there is one, unless force is set, and always
// with ErrInput where it is the file in.
func Save(file, in string, data []byte, force bool) error {
	if old, err := os.Stat(file); err == nil {
		if from, err := os.Stat(in); err == nil && os.SameFile(old, from) {
			return ErrInput
		}
		if !force {
			return ErrExists
		}
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
