package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/BurntSushi/toml"
)

// config is what zujian.toml may say. Nothing in it is needed.
type config struct{}

// configure settles the data folder and reads the configuration, whole and
// once. A key that is not known is refused with its name.
func (p *program) configure(data, file string) error {
	if data == "" {
		dir, err := os.UserConfigDir()
		if err != nil {
			dir = os.TempDir()
		}
		data = filepath.Join(dir, "zujian")
	}
	p.data = data
	named := file != ""
	if !named {
		file = filepath.Join(data, "zujian.toml")
	}
	meta, err := toml.DecodeFile(file, &p.config)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return refuse("没有找到配置文件 %s，请看看路径写对了没有。", file)
	}
	if err != nil {
		return refuse("配置文件 %s 写得不对：%s", file, tomlInChinese(err))
	}
	if extra := meta.Undecoded(); len(extra) > 0 {
		return refuse("配置文件 %s 里的“%s”不认识，请看看是不是写错了。", file, extra[0])
	}
	return nil
}

func tomlInChinese(err error) string {
	var e toml.ParseError
	if errors.As(err, &e) {
		return fmt.Sprintf("第%d行附近，%s", e.Position.Line, strings.TrimSpace(e.Message))
	}
	return err.Error()
}
