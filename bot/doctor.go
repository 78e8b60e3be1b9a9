package main

import (
	"fmt"
	"maps"
	"os"
	"slices"

	"zujian/bot/store"
	"zujian/knowledge/parse"
)

type doctorCmd struct {
	JSON bool `name:"json" help:"只输出一个 JSON 对象"`
}

// finding is one thing that was looked at.
type finding struct {
	What string `json:"what"`
	OK   bool   `json:"ok"`
	Say  string `json:"say"` // how it is, and what to do where it is not well

	Detail any `json:"detail,omitempty"`
}

// Run looks at everything and says what is well and what to do.
func (c *doctorCmd) Run(p *program) error {
	all := p.findings()
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

// findings looks at everything.
func (p *program) findings() []finding {
	all := []finding{p.checkData(), p.checkDocuments(), checkScans(), p.checkGroups(), p.checkWords(), p.checkCalendar(), p.checkModel()}
	all = append(append(all, p.checkVectors()...), p.checkRecord()...)
	return append(all, p.checkSettings()...)
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
	if free, known := freeSpace(p.data); known && free < leastSpace {
		f.Say = fmt.Sprintf("%s 所在的磁盘只剩 %d MB，快满了。满了以后问题照答，但是记不下来，提醒也发不出去，请腾出空间", p.data, free>>20)
		return f
	}
	f.OK = true
	return f
}

// leastSpace is how many bytes have to be free for doctor to be content.
const leastSpace = 500 << 20

func (p *program) checkDocuments() finding {
	l, err := p.library()
	if err != nil {
		return finding{What: "文件", Say: err.Error()}
	}
	if _, err := p.book(l); err != nil {
		return finding{What: "组建规则", Say: err.Error()}
	}
	s, err := p.catalogue(l).Read()
	if err != nil {
		return finding{What: "文件目录", Say: err.Error()}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Folder)) {
		if problem := s.Folder[name].Problem; problem != "" {
			return finding{What: "文件夹里的文件", Say: problem + "。处理好以后，从 " + p.folder() + " 里移走"}
		}
	}
	if s.FolderAway(p.folder()) {
		return finding{What: "文件夹里的文件", Say: p.folder() + " 里原来的文件一下子都不见了，文件先照旧算数。请看看磁盘接上没有；真的不要了，请一份一份用 knowledge retire"}
	}
	n := 0
	for _, d := range l.Documents {
		n += len(d.Clauses)
	}
	say := fmt.Sprintf("%d 份文件，%d 句，规则都对得上原文", len(l.Documents), n)
	for _, e := range s.Expiring(p.today()) {
		say += "；《" + e.Title + "》有效到" + e.Until + "，快到期了"
	}
	return finding{What: "文件和规则", OK: true, Say: say}
}

// checkScans says whether scanned documents can be read here; an office without
// any needs nothing.
func checkScans() finding {
	f := finding{What: "扫描件", OK: true, Say: "认得出，收进来的会注明是扫描识别的"}
	if reads, todo := parse.ReadsScans(); !reads {
		f.Say = "收不了，不影响别的文件。" + todo
	}
	return f
}

func (p *program) checkGroups() finding {
	f := finding{What: "群专用的文件"}
	l, err := p.library()
	if err == nil {
		err = p.knowGroupDocuments(l)
	}
	if err != nil {
		f.Say = err.Error()
		return f
	}
	n := 0
	for _, g := range p.config.Groups {
		if len(g.Documents) > 0 {
			n++
		}
	}
	f.OK, f.Say = true, fmt.Sprintf("%d 个群有专用的文件", n)
	return f
}

func (p *program) checkWords() finding {
	if _, err := p.words(); err != nil {
		return finding{What: "同义词", Say: err.Error()}
	}
	return finding{What: "同义词", OK: true, Say: "读得出来"}
}

// checkRecord looks at the store and at what rests on it.
func (p *program) checkRecord() []finding {
	db, err := p.openStore()
	if err != nil {
		return []finding{{What: "存储", Say: err.Error()}}
	}
	defer db.Close()
	all := []finding{{What: "存储", OK: true, Say: "打得开"}}
	for _, name := range p.config.known() {
		all = append(all, p.checkChannel(db, name))
	}
	all = append(all, p.checkReach(db)...)
	return append(all, p.checkOutbox(db), p.checkOperators(db), p.checkReminders(db))
}

// checkChannel says how a channel stands, and whether its secrets can be read.
func (p *program) checkChannel(db *store.DB, name string) finding {
	f := finding{What: channelNames[name]}
	s, err := p.standing(p.ctx, db, name)
	if err == nil {
		err = p.config.readable(name)
	}
	if err != nil {
		f.Say = err.Error()
		return f
	}
	f.OK, f.Say, f.Detail = s.well(), s.words(p.now()), s
	if name == ilinkChannel {
		p.addWindows(&f, s)
	}
	return f
}

func (p *program) checkOutbox(db *store.DB) finding {
	counts, err := db.Counts(p.ctx)
	if err != nil {
		return finding{What: "消息", Say: err.Error()}
	}
	f := finding{What: "消息", OK: counts[store.Unknown] == 0, Say: countsInChinese(counts), Detail: counts}
	if !f.OK {
		f.Say += "。请用 bot chat 发“管理 不明”，看一眼再决定补不补"
	}
	return f
}

func (p *program) checkOperators(db *store.DB) finding {
	_, n, err := db.Operators(p.ctx)
	if err != nil {
		return finding{What: "管理员", Say: err.Error()}
	}
	f := finding{What: "管理员", OK: true, Say: fmt.Sprintf("%d 个", n), Detail: map[string]int{"paired": n}}
	if n == 0 {
		f.Say = "还没有配对。接上微信或者企业微信以后，用 bot pair 要一个配对码"
	}
	return f
}
