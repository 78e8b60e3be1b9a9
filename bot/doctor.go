package main

import (
	"fmt"
	"os"
	"path/filepath"

	"zujian/bot/store"
)

type doctorCmd struct {
	JSON bool `name:"json" help:"只输出一个 JSON 对象"`
}

// finding is one thing that was looked at.
type finding struct {
	What string `json:"what"`
	OK   bool   `json:"ok"`
	Say  string `json:"say"` // how it is, and what to do where it is not well
}

// Run looks at everything and says what is well and what to do.
func (c *doctorCmd) Run(p *program) error {
	all := []finding{p.checkData(), p.checkDocuments(), p.checkWords(), p.checkStore(), p.checkWechat()}
	well := true
	for _, f := range all {
		well = well && f.OK
	}
	if c.JSON {
		if err := writeJSON(p.out, map[string]any{"ok": well, "findings": all}); err != nil {
			return err
		}
	} else {
		for _, f := range all {
			fmt.Fprintf(p.out, "%s　%s：%s\n", map[bool]string{true: "正常", false: "要处理"}[f.OK], f.What, f.Say)
		}
	}
	if !well {
		return refuse("有要处理的地方，见上面。")
	}
	return nil
}

func (p *program) checkData() finding {
	f := finding{What: "数据文件夹", Say: p.data}
	if err := os.MkdirAll(p.data, 0o700); err != nil {
		f.Say = fmt.Sprintf("%s 建不了，请换一个能写的文件夹，用 --data 指定", p.data)
		return f
	}
	probe, err := os.CreateTemp(p.data, "probe")
	if err != nil {
		f.Say = fmt.Sprintf("%s 写不进去，请换一个文件夹，用 --data 指定", p.data)
		return f
	}
	probe.Close()
	os.Remove(probe.Name())
	f.OK = true
	return f
}

func (p *program) checkDocuments() finding {
	l, err := p.library()
	if err != nil {
		return finding{What: "文件", Say: err.Error()}
	}
	if _, err := p.book(l); err != nil {
		return finding{What: "组建规则", Say: err.Error()}
	}
	n := 0
	for _, d := range l.Documents {
		n += len(d.Clauses)
	}
	return finding{What: "文件和规则", OK: true, Say: fmt.Sprintf("%d 份文件，%d 句，规则都对得上原文", len(l.Documents), n)}
}

func (p *program) checkWords() finding {
	if _, err := p.words(); err != nil {
		return finding{What: "同义词", Say: err.Error()}
	}
	return finding{What: "同义词", OK: true, Say: "读得出来"}
}

func (p *program) checkStore() finding {
	db, err := store.Open(filepath.Join(p.data, "zujian.db"))
	if err != nil {
		return finding{What: "存储", Say: err.Error()}
	}
	db.Close()
	return finding{What: "存储", OK: true, Say: "打得开"}
}

func (p *program) checkWechat() finding {
	return finding{What: "微信", OK: true, Say: "这一版还没有接上；在终端里用 chat 对话"}
}
