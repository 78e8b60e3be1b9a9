package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"zujian/bot/answer"
	"zujian/bot/llm"
	"zujian/index"
	"zujian/knowledge"
)

// FillVectors has the missing vectors made, and says how it goes where it is told to.
func (p *Office) FillVectors(v *index.Vectors, source index.Source, say bool) error {
	asked := 0
	err := v.Fill(p.Ctx, source, func(done, of int) {
		if asked++; say && (asked%50 == 0 || done == of) {
			fmt.Fprintf(p.Err, "算向量 %d/%d\n", done, of)
		}
	})
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case err != nil:
		return Refuse("向量没有算完，已经算好的 %d 句留着，下次接着算：%s", v.Len(), ModelTrouble(err))
	case say:
		fmt.Fprintf(p.Out, "算好了，一共 %d 句，占内存约 %.1f MB。\n", v.Len(), float64(v.Bytes())/(1<<20))
	}
	return nil
}

// VectorsOf gives the documents of today and the vectors of their sentences,
// nil where no model makes any.
func (p *Office) VectorsOf() (*knowledge.Library, *index.Vectors, error) {
	l, err := p.Library()
	if err != nil {
		return nil, nil, err
	}
	m, err := p.Model()
	if err != nil || m == nil {
		return l, nil, err
	}
	return l, p.vectors(m), nil
}

// vectors opens the vectors that are kept beside the index, once; nil where no
// model for them is configured.
func (p *Office) vectors(m *llm.Client) *index.Vectors {
	if p.Meanings == nil && m.Name() != "" {
		sum := sha256.Sum256([]byte(m.Name()))
		p.Meanings = index.OpenVectors(filepath.Join(p.Data, "index", "vectors-"+hex.EncodeToString(sum[:6])), m)
	}
	return p.Meanings
}

// helpWith lets a model, and the vectors it made, help an answerer.
func (p *Office) helpWith(a *answer.Answerer, m *llm.Client, source index.Source) {
	a.HelpWith(m)
	a.Within(time.Duration(p.Config().LLM.Seconds) * time.Second)
	if v := p.vectors(m); v != nil {
		a.NearBy(v.Over(source))
	}
}

// fillVectors has the vectors of the shelf's documents made while questions are
// answered. Where that fails it is tried again when documents change, or at the
// next start.
func (s *Service) fillVectors(ctx context.Context) {
	l := s.shelf.library()
	if err := s.Office.Meanings.Fill(ctx, answer.Passages(l), nil); err != nil && ctx.Err() == nil {
		s.Log.Error("the vectors are not complete", "trouble", ModelTrouble(err))
	}
}

// checkVectors tries the model for vectors, where one is configured.
func (p *Office) checkVectors() []finding {
	f := finding{What: "向量", OK: true}
	l, v, err := p.VectorsOf()
	if err != nil || v == nil {
		return nil // what is wrong was said of the documents or the model
	}
	began := time.Now()
	m, err := p.Model()
	if err != nil || m == nil {
		return nil
	}
	got, err := m.Embed(p.Ctx, []string{"园区里的企业归谁管"})
	name := p.Config().LLM.EmbedModel
	if err != nil {
		f.OK = false
		f.Say = fmt.Sprintf("%s 没有算出来：%s。这时照样按字词找；请看看 embed_model 写对没有，那个地址有没有 /v1/embeddings", name, ModelTrouble(err))
		return []finding{f}
	}
	all := 0
	for range answer.Passages(l)() {
		all++
	}
	f.Say = fmt.Sprintf("%s 能算，%d 维，用了 %.1f 秒。%d 句里算好了 %d 句", name, len(got[0]), time.Since(began).Seconds(), all,
		v.Held(answer.Passages(l)))
	if v.Held(answer.Passages(l)) < all {
		f.Say += "；没算的，服务开着会自己算，也可以用 bot knowledge vectors 现在算"
	}
	return []finding{f}
}
