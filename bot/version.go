package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/alecthomas/kong"
)

// What a release is called, and the commit it is of; the release script sets them.
var releaseName, commit string

type versionCmd struct{}

// Run says which release this is, and of which commit.
func (c *versionCmd) Run(p *program) error {
	_, err := fmt.Fprintln(p.out, versionLine())
	return err
}

// versionFlag is versionCmd as a flag.
type versionFlag bool

// BeforeReset answers before anything that a command needs is missed.
func (versionFlag) BeforeReset(k *kong.Kong) error {
	fmt.Fprintln(k.Stdout, versionLine())
	k.Exit(exitDone)
	return nil
}

func versionLine() string {
	return fmt.Sprintf("组建助手 %s（提交 %s；%s/%s，%s）", cmp.Or(releaseName, "开发版"), version(), runtime.GOOS, runtime.GOARCH, runtime.Version())
}

// version names the program by the commit that it was built from.
func version() string {
	if commit != "" {
		return commit
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return s.Value[:min(12, len(s.Value))]
			}
		}
	}
	return "没有记下"
}
