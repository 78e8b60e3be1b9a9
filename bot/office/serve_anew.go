package office

import (
	"fmt"

	"zujian/bot/console"
)

// ServeOn serves until the program is told to stop, and begins anew each time that
// the page asks for it, with what is configured by then. adapt, where it is not nil,
// changes what was configured; began hears of each beginning.
func (p *Office) ServeOn(adapt func(*Office) error, began func(*Service)) error {
	if adapt != nil {
		if err := adapt(p); err != nil {
			return err
		}
	}
	for {
		s, err := p.Serve()
		if err != nil {
			return err
		}
		s.mayRestart.Store(true)
		began(s)
		select {
		case <-p.Ctx.Done():
			fmt.Fprintln(p.Out, "正在收尾，请稍等。再按一次 Ctrl-C 马上停。")
			return s.Close()
		case <-s.anew:
		}
		if err := s.Close(); err != nil || p.Ctx.Err() != nil {
			return err
		}
		p = p.anew(adapt)
		defer p.Close()
	}
}

// anew gives the office as it is configured now. Where that is no good, it is as it
// was, and the fault is told.
func (p *Office) anew(adapt func(*Office) error) *Office {
	next := &Office{Ctx: p.Ctx, Data: p.Data, ConfigFile: p.ConfigFile, In: p.In, Out: p.Out, Err: p.Err, Screen: p.Screen, Typing: p.Typing,
		Now: p.Now, Apart: p.Apart, Alone: p.Alone}
	err := next.lastGood(p.ConfigFile, next.readConfig)
	if err == nil && adapt != nil {
		err = adapt(next)
	}
	if err == nil {
		err = next.reachable()
	}
	if err != nil {
		next.Config = p.Config
		next.setFault(p.ConfigFile, err)
	}
	return next
}

// reachable says what a start would fail of: a secret that cannot be read.
func (p *Office) reachable() error {
	for _, name := range p.Config.Configured() {
		if err := p.Config.readable(name); err != nil {
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
	if err := g.Office.startsWith(); err != nil {
		return told(err)
	}
	select {
	case g.service.anew <- struct{}{}:
	default: // it is at it
	}
	return nil
}

// startsWith says what is wrong with the configuration as it is written now.
func (p *Office) startsWith() error {
	c, err := configIn(p.ConfigFile)
	if err != nil {
		return err
	}
	return (&Office{Config: c}).reachable()
}
