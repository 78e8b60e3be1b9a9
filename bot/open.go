package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"zujian/bot/install"
	"zujian/bot/store"
)

type openCmd struct{}

// Run opens the page in the browser: that of the service that runs already, or
// of one that it starts.
func (c *openCmd) Run(p *program) error {
	s, err := p.openService()
	if errors.Is(err, store.ErrServed) {
		url, err := os.ReadFile(p.pageFile())
		if err != nil {
			return refuse("另一个程序已经在运行，它没有开网页。")
		}
		p.browse(string(url))
		return nil
	}
	if err != nil {
		return err
	}
	if s.console != nil {
		p.browse(s.console.URL())
	}
	fmt.Fprintln(p.out, "组建助手在运行，数据在", p.data, "里。关掉这个窗口就停；要一直运行，用 bot service install。")
	<-p.ctx.Done()
	return s.Close()
}

// browse opens the page, or says where it is.
func (p *program) browse(url string) {
	if install.Browse(url) != nil {
		fmt.Fprintln(p.out, "浏览器没有打开，请自己打开这个网址：", url)
	}
}

// pageFile is where the running service keeps the address of its page, for the
// same person on this machine.
func (p *program) pageFile() string { return filepath.Join(p.state(), "page.url") }
