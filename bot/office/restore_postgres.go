package office

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"zujian/bot/store"
)

// settingsBeside is where the settings of a backup are put that say nothing of the
// PostgreSQL in which its records are now.
const settingsBeside = settingsFile + ".backup"

// namesOther reports whether the settings in a backup would have the records be looked
// for elsewhere than where they are restored.
func (p *Office) namesOther(backup fs.FS) bool {
	named := p.Place == nil || p.Place.Pool == nil // else the city's settings say where
	if !p.shares() || !named || p.ConfigFile != filepath.Join(p.Data, settingsFile) {
		return false
	}
	data, err := fs.ReadFile(backup, settingsFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return true
	}
	c, err := configFrom(settingsFile, data)
	is := p.Config().Store
	return err != nil || c.Store.Postgres != is.Postgres || c.Store.Office != is.Office
}

// MayRestore fails where the records cannot be restored now: they are in a PostgreSQL
// that is away, or that another program uses. It gives what is in PostgreSQL that a
// backup would take the place of, in Chinese; empty: the records are in the data folder.
func (p *Office) MayRestore() (string, error) {
	if !p.shares() {
		return "", nil
	}
	db, err := p.OpenStore()
	if err != nil {
		return "", err
	}
	defer db.Close()
	used, err := db.InUse(p.Ctx)
	if err == nil && used {
		return "", errUsed
	}
	var counts map[string]int
	if err == nil {
		counts, err = db.CountAll(p.Ctx)
	}
	if err != nil {
		return "", p.sayNoPostgres(err)
	}
	words := CountWords(counts)
	if words == "" {
		return "记录和文件恢复到 PostgreSQL 里，那里现在什么也没有。\n", nil
	}
	return "记录和文件恢复到 PostgreSQL 里，那里现在有的都换成备份里的：\n" + words, nil
}

var errUsed = Refuse("PostgreSQL 里的记录正在用，多半是别的机器上的服务在运行。没有恢复，什么也没有动。请把它们都停下再恢复。")

// restoreRecords has PostgreSQL keep what was unpacked of a backup, whole or not at all.
// Where it fails the work is left only if nobody knows whether it was done.
func (p *Office) restoreRecords(work, before string) (map[string]int, error) {
	counts, err := p.giveRecords(filepath.Join(work, "new"))
	switch {
	case err == nil:
		return counts, nil
	case store.Uncertain(err):
		return nil, Refuse("PostgreSQL 正好断开了，不知道恢复成了没有。连上以后请再恢复一次。恢复前的样子在 %s。", before)
	}
	left := os.RemoveAll(work)
	if errors.Is(err, store.ErrInUse) {
		return nil, errors.Join(errUsed, left)
	}
	return nil, errors.Join(Refuse("没有恢复，PostgreSQL 里和文件夹里都是原来的样子：%v", err), left)
}

// giveRecords gives PostgreSQL the records and the files of a folder, in one transaction.
func (p *Office) giveRecords(fresh string) (map[string]int, error) {
	from, err := store.Open(filepath.Join(fresh, BackupDatabase))
	if err != nil {
		return nil, err
	}
	defer from.Close()
	to, err := p.OpenStore()
	if err != nil {
		return nil, err
	}
	defer to.Close()
	return store.Restore(p.Ctx, from, to, p.copyIn(fresh))
}
