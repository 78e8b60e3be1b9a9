package main

import (
	"fmt"

	"github.com/alecthomas/kong"

	"zujian/bot/city"
	"zujian/bot/office"
)

// inCity runs a command for one office of a city, or, where none is named and the
// command can, for all of them. own says whether the environment is the program's.
func (c *cli) inCity(parsed *kong.Context, like *office.Office, own bool) error {
	switch {
	case c.City == "":
		return office.Misuse("--office 要跟 --city 一起写，--city 是有 city.toml 的文件夹。")
	case c.Data+c.Config != "":
		return office.Misuse("--city 跟 --data、--config 不能一起写：每个单位用自己文件夹里的。")
	}
	all, err := city.Open(c.City, like)
	if err != nil {
		return err
	}
	defer all.Close()
	if own {
		(&office.Office{Data: c.City}).KeepTempInside()
	}
	if c.Office == "" {
		return ofAll(parsed.Command(), all, like)
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
	return parsed.Run(p)
}

// ofAll runs a command for all offices.
func ofAll(command string, all *city.City, like *office.Office) error {
	switch command {
	case "run":
		return all.Run(like.Ctx, func(page string) {
			fmt.Fprintf(like.Out, "%d 个单位都试过了，停下请按 Ctrl-C。\n", len(all.Members))
			if page != "" {
				fmt.Fprintln(like.Out, "管这些单位的网页：", page)
			}
		})
	case "doctor":
		if !all.Doctor(like.Out) {
			return office.Refuse("有要处理的地方，见上面。")
		}
		return nil
	}
	return office.Misuse("这里有几个单位，请用 --office 写是哪一个；能对全部一起用的只有 run 和 doctor。")
}
