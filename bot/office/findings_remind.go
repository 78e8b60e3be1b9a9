package office

import (
	"fmt"

	"zujian/bot/remind/book"
	"zujian/bot/store"
	"zujian/knowledge/text"
)

// checkCalendar looks whether the holidays of this year are known.
func (p *Office) checkCalendar() finding {
	c, err := p.Phrases()
	if err != nil {
		return finding{What: "日历", Say: err.Error()}
	}
	year := p.Now().In(text.Beijing).Year()
	source, ok := c.Known(year)
	f := finding{What: "日历", OK: ok, Say: fmt.Sprintf("%d年的放假安排有（%s）", year, source), Detail: map[string]any{"year": year, "known": ok}}
	if !ok {
		f.Say = fmt.Sprintf("没有%d年的放假安排，工作日按周一到周五和法定节日算。请把国务院办公厅的通知写进数据文件夹的 holidays.yaml", year)
		return f
	}
	if _, next := c.Known(year + 1); !next {
		f.Say += fmt.Sprintf("；%d年的还没有，到时按周一到周五和法定节日算", year+1)
	}
	return f
}

// checkReminders says when the next reminder is, and whether anybody sends it.
func (p *Office) checkReminders(db *store.DB) finding {
	f := finding{What: "提醒", OK: true, Say: "还没有设"}
	at, ok, err := db.NextReminder(p.Ctx)
	if err != nil {
		return finding{What: "提醒", Say: err.Error()}
	}
	if !ok {
		return f
	}
	all, err := db.Reminders(p.Ctx)
	if err == nil {
		f.OK, err = store.Served(p.State())
	}
	if err != nil {
		return finding{What: "提醒", Say: err.Error()}
	}
	f.Say = fmt.Sprintf("%d 条，下一次 %s", len(all), book.Date(at))
	if !f.OK {
		f.Say += "。程序没有在运行，到时候发不出去。请用 bot run 启动"
	}
	f.Detail = map[string]any{"reminders": len(all), "next": at.In(text.Beijing)}
	return f
}
