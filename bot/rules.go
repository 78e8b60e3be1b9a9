package main

import "fmt"

type rulesCmd struct {
	Graph bool `help:"输出 Mermaid 流程图"`
	Table bool `help:"输出表格（不写选项时也是）"`
}

// Run draws the rules from the file they are decided by.
func (c *rulesCmd) Run(p *program) error {
	l, err := p.library()
	if err != nil {
		return err
	}
	b, err := p.book(l)
	if err != nil {
		return err
	}
	if c.Graph && !c.Table {
		fmt.Fprint(p.out, b.Graph())
		return nil
	}
	fmt.Fprint(p.out, b.Table())
	return nil
}
