package parse

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestEngineIsTheModules has what is embedded be the engine of the version that
// go.mod names.
func TestEngineIsTheModules(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/klippa-app/go-pdfium").Output()
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "internal/pdfium_wasm/pdfium.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := unpackedEngine()
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("another engine is embedded (%v): run go generate", err)
	}
}
