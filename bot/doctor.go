package main

import (
	"fmt"

	"zujian/bot/office"
)

type doctorCmd struct {
	JSON bool `name:"json" help:"只输出一个 JSON 对象"`
}

// Run looks at everything and says what is well and what to do.
func (c *doctorCmd) Run(p *office.Office) error {
	p.TakeIn()
	all := p.Findings()
	well := true
	for _, f := range all {
		well = well && f.OK
	}
	if c.JSON {
		if err := writeJSON(p.Out, map[string]any{"ok": well, "findings": all}); err != nil {
			return err
		}
	} else {
		for _, f := range all {
			how := "要处理"
			switch {
			case f.Unused && f.OK:
				how = "没有用"
			case f.OK:
				how = "正常"
			}
			fmt.Fprintf(p.Out, "%s　%s：%s\n", how, f.What, f.Say)
		}
	}
	if !well {
		return office.Refuse("有要处理的地方，见上面。")
	}
	return nil
}
