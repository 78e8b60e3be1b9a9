// Package lock keeps two programs from one thing in the data folder.
package lock

import "errors"

// ErrHeld says that another program has the lock.
var ErrHeld = errors.New("另一个程序正在用这个文件")
