package main

import (
	"fmt"
	"os"
	"path/filepath"

	"zujian/bot/install"
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

// asService is the service with the data and the configuration of this call.
func (p *program) asService() (install.Service, error) {
	data, err := filepath.Abs(p.data)
	if err != nil {
		return install.Service{}, refuse("数据文件夹 %s 用不了", p.data)
	}
	args := []string{"--data", data}
	if _, err := os.Stat(p.configFile); err == nil {
		if config, err := filepath.Abs(p.configFile); err == nil {
			args = append(args, "--config", config)
		}
	}
	s, err := install.NewService(append(args, "run")...)
	if err != nil {
		return s, refuse("%v。", err)
	}
	return s, nil
}

// Run installs and starts the service.
func (c *serviceInstallCmd) Run(p *program) error {
	s, err := p.asService()
	if err != nil {
		return err
	}
	if err := s.Install(); err != nil {
		return refuse("没有装成：%v。", err)
	}
	fmt.Fprintf(p.out, "装好了，已经在运行，开机会自己启动。数据在 %s。打开网页：bot open\n", p.data)
	return nil
}

// Run takes the service off.
func (c *serviceUninstallCmd) Run(p *program) error {
	s, err := p.asService()
	if err != nil {
		return err
	}
	if err := s.Uninstall(); err != nil {
		return refuse("没有卸成：%v。", err)
	}
	fmt.Fprintf(p.out, "卸掉了。数据没有动，还在 %s。\n", p.data)
	return nil
}

// Run says how the service stands.
func (c *serviceStatusCmd) Run(p *program) error {
	s, err := p.asService()
	if err != nil {
		return err
	}
	state, err := s.State()
	if err != nil {
		return refuse("看不出来：%v。", err)
	}
	fmt.Fprintf(p.out, "服务：%s。\n", state)
	return nil
}

// Run fails where nothing runs on the data folder.
func (c *serviceAliveCmd) Run(p *program) error {
	served, err := store.Served(p.state())
	if err != nil || !served {
		return refuse("没有在运行。")
	}
	fmt.Fprintln(p.out, "在运行。")
	return nil
}
