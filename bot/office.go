package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"github.com/DeRuina/timberjack"

	"zujian/bot/answer"
	"zujian/bot/console"
	"zujian/bot/desk"
	"zujian/bot/dialog"
	"zujian/bot/remind/book"
	"zujian/bot/store"
	"zujian/knowledge"
)

// terminal is the channel of whoever types here.
const terminal = "terminal"

// office is the desk with what it stands on. The conversation in the terminal
// and the service use the same one, so that they behave alike.
type office struct {
	p       *program
	db      *store.DB
	desk    *desk.Desk
	log     *slog.Logger
	logFile io.Closer
	shelf   *shelf
	phrases book.Plans
	service *service // nil where only the terminal is served
}

// openOffice reads the documents and the rules and opens the store and the
// desk. Another program may have the same store open.
func (p *program) openOffice() (*office, error) {
	p.readWords()
	l, err := p.library()
	if err != nil {
		return nil, err
	}
	b, err := p.book(l)
	if err != nil {
		return nil, err
	}
	shelf := &shelf{p: p, book: b, beside: p.besideStamp()}
	if err := shelf.fill(l); err != nil {
		return nil, err
	}
	calendar, err := p.phrases()
	if err != nil {
		return nil, err
	}
	db, err := p.openStore()
	if err != nil {
		return nil, err
	}
	o := &office{p: p, db: db, shelf: shelf, phrases: calendar}
	o.openLog()
	c := p.config
	o.desk = desk.New(desk.Options{Answerer: shelf.at(everything), Others: shelf.at(""), Scoped: shelf.scoped, Bind: o.bind, Unbound: o.notBound, Records: db, Guard: guard, Operator: o.operate, Orders: isOrder, Word: o.word, File: o.takeFile, Local: []string{terminal, console.Channel},
		Dialog: turns{&dialog.Machine{Book: b, Expiry: c.Desk.dialogExpiry()}, p},
		Name:   c.Wechat.Name, Wake: c.Wechat.Wake, Version: shelf.version,
		NoWelcome: c.Desk.NoWelcome, PerMinute: c.Desk.PerMinute, QueueSize: c.Desk.Queue, SessionFor: c.Desk.dialogExpiry() + 24*time.Hour,
		Now: p.now, Log: o.log})
	return o, nil
}

// guard lets the desk ask what may not be answered.
func guard(text string) (desk.Answer, bool) {
	r := answer.Guard(text)
	return desk.Answer{Status: string(r.Status), Text: r.Say}, r.Status != ""
}

func (p *program) openStore() (*store.DB, error) {
	db, err := store.Open(filepath.Join(p.state(), "zujian.db"))
	if err != nil {
		return nil, refuse("数据文件夹 %s 里的存储打不开：%v", p.state(), err)
	}
	return db, nil
}

// knowGroupDocuments refuses a group's document that is not held.
func (p *program) knowGroupDocuments(l *knowledge.Library) error {
	for _, g := range p.config.Groups {
		for _, id := range g.Documents {
			if l.Document(id) == nil {
				return refuse("配置里群“%s”的文件“%s”没有。现有：%s。", g.Name, id, strings.Join(ids(l), "、"))
			}
		}
	}
	return nil
}

// openLog has the log go to a file that is kept small. It holds no words of
// any message and no names.
func (o *office) openLog() {
	file := &timberjack.Logger{Filename: filepath.Join(o.p.state(), "zujian.log"), MaxSize: 10, MaxBackups: 3, FileMode: 0o600}
	o.log, o.logFile = slog.New(slog.NewJSONHandler(file, nil)), file
	o.p.leaving.Store(o.log)
	slog.SetDefault(o.log)
}

// Close closes the store and the log.
func (o *office) Close() error {
	err := errors.Join(o.db.Close(), o.shelf.Close())
	slog.SetDefault(slog.New(slog.DiscardHandler))
	o.logFile.Close()
	return err
}

// turns lets the desk take turns of a dialog.Machine.
type turns struct {
	machine *dialog.Machine
	p       *program
}

// sayLost is for a dialog that an older program left in a form of its own.
const sayLost = "上次的组建对话接不上了。要重新问，请回“组建”。"

func (d turns) Step(ctx context.Context, state []byte, text string, now time.Time) ([]byte, desk.Reply) {
	var s dialog.Session
	var r dialog.Reply
	if len(state) == 0 {
		description := answer.Description(text)
		s, r = d.machine.StartHeard(description, d.p.listen(ctx, d.machine.Book, description), now)
	} else {
		if err := json.Unmarshal(state, &s); err != nil {
			return nil, desk.Reply{Text: sayLost, Ended: true, Expired: true}
		}
		s, r = d.machine.Step(s, text, now)
	}
	next, err := json.Marshal(s)
	if err != nil {
		return nil, desk.Reply{Text: sayLost, Ended: true}
	}
	return next, desk.Reply{Text: r.Text, Aside: r.Aside, Ended: r.Ended, Expired: r.Expired}
}
