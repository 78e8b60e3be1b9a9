package office

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"zujian/bot/ledger"
	"zujian/bot/picture"
)

// ReadFile reads a file that a person named.
func ReadFile(file string) ([]byte, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, Refuse("没有找到文件 %s，请看看路径写对了没有。", file)
	}
	if err != nil {
		return nil, Refuse("文件 %s 打不开：%v", file, err)
	}
	return data, nil
}

// WriteNew writes a file that did not exist, whole or not at all.
func WriteNew(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return Refuse("文件 %s 已经有了，请换一个文件名，免得把原来的盖掉。", path)
	}
	if say := noFolder(path); say != nil {
		return say
	}
	if err != nil {
		return Refuse("文件 %s 写不了：%v。请看看文件夹有没有、能不能写，或者换一个地方。", path, err)
	}
	if err = errors.Join(write(f), f.Close()); err != nil {
		return Refuse("没有写成：%v", errors.Join(err, os.Remove(path)))
	}
	return nil
}

// noFolder says that the folder is not there that a file is to be in; nil where it is.
func noFolder(file string) error {
	if dir := filepath.Dir(file); !exists(dir) {
		return Refuse("文件 %s 写不了：没有文件夹 %s。请先建好，或者换一个地方。", file, dir)
	}
	return nil
}

// SaveNew puts a file into its place, whole or not at all; over another one only
// where that is wanted.
func SaveNew(file string, data []byte, over bool) error {
	err := ledger.Save(file, data, over)
	switch {
	case err == nil:
		return nil
	case noFolder(file) != nil:
		return noFolder(file)
	case errors.Is(err, ledger.ErrExists):
		return Refuse("文件 %s 已经有了，请换一个名字；确定要盖掉，请加 --force。", file)
	}
	return Refuse("文件 %s 写不了（%v）。请看看文件夹有没有、是不是正开着这个文件，或者换一个地方。", file, err)
}

// SavePicture writes a picture in the forms that are named.
func SavePicture(p *picture.Picture, svg, png string, over bool) error {
	if svg != "" {
		if err := SaveNew(svg, p.SVG(), over); err != nil {
			return err
		}
	}
	if png == "" {
		return nil
	}
	data, err := p.PNG()
	if err != nil {
		return Refuse("图画不出来：%v", err)
	}
	return SaveNew(png, data, over)
}
