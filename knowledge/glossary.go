package knowledge

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/knowledge/text"
)

// Term is a word of the field in plain words. It is not from any document and is
// always shown so.
type Term struct {
	Term   string   `yaml:"term"`
	Also   []string `yaml:"also"`   // other ways of writing it
	Says   string   `yaml:"says"`   // what it means, one or two sentences
	Source string   `yaml:"source"` // the public rule to look up, or common usage
	Own    bool     `yaml:"-"`      // an office wrote it
}

// Explained is the line a reader gets.
func (t Term) Explained() string {
	return "“" + t.Term + "”：" + strings.TrimRight(t.Says, "。") + "。这是通俗的解释，不是文件里写的（" + t.Source + "）。"
}

// names are all ways of writing a term.
func (t Term) names() []string { return append([]string{t.Term}, t.Also...) }

// longestTerm is how many characters an explanation may have.
const longestTerm = 100

func (t Term) check() error {
	for _, n := range t.names() {
		if utf8.RuneCountInString(n) < 2 {
			return fmt.Errorf("“%s”太短，写法至少两个字", n)
		}
	}
	switch {
	case t.Says == "" || t.Source == "":
		return errors.New("says、source 都不能空")
	case utf8.RuneCountInString(t.Says) > longestTerm:
		return fmt.Errorf("解释写长了，最多%d个字", longestTerm)
	}
	return nil
}

// Glossary explains words that the documents use and do not define.
type Glossary struct{ Terms []Term }

// ReadGlossary takes the terms that come with the program and those of an
// office's files, the later over the earlier by name; a file that is not there
// has none. It fails, in Chinese and naming file and term, on what is not right.
func ReadGlossary(files ...string) (*Glossary, error) {
	g := &Glossary{}
	data, err := shipped.ReadFile("library/glossary.yaml")
	if err != nil {
		return nil, err
	}
	if err := g.add("glossary.yaml", data, false); err != nil {
		return nil, err
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("名词解释读不出来：%w", err)
		}
		if err := g.add(file, data, true); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// add takes the terms of one file. A term, or another way of writing it, stands
// in a file once.
func (g *Glossary) add(file string, data []byte, own bool) error {
	var f struct {
		Terms []Term `yaml:"terms"`
	}
	if err := text.ReadYAML(data, &f); err != nil {
		return fmt.Errorf("名词解释 %s 写得不对：%w", file, err)
	}
	here := map[string]bool{}
	for i, t := range f.Terms {
		if err := t.check(); err != nil {
			return fmt.Errorf("名词解释 %s 第%d条“%s”：%w", file, i+1, t.Term, err)
		}
		for _, n := range t.names() {
			if n = termForm(n); here[n] {
				return fmt.Errorf("名词解释 %s 第%d条“%s”：“%s”前面已经有了", file, i+1, t.Term, n)
			}
			here[n] = true
		}
	}
	g.Terms = slices.DeleteFunc(g.Terms, func(t Term) bool { return here[termForm(t.Term)] })
	for _, t := range f.Terms {
		t.Own = own
		g.Terms = append(g.Terms, t)
	}
	return nil
}

// Find gives the term that a text names: the longest name in it; of two of one
// length an office's own. It is false where it names none.
func (g *Glossary) Find(text string) (Term, bool) {
	text = termForm(text)
	var best Term
	longest := 0
	for _, t := range g.Terms {
		for _, n := range t.names() {
			n = termForm(n)
			if size := len(n); strings.Contains(text, n) && (size > longest || size == longest && t.Own) {
				best, longest = t, size
			}
		}
	}
	return best, longest > 0
}

// termForm is a text as names are looked for in it: half-width and without
// quotation marks and blanks.
func termForm(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("“”\"'‘’「」《》 　", r):
			return -1
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		}
		return r
	}, s)
}
