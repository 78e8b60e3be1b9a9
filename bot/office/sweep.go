package office

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"zujian/knowledge/text"
)

// What a program that was ended on its way may leave. It is removed once it is
// so old that no program can still be at it.
const (
	tempName  = "tmp"
	leftAfter = time.Hour
)

// KeepTempInside has everything temporary be written into the data folder, where
// nobody else reads it and it is swept, also by the libraries and by the process
// that reads files. Where the folder takes nothing the system's is used.
func (p *Office) KeepTempInside() {
	dir := filepath.Join(p.Data, tempName)
	if os.MkdirAll(dir, 0o700) != nil {
		return
	}
	names := []string{"TMPDIR", "SQLITE_TMPDIR"}
	if runtime.GOOS == "windows" {
		names = []string{"TMP", "TEMP"}
	}
	for _, name := range names {
		_ = os.Setenv(name, dir)
	}
}

// sweep removes what programs left that were ended on their way.
func (p *Office) sweep() {
	temp, backups := filepath.Join(p.Data, tempName), p.backupFolder()
	_ = filepath.WalkDir(p.Data, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		in, name := filepath.Dir(path), d.Name()
		ours := in == temp || in == backups && strings.HasPrefix(name, backupWork) || strings.HasPrefix(name, text.Aside)
		if info, err := d.Info(); !ours || err != nil || p.Now().Sub(info.ModTime()) < leftAfter {
			return nil
		}
		_ = os.RemoveAll(path)
		if d.IsDir() {
			return fs.SkipDir
		}
		return nil
	})
}
