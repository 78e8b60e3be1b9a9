package judge

import (
	"fmt"
	"slices"

	"zujian/bot/answer"
	"zujian/bot/office"
	"zujian/index"
)

// withModel is how the answers with a language model, and with vectors where
// there are any, compare with those without: they may be worded otherwise and
// show other sentences beside, and must cite the same.
type withModel struct {
	N       int           `json:"n"`
	Worded  int           `json:"worded"`  // answers that the model put into words
	Beside  int           `json:"beside"`  // answers that show other sentences beside
	Other   int           `json:"other"`   // answers that cite something else, or have another status
	Vectors int           `json:"vectors"` // sentences that have a vector; 0: no model for them
	With    answer.Report `json:"with"`
	Alone   answer.Report `json:"alone"` // the figures without it
}

// compareModel answers every case with the model and without it, and leaves the
// answerer without.
func compareModel(p *office.Office, a *answer.Answerer, cases []answer.Case) withModel {
	w := withModel{N: len(cases)}
	if p.Meanings != nil {
		w.Vectors = p.Meanings.Len()
	}
	with := make([]answer.Answer, len(cases))
	w.With = a.JudgeEach(p.Ctx, cases, func(i int, got answer.Answer) { with[i] = got })
	a.HelpWith(nil)
	a.NearBy(nil)
	w.Alone = a.JudgeEach(p.Ctx, cases, func(i int, got answer.Answer) {
		if got.Status != with[i].Status || !slices.Equal(got.Clauses, with[i].Clauses) {
			w.Other++
		}
		if !slices.Equal(got.Related, with[i].Related) {
			w.Beside++
		}
		if with[i].Worded {
			w.Worded++
		}
	})
	return w
}

func (m *withModel) print(p *office.Office) {
	fmt.Fprintf(p.Out, "接上模型：%d 道里有 %d 道由它换了说法，依据或者结论不同的 %d 道，旁边列的句子不同的 %d 道\n", m.N, m.Worded, m.Other, m.Beside)
	if m.Vectors > 0 {
		fmt.Fprintf(p.Out, "向量：%d 句有\n", m.Vectors)
	}
	printQuestions(p, "接上模型", m.With)
	printQuestions(p, "不接模型", m.Alone)
}

// prepareVectors has the missing vectors made before anything is judged with
// them.
func (c Options) prepareVectors(p *office.Office) error {
	l, v, err := p.VectorsOf()
	if err != nil || v == nil {
		return err
	}
	return p.FillVectors(v, answer.Passages(l), false)
}

// embedder makes vectors for a retrieval set; nil where --llm is not given or no
// model for them is configured.
func (c Options) embedder(p *office.Office) (index.Embedder, error) {
	if !c.LLM {
		return nil, nil
	}
	m, err := p.Model()
	if err != nil {
		return nil, err
	}
	if m == nil || m.Name() == "" {
		return nil, nil
	}
	return m, nil
}
