package office

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"zujian/bot/store"
	"zujian/knowledge/parse"
)

// finding is one thing that was looked at.
type finding struct {
	What string `json:"what"`
	OK   bool   `json:"ok"`

	Unused bool   `json:"unused,omitempty"` // it is not in use, so nothing can be wrong with it
	Say    string `json:"say"`              // how it is, and what to do where it is not well

	Detail any `json:"detail,omitempty"`
}

// Findings looks at everything.
func (p *Office) Findings() []finding {
	all := append([]finding{p.checkData()}, p.checkCopy()...) // before what reads them
	all = append(all, p.checkDocuments(), checkScans(), p.checkGroups(), p.checkWords(), p.checkCalendar(), p.checkModel())
	all = append(append(all, p.checkVectors()...), p.checkRecord()...)
	return append(all, p.checkSettings()...)
}

// FindingWords says what was found, a line each, and whether all is well.
func FindingWords(all []finding) (words string, well bool) {
	well = true
	for _, f := range all {
		well = well && f.OK
		how := "要处理"
		switch {
		case f.Unused && f.OK:
			how = "没有用"
		case f.OK:
			how = "正常"
		}
		words += fmt.Sprintf("%s　%s：%s\n", how, f.What, f.Say)
	}
	return strings.TrimSuffix(words, "\n"), well
}

func (p *Office) checkData() finding {
	f := finding{What: "数据文件夹", Say: p.Data}
	if err := os.MkdirAll(p.Data, 0o700); err != nil {
		f.Say = fmt.Sprintf("%s 建不了，请换一个能写的文件夹，用 --data 指定", p.Data)
		return f
	}
	probe, err := os.CreateTemp(p.Data, "probe")
	if err != nil {
		f.Say = fmt.Sprintf("%s 写不进去，请换一个文件夹，用 --data 指定", p.Data)
		return f
	}
	probe.Close()
	os.Remove(probe.Name())
	if free, known := freeSpace(p.Data); known && free < leastSpace {
		f.Say = fmt.Sprintf("%s 所在的磁盘只剩 %d MB，快满了。满了以后问题照答，但是记不下来，提醒也发不出去，请腾出空间", p.Data, free>>20)
		return f
	}
	f.OK = true
	return f
}

// leastSpace is how many bytes have to be free for doctor to be content.
const leastSpace = 500 << 20

func (p *Office) checkDocuments() finding {
	l, err := p.Library()
	if err != nil {
		return finding{What: "文件", Say: err.Error()}
	}
	if _, err := p.Book(l); err != nil {
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
	if _, lost := p.catalogue(l).Documents(s); len(lost) > 0 {
		return finding{What: "文件", Say: strings.Join(lost, "、") + " 的正文和原件都坏了，没有用上。" + sayAddAgain}
	}
	if lost := p.catalogue(l).Unbacked(s); len(lost) > 0 {
		return finding{What: "文件", Say: strings.Join(lost, "、") + " 的原件坏了或者不在了，正文还是好的。" + sayAddAgain}
	}
	n := 0
	for _, d := range l.Documents {
		n += len(d.Clauses)
	}
	say := fmt.Sprintf("%d 份文件，%d 句，规则都对得上原文", len(l.Documents), n)
	for _, e := range s.Expiring(p.Today()) {
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

func (p *Office) checkGroups() finding {
	f := finding{What: "群专用的文件"}
	l, err := p.Library()
	if err == nil {
		err = p.Config().knowGroupDocuments(l)
	}
	if err != nil {
		f.Say = err.Error()
		return f
	}
	n := 0
	for _, g := range p.Config().Groups {
		if len(g.Documents) > 0 {
			n++
		}
	}
	f.OK, f.Say = true, fmt.Sprintf("%d 个群有专用的文件", n)
	return f
}

func (p *Office) checkWords() finding {
	if _, err := p.words(); err != nil {
		return finding{What: "同义词", Say: err.Error()}
	}
	return finding{What: "同义词", OK: true, Say: "读得出来"}
}

// checkRecord looks at the store and at what rests on it.
func (p *Office) checkRecord() []finding {
	db, err := p.OpenStore()
	if err != nil {
		return []finding{{What: "存储", Say: err.Error()}}
	}
	defer db.Close()
	all := []finding{{What: "存储", OK: true, Say: "打得开，读得全"}}
	if trouble := p.StoreTrouble(db); trouble != "" {
		all[0] = finding{What: "存储", Say: trouble}
	}
	for _, name := range p.Config().known() {
		all = append(all, p.checkChannel(db, name))
	}
	all = append(all, p.checkReach(db)...)
	return append(all, p.checkOutbox(db), p.checkOperators(db), p.checkReminders(db))
}

// checkChannel says how a channel stands, and whether its secrets can be read.
func (p *Office) checkChannel(db *store.DB, name string) finding {
	f := finding{What: channelNames[name]}
	s, err := p.standing(p.Ctx, db, name)
	if err == nil {
		err = p.Config().readable(name)
	}
	if err != nil {
		f.Say = err.Error()
		return f
	}
	f.OK, f.Say, f.Detail, f.Unused = s.well(), s.words(p.Now()), s, s.unused()
	if name == ilinkChannel {
		p.addWindows(&f, s)
	}
	return f
}

func (p *Office) checkOutbox(db *store.DB) finding {
	counts, err := db.Counts(p.Ctx)
	if err != nil {
		return finding{What: "消息", Say: err.Error()}
	}
	f := finding{What: "消息", OK: counts[store.Unknown] == 0, Say: countsInChinese(counts), Detail: counts}
	if !f.OK {
		f.Say += "。请用 bot chat 发“管理 不明”，看一眼再决定补不补"
	}
	return f
}

func (p *Office) checkOperators(db *store.DB) finding {
	_, n, err := db.Operators(p.Ctx)
	if err != nil {
		return finding{What: "管理员", Say: err.Error()}
	}
	f := finding{What: "管理员", OK: true, Say: fmt.Sprintf("%d 个", n), Detail: map[string]int{"paired": n}}
	if n == 0 {
		f.Say = "还没有配对。接上微信或者企业微信以后，用 bot pair 要一个配对码"
	}
	return f
}
