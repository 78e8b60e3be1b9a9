package city

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"zujian/bot/office"
	"zujian/bot/store"
)

// Call is a command for the offices of a city.
type Call struct {
	Dir     string // the folder of the city
	Office  string // whose the command is; empty: it is for all of them
	Command string
	Placed  bool // a data folder or a configuration was named as well
	Own     bool // the environment is the program's

	Show func(url string) // opens a page in the browser
}

// Run runs the command for the one office that is named, or for all. do runs those
// that are not about what the city holds: for an office, or, where a folder is
// given, for the whole city in that.
func (c Call) Run(like *office.Office, do func(p *office.Office, whole string) error) error {
	service := strings.HasPrefix(c.Command, "service ")
	switch {
	case c.Dir == "":
		return office.Misuse("--office 要跟 --city 一起写，--city 是有 city.toml 的文件夹。")
	case c.Placed:
		return office.Misuse("--city 跟 --data、--config 不能一起写：每个单位用自己文件夹里的。")
	case service && c.Office == "":
		return do(like, c.Dir)
	case service && c.Command != "service alive":
		return office.Misuse("服务是给全部单位一起装的，请不要写 --office。")
	}
	all, err := Open(c.Dir, like)
	if err != nil {
		return err
	}
	defer all.Close()
	if c.Own {
		(&office.Office{Data: c.Dir}).KeepTempInside()
	}
	if c.Office == "" {
		return all.command(c)
	}
	m, err := all.Find(c.Office)
	if err != nil {
		return err
	}
	p, err := all.Office(m)
	if err != nil {
		return err
	}
	defer p.Close()
	return do(p, "")
}

// Check fails where a folder is not that of a city that can run.
func Check(dir string) error {
	_, err := read(dir)
	return err
}

// command runs a command for all offices.
func (c *City) command(of Call) error {
	switch of.Command {
	case "run":
		return c.Run(c.sayBegan)
	case "open":
		return c.open(of.Show)
	case "doctor":
		if !c.Doctor(c.like.Out) {
			return office.Refuse("有要处理的地方，见上面。")
		}
		return nil
	}
	return office.Misuse("这里有几个单位，请用 --office 写是哪一个；能对全部一起用的只有 run、open、doctor 和 service。")
}

func (c *City) sayBegan(page string) {
	fmt.Fprintf(c.like.Out, "%d 个单位都试过了，停下请按 Ctrl-C。\n", len(c.Members))
	if page != "" {
		fmt.Fprintln(c.like.Out, "管这些单位的网页：", page)
	}
}

// open shows the page of the program that serves the city already, or serves it.
func (c *City) open(show func(url string)) error {
	if served, err := store.Served(c.Dir); err == nil && served {
		url, err := os.ReadFile(filepath.Join(c.Dir, pageFile))
		if err != nil {
			return office.Refuse("另一个程序已经在运行，它没有开网页。")
		}
		show(string(url))
		return nil
	}
	return c.Run(func(page string) {
		c.sayBegan(page)
		if page != "" {
			show(page)
		}
	})
}
