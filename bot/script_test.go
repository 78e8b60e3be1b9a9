package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestCommands runs every command as a person would, one file a behaviour.
func TestCommands(t *testing.T) {
	path := filepath.Dir(built(t)) + string(os.PathListSeparator) + os.Getenv("PATH")
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"rested": rested, "replaces": replaces},
		Setup: func(e *testscript.Env) error {
			e.Setenv("PATH", path)
			e.Setenv("ZUJIAN_DATA", e.WorkDir+"/data")
			e.Setenv("HOME", e.WorkDir)
			if err := os.MkdirAll(e.WorkDir+"/data", 0o700); err != nil {
				return err
			}
			return lendIndex(e.WorkDir + "/data")
		},
	})
}

// rested makes files look as if nobody had written to them for a while.
func rested(ts *testscript.TestScript, _ bool, names []string) {
	for _, name := range names {
		ts.Check(os.Chtimes(ts.MkAbs(name), time.Time{}, time.Now().Add(-time.Hour)))
	}
}

// replaces puts one word for another in every file of a folder, as somebody
// might behind the program's back.
func replaces(ts *testscript.TestScript, _ bool, args []string) {
	files, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "*"))
	ts.Check(err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		ts.Check(err)
		ts.Check(os.WriteFile(file, bytes.ReplaceAll(data, []byte(args[1]), []byte(args[2])), 0o600))
	}
}

// BenchmarkColdAsk is the whole of it: a process starts, reads what ships and
// answers. The index was made by an earlier one.
func BenchmarkColdAsk(b *testing.B) {
	dir := b.TempDir()
	if err := lendIndex(dir); err != nil {
		b.Fatal(err)
	}
	b.Setenv("ZUJIAN_DATA", dir)
	for b.Loop() {
		coldAsk(b)
	}
}
