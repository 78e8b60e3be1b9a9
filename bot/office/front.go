package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/DeRuina/timberjack"

	"zujian/bot/answer"
	"zujian/bot/console"
	"zujian/bot/desk"
	"zujian/bot/dialog"
	"zujian/bot/remind/book"
	"zujian/bot/store"
	"zujian/knowledge/text"
)

// terminal is the channel of whoever types here.
const terminal = "terminal"

// Front is the desk with what it stands on. The conversation in the terminal
// and the service use the same one, so that they behave alike.
type Front struct {
	Office  *Office
	DB      *store.DB
	desk    *desk.Desk
	Log     *slog.Logger
	logFile io.Closer
	shelf   *shelf
	phrases book.Plans
	service *Service // nil where only the terminal is served
}

// Open reads the documents and the rules and opens the store and the
// desk. Another program may have the same store open.
func (p *Office) Open() (*Front, error) {
	p.TakeIn()
	p.ReadWords()
	shelf := &shelf{p: p}
	if p.Place == nil { // one of many opens its documents when it is asked
		if err := shelf.reopen(); err != nil {
			return nil, err
		}
	}
	calendar, err := p.Phrases()
	if err != nil {
		return nil, errors.Join(err, shelf.Close())
	}
	db, err := p.OpenStore()
	if err != nil {
		return nil, errors.Join(err, shelf.Close())
	}
	o := &Front{Office: p, DB: db, shelf: shelf, phrases: calendar}
	p.records.Store(db)
	o.openLog()
	o.desk = desk.New(desk.Options{Answerer: shelf.at(everything), Others: shelf.at(""), Scoped: shelf.scoped, Bind: o.bind,
		Unbound: o.notBound, WantsPerson: o.wantsPerson, Records: db, Guard: guard, Operator: o.operate,
		Orders: isOrder, Word: o.word, File: o.takeFile,
		Local:  []string{terminal, console.Channel},
		Dialog: turns{o},
		Habits: p.Config().habits(), Version: shelf.version, Workers: p.workers(),
		Now: p.Now, Log: o.Log})
	return o, nil
}

// guard lets the desk ask what may not be answered.
func guard(text string) (desk.Answer, bool) {
	r := answer.Guard(text)
	return desk.Answer{Status: string(r.Status), Text: r.Say}, r.Status != ""
}

const (
	sayRestore = "请用 bot restore 加上备份恢复，备份在数据文件夹的 backup 里，最近的排在最后。"
	sayAnew    = "存储 zujian.db 不是原来那一份，以前的记录和提醒都不在里面。" + sayRestore + "确定从头来的，把 zujian.db.id 删掉。"
	sayCut     = "%s发现：程序上次没有正常停下，最后写的一段（zujian.db-wal）又不见了、短了或者坏了，停下前几分钟的记录、提醒和待发的消息可能少了几条。请看看提醒和消息还全不全，缺的重新设，或者" + sayRestore
	sayBroken  = "存储 zujian.db 里有地方坏了，有的记录会读不出来。先停下服务，" + sayRestore
)

// cutToldFor is how long it is told that something was lost.
const cutToldFor = 7 * 24 * time.Hour

// StoreTrouble says what of the store somebody has to look after; empty: nothing.
func (p *Office) StoreTrouble(db *store.DB) string {
	err := db.Check(p.Ctx)
	cut, unread := db.Cut(p.Ctx)
	switch {
	case db.Anew():
		return sayAnew
	case errors.Join(err, unread) != nil && p.Ctx.Err() == nil:
		return sayBroken
	case !cut.IsZero() && p.Now().Sub(cut) < cutToldFor:
		return fmt.Sprintf(sayCut, text.Moment(cut, p.Now()))
	}
	return ""
}

// openLog has the log go to a file that is kept small. It holds no words of
// any message and no names.
func (o *Front) openLog() {
	file := &timberjack.Logger{Filename: filepath.Join(o.Office.State(), "zujian.log"), MaxSize: 10, MaxBackups: 3, FileMode: 0o600}
	o.Log, o.logFile = slog.New(slog.NewJSONHandler(file, nil)), file
	o.Office.leaving.Store(o.Log)
	if o.Office.Place == nil { // or what nobody says would go into another office's
		slog.SetDefault(o.Log)
	}
}

// Close closes the store and the log.
func (o *Front) Close() error {
	o.Office.records.Store(nil)
	err := errors.Join(o.DB.Close(), o.shelf.Close())
	if o.Office.Place == nil {
		slog.SetDefault(slog.New(slog.DiscardHandler))
	}
	o.logFile.Close()
	return err
}

// turns lets the desk take turns of a dialog.Machine.
type turns struct{ *Front }

// sayLost is for a dialog that an older program left in a form of its own.
const sayLost = "上次的组建对话接不上了。要重新问，请回“组建”。"

func (d turns) Step(ctx context.Context, state []byte, text, before string, now time.Time) ([]byte, desk.Reply) {
	var s dialog.Session
	var r dialog.Reply
	m := &dialog.Machine{Book: d.shelf.rules(), Expiry: d.Office.Config().Desk.dialogExpiry()}
	if m.Book.Fault != "" {
		return nil, desk.Reply{Text: m.Book.Fault, Ended: true, Aside: len(state) > 0}
	}
	if len(state) == 0 {
		description := answer.Description(text)
		if description == "" && m.TellsOf(before) {
			description = before
		}
		s, r = m.StartHeard(description, d.Office.Listen(ctx, m.Book, description), now)
	} else {
		if err := json.Unmarshal(state, &s); err != nil {
			return nil, desk.Reply{Text: sayLost, Ended: true, Expired: true}
		}
		s, r = m.Step(s, text, now)
	}
	next, err := json.Marshal(s)
	if err != nil {
		return nil, desk.Reply{Text: sayLost, Ended: true}
	}
	return next, desk.Reply{Text: r.Text, Aside: r.Aside, Ended: r.Ended, Expired: r.Expired}
}
