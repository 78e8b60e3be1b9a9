package knowledge

import (
	"bytes"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestCaughtTellsWhereAndNotWhat holds that the log has the stack of a panic that
// was caught, and no word of what was thrown.
func TestCaughtTellsWhereAndNotWhat(t *testing.T) {
	counted := Panics()
	before := slog.Default()
	defer slog.SetDefault(before)
	var log bytes.Buffer
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, nil)))
	func() {
		defer func() {
			if thrown := recover(); thrown != nil {
				Caught(thrown)
			}
		}()
		panic("打电话给某人")
	}()
	if Panics() != counted+1 {
		t.Error("it was not counted")
	}
	if s := log.String(); !strings.Contains(s, "TestCaughtTellsWhereAndNotWhat") || strings.Contains(s, "某人") {
		t.Errorf("the log has %s", s)
	}
}

// TestNoPanicIsDroppedUnseen reads the program's own source: whoever recovers
// looks at what was thrown, and hands it on.
func TestNoPanicIsDroppedUnseen(t *testing.T) {
	recovers := regexp.MustCompile(`if (\w+) := recover\(\); \w+ != nil \{[^\n]*\n(?:\t+[^\n]*\n){0,3}?\t+[^\n]*(?:[Cc]aught|Panicked)\((\w+)`)
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "simulator") {
			return err
		}
		source, err := os.ReadFile(path)
		handed := 0
		for _, m := range recovers.FindAllSubmatch(source, -1) {
			if bytes.Equal(m[1], m[2]) {
				handed++
			}
		}
		if n := bytes.Count(source, []byte("recover()")); n != handed {
			t.Errorf("%s: %d of %d panics are handed on", path, handed, n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
