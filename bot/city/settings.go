// Package city has several offices in one service: which there are and who is
// above whom, one office of them by name, all of them running, and the page of
// whoever looks after them. Each office has its own folder, settings and records.
package city

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"zujian/bot/console"
	"zujian/bot/office"
)

// File is what says which offices there are.
const File = "city.toml"

// settings is what city.toml may say.
type settings struct {
	Name   string           `toml:"name"`   // what the page is headed
	Memory int64            `toml:"memory"` // MB of documents that are held open; 0: usualMemory
	Page   pageSettings     `toml:"page"`
	Store  storeSettings    `toml:"store"`
	Office []officeSettings `toml:"office"`
}

type officeSettings struct {
	Name   string `toml:"name"`
	Folder string `toml:"folder"` // in the city's; empty: as the name
	Above  string `toml:"above"`  // the name of the office above; empty: none
	Calls  string `toml:"calls"`  // what those below call it: 市里; empty: its name
}

// pageSettings is for the page of whoever looks after the city.
type pageSettings struct {
	Off          bool   `toml:"off"`
	Address      string `toml:"address"` // empty: usualAddress
	PasswordFile string `toml:"password_file"`

	Names    []string `toml:"names"` // what this machine is called
	CertFile string   `toml:"cert_file"`
	CertKey  string   `toml:"cert_key"`
}

// storeSettings is one PostgreSQL for the records of all offices.
type storeSettings struct {
	Postgres     string `toml:"postgres"`
	PasswordFile string `toml:"password_file"`
}

const (
	usualMemory  = 2000 // MB
	usualAddress = "127.0.0.1:8790"
	mostOffices  = 2000
)

// read reads city.toml, whole and once.
func read(dir string) (c settings, err error) {
	file := filepath.Join(dir, File)
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return c, office.Refuse("%s 里没有 %s。请写一份，怎么写看 bot help 一个市。", dir, File)
	}
	if err != nil {
		return c, office.Refuse("%s 打不开：%v", file, err)
	}
	if err := office.DecodeTOML(file, data, &c); err != nil {
		return c, err
	}
	for i := range c.Office {
		o := &c.Office[i]
		if o.Folder == "" {
			o.Folder = o.Name
		}
	}
	if say := c.check(); say != "" {
		return c, office.Refuse("%s：%s", file, say)
	}
	return c, nil
}

// check says in Chinese what is wrong; empty means nothing.
func (c settings) check() string {
	switch {
	case len(c.Office) == 0:
		return "一个单位也没有，请用 [[office]] 写上。"
	case len(c.Office) > mostOffices:
		return fmt.Sprintf("有 %d 个单位，一个程序最多 %d 个，请分成几份。", len(c.Office), mostOffices)
	case c.Memory < 0:
		return "memory 不能小于 0。"
	case c.Page.Address != "" && !isAddress(c.Page.Address):
		return fmt.Sprintf("page 里的 address 要像 %s 这样，现在是“%s”。", usualAddress, c.Page.Address)
	case c.Page.Address != "" && !console.Loopback(c.Page.Address) && c.Page.PasswordFile == "":
		return fmt.Sprintf("page 里的 address 是 %s，别的机器也打得开，要同时写 password_file。", c.Page.Address)
	}
	names, folders := map[string]officeSettings{}, map[string]string{}
	for _, o := range c.Office {
		switch {
		case o.Name == "":
			return "有一个 [[office]] 没有写 name，请写上单位的名字。"
		case o.Name != strings.TrimSpace(o.Name):
			return fmt.Sprintf("单位“%s”的名字前后有空格，请去掉。", o.Name)
		case !filepath.IsLocal(o.Folder) || strings.ContainsAny(o.Folder, `/\`) || strings.HasPrefix(o.Folder, "."):
			return fmt.Sprintf("“%s”的 folder 是“%s”，要是这个文件夹里面的一个文件夹的名字。", o.Name, o.Folder)
		case names[o.Name].Name != "":
			return fmt.Sprintf("单位“%s”写了两遍，名字要不一样。", o.Name)
		case folders[strings.ToLower(o.Folder)] != "": // Windows takes Shi for shi
			return fmt.Sprintf("“%s”和“%s”用了同一个文件夹“%s”，要各用各的。", folders[strings.ToLower(o.Folder)], o.Name, o.Folder)
		}
		names[o.Name], folders[strings.ToLower(o.Folder)] = o, o.Name
	}
	for _, o := range c.Office {
		if say := loops(names, o); say != "" {
			return say
		}
	}
	return ""
}

// isAddress says whether something names a port to listen on.
func isAddress(s string) bool {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return false
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err == nil
}

// loops says where an office has itself above, or one that is none.
func loops(names map[string]officeSettings, o officeSettings) string {
	way := []string{o.Name}
	for at := o; at.Above != ""; {
		up, ok := names[at.Above]
		if !ok {
			return fmt.Sprintf("“%s”的 above 写的是“%s”，没有这个单位。", at.Name, at.Above)
		}
		if way = append(way, up.Name); up.Name == o.Name {
			return "上下级绕成了一圈：" + strings.Join(way, " → ") + "。请看看哪个 above 写错了。"
		}
		if len(way) > len(names) {
			return "" // a circle that this one only leads to; those on it say so
		}
		at = up
	}
	return ""
}
