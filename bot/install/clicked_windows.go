package install

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// Clicked says whether the program was started by a double click: its window
// is its own, no shell waits in it.
func Clicked() bool {
	var processes [2]uint32
	n, _, _ := windows.NewLazySystemDLL("kernel32.dll").NewProc("GetConsoleProcessList").Call(uintptr(unsafe.Pointer(&processes[0])), 2)
	return n == 1
}
