package main

import (
	"fmt"

	"zujian/bot/office"
	"zujian/bot/store"
)

type storeCmd struct {
	Move storeMoveCmd `cmd:"" help:"搬记录和文件：bot store move postgres 搬过去，bot store move sqlite 搬回来"`
}

type storeMoveCmd struct {
	To string `arg:"" name:"到哪里" enum:"postgres,sqlite" help:"postgres 或者 sqlite"`
}

// kinds are what an operator knows of what is kept.
var kinds = []struct{ table, name string }{{store.FilesTable, "文件、正文和规则"}, {"audit", "问答记录"}, {"unanswered", "没答上的问题"}, {"feedback", "有用没用"},
	{"reminder", "提醒"}, {"firing", "提醒的结果"}, {"outbox", "消息"}, {"session", "没做完的对话"}, {"operator", "管理员"}}

// Run moves the records and the files whole or not at all.
func (c *storeMoveCmd) Run(p *office.Office) error {
	counts, err := p.MoveStore(c.To == "postgres")
	if err != nil {
		return err
	}
	fmt.Fprintln(p.Out, "搬好了，两边数过，一条不少。")
	for _, k := range kinds {
		if n := counts[k.table]; n > 0 {
			fmt.Fprintf(p.Out, "%s：%d\n", k.name, n)
		}
	}
	if c.To == "sqlite" {
		fmt.Fprintln(p.Out, "请把 zujian.toml 里 [store] 的 postgres 去掉再启动。")
	}
	return nil
}
