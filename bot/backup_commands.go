package main

import (
	"archive/zip"
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"zujian/bot/office"
	"zujian/bot/store"
	"zujian/knowledge/text"
)

type backupCmd struct {
	Output string `short:"o" help:"写到哪个文件；不写就放在数据文件夹的 backup 里，留最近七份" placeholder:"文件.zip"`
}

// Run makes a backup, whether the service runs or not.
func (c *backupCmd) Run(p *office.Office) error {
	db, err := p.OpenStore()
	if err != nil {
		return err
	}
	defer db.Close()
	file := c.Output
	if file == "" {
		file, err = p.NightlyBackup(p.Ctx, db)
	} else {
		err = p.Backup(p.Ctx, db, file)
	}
	if err != nil {
		return office.Refuse("没有备份成：%v", err)
	}
	fmt.Fprintf(p.Out, "备份好了，在 %s。里面有文件、设置和记录，请放在妥当的地方。\n", file)
	return nil
}

type restoreBackupCmd struct {
	File string `arg:"" name:"备份" help:"bot backup 做的文件"`
	Yes  bool   `help:"不再问，直接恢复"`
}

// Run puts a backup in the place of what there is, after saying what that
// changes and keeping what there is in a backup of its own.
func (c *restoreBackupCmd) Run(p *office.Office) error {
	if p.Config.Store.Postgres != "" {
		return office.Refuse("记录现在在 PostgreSQL 里，备份是恢复到 zujian.db 的。请先 bot store move sqlite，去掉 [store] 的 postgres，恢复以后再搬过去。")
	}
	release, err := store.Serve(p.State())
	if err != nil {
		return office.Refuse("现在不能恢复：%v。", err)
	}
	defer release()
	z, err := zip.OpenReader(c.File)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return office.Refuse("没有找到备份 %s，请看看路径写对了没有。", c.File)
	case err != nil:
		return office.Refuse("%s 打不开，不是 bot backup 做的备份，或者没有拷完整。请换一份，备份在数据文件夹的 backup 里。", c.File)
	}
	defer z.Close()
	m, err := office.ReadManifest(&z.Reader)
	if err != nil {
		return office.Refuse("备份 %s 不完整，没有动：%v", c.File, err)
	}
	sayChanges(p, m)
	if !c.Yes && !agrees(p) {
		return office.Refuse("没有恢复，什么也没有动。")
	}
	before, err := p.KeepBefore()
	if err != nil {
		return office.Refuse("恢复之前要先备份现在的样子，没有做成，什么也没有动：%v", err)
	}
	if err := p.RestoreBackup(&z.Reader, m); err != nil {
		return office.Refuse("恢复到一半停下了：%v。恢复前的样子在 %s，可以用它再恢复一次。", err, before)
	}
	fmt.Fprintf(p.Out, "恢复好了。恢复前的样子在 %s。\n", before)
	return nil
}

// sayChanges says what a backup would change.
func sayChanges(p *office.Office, m office.Manifest) {
	fmt.Fprintf(p.Out, "这份备份是 %s 做的。恢复以后，提问记录、提醒和待发的消息都回到那时的样子。\n", m.Made.In(text.Beijing).Format("2006年1月2日15:04"))
	for _, name := range slices.Sorted(maps.Keys(m.Files)) {
		if name == office.BackupDatabase {
			continue
		}
		data, err := os.ReadFile(filepath.Join(p.Data, filepath.FromSlash(name)))
		sum := sha256.Sum256(data)
		switch {
		case err != nil:
			fmt.Fprintf(p.Out, "会多出来：%s\n", name)
		case hex.EncodeToString(sum[:]) != m.Files[name]:
			fmt.Fprintf(p.Out, "会换回去：%s\n", name)
		}
	}
	for _, name := range p.Backed() {
		if m.Files[name] == "" {
			fmt.Fprintf(p.Out, "会没有了：%s\n", name)
		}
	}
}

// agrees asks for a word that nobody types by accident.
func agrees(p *office.Office) bool {
	fmt.Fprint(p.Out, "要恢复，请打“恢复”两个字再回车：")
	line, _ := bufio.NewReader(p.In).ReadString('\n')
	return strings.TrimSpace(line) == "恢复"
}
