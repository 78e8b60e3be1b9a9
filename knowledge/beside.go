package knowledge

import (
	"fmt"

	"github.com/goccy/go-yaml"
)

type askedFile struct {
	Asked []struct {
		Pieces []string `yaml:"pieces"`
		Asks   []string `yaml:"asks"`
	} `yaml:"asked"`
}

type gapsFile struct {
	Gaps []struct {
		Topic string   `yaml:"topic"`
		Say   string   `yaml:"say"`
		Near  []string `yaml:"near"`
		Asks  []string `yaml:"asks"`
	} `yaml:"gaps"`
}

// ReadAsked takes the file of what people ask of the document's clauses. It
// fails when a piece is not verbatim in exactly one clause.
func (d *Document) ReadAsked(data []byte) error {
	var f askedFile
	if err := yaml.UnmarshalWithOptions(data, &f, yaml.Strict()); err != nil {
		return fmt.Errorf("问法文件写得不对：%s", yaml.FormatError(err, false, true))
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
	if err := yaml.UnmarshalWithOptions(data, &f, yaml.Strict()); err != nil {
		return fmt.Errorf("缺项文件写得不对：%s", yaml.FormatError(err, false, true))
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
