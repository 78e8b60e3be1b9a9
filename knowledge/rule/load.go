package rule

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"zujian/knowledge"
	"zujian/knowledge/rules"
	"zujian/knowledge/text"
)

// File is a rule file by name, for messages, and what stands in it.
type File struct {
	Name string
	Data []byte
}

// Shipped loads the rules that ship, under an office's own files. Where there are
// none, nothing is tried in every combination: a test did that.
func Shipped(docs []*knowledge.Document, overlays ...File) (*Book, error) {
	if len(overlays) == 0 {
		return shippedBooks.over(docs)
	}
	return Load(shippedFile, docs, overlays...)
}

var shippedFile = File{"formation.yaml", rules.Formation}

// shippedBooks has the rules that ship once for all offices whose documents say the
// same where the rules cite them.
var shippedBooks books

type books struct {
	mu   sync.Mutex
	last *Book
}

func (s *books) over(docs []*knowledge.Document) (*Book, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last != nil && s.last.citesAlike(docs) {
		return s.last, nil
	}
	b, err := load([]File{shippedFile}, docs)
	if err == nil {
		s.last = b
	}
	return b, err
}

// citesAlike says whether all that the rules cite stands in other documents as it
// does where they were read.
func (b *Book) citesAlike(docs []*knowledge.Document) bool {
	return !slices.ContainsFunc(b.Rules, func(r Rule) bool {
		now, err := cite(docs, r.Document, r.Sentence, r.at)
		return err != nil || now != r.source
	})
}

// Load reads a rule file and the files laid over it, later ones last, and
// checks the whole. A laid-over file may add facts, values and words for them,
// add rules, put a rule of the same id in place of one, set a headcount and
// name bodies. It fails, in Chinese with file, line and column, on the first
// thing that is not right.
func Load(base File, docs []*knowledge.Document, overlays ...File) (*Book, error) {
	b, err := load(append([]File{base}, overlays...), docs)
	if err == nil {
		err = b.checkAll()
	}
	if err != nil {
		return nil, err
	}
	return b, nil
}

func load(files []File, docs []*knowledge.Document) (*Book, error) {
	b := &Book{
		Names: map[string]string{}, results: map[string]string{}, Words: map[string][]string{},
		namesAt: map[string]mark{}, wordsAt: map[string]mark{},
	}
	for _, f := range files {
		if err := b.lay(f); err != nil {
			return nil, err
		}
	}
	for _, step := range []func([]*knowledge.Document) error{b.index, b.resolve} {
		if err := step(docs); err != nil {
			return nil, err
		}
	}
	b.lexicon = newLexicon(b)
	return b, nil
}

// ruleFile is the shape of one rule file.
type ruleFile struct {
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
	file func() *ast.File // parsed when a place is wanted
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
	if err != nil || m.file == nil || m.file() == nil {
		return 0, 0
	}
	n, err := p.FilterFile(m.file())
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
	var s ruleFile
	if err := text.ReadYAML(f.Data, &s); err != nil {
		return yamlError(f.Name, err)
	}
	tree := sync.OnceValue(func() *ast.File {
		tree, _ := parser.ParseBytes(f.Data, 0)
		return tree
	})
	at := func(list string, i int) mark {
		return mark{tree, f.Name, fmt.Sprintf("$.%s[%d]", list, i)}
	}
	b.Layers = append(b.Layers, s.Layers...)
	for i, fact := range s.Facts {
		fact.at = at("facts", i)
		there := func(o Fact) bool { return o.ID == fact.ID && o.at.name != f.Name }
		b.Facts = laid(b.Facts, fact, there, func(o *Fact) { o.lay(fact) })
	}
	for i, r := range s.Rules {
		r.at = at("rules", i)
		there := func(o Rule) bool { return o.ID == r.ID && o.at.name != f.Name }
		b.Rules = laid(b.Rules, r, there, func(o *Rule) { *o = r })
	}
	for i, t := range s.Ties {
		t.at = at("ties", i)
		there := func(o Tie) bool { return o.ID == t.ID && o.at.name != f.Name }
		b.Ties = laid(b.Ties, t, there, func(o *Tie) { *o = t })
	}
	b.layRest(s, mark{tree, f.Name, "$"})
	return nil
}

func (b *Book) layRest(s ruleFile, at mark) {
	if s.Reading != nil {
		b.Reading = *s.Reading
	}
	if s.Headcount != nil {
		b.Headcount = s.Headcount
		b.Headcount.at = at.in("headcount")
	}
	for _, n := range s.Results {
		b.results[n.Result] = n.Say
	}
	for k, v := range s.Names {
		b.Names[k], b.namesAt[k] = v, at.in("names")
	}
	for k, v := range s.Words {
		if _, ok := b.Words[k]; !ok {
			b.wordsAt[k] = at.in("words")
		}
		b.Words[k] = append(b.Words[k], v...)
	}
	b.Contact = cmp.Or(s.Contact, b.Contact)
}

// lay adds values and words to a fact, or puts a question in place of its own.
func (f *Fact) lay(over Fact) {
	f.Question, f.Why = cmp.Or(over.Question, f.Question), cmp.Or(over.Why, f.Why)
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

// laid puts x behind a list, or hands over to onto where another file has it.
func laid[T any](list []T, x T, same func(T) bool, onto func(*T)) []T {
	if i := slices.IndexFunc(list, same); i >= 0 {
		onto(&list[i])
		return list
	}
	return append(list, x)
}

// yamlError says what the YAML reader stumbled over, and where.
func yamlError(name string, err error) error {
	var unknown *yaml.UnknownFieldError
	var mistyped *yaml.TypeError
	var broken *yaml.SyntaxError
	switch {
	case errors.As(err, &unknown):
		return atToken(name, unknown.Token, "不认识的键“"+unknown.Token.Value+"”，请看是不是写错了")
	case errors.As(err, &mistyped):
		return atToken(name, mistyped.Token, "“"+mistyped.Token.Value+"”放在这里不对：要的是"+typeName(mistyped.DstType.Kind()))
	case errors.As(err, &broken) && strings.Contains(broken.Message, "already defined"):
		return atToken(name, broken.Token, "键“"+broken.Token.Value+"”重复了，只能留一个")
	case errors.As(err, &broken):
		return atToken(name, broken.Token, "YAML 写得不对，请看缩进、引号和冒号："+broken.Message)
	}
	return fmt.Errorf("%s 第1行第1列：写得不对：%w", name, err)
}

func atToken(name string, t *token.Token, what string) error {
	return fmt.Errorf("%s 第%d行第%d列：%s", name, t.Position.Line, t.Position.Column, what)
}

func typeName(k reflect.Kind) string {
	switch k {
	case reflect.Bool:
		return "true 或者 false"
	case reflect.Int:
		return "一个整数"
	case reflect.String:
		return "一段文字"
	case reflect.Slice:
		return "一个列表"
	}
	return "一组“键: 值”"
}
