package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"time"

	"zujian/bot/store"
)

type auditCmd struct {
	JSON   bool   `name:"json" help:"只输出一个 JSON 对象"`
	Since  string `help:"从哪天起：2026-03-01，或者最近多少天：30天" placeholder:"日期"`
	Output string `short:"o" help:"存成文件，Excel 能打开" placeholder:"文件"`
}

// Run exports the record of answers.
func (c *auditCmd) Run(p *program) error {
	from, err := since(c.Since, p.now())
	if err != nil {
		return err
	}
	db, err := p.openStore()
	if err != nil {
		return err
	}
	defer db.Close()
	to := p.now().Add(time.Minute)
	if c.JSON {
		return c.asJSON(p, db, from, to)
	}
	if c.Output == "" {
		_, err = db.ExportAudit(p.ctx, p.out, from, to)
		return err
	}
	return c.toFile(p, db, from, to)
}

func (c *auditCmd) asJSON(p *program, db *store.DB, from, to time.Time) error {
	lines := []store.Line{}
	err := db.EachAuditLine(p.ctx, from, to, func(l store.Line) error {
		lines = append(lines, l)
		return nil
	})
	if err != nil {
		return refuse("记录读不出来：%v", err)
	}
	return writeJSON(p.out, map[string]any{"lines": lines})
}

// toFile writes a new file: a record is not written over another.
func (c *auditCmd) toFile(p *program, db *store.DB, from, to time.Time) error {
	f, err := os.OpenFile(c.Output, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return refuse("文件 %s 已经有了，请换一个名字。", c.Output)
	}
	if err != nil {
		return refuse("文件 %s 写不了：%v", c.Output, err)
	}
	n, err := db.ExportAudit(p.ctx, f, from, to)
	if err = errors.Join(err, f.Close()); err != nil {
		return refuse("记录没有导出全：%v", err)
	}
	fmt.Fprintf(p.out, "导出了 %d 条，在 %s。\n", n, c.Output)
	return nil
}

var lastDays = regexp.MustCompile(`^(\d{1,5})(?:天|d)?$`)

// since reads a day, or a number of days back from now; empty is the very
// beginning.
func since(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if m := lastDays.FindStringSubmatch(text); m != nil {
		n, err := strconv.Atoi(m[1])
		return now.AddDate(0, 0, -n), err
	}
	for _, form := range []string{time.DateOnly, "2006/1/2", "2006年1月2日"} {
		if day, err := time.ParseInLocation(form, text, now.Location()); err == nil {
			return day, nil
		}
	}
	return time.Time{}, misuse("看不懂日期“%s”，要像 2026-03-01 或者 30天 这样。看说明：bot audit --help", text)
}
