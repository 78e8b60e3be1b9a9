package main

import (
	"fmt"
	"strings"

	"zujian/bot/remind"
	"zujian/knowledge"
)

type remindTemplatesCmd struct {
	JSON bool `name:"json" help:"只输出一个 JSON 对象"`
}

// Run lists the templates with what they rest on.
func (c *remindTemplatesCmd) Run(p *program) error {
	all, err := remind.Templates()
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(p.out, map[string]any{"templates": all})
	}
	said, err := templateWords(all)
	if err != nil {
		return err
	}
	fmt.Fprintln(p.out, said)
	fmt.Fprintln(p.out, "用一个：bot remind add --template 核对明细账 --to 园区妇建群")
	return nil
}

// templateWords is the list for a person. The quotations are looked up, so
// that each stands with its place.
func templateWords(all []remind.Template) (string, error) {
	library, err := knowledge.Shipped()
	if err != nil {
		return "", err
	}
	var lines []string
	for _, t := range all {
		line := t.Name + "：" + t.When + "，" + t.What + "。"
		if where := placeOf(library, t); where != "" {
			line += "\n　依据：“" + t.Quote + "”（" + where + "）"
		}
		lines = append(lines, line)
	}
	return strings.Join(append(lines, "日子和次数文件里没有写，是建议，可以改。"), "\n"), nil
}

// placeOf gives where a template's sentence stands; empty where it rests on
// none.
func placeOf(l *knowledge.Library, t remind.Template) string {
	d := l.Document(t.Document)
	if d == nil || t.Quote == "" {
		return ""
	}
	for _, c := range d.Clauses {
		if strings.Contains(c.Text, t.Quote) {
			return "讲话" + c.Locator
		}
	}
	return ""
}

// sentence is what a person asked for: words of his own, or a template.
func (c *remindAddCmd) sentence() (string, error) {
	said := strings.Join(c.Sentence, " ")
	switch {
	case c.Template == "" && said == "":
		return "", misuse("还缺内容：写一句话，或者用 --template。看说明：bot remind add --help")
	case c.Template == "":
		return said, nil
	case said != "":
		return "", misuse("--template 和一句话只能用一样。看说明：bot remind add --help")
	}
	return templateSentence(c.Template, c.To)
}

func templateSentence(name, who string) (string, error) {
	t, ok, err := remind.FindTemplate(name)
	if err != nil {
		return "", err
	}
	if ok {
		return t.Sentence(who), nil
	}
	all, err := remind.Templates()
	var names []string
	for _, t := range all {
		names = append(names, t.Name)
	}
	if err != nil {
		return "", err
	}
	return "", refuse("没有“%s”这个模板。有：%s。", name, strings.Join(names, "、"))
}
