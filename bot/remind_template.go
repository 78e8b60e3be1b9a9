package main

import (
	"fmt"
	"strings"

	"zujian/bot/office"
	"zujian/bot/remind"
)

type remindTemplatesCmd struct {
	JSON bool `name:"json" help:"只输出一个 JSON 对象"`
}

// Run lists the templates with what they rest on.
func (c *remindTemplatesCmd) Run(p *office.Office) error {
	all, err := remind.Templates()
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(p.Out, map[string]any{"templates": all})
	}
	said, err := remind.TemplateWords(all)
	if err != nil {
		return err
	}
	fmt.Fprintln(p.Out, said)
	fmt.Fprintln(p.Out, "用一个：bot remind add --template 核对明细账 --to 园区妇建群")
	return nil
}

// sentence is what a person asked for: words of his own, or a template.
func (c *remindAddCmd) sentence() (string, error) {
	said := strings.Join(c.Sentence, " ")
	switch {
	case c.Template == "" && said == "":
		return "", office.Misuse("还缺内容：写一句话，或者用 --template。看说明：bot remind add --help")
	case c.Template == "":
		return said, nil
	case said != "":
		return "", office.Misuse("--template 和一句话只能用一样。看说明：bot remind add --help")
	}
	return remind.TemplateSentence(c.Template, c.To)
}
