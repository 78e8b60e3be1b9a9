package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

var buildFolder string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "zujian-built-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	buildFolder = dir
	status := m.Run()
	os.RemoveAll(dir)
	os.Exit(status)
}

// build makes the program as it ships, once, whatever these tests themselves are
// made with: its times and its memory are those of the race detector otherwise.
var build = sync.OnceValues(func() (string, error) {
	path := filepath.Join(buildFolder, "bot")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	cmd := exec.Command("go", "build", "-o", path, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return path, nil
})

// indexed makes the index of what ships, once, with the program as it ships: every
// start of a test would make its own.
var indexed = sync.OnceValues(func() (string, error) {
	path, err := build()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(buildFolder, "data")
	if out, err := exec.Command(path, "--data", dir, "ask", "园区里的企业归谁管").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return filepath.Join(dir, "index"), nil
})

// lendIndex puts the index of what ships into a data folder.
func lendIndex(data string) error {
	dir, err := indexed()
	if err != nil {
		return err
	}
	return os.CopyFS(filepath.Join(data, "index"), os.DirFS(dir))
}

// built gives the path of the program as it ships. With -short, as the race
// detector is run, its tests are left out: it has no detector in it.
func built(t testing.TB) string {
	t.Helper()
	if testing.Short() {
		t.Skip("what ships is tried without -short: there is nothing in it for the race detector to find")
	}
	path, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return path
}
