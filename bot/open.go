package main

import (
	"errors"
	"fmt"
	"os"

	"zujian/bot/install"
	"zujian/bot/office"
	"zujian/bot/store"
)

type openCmd struct{}

// Run opens the page in the browser: that of the service that runs already, or
// of one that it starts.
func (c *openCmd) Run(p *office.Office) error {
	began := false
	err := p.ServeOn(func(s *office.Service) {
		if !began && s.Console != nil {
			browse(p, s.Console.URL())
		}
		began = true
		fmt.Fprintln(p.Out, "组建助手在运行，数据在", p.Data, "里。关掉这个窗口就停；要一直运行，用 bot service install。")
	})
	if errors.Is(err, store.ErrServed) {
		url, err := os.ReadFile(p.PageFile())
		if err != nil {
			return office.Refuse("另一个程序已经在运行，它没有开网页。")
		}
		browse(p, string(url))
		return nil
	}
	return err
}

// browse opens the page, or says where it is.
func browse(p *office.Office, url string) {
	if install.Browse(url) != nil {
		fmt.Fprintln(p.Out, "浏览器没有打开，请自己打开这个网址：", url)
	}
}
