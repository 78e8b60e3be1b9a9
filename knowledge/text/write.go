package text

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Aside is how the names begin of files that are being written. One that is old
// was left by a program that was ended, and may be removed.
const Aside = ".zujian-"

// WriteWhole puts data into the file at path, for its owner only, and makes the
// folder where there is none. However the program ends, and if the power does,
// the file holds all of data or what it held before.
func WriteWhole(path string, data []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("write aside: %w", err)
	}
	f, err := os.CreateTemp(dir, Aside+"*")
	if err != nil {
		return fmt.Errorf("write aside: %w", err)
	}
	defer os.Remove(f.Name()) // it is gone where all went well
	_, err = f.Write(data)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write aside: %w", err)
	}
	return Rename(f.Name(), path)
}

// Rename puts a file or folder in the place of another, on the disk as well.
func Rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return fmt.Errorf("put into place: %w", err)
	}
	if dir, err := os.Open(filepath.Dir(to)); err == nil {
		_ = dir.Sync() // where a folder cannot be synced, the file has been
		_ = dir.Close()
	}
	return nil
}
