//go:build unix

package office

import "golang.org/x/sys/unix"

// freeSpace gives the bytes that are free for us where a folder lies; false
// where that cannot be told.
func freeSpace(dir string) (uint64, bool) {
	var at unix.Statfs_t
	if err := unix.Statfs(dir, &at); err != nil {
		return 0, false
	}
	return uint64(at.Bavail) * uint64(at.Bsize), true
}
