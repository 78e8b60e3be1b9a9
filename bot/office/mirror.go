package office

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"zujian/bot/store"
	"zujian/bot/store/mirror"
	"zujian/knowledge"
	"zujian/knowledge/catalogue"
	"zujian/knowledge/lock"
)

// What PostgreSQL keeps of the data folder besides the records: the catalogue, which
// only the program writes, and what an office writes itself. Settings and what lies
// in the folder documents stay on each machine.
var (
	catalogueHead = catalogueFolder + "/catalogue.json"
	ownedFiles    = []string{catalogueHead, "catalogue/past/*.json", "catalogue/texts/*.json", "catalogue/originals/*"}
	handmadeFiles = []string{"words.yaml", "holidays.yaml", "additions.yaml", "formation.yaml", "glossary.yaml", "asks/*.yaml",
		"documents/*.yaml"}
)

const catalogueFolder = "catalogue"

// shares reports whether the files are kept in PostgreSQL, for several machines.
func (p *Office) shares() bool { return p.Config().Store.Postgres != "" }

// copy is the data folder as a working copy of what PostgreSQL keeps.
func (p *Office) copy() *mirror.Folder { return p.copyIn(p.Data) }

// copyIn is copy for another folder that is laid out as it.
func (p *Office) copyIn(dir string) *mirror.Folder {
	f := &mirror.Folder{Dir: dir, Head: catalogueHead, Owned: ownedFiles, Edited: handmadeFiles, Use: p.useRecords,
		Say: func(text string) { fmt.Fprintf(p.Err, "%s。\n", text) }}
	f.All = func(put mirror.Put) error {
		return catalogue.In(filepath.Join(dir, catalogueFolder)).PutAll(f.Part(p.Ctx, catalogueFolder).Put(put))
	}
	return f
}

// useRecords lends the store: the one that is open, or one for this once.
func (p *Office) useRecords(work func(*store.DB) error) error {
	if db := p.records.Load(); db != nil {
		return work(db)
	}
	db, err := p.OpenStore()
	if err != nil {
		return errors.New(strings.TrimRight(err.Error(), "。")) // others put it into a sentence
	}
	defer db.Close()
	return work(db)
}

// home is where the catalogue is kept, where that is PostgreSQL.
type home struct{ p *Office }

func (h home) Change(work func(put func(name string, data []byte) error) error) error {
	return sayShared(h.p.copy().Part(h.p.Ctx, catalogueFolder).Change(work))
}

// What keeps files that are shared from being changed.
var (
	errAway = errors.New("PostgreSQL 连不上，现在改不了，什么也没有改。请看看数据库那边，连上以后再来一次；问题照样答")
	errSure = errors.New("PostgreSQL 正好断开了，不知道改成了没有。连上以后看一眼，没有改成就再来一次，同一份文件不会收两份")
)

// sayShared words what keeps shared files from being changed.
func sayShared(err error) error {
	switch {
	case store.Uncertain(err):
		return errSure
	case store.Unwritable(err):
		return errAway
	case errors.Is(err, store.ErrChanging), errors.Is(err, lock.ErrHeld):
		return catalogue.ErrBusy
	case errors.Is(err, store.ErrNotHere):
		return errors.New("文件和记录刚从 PostgreSQL 搬走")
	}
	return err
}

// changeAdditions is knowledge.ChangeAdditions for this office: where its files are
// shared, for every machine, or not at all.
func (p *Office) changeAdditions(f func(*knowledge.Additions) error) error {
	change := func() error { return knowledge.ChangeAdditions(p.additionsFile(), f) }
	if !p.shares() {
		return change()
	}
	return sayShared(p.copy().Edit(p.Ctx, change))
}

// CatchUp fetches what other machines changed. Where it cannot, everything goes on
// from what there is here, and it is said once.
func (p *Office) CatchUp() { p.catchUp(p.Ctx) }

func (p *Office) catchUp(ctx context.Context) {
	if !p.shares() {
		return
	}
	err := p.copy().CatchUp(ctx)
	p.copyLock.Lock()
	defer p.copyLock.Unlock()
	p.copyStands = err == nil
	switch {
	case err == nil:
		p.copyFault = ""
	case ctx.Err() != nil: // it is not done, or nobody wants it any more
	case p.copyFault == "":
		p.copyFault = sayShared(err).Error()
		fmt.Fprintf(p.Err, "PostgreSQL 里的文件这次没有取到，先用这台机器上的：%s\n", p.copyFault)
	}
}

// inStep reports whether the folder has followed PostgreSQL at the last look.
func (p *Office) inStep() bool {
	p.copyLock.Lock()
	defer p.copyLock.Unlock()
	return p.copyStands || !p.shares()
}

// caughtUp is CatchUp for whoever reads the documents first.
func (p *Office) caughtUp() { p.copyOnce.Do(p.CatchUp) }

// briefly is how long a service that has files from before waits for newer ones
// until it answers. What it could not fetch by then it fetches beside the answers.
const briefly = 2 * time.Second

// caughtUpBriefly is caughtUp for a service. One that has no files yet waits.
func (p *Office) caughtUpBriefly() {
	ctx, stop := p.Ctx, func() {}
	if p.shares() && p.copy().Version() > 0 {
		ctx, stop = context.WithTimeout(p.Ctx, briefly)
	}
	defer stop()
	p.copyOnce.Do(func() { p.catchUp(ctx) })
}

// checkCopy holds every file against PostgreSQL and fetches what is damaged.
func (p *Office) checkCopy() []finding {
	if !p.shares() {
		return nil
	}
	f := finding{What: "PostgreSQL 里的文件"}
	if err := p.copy().FetchAgain(p.Ctx); err != nil {
		f.Say = "没有取到，先用这台机器上的：" + sayShared(err).Error()
		return []finding{f}
	}
	f.OK, f.Say = true, fmt.Sprintf("这台机器上的跟它一样，是第 %d 次改动", p.copy().Version())
	return []finding{f}
}
