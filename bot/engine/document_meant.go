package engine

import (
	"math"

	"zujian/index"
)

// docMeasure is what a document has of the question.
type docMeasure struct {
	title, body, titleBM, bodyBM float64
	named                        float64 // of the words that titles have, the share that its title has
	score                        float64
}

// weighDocuments says how likely each document of a candidate is meant.
func (a *Engine) weighDocuments(c *comparison, p *presences, docs []index.Found, grams []weighed) {
	c.document = map[*docView]float64{}
	found := map[string]float64{}
	for _, f := range docs {
		found[f.ID] = f.Score
	}
	measures := map[*docView]*docMeasure{}
	total, most := 1e-6, docMeasure{title: 1e-6, body: 1e-6, titleBM: 1e-6, bodyBM: 1e-6}
	for _, w := range c.words {
		total += w.weight * w.rareDoc
	}
	average := 0.0
	for _, x := range c.candidates {
		d := x.view.doc
		if measures[d] != nil {
			continue
		}
		average += float64(len(d.head.text())) * 2 / 3
		m := &docMeasure{}
		measures[d] = m
		head := p.in(d.head)
		for i, w := range c.words {
			m.title += w.weight * w.rareDoc * head[i]
			m.body += w.weight * w.rareDoc * min(1, w.inDoc[d.document.ID])
		}
		m.body /= total
		m.bodyBM = found[d.document.ID]
	}
	average /= float64(len(measures))
	c.weighNames(p, measures)
	for d, m := range measures {
		m.titleBM = bm25(grams, d.head, average)
		most.title, most.body = max(most.title, m.title), max(most.body, m.body)
		most.titleBM, most.bodyBM = max(most.titleBM, m.titleBM), max(most.bodyBM, m.bodyBM)
	}
	best, sum := math.Inf(-1), 0.0
	for d, m := range measures {
		m.score = m.title/6 + 2*m.body + m.titleBM/most.titleBM + 0.5*m.bodyBM/most.bodyBM
		if m.score > best || m.score == best && d.document.ID < c.meant.document.ID {
			best, c.meant = m.score, d
		}
	}
	for d, m := range measures {
		c.document[d] = math.Exp(3 * (m.score - best))
		sum += c.document[d]
	}
	for d := range measures {
		c.document[d] /= sum
	}
	c.documents(measures, most, total)
}

// weighNames measures by which of the words that stand in titles a question
// means a document: the fewer titles have one, the more it says.
func (c *comparison) weighNames(p *presences, measures map[*docView]*docMeasure) {
	total := 1e-6
	for i, w := range c.words {
		have, most := 0.0, 0.0
		for d := range measures {
			have += p.in(d.head)[i]
			most = max(most, p.in(d.head)[i])
		}
		worth := w.weight * math.Log(1+float64(len(measures))/(have+0.5))
		total += worth * most
		for d, m := range measures {
			m.named += worth * p.in(d.head)[i]
		}
	}
	for _, m := range measures {
		m.named /= total
	}
}

// documents keeps what was measured of documents, for the features.
func (c *comparison) documents(measures map[*docView]*docMeasure, most docMeasure, total float64) {
	mostNamed := 0.0
	for _, m := range measures {
		mostNamed = max(mostNamed, m.named)
	}
	for i := range c.candidates {
		d := c.candidates[i].view.doc
		m := measures[d]
		r := (*row)(&c.candidates[i].features)
		r.set("document: title", m.title/total)
		r.set("document: body", m.body)
		r.set("document: title of best", m.title/most.title)
		r.set("document: body BM25", m.bodyBM/most.bodyBM)
		r.set("document: share", c.document[d])
		r.set("document: meant", one64(d == c.meant))
		r.set("document: body of best", m.body/most.body)
		r.set("document: named", m.named)
		r.set("document: named less", mostNamed-m.named)
		r.set("document: named, squared", m.named*m.named)
		r.set("document: home", one64(d.home))
		r.set("document: home, none named", one64(d.home)*(1-mostNamed))
	}
}
