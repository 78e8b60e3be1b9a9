// Package lock keeps two programs from one thing in the data folder.
package lock

import (
	"errors"
	"time"
)

// ErrHeld says that another program has the lock.
var ErrHeld = errors.New("另一个程序正在用这个文件")

// Wait takes the lock as Take does, and waits where another program has it: as
// long as patience, then it fails with ErrHeld.
func Wait(path string, patience time.Duration) (unlock func(), err error) {
	for late := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		unlock, err = Take(path)
		if !errors.Is(err, ErrHeld) || time.Now().After(late) {
			return unlock, err
		}
	}
}
