package engine

import (
	"math"
)

// scores measures how far the first entry is ahead: of the second, of the last
// shown, of the best of another document, of the next of its own.
func (e *evidence) scores() {
	top := e.best.score
	behind := func(x *candidate) float64 { return min(5, top-x.score) }
	e.set("score", math.Min(top, 50))
	e.set("ahead of second", 5)
	e.set("ahead of last", behind(e.shown[len(e.shown)-1]))
	e.set("ahead of other document", 5)
	e.set("ahead of own document", 5)
	if len(e.shown) > 1 {
		e.set("ahead of second", behind(e.shown[1]))
	}
	sum, own, ofDoc := 0.0, 0.0, 0.0
	other, next := math.Inf(-1), math.Inf(-1)
	for i := range e.c.candidates {
		x := &e.c.candidates[i]
		k := math.Exp(min(0, x.score-top))
		sum += k
		switch {
		case x.view.doc != e.best.view.doc:
			other = max(other, x.score)
		case x != e.best:
			own += k
			next = max(next, x.score)
			ofDoc++
		}
	}
	if !math.IsInf(other, -1) {
		e.set("ahead of other document", min(5, top-other))
	}
	if !math.IsInf(next, -1) {
		e.set("ahead of own document", min(5, max(-1, top-next)))
	}
	e.set("share of score", 1/sum)
	e.set("share of score: document", (1+own)/sum)
	e.set("candidates of document", ofDoc/40)
	same := 0.0
	for _, x := range e.shown {
		same += one64(x.view.doc == e.best.view.doc) / float64(len(e.shown))
	}
	e.set("shown of document", same)
}

// agreement measures how many ways of comparing would have chosen the same
// entry, and the same document.
func (e *evidence) agreement() {
	ways := []string{"BM25: whole", "BM25: text", "covers: all", "covers: around", "covers in document: text, path",
		"one part: covers with value", "gives × covers"}
	entry, document := 0.0, 0.0
	for _, way := range ways {
		most, top := math.Inf(-1), e.best
		for i := range e.c.candidates {
			if x := &e.c.candidates[i]; x.of(way) > most {
				most, top = x.of(way), x
			}
		}
		entry += one64(e.best.of(way) >= most) / float64(len(ways))
		document += one64(top.view.doc == e.best.view.doc) / float64(len(ways))
	}
	e.set("agreed: entry", entry)
	e.set("agreed: document", document)
}

// rivalled are the measures by which an entry that is not first may be better.
var rivalled = []string{"covers: text", "covers: last, text", "covers in document: text", "covers in document: text, path",
	"one part: covers", "one part: covers with value", "BM25: whole", "BM25: last", "side", "unit", "aspect: all",
	"asked: its condition", "longest stretch: text", "gives × covers"}

// rivals measures by how much others are better than the first entry in each
// way of comparing, and how close the next ones come.
func (e *evidence) rivals() {
	for _, way := range rivalled {
		better := 0.0
		for i := range e.c.candidates {
			better = max(better, e.c.candidates[i].of(way)-e.best.of(way))
		}
		e.set("rival: "+way, better)
	}
	close, half := 0.0, 0.0
	for i := range e.c.candidates {
		d := e.best.score - e.c.candidates[i].score
		close += one64(d < 1)
		half += one64(d < 0.5)
	}
	e.set("rivals within 1", math.Log(max(1, close)))
	e.set("rivals within 0.5", math.Log(max(1, half)))
	if len(e.shown) > 1 {
		next := e.shown[1].view
		e.set("next: same section", one64(next.doc == e.best.view.doc && next.path == e.best.view.path))
		e.set("next: neighbour", one64(next == e.best.view.before || next == e.best.view.after))
		e.set("next: other document", one64(next.doc != e.best.view.doc))
	}
	twin := 0.0
	for _, x := range e.shown {
		if x.view.doc != e.best.view.doc {
			twin = max(twin, alike(x.view.text, e.best.view.text)/(1+max(0, e.best.score-x.score)))
		}
	}
	e.set("twin in other document", twin)
}
