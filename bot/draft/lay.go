package draft

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/goccy/go-yaml"

	"zujian/knowledge/text"
)

type askedFile struct {
	Asked []Asked `yaml:"asked"`
}

type gapsFile struct {
	Gaps []Gap `yaml:"gaps"`
}

// encode gives the two files of one document.
func (b Beside) encode() (asks, gaps []byte, err error) {
	asks, err = yaml.Marshal(askedFile{b.Asked})
	if err != nil {
		return nil, nil, err
	}
	gaps, err = yaml.Marshal(gapsFile{b.Gaps})
	return asks, gaps, err
}

// Lay adds an accepted draft to the files beside the documents and to the
// office's own synonyms. Beside gives where the files of a document are, without
// the ends .asks.yaml and .gaps.yaml. What a file held before is kept as .bak
// beside it. A file is written aside and renamed.
func (f File) Lay(beside func(id string) (string, error), words string) error {
	for _, b := range f.Documents {
		at, err := beside(b.ID)
		if err != nil {
			return err
		}
		if err := layAsked(at+".asks.yaml", b.Asked); err != nil {
			return err
		}
		if err := layGaps(at+".gaps.yaml", b.Gaps); err != nil {
			return err
		}
	}
	return layWords(words, f.Words)
}

func layAsked(file string, add []Asked) error {
	if len(add) == 0 {
		return nil
	}
	var have askedFile
	return change(file, &have, func() any {
		for _, a := range add {
			i := slices.IndexFunc(have.Asked, func(x Asked) bool { return slices.Equal(x.Pieces, a.Pieces) })
			if i < 0 {
				have.Asked = append(have.Asked, a)
				continue
			}
			have.Asked[i].Asks = joined(have.Asked[i].Asks, a.Asks)
		}
		return have
	})
}

func layGaps(file string, add []Gap) error {
	if len(add) == 0 {
		return nil
	}
	var have gapsFile
	return change(file, &have, func() any {
		for _, g := range add {
			i := slices.IndexFunc(have.Gaps, func(x Gap) bool { return x.Topic == g.Topic && x.Say == g.Say })
			if i < 0 {
				have.Gaps = append(have.Gaps, g)
				continue
			}
			have.Gaps[i].Asks = joined(have.Gaps[i].Asks, g.Asks)
		}
		return have
	})
}

// layWords adds groups to a file of synonyms, whatever else it holds.
func layWords(file string, add []Group) error {
	if len(add) == 0 {
		return nil
	}
	have := yaml.MapSlice{}
	return change(file, &have, func() any {
		var groups []any
		at := slices.IndexFunc(have, func(i yaml.MapItem) bool { return i.Key == "groups" })
		if at < 0 {
			at = len(have)
			have = append(have, yaml.MapItem{Key: "groups"})
		}
		groups, _ = have[at].Value.([]any)
		for _, g := range add {
			groups = append(groups, g)
		}
		have[at].Value = groups
		return have
	})
}

func joined(list, more []string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// change reads a file into have, where there is one, and writes what edit makes
// of it.
func change(file string, have any, edit func() any) error {
	old, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s 打不开：%w", file, err)
	}
	if len(old) > 0 {
		if err := text.ReadYAML(old, have); err != nil {
			return fmt.Errorf("%s 写得不对，请先改好：%w", file, err)
		}
		if err := text.WriteWhole(file+".bak", old); err != nil {
			return err
		}
	}
	data, err := yaml.MarshalWithOptions(edit(), yaml.IndentSequence(true))
	if err != nil {
		return err
	}
	return text.WriteWhole(file, data)
}
