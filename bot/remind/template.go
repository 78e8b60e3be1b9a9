package remind

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

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

// Sentence is the template as a person would write it, to a group, or to
// oneself where who is empty.
func (t Template) Sentence(who string) string {
	if who == "" {
		who = "我"
	}
	return t.When + "提醒" + who + "：" + t.What
}

// FindTemplate gives the template of a name, or of the one name that begins
// so.
func FindTemplate(name string) (Template, bool, error) {
	all, err := Templates()
	if err != nil {
		return Template{}, false, err
	}
	var like []Template
	for _, t := range all {
		if t.Name == name {
			return t, true, nil
		}
		if name != "" && strings.HasPrefix(t.Name, name) {
			like = append(like, t)
		}
	}
	if len(like) == 1 {
		return like[0], true, nil
	}
	return Template{}, false, nil
}
