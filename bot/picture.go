package main

import (
	"errors"

	"zujian/bot/ledger"
	"zujian/bot/office"
	"zujian/bot/picture"
	"zujian/knowledge/rule"
)

// draw stores the picture of a recommendation where one is asked for. It shows
// what is known, with every branch that is still open.
func (c *leadCmd) draw(b *rule.Book, facts rule.Facts, description string) error {
	if c.SVG == "" && c.PNG == "" {
		return nil
	}
	known := b.Read(description).Facts
	for k, v := range facts {
		known[k] = v
	}
	return savePicture(picture.Path(b, known, rule.Decide(b, known)), c.SVG, c.PNG, c.Force)
}

// progressOf draws how many organisations of each township have a women's
// federation; where the ledger names no township, of each park.
func progressOf(s ledger.Summary) *picture.Picture {
	title, places := "各乡镇（街道）组建进度", s.Townships
	if len(places) == 0 {
		title, places = "各园区组建进度", s.Parks
	}
	if len(places) == 0 {
		title, places = "组建进度", []ledger.Place{{Name: "台账里的全部单位", Units: s.Organisations, Built: s.Built}}
	}
	var done []picture.Done
	for _, p := range places {
		done = append(done, picture.Done{Name: p.Name, Built: p.Built, Units: p.Units})
	}
	return picture.Progress(title, done)
}

// savePicture writes a picture in the forms that are named.
func savePicture(p *picture.Picture, svg, png string, force bool) error {
	if svg != "" {
		if err := saveNew(svg, p.SVG(), force); err != nil {
			return err
		}
	}
	if png == "" {
		return nil
	}
	data, err := p.PNG()
	if err != nil {
		return office.Refuse("图画不出来：%v", err)
	}
	return saveNew(png, data, force)
}

// saveNew puts a file into its place, whole or not at all.
func saveNew(file string, data []byte, force bool) error {
	err := ledger.Save(file, data, force)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, ledger.ErrExists):
		return office.Refuse("文件 %s 已经有了，请换一个名字；确定要盖掉，请加 --force。", file)
	}
	return office.Refuse("文件 %s 写不了（%v）。请看看文件夹有没有、是不是正开着这个文件，或者换一个地方。", file, err)
}
