package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zujian/knowledge/catalogue"
)

// What no file may take of the machine, whatever it holds.
const (
	faultTime   = 20 * time.Second
	faultMemory = 700 << 20 // of the program and of those it reads with, the greatest
)

// TestFaultFolder takes in files that are broken, made to bring a reader down,
// or written in ways that were once read wrong, each by itself and then all of
// them together. Every one is read or refused with its own reason.
func TestFaultFolder(t *testing.T) {
	bot := built(t)
	files, err := filepath.Glob("../knowledge/parse/testdata/faults/*")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	add := func(t *testing.T, paths ...string) map[string]catalogue.Outcome {
		t.Helper()
		cmd := exec.Command(bot, append([]string{"--data", t.TempDir(), "knowledge", "add", "--json"}, paths...)...)
		began := time.Now()
		out, err := cmd.Output()
		if took := time.Since(began); took > faultTime*time.Duration(len(paths)) {
			t.Errorf("took %v", took)
		}
		if rss := maxRSS(cmd); rss > faultMemory {
			t.Errorf("took %d MB", rss>>20)
		}
		var told struct{ Files []catalogue.Outcome }
		if jsonErr := json.Unmarshal(out, &told); jsonErr != nil {
			t.Fatalf("%v, %v: %s", err, jsonErr, out)
		}
		by := map[string]catalogue.Outcome{}
		for _, o := range told.Files {
			by[filepath.Base(o.File)] = o
		}
		return by
	}
	alone := map[string]catalogue.Outcome{}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) { alone[filepath.Base(f)] = add(t, f)[filepath.Base(f)] })
	}
	for name, o := range add(t, files...) {
		if o.Status != catalogue.Held && (o.Status != alone[name].Status || o.Title != alone[name].Title) {
			t.Errorf("%s: %+v, and %+v by itself", name, o, alone[name])
		}
		if o.Status == catalogue.Refused && (strings.Contains(o.Say, "panic") || !strings.ContainsAny(o.Say, "请")) {
			t.Errorf("%s was refused without a word of what to do: %s", name, o.Say)
		}
	}
}

// TestFaultLedgers puts the same workbooks, and ledgers that were once read
// wrong, through ledger: each is written out or refused with its reason, within
// the same bounds.
func TestFaultLedgers(t *testing.T) {
	bot := built(t)
	books, err := filepath.Glob("../knowledge/parse/testdata/faults/*.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	ledgers, err := filepath.Glob("ledger/testdata/faults/*.xlsx")
	if err != nil || len(books) < 5 || len(ledgers) < 4 {
		t.Fatalf("%d workbooks, %d ledgers, %v", len(books), len(ledgers), err)
	}
	for _, f := range append(books, ledgers...) {
		t.Run(filepath.Base(f), func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out.xlsx")
			cmd := exec.Command(bot, "--data", t.TempDir(), "ledger", f, "-o", out)
			began := time.Now()
			said, err := cmd.CombinedOutput()
			if took := time.Since(began); took > faultTime {
				t.Errorf("took %v", took)
			}
			if rss := maxRSS(cmd); rss > faultMemory {
				t.Errorf("took %d MB", rss>>20)
			}
			_, made := os.Stat(out)
			if err == nil && made != nil || err != nil && !strings.Contains(string(said), "。") || strings.Contains(string(said), "panic") {
				t.Errorf("%v, %v: %s", err, made, said)
			}
		})
	}
}
