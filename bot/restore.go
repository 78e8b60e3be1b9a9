package main

import (
	"archive/zip"
	"bufio"
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

type restoreBackupCmd struct {
	File string `arg:"" name:"备份" help:"bot backup 做的文件"`
	Yes  bool   `help:"不再问，直接恢复"`
}

// Run puts a backup in the place of what there is, after saying what that
// changes and keeping what there is in a backup of its own.
func (c *restoreBackupCmd) Run(p *program) error {
	release, err := store.Serve(p.state())
	if err != nil {
		return refuse("现在不能恢复：%v。", err)
	}
	defer release()
	z, err := zip.OpenReader(c.File)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return refuse("没有找到备份 %s，请看看路径写对了没有。", c.File)
	case err != nil:
		return refuse("%s 打不开，不是 bot backup 做的备份，或者没有拷完整。请换一份，备份在数据文件夹的 backup 里。", c.File)
	}
	defer z.Close()
	m, err := readManifest(&z.Reader)
	if err != nil {
		return refuse("备份 %s 不完整，没有动：%v", c.File, err)
	}
	p.sayChanges(m)
	if !c.Yes && !p.agrees() {
		return refuse("没有恢复，什么也没有动。")
	}
	before, err := p.keepBefore()
	if err != nil {
		return refuse("恢复之前要先备份现在的样子，没有做成，什么也没有动：%v", err)
	}
	if err := p.restore(&z.Reader, m); err != nil {
		return refuse("恢复到一半停下了：%v。恢复前的样子在 %s，可以用它再恢复一次。", err, before)
	}
	fmt.Fprintf(p.out, "恢复好了。恢复前的样子在 %s。\n", before)
	return nil
}

// readManifest reads what a backup holds, and holds every file against it.
func readManifest(z *zip.Reader) (manifest, error) {
	var m manifest
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
	if m.Files[backupDatabase] == "" {
		return m, errors.New("里面没有记录")
	}
	return m, nil
}

// backs says whether a name is one that a backup may hold.
func backs(name string) bool {
	folder, _, nested := strings.Cut(name, "/")
	return name == backupDatabase || slices.Contains(backedSettings, name) || nested && slices.Contains(backedFolders, folder)
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

// sayChanges says what a backup would change.
func (p *program) sayChanges(m manifest) {
	fmt.Fprintf(p.out, "这份备份是 %s 做的。恢复以后，提问记录、提醒和待发的消息都回到那时的样子。\n", m.Made.In(text.Beijing).Format("2006年1月2日15:04"))
	for _, name := range slices.Sorted(maps.Keys(m.Files)) {
		if name == backupDatabase {
			continue
		}
		data, err := os.ReadFile(filepath.Join(p.data, filepath.FromSlash(name)))
		sum := sha256.Sum256(data)
		switch {
		case err != nil:
			fmt.Fprintf(p.out, "会多出来：%s\n", name)
		case hex.EncodeToString(sum[:]) != m.Files[name]:
			fmt.Fprintf(p.out, "会换回去：%s\n", name)
		}
	}
	for _, name := range p.backed() {
		if m.Files[name] == "" {
			fmt.Fprintf(p.out, "会没有了：%s\n", name)
		}
	}
}

// agrees asks for a word that nobody types by accident.
func (p *program) agrees() bool {
	fmt.Fprint(p.out, "要恢复，请打“恢复”两个字再回车：")
	line, _ := bufio.NewReader(p.in).ReadString('\n')
	return strings.TrimSpace(line) == "恢复"
}

// keepBefore backs up what there is, a damaged store as it is.
func (p *program) keepBefore() (string, error) {
	if err := os.MkdirAll(p.backupFolder(), 0o700); err != nil {
		return "", err
	}
	file := filepath.Join(p.backupFolder(), "before-"+p.now().In(beijing).Format("20060102-150405")+".zip")
	db, err := store.Open(filepath.Join(p.state(), backupDatabase))
	if err == nil {
		defer db.Close()
		err = p.backup(p.ctx, db, file)
	}
	if store.Damaged(err) {
		err = p.backup(p.ctx, nil, file)
	}
	return file, err
}

// halfRestored names the folders in which restore works.
const halfRestored = "restore-"

// wholeAgain fails where a restoration was cut off: what there is may be some of
// the old and some of the new.
func (p *program) wholeAgain() error {
	if left, _ := filepath.Glob(filepath.Join(p.data, halfRestored+"*")); len(left) > 0 {
		return refuse("上一次恢复没有做完，现在的文件和记录可能不全。请再用 bot restore 恢复一次；要恢复以前的样子，用 backup 里名字是 before- 开头的那一份。")
	}
	return nil
}

// restore writes everything beside what there is, and only then takes its place.
func (p *program) restore(z *zip.Reader, m manifest) error {
	left, _ := filepath.Glob(filepath.Join(p.data, halfRestored+"*"))
	work, err := os.MkdirTemp(p.data, halfRestored)
	if err != nil {
		return err
	}
	for name := range m.Files {
		if err := unpack(z, name, filepath.Join(work, "new", filepath.FromSlash(name))); err != nil {
			return err
		}
	}
	for _, name := range append(slices.Clone(backedFolders), backedSettings...) {
		if err := swap(filepath.Join(work, "new", name), filepath.Join(p.data, name), filepath.Join(work, "old-"+name)); err != nil {
			return err
		}
	}
	database := filepath.Join(p.state(), backupDatabase)
	for _, rest := range []string{database + "-wal", database + "-shm", store.IdentityOf(database)} {
		if err := os.RemoveAll(rest); err != nil {
			return err
		}
	}
	if err := text.Rename(filepath.Join(work, "new", backupDatabase), database); err != nil {
		return err
	}
	for _, done := range append(left, work) {
		if err := os.RemoveAll(done); err != nil {
			return err
		}
	}
	return nil
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
