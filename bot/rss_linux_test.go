package main

import (
	"os/exec"
	"syscall"
)

// maxRSS is the most memory a finished command held, in bytes.
func maxRSS(cmd *exec.Cmd) int64 {
	return cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
}
