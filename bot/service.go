package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

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

// withService works on the service with the data and the configuration of this
// call; what names what has failed.
func withService(p *office.Office, what string, work func(install.Service) error) error {
	data, err := filepath.Abs(p.Data)
	if err != nil {
		return office.Refuse("数据文件夹 %s 用不了", p.Data)
	}
	args := []string{"--data", data}
	if _, err := os.Stat(p.ConfigFile); err == nil {
		if config, err := filepath.Abs(p.ConfigFile); err == nil {
			args = append(args, "--config", config)
		}
	}
	s, err := install.NewService(append(args, "run")...)
	if err == nil {
		err = work(s)
	}
	if err != nil {
		return office.Refuse("%s：%v。", what, err)
	}
	return nil
}

// Run installs and starts the service.
func (c *serviceInstallCmd) Run(p *office.Office) error {
	return withService(p, "没有装成", func(s install.Service) error {
		if err := s.Install(); err != nil {
			return err
		}
		fmt.Fprintf(p.Out, "装好了，已经在运行，开机会自己启动。数据在 %s。打开网页：bot open\n", p.Data)
		return nil
	})
}

// Run takes the service off.
func (c *serviceUninstallCmd) Run(p *office.Office) error {
	return withService(p, "没有卸成", func(s install.Service) error {
		if err := s.Uninstall(); err != nil {
			return err
		}
		fmt.Fprintf(p.Out, "卸掉了。数据没有动，还在 %s。\n", p.Data)
		return nil
	})
}

// Run says how the service stands.
func (c *serviceStatusCmd) Run(p *office.Office) error {
	return withService(p, "看不出来", func(s install.Service) error {
		state, err := s.State()
		if err == nil {
			fmt.Fprintf(p.Out, "服务：%s。\n", state)
		}
		return err
	})
}

// Run fails where nothing runs on the data folder.
func (c *serviceAliveCmd) Run(p *office.Office) error {
	served, err := store.Served(p.State())
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
