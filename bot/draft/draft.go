// Package draft prepares what an operator may lay beside the documents: ways of
// asking for a sentence, what a document does not state, and words that mean
// the same. A language model may write drafts and a person may write them by
// hand; nothing of one is used before the operator accepts it, and Try shows
// what accepting it would do.
package draft

import (
	"context"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

// Model is a language model that writes drafts; llm.Client is one.
type Model interface {
	Ask(ctx context.Context, system, user string) (string, error)
}

// File is a draft as it is read and written: YAML.
type File struct {
	Documents []Beside `yaml:"documents,omitempty" json:"documents,omitempty"`
	Words     []Group  `yaml:"words,omitempty" json:"words,omitempty"`
	// Questions are what it is meant to have answered: Try tells what they give.
	Questions []string `yaml:"questions,omitempty" json:"questions,omitempty"`
}

// Beside is what goes beside one document.
type Beside struct {
	ID    string  `yaml:"id" json:"id"`
	Asked []Asked `yaml:"asked,omitempty" json:"asked,omitempty"`
	Gaps  []Gap   `yaml:"gaps,omitempty" json:"gaps,omitempty"`
}

// Asked is as in knowledge.ReadAsked: pieces are verbatim in the document.
type Asked struct {
	Pieces []string        `yaml:"pieces" json:"pieces"`
	Asks   knowledge.Lines `yaml:"asks" json:"asks"`
}

// Gap is as in knowledge.ReadGaps.
type Gap struct {
	Topic string          `yaml:"topic" json:"topic"`
	Say   string          `yaml:"say" json:"say"`
	Near  []string        `yaml:"near,omitempty" json:"near,omitempty"`
	Asks  knowledge.Lines `yaml:"asks" json:"asks"`
}

// Group is as in words.yaml: ways of saying the same word.
type Group struct {
	Word string   `yaml:"word" json:"word"`
	Say  []string `yaml:"say" json:"say"`
}

const header = `# 草稿，还没有用上。请逐条看一遍：不对的删掉，缺的补上，改好以后用
#   bot knowledge accept 这个文件
# 收进去。pieces 是文件里的原话，一个字也不要改；asks 是大家会怎么问。asks 空着的不收。
`

// Encode writes a draft with how to go on at the top.
func (f File) Encode() ([]byte, error) {
	data, err := yaml.MarshalWithOptions(f, yaml.IndentSequence(true))
	if err != nil {
		return nil, fmt.Errorf("write a draft: %w", err)
	}
	return append([]byte(header), data...), nil
}

// Read takes a draft. It fails, in Chinese with the place, on what is none.
// Entries without a way of asking are left out: they were not filled in.
func Read(data []byte) (File, error) {
	var f File
	if err := text.ReadYAML(data, &f); err != nil {
		return File{}, fmt.Errorf("草稿写得不对：%w", err)
	}
	return f.filled(), nil
}

// filled leaves out what has no way of asking, or no word.
func (f File) filled() File {
	out := File{Questions: f.Questions}
	for _, d := range f.Documents {
		b := Beside{ID: strings.TrimSpace(d.ID)}
		for _, a := range d.Asked {
			if a.Asks = written(a.Asks); len(a.Asks) > 0 {
				b.Asked = append(b.Asked, a)
			}
		}
		for _, g := range d.Gaps {
			if g.Asks = written(g.Asks); len(g.Asks) > 0 {
				b.Gaps = append(b.Gaps, g)
			}
		}
		if len(b.Asked)+len(b.Gaps) > 0 {
			out.Documents = append(out.Documents, b)
		}
	}
	for _, g := range f.Words {
		if g.Say = written(g.Say); g.Word != "" && len(g.Say) > 0 {
			out.Words = append(out.Words, g)
		}
	}
	return out
}

func written(list []string) []string {
	var out []string
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Empty says that there is nothing to accept.
func (f File) Empty() bool { return len(f.Documents) == 0 && len(f.Words) == 0 }

// Count gives how many ways of asking, gaps and words a draft holds.
func (f File) Count() (asks, gaps, words int) {
	for _, d := range f.Documents {
		gaps += len(d.Gaps)
		for _, a := range d.Asked {
			asks += len(a.Asks)
		}
	}
	for _, g := range f.Words {
		words += len(g.Say)
	}
	return asks, gaps, words
}
