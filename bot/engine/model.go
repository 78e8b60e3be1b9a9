package engine

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"zujian/knowledge/text"
)

//go:embed weights.yaml
var shippedModel []byte

// Model is what was learned from judged questions: how much each feature
// counts.
type Model struct {
	Trained string             `yaml:"trained"`   // when, as 2024-05-30
	On      []string           `yaml:"on"`        // from what
	Figures map[string]float64 `yaml:"figures"`   // cross-validated by document
	Rank    map[string]float64 `yaml:"rank"`      // by feature
	OfHome  map[string]float64 `yaml:"rank_home"` // among the entries of the office's own document
	Decide  *DecisionModel     `yaml:"decide"`
	Home    *DecisionModel     `yaml:"decide_home"` // where the first entry is of the office's own document

	lists [2]atomic.Pointer[[]float64] // in the order of the features
}

// What weights are for.
const (
	general = iota
	ofHome
)

// ShippedModel is the model that is part of the program.
var ShippedModel = sync.OnceValues(func() (*Model, error) { return ReadModel(shippedModel) })

// ReadModel reads a model as WriteModel writes it.
func ReadModel(data []byte) (*Model, error) {
	m := &Model{}
	if err := text.ReadYAML(data, m); err != nil {
		return nil, fmt.Errorf("权重文件写得不对：%w", err)
	}
	for _, d := range []**DecisionModel{&m.Decide, &m.Home} {
		if *d == nil {
			*d = &DecisionModel{}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.Rank)) {
		featureAt(name) // every feature has its place before the first question
	}
	return m, nil
}

// weights gives the weights for one thing, in the order of the features.
func (m *Model) weights(of int) []float64 {
	names := featureNames()
	if list := m.lists[of].Load(); list != nil && len(*list) == len(names) {
		return *list
	}
	by := m.Rank
	if of == ofHome && m.OfHome != nil {
		by = m.OfHome
	}
	list := make([]float64, len(names))
	for i, name := range names {
		list[i] = by[name]
	}
	m.lists[of].Store(&list)
	return list
}

// decide says how far the entries shown answer the question.
func (m *Model) decide(c *comparison, shown []*candidate) Decision {
	d := m.Decide
	if len(shown) > 0 && shown[0].view.doc.home {
		d = m.Home
	}
	return d.Decide(c, c.indices(shown))
}
