package index

import (
	"bufio"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// checksumsName is the file that lists every other file of a finished index with
// its size and checksum. Bleve maps its files into memory and trusts them: a
// file cut short would end the program with a bus error, and overwritten
// bytes would be searched as they are.
const checksumsName = "seal"

// wholeUpTo is the size up to which a file is checked byte for byte at each
// opening; of a larger one the beginning and the end are, where its tables
// stand, so that opening stays a matter of milliseconds.
const (
	wholeUpTo = 4 << 20
	endsOnly  = 256 << 10
)

// writeChecksums lists what is in dir once all of it is safe on disk.
func writeChecksums(dir string) error {
	if err := syncFiles(dir); err != nil {
		return fmt.Errorf("store checksums: %w", err)
	}
	lines, err := checksumLines(dir)
	if err != nil {
		return fmt.Errorf("store checksums: %w", err)
	}
	f, err := os.Create(filepath.Join(dir, checksumsName))
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	for _, l := range lines {
		fmt.Fprintln(w, l)
	}
	return errors.Join(w.Flush(), f.Sync(), f.Close())
}

func syncFiles(dir string) error {
	return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			return err
		}
		return errors.Join(f.Sync(), f.Close())
	})
}

func verifyChecksums(dir string) error {
	want, err := os.ReadFile(filepath.Join(dir, checksumsName))
	if err != nil {
		return err
	}
	have, err := checksumLines(dir)
	if err != nil {
		return fmt.Errorf("%w: %w", errDamaged, err)
	}
	if string(want) != strings.Join(have, "\n")+"\n" {
		return fmt.Errorf("%w: files are not as they were written", errDamaged)
	}
	return nil
}

func checksumLines(dir string) ([]string, error) {
	var lines []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() == checksumsName {
			return err
		}
		sum, size, err := checksum(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		lines = append(lines, fmt.Sprintf("%s %d %08x", filepath.ToSlash(rel), size, sum))
		return err
	})
	return lines, err
}

func checksum(path string) (sum uint32, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, 0, err
	}
	h := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	size = info.Size()
	if size <= wholeUpTo {
		_, err = io.Copy(h, f)
		return h.Sum32(), size, err
	}
	for _, at := range []int64{0, size - endsOnly} {
		if _, err := io.Copy(h, io.NewSectionReader(f, at, endsOnly)); err != nil {
			return 0, 0, err
		}
	}
	return h.Sum32(), size, nil
}
