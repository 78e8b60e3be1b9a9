package office

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"zujian/bot/store"
	"zujian/knowledge/text"
)

// OpenBackup opens a backup that is whole, and says what it holds.
func OpenBackup(file string) (*zip.ReadCloser, Manifest, error) {
	z, err := zip.OpenReader(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, Manifest{}, Refuse("没有找到备份 %s，请看看路径写对了没有。", file)
	case err != nil:
		return nil, Manifest{}, Refuse("%s 打不开，不是 bot backup 做的备份，或者没有拷完整。请换一份，备份在数据文件夹的 backup 里。", file)
	}
	m, err := ReadManifest(&z.Reader)
	if err != nil {
		return nil, m, errors.Join(Refuse("备份 %s 不完整，没有动：%v", file, err), z.Close())
	}
	return z, m, nil
}

// ReadManifest reads what a backup holds, and holds every file against it.
func ReadManifest(z *zip.Reader) (Manifest, error) {
	var m Manifest
	f, err := z.Open(backupManifest)
	if err != nil {
		return m, errors.New("里面没有目录，多半没有写完")
	}
	defer f.Close()
	if err := json.NewDecoder(f).Decode(&m); err != nil {
		return m, errors.New("里面的目录读不出来")
	}
	for name, want := range m.Files {
		if !filepath.IsLocal(filepath.FromSlash(name)) || !backs(name) {
			return m, fmt.Errorf("里面有不该有的文件“%s”", name)
		}
		if got, err := sumOf(z, name); err != nil || got != want {
			return m, fmt.Errorf("里面的“%s”坏了", name)
		}
	}
	if m.Files[BackupDatabase] == "" {
		return m, errors.New("里面没有记录")
	}
	return m, nil
}

// backs says whether a name is one that a backup may hold.
func backs(name string) bool {
	folder, _, nested := strings.Cut(name, "/")
	return name == BackupDatabase || slices.Contains(backedSettings, name) || nested && slices.Contains(backedFolders, folder)
}

