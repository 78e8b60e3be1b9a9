package main

import (
	"cmp"
	"fmt"
	"runtime"

	"github.com/alecthomas/kong"

	"zujian/bot/office"
)

// releaseName is what a release is called; the release script sets it.
var releaseName string

type versionCmd struct{}

// Run says which release this is, and of which commit.
func (c *versionCmd) Run(p *office.Office) error {
	_, err := fmt.Fprintln(p.Out, versionLine())
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
	return fmt.Sprintf("组建助手 %s（提交 %s；%s/%s，%s）", cmp.Or(releaseName, "开发版"), office.Version(), runtime.GOOS, runtime.GOARCH, runtime.Version())
}
