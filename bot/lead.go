package main

import (
	"fmt"
	"slices"
	"strings"

	"zujian/bot/dialog"
	"zujian/bot/office"
	"zujian/bot/picture"
	"zujian/knowledge/rule"
)

type leadCmd struct {
	JSON        bool     `name:"json" help:"只输出一个 JSON 对象；还要问的放在 ask 里"`
	Facts       string   `help:"事实文件，一个 JSON 对象" placeholder:"文件"`
	Check       bool     `help:"只看能不能单独组建，各个条件有没有"`
	SVG         string   `name:"svg" help:"把建议画成图存下来，.svg" placeholder:"文件"`
	PNG         string   `name:"png" help:"把建议画成图存下来，.png，可以发到群里" placeholder:"文件"`
	Force       bool     `help:"图的文件已经有了也写"`
	Description []string `arg:"" optional:"" name:"描述" help:"这家单位的情况，比如：开发区里的电子厂，女工六百来人，有支部"`
}

// Run recommends who should lead, or says what it still needs.
func (c *leadCmd) Run(p *office.Office) error {
	_, b, err := p.Rules()
	if err != nil {
		return err
	}
	facts, err := c.facts(b)
	if err != nil {
		return err
	}
	description := strings.Join(c.Description, "，")
	switch {
	case c.Check:
		return c.check(p, b, facts, description)
	case c.JSON || c.Facts != "" || c.SVG != "" || c.PNG != "":
		return c.once(p, b, facts, description)
	}
	return c.converse(p, b, description)
}

func (c *leadCmd) facts(b *rule.Book) (rule.Facts, error) {
	if c.Facts == "" {
		return rule.Facts{}, nil
	}
	data, err := office.ReadFile(c.Facts)
	if err != nil {
		return nil, err
	}
	facts, err := b.ReadFacts(data)
	if err != nil {
		return nil, office.Refuse("事实文件 %s：%v", c.Facts, err)
	}
	return facts, nil
}

func (c *leadCmd) check(p *office.Office, b *rule.Book, facts rule.Facts, description string) error {
	for fact, value := range b.Read(description).Facts {
		if _, ok := facts[fact]; !ok {
			facts[fact] = value
		}
	}
	e := rule.Check(b, facts)
	if c.JSON {
		return writeJSON(p.Out, e)
	}
	fmt.Fprintln(p.Out, e.Text)
	return nil
}

func (c *leadCmd) once(p *office.Office, b *rule.Book, facts rule.Facts, description string) error {
	if all := dialog.Several(b, description); len(all) > 1 && len(facts) == 0 {
		r := dialog.DescribedSeveral(b, description, all, p.Now())
		return show(p, c.JSON, r, r.Text)
	}
	r := dialog.Lead(b, facts, description)
	if err := c.draw(b, facts, description); err != nil {
		return err
	}
	if c.JSON {
		all := dialog.Described(b, description, r)
		all.Heard = heard(p, b, facts, description)
		return writeJSON(p.Out, all)
	}
	fmt.Fprintln(p.Out, r.Text)
	if files := strings.TrimSpace(c.SVG + " " + c.PNG); files != "" {
		fmt.Fprintf(p.Out, "图存在 %s。还不清楚的，图里几种情形都画了。\n", files)
	}
	return nil
}

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
	return office.SavePicture(picture.Path(b, known, rule.Decide(b, known)), c.SVG, c.PNG, c.Force)
}

// heard leaves out what the file says.
func heard(p *office.Office, b *rule.Book, file rule.Facts, description string) []dialog.Heard {
	return slices.DeleteFunc(p.Listen(p.Ctx, b, description), func(h dialog.Heard) bool { return file[h.Fact] != "" })
}

// converse asks what it still needs, a question a message. It goes on after
// the conclusion, so that the reasons, an export or a correction can be asked
// for, until the input ends or the cadre says 退出.
func (c *leadCmd) converse(p *office.Office, b *rule.Book, description string) error {
	m := &dialog.Machine{Book: b}
	s, reply := m.StartHeard(description, p.Listen(p.Ctx, b, description), p.Now())
	fmt.Fprintln(p.Out, reply.Text)
	err := office.EachLine(p.In, func(line string) error {
		s, reply = m.Step(s, line, p.Now())
		if err := c.reply(p, line, reply); err != nil {
			return err
		}
		if reply.Ended {
			return office.ErrDone
		}
		return p.Ctx.Err()
	})
	if err == office.ErrDone {
		return nil
	}
	return err
}

// reply prints a turn; a question of policy is answered from the documents
// before the open question is put once more.
func (c *leadCmd) reply(p *office.Office, line string, r dialog.Reply) error {
	if r.Aside {
		a, err := p.AnswererOver(false)
		if err != nil {
			return err
		}
		fmt.Fprintln(p.Out, a.Answer(p.Ctx, []string{line}).Text)
	}
	if r.Text != "" {
		fmt.Fprintln(p.Out, r.Text)
	}
	return nil
}

type rulesCmd struct {
	Graph bool `help:"输出 Mermaid 流程图"`
	Table bool `help:"输出表格（不写选项时也是）"`
}

// Run draws the rules from the file they are decided by.
func (c *rulesCmd) Run(p *office.Office) error {
	_, b, err := p.Rules()
	if err != nil {
		return err
	}
	if c.Graph && !c.Table {
		fmt.Fprint(p.Out, b.Graph())
		return nil
	}
	fmt.Fprint(p.Out, b.Table())
	return nil
}
