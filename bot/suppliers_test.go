package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestSuppliersAreListed holds that the list is of what is built: every module in
// its version, and the compiled engine for PDF to the byte. Where it fails, run go
// generate ./bot and look at what changed.
func TestSuppliersAreListed(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", `{{with .Module}}{{if not .Main}}{{.Path}}	{{.Version}}	{{end}}{{end}}`, "zujian/bot").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" {
			seen++
			if !strings.Contains("\n"+suppliers, "\n"+line) {
				t.Errorf("not in the list: %s", line)
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d packages of others seen", seen)
	}
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/klippa-app/go-pdfium/internal/pdfium_wasm").Output()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "pdfium.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	if sum := fmt.Sprintf("pdfium.wasm\tsha256:%x\n", sha256.Sum256(engine)); !strings.Contains(suppliers, sum) {
		t.Errorf("the engine for PDF is another: %s", sum)
	}
}
