package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strconv"
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
	from, err := since(c.Since, p.Now())
	if err != nil {
		return err
	}
	db, err := p.OpenStore()
	if err != nil {
		return err
	}
	defer db.Close()
	to := p.Now().Add(time.Minute)
	if c.JSON {
		return c.asJSON(p, db, from, to)
	}
	if c.Output == "" {
		_, err = db.ExportAudit(p.Ctx, p.Out, from, to)
		return err
	}
	return c.toFile(p, db, from, to)
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

// toFile writes a new file: a record is not written over another.
func (c *auditCmd) toFile(p *office.Office, db *store.DB, from, to time.Time) error {
	f, err := os.OpenFile(c.Output, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return office.Refuse("文件 %s 已经有了，请换一个名字。", c.Output)
	}
	if err != nil {
		return office.Refuse("文件 %s 写不了：%v", c.Output, err)
	}
	n, err := db.ExportAudit(p.Ctx, f, from, to)
	if err = errors.Join(err, f.Close()); err != nil {
		return office.Refuse("记录没有导出全：%v", err)
	}
	fmt.Fprintf(p.Out, "导出了 %d 条，在 %s。\n", n, c.Output)
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
	return time.Time{}, office.Misuse("看不懂日期“%s”，要像 2026-03-01 或者 30天 这样。看说明：bot audit --help", text)
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
	db, err := p.OpenStore()
	if err != nil {
		return err
	}
	defer db.Close()
	w, err := office.WeekOf(p.Ctx, db, p.Now(), c.Days)
	if err != nil {
		return office.Refuse("%v", err)
	}
	if c.JSON {
		return writeJSON(p.Out, w)
	}
	fmt.Fprintln(p.Out, w)
	return nil
}

type pairCmd struct {
	Forget bool `help:"取消所有管理员的配对"`
}

// Run gives a code with which one person becomes an operator.
func (c *pairCmd) Run(p *office.Office) error {
	db, err := p.OpenStore()
	if err != nil {
		return err
	}
	defer db.Close()
	if c.Forget {
		if err := db.ForgetOperators(p.Ctx); err != nil {
			return office.Refuse("没有取消成：%v", err)
		}
		fmt.Fprintln(p.Out, "所有管理员的配对都取消了。")
		return nil
	}
	code, err := db.NewPairingCode(p.Ctx, p.Now())
	if err != nil {
		return office.Refuse("配对码没有生成：%v", err)
	}
	fmt.Fprintf(p.Out, "配对码：%s（%d分钟内有效，只能用一次，以前的码作废）\n请用您自己的微信（企业微信）私聊机器人，发：配对 %s\n", code, int(store.PairingLasts.Minutes()), code)
	if !p.Config().Connects() {
		fmt.Fprintln(p.Out, "微信、企业微信都还没有接上，请先接上，看 bot run。")
	}
	return nil
}
