//go:build ignore

// This writes suppliers.txt, whose code is in the program: every module with its
// version, the day of that version and its licence, and what came compiled with
// its checksum. Run it with go generate ./bot after a change of go.mod.
package main

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// The programs are built for these; each may have modules of its own.
var systems = []string{"linux", "windows", "darwin"}

type module struct {
	Path, Version, Dir string
	Main               bool
	Time               time.Time
}

type pack struct {
	Dir        string
	Module     *module
	EmbedFiles []string
}

func main() {
	modules, compiled := map[string]*module{}, map[string]string{}
	for _, system := range systems {
		list := exec.Command("go", "list", "-deps", "-json=Dir,Module,EmbedFiles", "zujian/bot")
		list.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0")
		out, err := list.StdoutPipe()
		check(errors.Join(err, list.Start()))
		for d := json.NewDecoder(out); ; {
			var p pack
			err := d.Decode(&p)
			if errors.Is(err, io.EOF) {
				break
			}
			check(err)
			if p.Module == nil || p.Module.Main {
				continue
			}
			modules[p.Module.Path] = p.Module
			for _, f := range p.EmbedFiles {
				if strings.HasSuffix(f, ".wasm") {
					compiled[p.Module.Path+"/"+f] = filepath.Join(p.Dir, f)
				}
			}
		}
		check(list.Wait())
	}
	var lines []string
	for _, m := range modules {
		lines = append(lines, strings.Join([]string{m.Path, m.Version, m.Time.Format(time.DateOnly), licence(m.Dir)}, "\t"))
	}
	for name, file := range compiled {
		data, err := os.ReadFile(file)
		check(err)
		lines = append(lines, fmt.Sprintf("%s\tsha256:%x", name, sha256.Sum256(data)))
	}
	slices.Sort(lines)
	check(os.WriteFile("suppliers.txt", []byte(strings.Join(lines, "\n")+"\n"), 0o644))
}

// licence tells a module's licence by words that only it has. It ends the program
// where it knows none: somebody has to look.
func licence(dir string) string {
	files, err := os.ReadDir(dir)
	check(err)
	for _, f := range files {
		if name := strings.ToUpper(f.Name()); f.IsDir() || !strings.Contains(name, "LICEN") && !strings.HasPrefix(name, "COPYING") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		check(err)
		text := strings.Join(strings.Fields(string(data)), " ")
		for _, x := range []struct{ words, name string }{
			{"GNU AFFERO", "AGPL"}, {"GNU LESSER GENERAL PUBLIC", "LGPL"}, {"GNU GENERAL PUBLIC", "GPL"},
			{"Mozilla Public License", "MPL-2.0"}, {"Apache License", "Apache-2.0"}, {"Neither the name", "BSD-3-Clause"},
			{"contributors may not be used to endorse", "BSD-3-Clause"},
			{"Redistribution and use in source and binary forms", "BSD-2-Clause"}, {"Permission is hereby granted, free of charge", "MIT"},
			{"Permission to use, copy, modify, and/or distribute", "ISC"},
			{"Permission to use, copy, modify, and distribute this software for any purpose", "ISC"},
			{"free and unencumbered software", "Unlicense"}, {"This software is provided 'as-is'", "Zlib"},
		} {
			if strings.Contains(text, x.words) {
				return x.name
			}
		}
	}
	log.Fatalf("the licence in %s is not known", dir)
	return ""
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
