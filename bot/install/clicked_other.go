//go:build !windows

package install

// Clicked says whether the program was started by a double click, which can be
// told on Windows only.
func Clicked() bool { return false }
