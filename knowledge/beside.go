package knowledge

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"zujian/knowledge/text"
)

type askedFile struct {
	Asked []struct {
		Pieces []string `yaml:"pieces"`
		Asks   Lines    `yaml:"asks"`
	} `yaml:"asked"`
}

type gapsFile struct {
	Gaps []struct {
		Topic string   `yaml:"topic"`
		Say   string   `yaml:"say"`
		Near  []string `yaml:"near"`
		Asks  Lines    `yaml:"asks"`
	} `yaml:"gaps"`
}

type answersFile struct {
	Answers []struct {
		Say     string   `yaml:"say"`
		Verdict []string `yaml:"verdict"`
		Pieces  []string `yaml:"pieces"`
		Asks    Lines    `yaml:"asks"`
	} `yaml:"answers"`
}

// Lines are texts, written as a list, or one on each line of a block: a list of
// thousands takes many times as long to read.
type Lines []string

// UnmarshalYAML reads either way of writing.
func (l *Lines) UnmarshalYAML(read func(any) error) error {
	var list []string
	if read(&list) == nil {
		*l = list
		return nil
	}
	var block string
	if err := read(&block); err != nil {
		return err
	}
	*l = nil
	for line := range strings.Lines(block) {
		if line = strings.TrimSpace(line); line != "" {
			*l = append(*l, line)
		}
	}
	return nil
}

// ReadAsked takes the file of what people ask of the document's clauses. It
// fails when a piece is not verbatim in exactly one clause.
func (d *Document) ReadAsked(data []byte) error {
	var f askedFile
	if err := text.ReadYAML(data, &f); err != nil {
		return fmt.Errorf("问法文件写得不对：%w", err)
	}
	for i, a := range f.Asked {
		pieces, err := d.pieces(a.Pieces)
		if err != nil {
			return fmt.Errorf("问法文件第%d条：%w", i+1, err)
		}
		if len(pieces) == 0 || len(a.Asks) == 0 {
			return fmt.Errorf("问法文件第%d条：pieces 和 asks 都不能空", i+1)
		}
		d.Asked = append(d.Asked, Asked{Pieces: pieces, Asks: a.Asks})
	}
	return nil
}

// ReadGaps takes the file of what the document is known not to state. It fails
// when a nearest piece is not verbatim in exactly one clause.
func (d *Document) ReadGaps(data []byte) error {
	var f gapsFile
	if err := text.ReadYAML(data, &f); err != nil {
		return fmt.Errorf("缺项文件写得不对：%w", err)
	}
	for _, g := range f.Gaps {
		near, err := d.pieces(g.Near)
		if err != nil {
			return fmt.Errorf("缺项“%s”：%w", g.Topic, err)
		}
		if g.Topic == "" || g.Say == "" || len(g.Asks) == 0 {
			return fmt.Errorf("缺项“%s”：topic、say、asks 都不能空", g.Topic)
		}
		d.Gaps = append(d.Gaps, Gap{Topic: g.Topic, Say: g.Say, Near: near, Asks: g.Asks})
	}
	return nil
}

// longestWritten is how many characters a written answer may have.
const longestWritten = 120

func (d *Document) readAnswers(data []byte, check bool) error {
	var f answersFile
	if err := text.ReadYAML(data, &f); err != nil {
		return fmt.Errorf("答语文件写得不对：%w", err)
	}
	for i, a := range f.Answers {
		pieces, err := d.pieces(a.Pieces)
		if err == nil && check {
			err = d.checkWritten(a.Say, pieces, a.Asks, a.Verdict)
		}
		if err != nil {
			return fmt.Errorf("答语文件第%d条“%s”：%w", i+1, firstRunes(a.Say, 20), err)
		}
		d.Written = append(d.Written, Written{Text: a.Say, Verdict: a.Verdict, Pieces: pieces, Asks: a.Asks})
	}
	return nil
}

func (d *Document) checkWritten(say string, pieces []Piece, asks, verdict []string) error {
	if say == "" || len(pieces) == 0 || len(asks) == 0 {
		return errors.New("say、pieces、asks 都不能空")
	}
	if utf8.RuneCountInString(say) > longestWritten {
		return fmt.Errorf("写长了，最多%d个字", longestWritten)
	}
	var spans []string
	for _, p := range pieces {
		if err := Carried(p.Text, []string{d.Clauses[p.Clause].Text}); err != nil {
			return fmt.Errorf("pieces 里“%s”截短了：%w", firstRunes(p.Text, 20), err)
		}
		spans = append(spans, p.Text)
	}
	return Carried(say, spans, verdict...)
}

func firstRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "……"
	}
	return s
}

func (d *Document) pieces(texts []string) ([]Piece, error) {
	var out []Piece
	for _, t := range texts {
		p, ok := d.Find(t)
		if !ok {
			return nil, fmt.Errorf("“%s”在《%s》里没有，或者不止一处", t, d.Title)
		}
		out = append(out, p)
	}
	return out, nil
}
