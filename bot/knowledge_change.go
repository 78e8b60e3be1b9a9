package main

import (
	"errors"
	"fmt"
	"time"

	"zujian/bot/office"
	"zujian/knowledge/catalogue"
)

type replaceCmd struct {
	New string `arg:"" name:"新的" help:"新文件的编号"`
	Old string `arg:"" name:"旧的" help:"被替代的文件的编号"`
}

// Run has one document replace another.
func (c *replaceCmd) Run(p *office.Office) error {
	return change(p, func(s *catalogue.State, find finder) (string, error) {
		fresh, err := find(c.New)
		if err != nil {
			return "", err
		}
		old, err := find(c.Old)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%s 替代 %s", fresh, old), s.Replace(fresh, old, p.Now())
	}, "记下了：%s。旧的以后只在问到它时才引，会说明已经被替代。撤回用 knowledge undo。\n")
}

type retireCmd struct {
	ID string `arg:"" name:"编号" help:"文件的编号"`
	On string `help:"从哪天起不再执行，像 2024-05-30；不写就是今天" placeholder:"日期"`
}

// Run marks a document as repealed.
func (c *retireCmd) Run(p *office.Office) error {
	if err := checkDay(c.On); err != nil {
		return err
	}
	if c.On == "" {
		c.On = p.Now().Format(time.DateOnly)
	}
	return change(p, func(s *catalogue.State, find finder) (string, error) {
		id, err := find(c.ID)
		if err != nil {
			return "", err
		}
		return id + " 标为废止", s.Retire(id, c.On)
	}, "记下了：%s。恢复用 knowledge restore，撤回用 knowledge undo。\n")
}

type restoreCmd struct {
	ID string `arg:"" name:"编号" help:"文件的编号"`
}

// Run has a document hold again.
func (c *restoreCmd) Run(p *office.Office) error {
	return change(p, func(s *catalogue.State, find finder) (string, error) {
		id, err := find(c.ID)
		if err != nil {
			return "", err
		}
		return id + " 恢复为现行", s.Restore(id)
	}, "记下了：%s。\n")
}

type setCmd struct {
	Group    []string `help:"只给这些群看" placeholder:"群名"`
	Everyone bool     `help:"给所有人看"`
	about

	ID string `arg:"" name:"编号" help:"文件的编号"`
}

// Run changes what is written of a document.
func (c *setCmd) Run(p *office.Office) error {
	g, err := c.given()
	if err != nil {
		return err
	}
	g.Groups = c.Group
	if c.Everyone {
		g.Groups = []string{""}
	}
	return change(p, func(s *catalogue.State, find finder) (string, error) {
		id, err := find(c.ID)
		if err != nil {
			return "", err
		}
		return "改了 " + id, s.Set(id, g)
	}, "%s。\n")
}

type undoCmd struct{}

// Run takes the last change of the catalogue back.
func (c *undoCmd) Run(p *office.Office) error {
	_, cat, _, err := held(p)
	if err != nil {
		return err
	}
	undone, err := cat.Undo(p.Now())
	if err != nil {
		return office.Refuse("%v。", err)
	}
	fmt.Fprintf(p.Out, "撤回了：%s。\n", undone)
	return nil
}

// finder gives the id of the document that a person names.
type finder func(name string) (string, error)

// change makes one change of the catalogue and says that it is made.
func change(p *office.Office, f func(*catalogue.State, finder) (string, error), say string) error {
	l, cat, _, err := held(p)
	if err != nil {
		return err
	}
	find := func(name string) (string, error) {
		d, err := office.Find(l, name)
		if err != nil {
			return "", err
		}
		return d.ID, nil
	}
	did, err := cat.Do(p.Now(), func(s *catalogue.State) (string, error) { return f(s, find) })
	if known := (office.Failure{}); errors.As(err, &known) {
		return err
	}
	if err != nil {
		return office.Refuse("没有改成：%v。", err)
	}
	fmt.Fprintf(p.Out, say, did)
	return nil
}
