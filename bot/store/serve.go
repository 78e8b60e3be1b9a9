package store

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"zujian/knowledge/lock"
)

// ErrServed says that another program serves the data folder. It is worded
// for the operator.
var ErrServed = errors.New("已经有一个程序在为这个数据文件夹服务。请先停掉它；要另开一个，请用 --data 换一个文件夹")

// Serve makes this program the one that serves the data folder, until release
// is called or the program ends, however it ends. It fails with ErrServed
// where another one does. Reading and conversing need no leave.
func Serve(dir string) (release func(), err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	for try := 0; ; try++ {
		release, err := lock.Take(lockFile(dir))
		if !errors.Is(err, lock.ErrHeld) {
			return release, err
		}
		if try == 3 {
			return nil, ErrServed
		}
		time.Sleep(50 * time.Millisecond) // it may only be somebody who looks
	}
}

// Served reports whether a program serves the data folder.
func Served(dir string) (bool, error) {
	release, err := lock.Take(lockFile(dir))
	if errors.Is(err, lock.ErrHeld) {
		return true, nil
	}
	if err == nil {
		release()
	}
	return false, err
}

func lockFile(dir string) string { return filepath.Join(dir, "serving.lock") }