func sumOf(z *zip.Reader, name string) (string, error) {
	f, err := z.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// KeepBefore backs up what there is, a damaged store as it is.
func (p *Office) KeepBefore() (string, error) {
	if err := os.MkdirAll(p.backupFolder(), 0o700); err != nil {
		return "", err
	}
	stem := filepath.Join(p.backupFolder(), "before-"+p.Now().In(text.Beijing).Format("20060102-150405"))
	file := stem + ".zip"
	for n := 2; exists(file); n++ {
		file = fmt.Sprintf("%s-%d.zip", stem, n)
	}
	open := func() (*store.DB, error) { return store.Open(p.storeFile()) }
	if p.shares() {
		open = p.OpenStore
	}
	db, err := open()
	if err == nil {
		defer db.Close()
		err = p.Backup(p.Ctx, db, file)
	}
	if store.Damaged(err) {
		err = p.Backup(p.Ctx, nil, file)
	}
	return file, err
}

// HalfRestored names the folders in which restore works.
const HalfRestored = "restore-"

// WholeAgain fails where a restoration was cut off: what there is may be some of
// the old and some of the new.
func (p *Office) WholeAgain() error {
	if left, _ := filepath.Glob(filepath.Join(p.Data, HalfRestored+"*")); len(left) > 0 {
		return Refuse("上一次恢复没有做完，现在的文件和记录可能不全。请再用 bot restore 恢复一次；要恢复以前的样子，用 backup 里名字是 before- 开头的那一份。")
	}
	return nil
}

// RestoreBackup writes everything beside what there is, and only then takes its place.
// Records that are in PostgreSQL are restored there, and counted. An error says how it
// left things; before is the backup of what there was.
func (p *Office) RestoreBackup(z *zip.Reader, m Manifest, before string) (counts map[string]int, err error) {
	left, _ := filepath.Glob(filepath.Join(p.Data, HalfRestored+"*"))
	work, err := os.MkdirTemp(p.Data, HalfRestored)
	if err != nil {
		return nil, Refuse("没有恢复，什么也没有动：%v", err)
	}
	fresh := filepath.Join(work, "new")
	for name := range m.Files {
		if err = unpack(z, name, filepath.Join(fresh, filepath.FromSlash(name))); err != nil {
			return nil, Refuse("没有恢复，什么也没有动：%v", errors.Join(err, os.RemoveAll(work)))
		}
	}
	if p.shares() {
		if counts, err = p.restoreRecords(work, before); err != nil {
			return nil, err
		}
	}
	if err := p.takeRestored(work); err != nil {
		return nil, Refuse("恢复到一半停下了：%v。恢复前的样子在 %s，可以用它再恢复一次。", err, before)
	}
	for _, done := range append(left, work) {
		if err := os.RemoveAll(done); err != nil {
			return nil, Refuse("都恢复好了，只是 %s 删不掉：%v。请自己删掉它，不删启动不了。", done, err)
		}
	}
	p.CatchUp()
	return counts, nil
}

// takeRestored puts what was unpacked in the place of what there is in the data folder.
func (p *Office) takeRestored(work string) error {
	fresh := filepath.Join(work, "new")
	names := append(slices.Clone(backedFolders), backedSettings...)
	if p.namesOther(os.DirFS(fresh)) {
		names = slices.DeleteFunc(names, func(name string) bool { return name == settingsFile })
		if err := swap(filepath.Join(fresh, settingsFile), filepath.Join(p.Data, settingsBeside), filepath.Join(work, "old-beside")); err != nil {
			return err
		}
	}
	for _, name := range names {
		if err := swap(filepath.Join(fresh, name), filepath.Join(p.Data, name), filepath.Join(work, "old-"+name)); err != nil {
			return err
		}
	}
	database := p.storeFile()
	// What was last read of the settings was of those that are gone.
	gone := []string{store.IdentityOf(database), filepath.Join(p.Data, lastGoodFolder)}
	if !p.shares() {
		gone = append(gone, database+"-wal", database+"-shm")
	}
	for _, rest := range gone {
		if err := os.RemoveAll(rest); err != nil {
			return err
		}
	}
	if p.shares() {
		return nil
	}
	return text.Rename(filepath.Join(fresh, BackupDatabase), database)
}

// swap puts what is new in the place of what was, which goes aside. Nothing new
// leaves nothing.
func swap(fresh, place, aside string) error {
	if exists(place) {
		if err := text.Rename(place, aside); err != nil {
			return err
		}
	}
	if !exists(fresh) {
		return nil
	}
	return text.Rename(fresh, place)
}

func unpack(z *zip.Reader, name, path string) error {
	in, err := z.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// RestoreWords says what a backup would change.
func (p *Office) RestoreWords(z *zip.Reader, m Manifest) string {
	other := p.namesOther(z)
	var b strings.Builder
	fmt.Fprintf(&b, "这份备份是 %s 做的。恢复以后，提问记录、提醒和待发的消息都回到那时的样子。\n", m.Made.In(text.Beijing).Format("2006年1月2日15:04"))
	for _, name := range slices.Sorted(maps.Keys(m.Files)) {
		if name == BackupDatabase {
			continue
		}
		data, err := os.ReadFile(filepath.Join(p.Data, filepath.FromSlash(name)))
		sum := sha256.Sum256(data)
		switch {
		case name == settingsFile && other:
			fmt.Fprintf(&b, "不会换：%s，备份里的没有写现在这个 PostgreSQL，会放在旁边，叫 %s\n", name, settingsBeside)
		case err != nil:
			fmt.Fprintf(&b, "会多出来：%s\n", name)
		case hex.EncodeToString(sum[:]) != m.Files[name]:
			fmt.Fprintf(&b, "会换回去：%s\n", name)
		}
	}
	for _, name := range p.Backed() {
		if m.Files[name] == "" && !(name == settingsFile && other) {
			fmt.Fprintf(&b, "会没有了：%s\n", name)
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}
