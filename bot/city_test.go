package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zujian/bot/install"
	"zujian/bot/office"
)

// twoTowns is a city of two offices beside each other.
const twoTowns = `[page]
address = "127.0.0.1:0"
[[office]]
name = "甲镇妇联"
[[office]]
name = "乙镇妇联"
`

// TestServiceOfACity runs what the service manager would run, from elsewhere: all
// offices are served, the folder says that it is alive, and a second call only shows
// the page of the first.
func TestServiceOfACity(t *testing.T) {
	home(t)
	t.Setenv("ZUJIAN_DATA", "")
	t.Setenv("PATH", t.TempDir()) // no browser
	t.Chdir(t.TempDir())
	write(t, filepath.Join("fulian", "city.toml"), twoTowns)
	kind, args, err := serviceArgs(&office.Office{}, "fulian")
	if err != nil || kind != install.WholeCity {
		t.Fatal(kind, err)
	}
	alive := []string{"service", "alive", "--city", "fulian"}
	if got := did(t, exitFailed, "", alive...); !strings.Contains(got, "没有在运行") {
		t.Errorf("before: %s", got)
	}
	t.Chdir(t.TempDir())
	tr := try(t, strings.NewReader(""), args...)
	defer tr.stop()
	tr.sees("2 个单位都试过了")
	line := tr.sees("管这些单位的网页")
	whole := args[slices.Index(args, "--city")+1]
	alive[3] = whole
	if got := did(t, exitDone, "", alive...); !strings.Contains(got, "在运行") {
		t.Errorf("alive: %s", got)
	}
	if got := did(t, exitDone, "", "service", "alive", "--city", whole, "--office", "甲镇"); !strings.Contains(got, "在运行") {
		t.Errorf("one of them: %s", got)
	}
	_, url, _ := strings.Cut(line, "http://")
	if got := did(t, exitDone, "", "open", "--city", whole); url == "" || !strings.Contains(got, url) {
		t.Errorf("opened %s, and it runs at %s", got, url)
	}
	if got := did(t, exitFailed, "", "run", "--city", whole); !strings.Contains(got, "已经有一个程序在为这些单位服务") {
		t.Errorf("a second one: %s", got)
	}
	tr.ends(exitDone)
	again := try(t, strings.NewReader(""), "open", "--city", whole)
	defer again.stop()
	again.sees("请自己打开这个网址")
	again.ends(exitDone)
}

// TestServiceOfOneOffice has the service of one office be another than that of a city.
func TestServiceOfOneOffice(t *testing.T) {
	dir := t.TempDir()
	config := filepath.Join(dir, "zujian.toml")
	write(t, config, "")
	kind, args, err := serviceArgs(&office.Office{Data: dir, ConfigFile: config}, "")
	want := []string{"--data", dir, "--config", config, "run"}
	if kind != install.OneOffice || !slices.Equal(args, want) || err != nil {
		t.Error(kind, args, err)
	}
}
