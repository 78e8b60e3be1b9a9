package install

import (
	"os/exec"
	"runtime"
)

// Browse opens a page in the person's browser. It fails where there is none.
func Browse(url string) error {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	case "darwin":
		name = "open"
	}
	return exec.Command(name, args...).Run()
}
