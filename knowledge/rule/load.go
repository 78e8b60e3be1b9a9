package rule

import (
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"zujian/knowledge"
	"zujian/knowledge/rules"
)

// File is a rule file by name, for messages, and what stands in it.
type File struct {
	Name string
	Data []byte
}

// Shipped loads the rules that ship, under an office's own files.
func Shipped(docs []*knowledge.Document, overlays ...File) (*Book, error) {
	return Load(File{"formation.yaml", rules.Formation}, docs, overlays...)
}

// Load reads a rule file and the files laid over it, later ones last, and
// checks the whole. A laid-over file may add facts, values and words for them,
// add rules, put a rule of the same id in place of one, set a headcount and
// name bodies. It fails, in Chinese with file, line and column, on the first
// thing that is not right.
func Load(base File, docs []*knowledge.Document, overlays ...File) (*Book, error) {
	b := &Book{Names: map[string]string{}, results: map[string]string{}, Words: map[string][]string{}}
	for _, f := range append([]File{base}, overlays...) {
		if err := b.lay(f); err != nil {
			return nil, err
		}
	}
	for _, step := range []func([]*knowledge.Document) error{b.index, b.resolve, b.checkAll} {
		if err := step(docs); err != nil {
			return nil, err
		}
	}
	b.lexicon = newLexicon(b)
	return b, nil
}

// sheet is the shape of one rule file.
type sheet struct {
	Layers    []Layer             `yaml:"layers"`
	Facts     []Fact              `yaml:"facts"`
	Reading   *Reads              `yaml:"reading"`
	Headcount *Headcount          `yaml:"headcount"`
	Results   []Naming            `yaml:"results"`
	Names     map[string]string   `yaml:"names"`
	Words     map[string][]string `yaml:"words"`
	Contact   string              `yaml:"contact"`
	Rules     []Rule              `yaml:"rules"`
	Ties      []Tie               `yaml:"ties"`
}

// Naming says how a result is written for people.
type Naming struct {
	Result string `yaml:"result"`
	Say    string `yaml:"say"`
}

// mark is a place in a rule file.
type mark struct {
	file *ast.File
	name string
	path string
}

// errorf says what is wrong and where, for the person who wrote the file.
func (m mark) errorf(format string, args ...any) error {
	line, column := m.place()
	return fmt.Errorf("%s 第%d行第%d列：%s", m.name, line, column, fmt.Sprintf(format, args...))
}

func (m mark) in(key string) mark {
	m.path += "." + key
	return m
}

func (m mark) place() (line, column int) {
	p, err := yaml.PathString(m.path)
	if err != nil || m.file == nil {
		return 0, 0
	}
	n, err := p.FilterFile(m.file)
	if err != nil || n == nil {
		return 0, 0
	}
	if mapping, ok := n.(*ast.MappingNode); ok && len(mapping.Values) > 0 {
		n = mapping.Values[0].Key
	}
	pos := n.GetToken().Position
	return pos.Line, pos.Column
}

func (b *Book) lay(f File) error {
	var s sheet
	if err := yaml.UnmarshalWithOptions(f.Data, &s, yaml.Strict()); err != nil {
		return yamlError(f.Name, err)
	}
	tree, err := parser.ParseBytes(f.Data, 0)
	if err != nil {
		return yamlError(f.Name, err)
	}
	at := func(list string, i int) mark {
		return mark{tree, f.Name, fmt.Sprintf("$.%s[%d]", list, i)}
	}
	b.Layers = append(b.Layers, s.Layers...)
	for i, fact := range s.Facts {
		fact.at = at("facts", i)
		b.layFact(fact)
	}
	for i, r := range s.Rules {
		r.at = at("rules", i)
		b.layRule(r)
	}
	for i, t := range s.Ties {
		t.at = at("ties", i)
		b.Ties = append(b.Ties, t)
	}
	b.layRest(s, mark{tree, f.Name, "$.headcount"})
	return nil
}

func (b *Book) layRest(s sheet, headcount mark) {
	if s.Reading != nil {
		b.Reading = *s.Reading
	}
	if s.Headcount != nil {
		b.Headcount = s.Headcount
		b.Headcount.at = headcount
	}
	for _, n := range s.Results {
		b.results[n.Result] = n.Say
	}
	for k, v := range s.Names {
		b.Names[k] = v
	}
	for k, v := range s.Words {
		b.Words[k] = append(b.Words[k], v...)
	}
	if s.Contact != "" {
		b.Contact = s.Contact
	}
}

// layFact adds a fact, or adds values and words to one that is there.
func (b *Book) layFact(f Fact) {
	for i := range b.Facts {
		if b.Facts[i].ID == f.ID {
			b.Facts[i].lay(f)
			return
		}
	}
	b.Facts = append(b.Facts, f)
}

func (f *Fact) lay(over Fact) {
	if over.Question != "" {
		f.Question = over.Question
	}
	if over.Why != "" {
		f.Why = over.Why
	}
	if over.Ask != nil {
		f.Ask = over.Ask
	}
	for _, v := range over.Values {
		if i := f.index(v.Value); i >= 0 {
			f.Values[i].Say = append(f.Values[i].Say, v.Say...)
			continue
		}
		f.Values = append(f.Values, v)
	}
}

func (b *Book) layRule(r Rule) {
	for i := range b.Rules {
		if b.Rules[i].ID == r.ID && b.Rules[i].at.name != r.at.name {
			b.Rules[i] = r
			return
		}
	}
	b.Rules = append(b.Rules, r)
}

func yamlError(name string, err error) error {
	return fmt.Errorf("%s 写得不对：%s", name, yaml.FormatError(err, false, true))
}
