package office

import (
	"fmt"
	"io"

	"zujian/bot/teach"
)

// GiveWritten gives what a model wrote, and says where it failed.
func (p *Office) GiveWritten(f teach.File, err error, file, byHand string) error {
	switch {
	case p.Ctx.Err() != nil:
		return p.Ctx.Err()
	case err != nil && f.Empty():
		return Refuse("草稿没有写成：%s。什么也没有改。过一会儿再试，或者用 %s 自己写。", ModelTrouble(err), byHand)
	case err != nil:
		fmt.Fprintf(p.Err, "有的句子没有写成：%s。写成的在下面。\n", ModelTrouble(err))
	}
	return p.GiveDraft(f, file)
}

// GiveDraft writes a draft to a file that does not exist yet, or to the screen.
func (p *Office) GiveDraft(f teach.File, file string) error {
	if f.Empty() {
		return Refuse("没有写出可以用的草稿。可以用 --hand 自己写。")
	}
	data, err := f.Encode()
	if err != nil {
		return Refuse("%v", err)
	}
	if file == "" {
		_, err := p.Out.Write(data)
		return err
	}
	if err := WriteNew(file, func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
		return err
	}
	fmt.Fprintf(p.Out, "草稿写在 %s：%s。请逐条看过、改好，再用 bot knowledge accept %s 收进去。没有收以前，回答和原来一样。\n", file, f.Count(), file)
	return nil
}
