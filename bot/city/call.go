package city

import (
	"fmt"

	"zujian/bot/office"
)

// Call is a command for the offices of a city.
type Call struct {
	Dir     string // the folder of the city
	Office  string // whose the command is; empty: it is for all of them
	Command string
	Placed  bool // a data folder or a configuration was named as well
	Own     bool // the environment is the program's
}

// Run runs the command for the one office that is named, with one, or for all.
func (c Call) Run(like *office.Office, one func(*office.Office) error) error {
	switch {
	case c.Dir == "":
		return office.Misuse("--office 要跟 --city 一起写，--city 是有 city.toml 的文件夹。")
	case c.Placed:
		return office.Misuse("--city 跟 --data、--config 不能一起写：每个单位用自己文件夹里的。")
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
		return all.command(c.Command)
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
	return one(p)
}

// command runs a command for all offices.
func (c *City) command(name string) error {
	switch name {
	case "run":
		return c.Run(func(page string) {
			fmt.Fprintf(c.like.Out, "%d 个单位都试过了，停下请按 Ctrl-C。\n", len(c.Members))
			if page != "" {
				fmt.Fprintln(c.like.Out, "管这些单位的网页：", page)
			}
		})
	case "doctor":
		if !c.Doctor(c.like.Out) {
			return office.Refuse("有要处理的地方，见上面。")
		}
		return nil
	}
	return office.Misuse("这里有几个单位，请用 --office 写是哪一个；能对全部一起用的只有 run 和 doctor。")
}
