package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"zujian/bot/city"
	"zujian/bot/install"
	"zujian/bot/office"
	"zujian/bot/store"
)

type serviceCmd struct {
	Install   serviceInstallCmd   `cmd:"" help:"装成服务，开机自己启动"`
	Uninstall serviceUninstallCmd `cmd:"" help:"卸掉服务，数据留着"`
	Status    serviceStatusCmd    `cmd:"" help:"看服务装了没有，在不在运行"`
	Alive     serviceAliveCmd     `cmd:"" help:"在运行就正常退出，给监控用"`
}

type (
	serviceInstallCmd   struct{}
	serviceUninstallCmd struct{}
	serviceStatusCmd    struct{}
	serviceAliveCmd     struct{}
)

// wholeCity is the folder of the city that a command is for as a whole; empty: it is
// for one office.
type wholeCity string

// folder is what a command is for, as a person names it and goes on to name it.
func (w wholeCity) folder(p *office.Office) (dir, flags string) {
	if w == "" {
		return p.Data, ""
	}
	return string(w), " --city " + string(w)
}

// serviceArgs gives the kind of a service and how the program is called by it:
// with whole paths, since it starts elsewhere.
func serviceArgs(p *office.Office, w wholeCity) (install.Kind, []string, error) {
	dir, _ := w.folder(p)
	whole, err := filepath.Abs(dir)
	if err != nil {
		return install.Kind{}, nil, office.Refuse("文件夹 %s 用不了", dir)
	}
	if w != "" {
		return install.WholeCity, []string{"--city", whole, "run"}, nil
	}
	args := []string{"--data", whole}
	if _, err := os.Stat(p.ConfigFile); err == nil {
		if config, err := filepath.Abs(p.ConfigFile); err == nil {
			args = append(args, "--config", config)
		}
	}
	return install.OneOffice, append(args, "run"), nil
}

// withService works on the service with the data and the configuration of this
// call; what names what has failed.
func withService(p *office.Office, w wholeCity, what string, work func(install.Service) error) error {
	kind, args, err := serviceArgs(p, w)
	if err != nil {
		return err
	}
	s, err := install.NewService(kind, args...)
	if err == nil {
		err = work(s)
	}
	if err != nil {
		return office.Refuse("%s：%v。", what, err)
	}
	return nil
}

// Run installs and starts the service.
func (c *serviceInstallCmd) Run(p *office.Office, w wholeCity) error {
	if w != "" {
		if err := city.Check(string(w)); err != nil {
			return office.Refuse("没有装成：%v", err)
		}
	}
	return withService(p, w, "没有装成", func(s install.Service) error {
		if err := s.Install(); err != nil {
			return err
		}
		dir, flags := w.folder(p)
		fmt.Fprintf(p.Out, "装好了，已经在运行，开机会自己启动。数据在 %s。打开网页：bot open%s\n", dir, flags)
		return nil
	})
}

// Run takes the service off.
func (c *serviceUninstallCmd) Run(p *office.Office, w wholeCity) error {
	return withService(p, w, "没有卸成", func(s install.Service) error {
		if err := s.Uninstall(); err != nil {
			return err
		}
		dir, _ := w.folder(p)
		fmt.Fprintf(p.Out, "卸掉了。数据没有动，还在 %s。\n", dir)
		return nil
	})
}

// Run says how the service stands.
func (c *serviceStatusCmd) Run(p *office.Office, w wholeCity) error {
	return withService(p, w, "看不出来", func(s install.Service) error {
		state, err := s.State()
		if err == nil {
			fmt.Fprintf(p.Out, "服务：%s。\n", state)
		}
		return err
	})
}

// Run fails where nothing runs on the folder.
func (c *serviceAliveCmd) Run(p *office.Office, w wholeCity) error {
	dir := p.State()
	if w != "" {
		dir = string(w)
	}
	served, err := store.Served(dir)
	if err != nil || !served {
		return office.Refuse("没有在运行。")
	}
	fmt.Fprintln(p.Out, "在运行。")
	return nil
}

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
	case errors.Is(err, fs.ErrNotExist):
		return office.Refuse("没有换：没有找到 %s。请看看路径写对了没有，下载的要先解开。", c.File)
	case errors.Is(err, install.ErrFolder):
		return office.Refuse("没有换：%s 是一个文件夹。请写到里面的程序文件，像 %s。", c.File, filepath.Join(c.File, filepath.Base(here)))
	case errors.Is(err, install.ErrNotOurs):
		return office.Refuse("没有换：%v。", err)
	case err != nil:
		return office.Refuse("没有换，还是原来的：%v。请看看 %s 那个文件夹能不能写，要不要用管理员身份，再试一次。", err, filepath.Dir(here))
	}
	fmt.Fprintf(p.Out, "换好了，现在是%s。原来的留在 %s，要换回去就把它改回原来的名字。正在运行的要重新启动才是新的。\n", release, kept)
	return nil
}
