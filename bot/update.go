package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"zujian/bot/install"
	"zujian/bot/office"
)

type updateCmd struct {
	File string `arg:"" name:"文件" help:"新的程序"`
}

// Run puts a new release in the place of this program and keeps this one.
func (c *updateCmd) Run(p *office.Office) error {
	here, err := os.Executable()
	if err == nil {
		here, err = filepath.EvalSymlinks(here)
	}
	if err != nil {
		return office.Refuse("找不到自己的程序文件，没有换。")
	}
	release, kept, err := install.Update(p.Ctx, here, c.File)
	switch {
	case errors.Is(err, install.ErrNotOurs):
		return office.Refuse("没有换：%v。", err)
	case err != nil:
		return office.Refuse("没有换，还是原来的：%v", err)
	}
	fmt.Fprintf(p.Out, "换好了，现在是%s。原来的留在 %s，要换回去就把它改回原来的名字。正在运行的要重新启动才是新的。\n", release, kept)
	return nil
}
