package rule

import "slices"

const (
	mostLayers  = 8
	mostEntries = 16
)

// entry is a rule whose condition holds, or holds if what is open does.
type entry struct {
	rule int
	open bool
}

// outcome is what the rules give, before anything is worded.
type outcome struct {
	entries [mostLayers][mostEntries]entry
	n       [mostLayers]int
	outside bool
	both    bool
	hidden  uint32 // facts that keep an unlisted result open
}

// conclude tries every rule. Within a layer the order is the book's.
func (b *Book) conclude(s *state) outcome {
	var o outcome
	silent := [mostLayers]bool{}
	scope := b.layers[scopeLayer]
	for i := range b.Rules {
		r := &b.Rules[i]
		if silent[r.layer] || (o.outside && r.layer != scope) {
			continue
		}
		t := r.when.try(s)
		switch {
		case t == no, t == open && (r.Certain || r.layer == scope):
			continue
		case t == open && b.Layers[r.layer].OnlyCertain:
			o.hidden |= r.when.opens(s)
			continue
		case t == yes && r.layer == scope:
			o.outside = true
		case t == yes && r.Result == "":
			silent[r.layer] = true
			o.n[r.layer] = 0
		case r.Result == "":
			continue
		}
		o.add(r.layer, entry{i, t == open})
	}
	for i := range b.Ties {
		t := &b.Ties[i]
		if !o.outside && t.both() && t.when.try(s) == yes {
			o.both = true
		}
	}
	return o
}

func (t *Tie) both() bool { return t.Both == nil || *t.Both }

func (o *outcome) add(layer int, e entry) {
	if o.n[layer] < mostEntries {
		o.entries[layer][o.n[layer]] = e
		o.n[layer]++
	}
}

func (o *outcome) of(layer int) []entry { return o.entries[layer][:o.n[layer]] }

// results gives a layer's results, each once, best first.
func (b *Book) list(o *outcome, layer int) []string {
	out := []string{}
	if o.outside {
		return out
	}
	for _, e := range o.of(layer) {
		if r := b.Rules[e.rule].Result; r != "" && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}
