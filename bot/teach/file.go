package teach

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
	// Questions are what it is meant to have answered: trying tells what they give.
	Questions []string `yaml:"questions,omitempty" json:"questions,omitempty"`
}

// Beside is what goes beside one document.
type Beside struct {
	ID      string   `yaml:"id" json:"id"`
	Asked   []Asked  `yaml:"asked,omitempty" json:"asked,omitempty"`
	Answers []Answer `yaml:"answers,omitempty" json:"answers,omitempty"`
	Gaps    []Gap    `yaml:"gaps,omitempty" json:"gaps,omitempty"`
}

// Asked is as in knowledge.ReadAsked: pieces are verbatim in the document.
type Asked struct {
	Pieces []string        `yaml:"pieces" json:"pieces"`
	Asks   knowledge.Lines `yaml:"asks" json:"asks"`
}

// Answer is as in knowledge.ReadAnswers: the pieces carry what it says.
type Answer struct {
	Say     string          `yaml:"say" json:"say"`
	Verdict []string        `yaml:"verdict,omitempty" json:"verdict,omitempty"`
	Pieces  []string        `yaml:"pieces" json:"pieces"`
	Asks    knowledge.Lines `yaml:"asks" json:"asks"`
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
# answers 的 say 是一两句短答，里面的数字、单位、日期和“一般、可以”这些词，pieces 里要有，
# pieces 里限制它的也不能漏；开头自己下的“要”“不是”，写进 verdict。
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
		for _, a := range d.Answers {
			if a.Asks = written(a.Asks); len(a.Asks) > 0 {
				b.Answers = append(b.Answers, a)
			}
		}
		for _, g := range d.Gaps {
			if g.Asks = written(g.Asks); len(g.Asks) > 0 {
				b.Gaps = append(b.Gaps, g)
			}
		}
		if len(b.Asked)+len(b.Answers)+len(b.Gaps) > 0 {
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

// Count says how much a draft holds.
func (f File) Count() string {
	asks, gaps, words, answers := 0, 0, 0, 0
	for _, d := range f.Documents {
		gaps, answers = gaps+len(d.Gaps), answers+len(d.Answers)
		for _, a := range d.Asked {
			asks += len(a.Asks)
		}
	}
	for _, g := range f.Words {
		words += len(g.Say)
	}
	return fmt.Sprintf("问法 %d 种，缺项 %d 个，同义词 %d 个，短答 %d 条", asks, gaps, words, answers)
}

// Proposal gives what a draft holds as it would be kept.
func (f File) Proposal() Proposal {
	p := Proposal{Questions: f.Questions}
	for _, d := range f.Documents {
		add := func(x knowledge.Added, asks, pieces []string) {
			x.Document, x.Question, x.Asks = d.ID, asks[0], asks[1:]
			if len(pieces) > 0 {
				x.Piece, x.Pieces = pieces[0], pieces[1:]
			}
			p.Taught = append(p.Taught, x)
		}
		for _, a := range d.Asked {
			add(knowledge.Added{Kind: knowledge.AddedAsk}, a.Asks, a.Pieces)
		}
		for _, a := range d.Answers {
			add(knowledge.Added{Kind: knowledge.AddedWritten, Answer: a.Say, Verdict: a.Verdict}, a.Asks, a.Pieces)
		}
		for _, g := range d.Gaps {
			add(knowledge.Added{Kind: knowledge.AddedGap, Topic: g.Topic, Answer: g.Say}, g.Asks, g.Near)
		}
	}
	for _, g := range f.Words {
		for _, say := range g.Say {
			p.Taught = append(p.Taught, knowledge.Added{Kind: knowledge.AddedSynonym, Word: g.Word, Same: say})
		}
	}
	return p
}
