package main

import (
	"fmt"
	"io"
	"time"

	"zujian/bot/office"
	"zujian/bot/store"
)

type auditCmd struct {
	JSON   bool   `name:"json" help:"只输出一个 JSON 对象"`
	Since  string `help:"从哪天起：2026-03-01，或者最近多少天：30天" placeholder:"日期"`
	Output string `short:"o" help:"存成文件，Excel 能打开" placeholder:"文件"`
}

// Run exports the record of answers.
func (c *auditCmd) Run(p *office.Office) error {
	from, err := p.Since(c.Since)
	if err != nil {
		return err
	}
	to := p.Now().Add(time.Minute)
	return withStore(p, func(db *store.DB) error {
		switch {
		case c.JSON:
			return c.asJSON(p, db, from, to)
		case c.Output == "":
			_, err := db.ExportAudit(p.Ctx, p.Out, from, to)
			return err
		}
		n := 0
		if err := office.WriteNew(c.Output, func(w io.Writer) (err error) {
			n, err = db.ExportAudit(p.Ctx, w, from, to)
			return err
		}); err != nil {
			return err
		}
		fmt.Fprintf(p.Out, "导出了 %d 条，在 %s。\n", n, c.Output)
		return nil
	})
}

func (c *auditCmd) asJSON(p *office.Office, db *store.DB, from, to time.Time) error {
	lines := []store.Line{}
	err := db.EachAuditLine(p.Ctx, from, to, func(l store.Line) error {
		lines = append(lines, l)
		return nil
	})
	if err != nil {
		return office.Refuse("记录读不出来：%v", err)
	}
	return writeJSON(p.Out, map[string]any{"lines": lines})
}

type weeklyCmd struct {
	JSON bool `name:"json" help:"只输出一个 JSON 对象"`
	Days int  `help:"最近多少天" default:"7" placeholder:"天数"`
}

// Run says what was asked and answered in the last days.
func (c *weeklyCmd) Run(p *office.Office) error {
	if c.Days < 1 || c.Days > 366 {
		return office.Misuse("--days 要在 1 到 366 之间。")
	}
	return withStore(p, func(db *store.DB) error {
		w, err := office.WeekOf(p.Ctx, db, p.Now(), c.Days)
		if err != nil {
			return office.Refuse("%v", err)
		}
		return show(p, c.JSON, w, w.String())
	})
}

type backupCmd struct {
	Output string `short:"o" help:"写到哪个文件；不写就放在数据文件夹的 backup 里，留最近七份" placeholder:"文件.zip"`
}

// Run makes a backup, whether the service runs or not.
func (c *backupCmd) Run(p *office.Office) error {
	return withStore(p, func(db *store.DB) (err error) {
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
	})
}

type restoreBackupCmd struct {
	File string `arg:"" name:"备份" help:"bot backup 做的文件"`
	Yes  bool   `help:"不再问，直接恢复"`
}

// Run puts a backup in the place of what there is, after saying what that
// changes and keeping what there is in a backup of its own.
func (c *restoreBackupCmd) Run(p *office.Office) error {
	release, err := store.Serve(p.State())
	if err != nil {
		return office.Refuse("现在不能恢复：%v。", err)
	}
	defer release()
	z, m, err := office.OpenBackup(c.File)
	if err != nil {
		return err
	}
	defer z.Close()
	there, err := p.MayRestore()
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Out, "%s\n%s", p.RestoreWords(&z.Reader, m), there)
	if !c.Yes && !p.Agrees("恢复") {
		return office.Refuse("没有恢复，什么也没有动。")
	}
	before, err := p.KeepBefore()
	if err != nil {
		return office.Refuse("恢复之前要先备份现在的样子，没有做成，什么也没有动：%v", err)
	}
	counts, err := p.RestoreBackup(&z.Reader, m, before)
	if err != nil {
		return err
	}
	if counts != nil {
		fmt.Fprint(p.Out, "两边数过，一条不少，PostgreSQL 里现在有：\n", office.CountWords(counts))
	}
	fmt.Fprintf(p.Out, "恢复好了。恢复前的样子在 %s。\n", before)
	return nil
}

type storeCmd struct {
	Move storeMoveCmd `cmd:"" help:"搬记录和文件：bot store move postgres 搬过去，bot store move sqlite 搬回来"`
}

type storeMoveCmd struct {
	To string `arg:"" name:"到哪里" enum:"postgres,sqlite" help:"postgres 或者 sqlite"`
}

// Run moves the records and the files whole or not at all.
func (c *storeMoveCmd) Run(p *office.Office) error {
	counts, err := p.MoveStore(c.To == "postgres")
	if err != nil {
		return err
	}
	fmt.Fprintln(p.Out, "搬好了，两边数过，一条不少。")
	fmt.Fprint(p.Out, office.CountWords(counts))
	if c.To == "sqlite" {
		fmt.Fprintln(p.Out, "请把 zujian.toml 里 [store] 的 postgres 去掉再启动。")
	}
	return nil
}
