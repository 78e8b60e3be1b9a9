package ledger

import (
	"errors"
	"os"

	"zujian/knowledge/text"
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
	return text.WriteWhole(file, data)
}
