package remind

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

//go:embed templates.yaml
var shippedTemplates []byte

// Template is a reminder that many offices want. Quote is the sentence of a
// document that it rests on, word for word; empty where the documents give
// none. When and how often is a proposal in every case.
type Template struct {
	Name     string `yaml:"name" json:"name"`
	When     string `yaml:"when" json:"when"`
	What     string `yaml:"what" json:"what"`
	Document string `yaml:"document" json:"document,omitempty"`
	Quote    string `yaml:"quote" json:"quote,omitempty"`
}

// Templates gives the templates that ship.
var Templates = sync.OnceValues(func() ([]Template, error) {
	var all []Template
	if err := text.ReadYAML(shippedTemplates, &all); err != nil {
		return nil, fmt.Errorf("read the templates of reminders: %w", err)
	}
	return all, nil
})

func (t Template) sentence(who string) string {
	if who == "" {
		who = "我"
	}
	return t.When + "提醒" + who + "：" + t.What
}

// TemplateWords is the list for a person. The quotations are looked up, so
// that each stands with its place.
func TemplateWords(all []Template) (string, error) {
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
func placeOf(l *knowledge.Library, t Template) string {
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

// TemplateSentence is the template of a name, or of the one name that begins so, as
// a person would write it, to a group, or to oneself where who is empty.
func TemplateSentence(name, who string) (string, error) {
	all, err := Templates()
	if err != nil {
		return "", err
	}
	var names []string
	var like []Template
	for _, t := range all {
		if t.Name == name {
			return t.sentence(who), nil
		}
		if names = append(names, t.Name); name != "" && strings.HasPrefix(t.Name, name) {
			like = append(like, t)
		}
	}
	if len(like) == 1 {
		return like[0].sentence(who), nil
	}
	return "", &problem{ErrNoSuch, fmt.Sprintf("没有“%s”这个模板。有：%s。", name, strings.Join(names, "、"))}
}
