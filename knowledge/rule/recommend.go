package rule

import (
	"fmt"

	"zujian/knowledge"
)

// Status says what became of the question who should lead.
type Status string

// What may become of it.
const (
	Recommended Status = "recommended"
	Need        Status = "need" // a question is still worth asking
	OutOfScope  Status = "out_of_scope"
)

// Recommendation is who should lead, with the proof. Lists are never nil.
type Recommendation struct {
	Status  Status    `json:"status"`
	Ask     *Question `json:"ask,omitempty"`
	Owner   []string  `json:"owner"`
	Push    []string  `json:"push"`
	Guide   []string  `json:"guide"`
	Form    []string  `json:"form"` // best first
	Head    []string  `json:"head"`
	Both    bool      `json:"both"` // two answers are left open and both are shown
	Reasons []Reason  `json:"reasons"`
	Unknown []string  `json:"unknown"` // facts that would settle something
	WhatIf  []Change  `json:"what_if"`
	Text    string    `json:"text"`

	Lines  []Line   `json:"-"` // the conclusion, a layer each; empty out of scope
	Points []string `json:"-"` // what is not settled, a sentence each
	First  string   `json:"-"` // whom to see first, and then
	With   string   `json:"-"` // with whom the first form is taken, or ""
	Bare   []Line   `json:"-"` // Lines without their conditions
	Short  string   `json:"-"` // the conclusion alone, 200 characters at most
	Open   string   `json:"-"` // what is not settled, the chief points of it, or ""
	whole  string   // all that is not settled
}

// Line is what the conclusion says of one layer, as it stands in Short.
type Line struct {
	Layer string
	Name  string // 责任主体, 推动, 指导, 形式, 负责人
	Text  string // without a full stop
}

// Reason is one line of the proof.
type Reason struct {
	Rule      string             `json:"rule"`
	Layer     string             `json:"layer"`
	Result    string             `json:"result"`
	Given     string             `json:"given"`          // the rule's condition in words
	Facts     map[string]any     `json:"facts"`          // the facts it used
	Open      []string           `json:"open,omitempty"` // the facts its condition still hangs on
	Inference string             `json:"inference,omitempty"`
	Modality  string             `json:"modality,omitempty"`
	Citation  knowledge.Citation `json:"citation"`

	short string
	say   string // the result as this organisation's, with its industry named
}

// Say gives the result as a person reads it of this organisation: whose
// 行业综合党委 it is, where its kind says so.
func (x Reason) Say() string { return x.say }

// Question is what is worth asking next.
type Question struct {
	Fact     string   `json:"fact"`
	Question string   `json:"question"`
	Options  []string `json:"options"`
	Why      string   `json:"why"`
}

// Change is a single change of a fact and the layers that then come out
// otherwise.
type Change struct {
	Change map[string]any      `json:"change"`
	Then   map[string][]string `json:"then"`
}

// Decide concludes from the facts there are. A fact that is absent or unknown
// and matters gives every branch under its condition, never a guess.
func Decide(b *Book, f Facts) Recommendation {
	s := b.state(f)
	o := b.conclude(&s)
	r := Recommendation{
		Status: Recommended, Both: o.both,
		Owner: b.list(&o, b.layers[ownerLayer]), Push: b.list(&o, b.layers[pushLayer]),
		Guide: b.list(&o, b.layers[guideLayer]), Form: b.list(&o, b.layers[formLayer]),
		Head: b.list(&o, b.layers[headLayer]),
	}
	if o.outside {
		r.Status = OutOfScope
	}
	r.Reasons = b.reasons(&s, &o)
	r.Unknown = b.ids(o.unknown(b, &s))
	r.WhatIf = b.whatIf(f, &s, &o)
	b.word(&r, &s, &o)
	return r
}

// reasons gives the rules that carry each result: those that hold, or the
// first that holds under an open condition.
func (b *Book) reasons(s *state, o *outcome) []Reason {
	out := make([]Reason, 0, 8)
	for l := range b.Layers {
		entries := o.of(l)
		for i, e := range entries {
			if b.spare(entries, i) {
				continue
			}
			r := &b.Rules[e.rule]
			out = append(out, Reason{
				Rule: r.ID, Layer: r.Layer, Result: r.Result, Given: r.Given,
				Facts: b.used(r.when.uses(), s), Open: b.openIDs(r.when.opens(s) | r.when.missing(s)),
				Inference: r.Inference, Modality: r.Modality, Citation: r.citation, short: r.short, say: b.sayFor(r.Result, s),
			})
		}
	}
	return out
}

// spare says whether an entry adds nothing to the proof: its result is there
// for certain, or was given before under a condition.
func (b *Book) spare(entries []entry, i int) bool {
	result := b.Rules[entries[i].rule].Result
	for j, e := range entries {
		if j == i || b.Rules[e.rule].Result != result {
			continue
		}
		if entries[i].open && (!e.open || j < i) {
			return true
		}
		if !entries[i].open && !e.open && j < i && b.Rules[e.rule].Sentence == b.Rules[entries[i].rule].Sentence {
			return true
		}
	}
	return false
}

func (b *Book) used(facts uint32, s *state) map[string]any {
	out := make(map[string]any, 4)
	for i := range b.Facts {
		if facts&(1<<i) != 0 && s.knows(i) {
			out[b.Facts[i].ID] = b.Facts[i].plain(s.val[i])
		}
	}
	return out
}

// plain gives a value the way a facts file writes it.
func (f *Fact) plain(v int32) any {
	if f.Number {
		return int(v)
	}
	return f.Values[v].Value
}

func (f *Fact) decode(v int32) string { return fmt.Sprint(f.plain(v)) }

// unknown gives the facts that would settle something, as bits.
func (o *outcome) unknown(b *Book, s *state) uint32 {
	out := o.hidden
	for l := range b.Layers {
		for _, e := range o.of(l) {
			if e.open {
				out |= b.Rules[e.rule].when.opens(s)
			}
		}
	}
	for i := range b.Ties {
		t := &b.Ties[i]
		if !o.outside && t.when.op != opTrue && t.when.try(s) == yes {
			out |= t.when.missing(s)
		}
	}
	for i := range b.Facts {
		if b.Facts[i].makesNoSense(s) {
			out &^= 1 << i
		}
	}
	return out
}

func (b *Book) ids(facts uint32) []string {
	out := []string{}
	for i := range b.Facts {
		if facts&(1<<i) != 0 {
			out = append(out, b.Facts[i].ID)
		}
	}
	return out
}

func (b *Book) openIDs(facts uint32) []string {
	if facts == 0 {
		return nil
	}
	return b.ids(facts)
}
