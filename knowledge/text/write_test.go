package text

import (
	"os"
	"path/filepath"
	"testing"
)

// TestWriteWhole replaces a file, and holds that a failure leaves what there was
// and nothing beside it.
func TestWriteWhole(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "里面", "a")
	for _, want := range []string{"一", "二"} {
		if err := WriteWhole(path, []byte(want)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("%q %v", got, err)
		}
	}
	taken := filepath.Join(dir, "taken")
	if err := os.MkdirAll(filepath.Join(taken, "by a folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := WriteWhole(taken, []byte("三")); err == nil {
		t.Error("a folder was replaced by a file")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*", Aside+"*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, Aside+"*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
