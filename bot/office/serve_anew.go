package office

import (
	"fmt"

	"zujian/bot/console"
)

// ServeOn serves until the program is told to stop, and begins anew each time that
// the page asks for it: some settings are only read then. began hears of each.
func (p *Office) ServeOn(began func(*Service)) error {
	for {
		s, err := p.Serve()
		if err != nil {
			return err
		}
		s.mayRestart.Store(true)
		began(s)
		select {
		case <-p.Ctx.Done():
			if p.Place == nil {
				fmt.Fprintln(p.Out, "正在收尾，请稍等。再按一次 Ctrl-C 马上停。")
			}
			return s.Close()
		case <-s.anew:
		}
		if err := s.Close(); err != nil || p.Ctx.Err() != nil {
			return err
		}
		p = p.anew()
		defer p.Close()
	}
}

// anew gives the office as it is configured now. Where that is no good, it is as it
// was, and the fault is told.
func (p *Office) anew() *Office {
	next := &Office{Ctx: p.Ctx, Data: p.Data, ConfigFile: p.ConfigFile, In: p.In, Out: p.Out, Err: p.Err,
		Screen: p.Screen, Typing: p.Typing, Now: p.Now, Apart: p.Apart, Alone: p.Alone, Place: p.Place,
		changes: p.changes, configRead: stampOf(p.ConfigFile)}
	err := next.lastGood(p.ConfigFile, next.readConfig)
	if err == nil {
		err = next.Config().allReadable()
	}
	if err != nil {
		c := p.Config()
		next.config.Store(&c)
		next.setFault(p.ConfigFile, err)
	}
	return next
}

// allReadable says what a start would fail of: a secret that cannot be read.
func (c Config) allReadable() error {
	for _, name := range c.Configured() {
		if err := c.readable(name); err != nil {
			return err
		}
	}
	return nil
}

// Restart has the service begin anew, once the page was given.
func (g pages) Restart() error {
	if g.service == nil || !g.service.mayRestart.Load() {
		return console.Told("请把程序停下再启动，新的设置就用上了。")
	}
	c, err := configIn(g.Office.ConfigFile)
	if err == nil {
		err = c.allReadable()
	}
	if err != nil {
		return told(err)
	}
	select {
	case g.service.anew <- struct{}{}:
	default: // it is at it
	}
	return nil
}
