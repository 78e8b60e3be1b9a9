package dialog

import (
	"time"

	"zujian/knowledge/rule"
)

// Lead answers once, without keeping anything. Facts of a file alone conclude
// from what they hold. With a description the file's facts stand first, the
// description fills in, and a question that still matters comes back as Need;
// it is answered by adding it to the file.
func Lead(b *rule.Book, file rule.Facts, description string) rule.Recommendation {
	if description == "" && len(file) > 0 {
		return rule.Decide(b, file)
	}
	reading := b.Read(description)
	facts := reading.Facts
	for k := range facts {
		if v, ok := file[k]; ok {
			facts[k] = v
		}
	}
	question, asked := replay(b, file, facts)
	for k, v := range file {
		facts[k] = v
	}
	if question == nil && asked < MostQuestions {
		question = rule.Next(b, facts)
	}
	if c := reading.Clash(); c != "" && facts[reading.Conflicts[0].Fact] == "" {
		q := b.Question(reading.Conflicts[0].Fact)
		q.Question = c + q.Question
		question = &q
	}
	r := rule.Decide(b, facts)
	if question != nil && r.Status != rule.OutOfScope {
		r.Status, r.Ask = rule.Need, question
		r.Text = ask(question)
	}
	return r
}

// replay puts the questions the dialog would, answered from the file, and
// gives the first that the file does not answer. It adds the answers to facts.
func replay(b *rule.Book, file, facts rule.Facts) (*rule.Question, int) {
	for asked := 0; asked < MostQuestions; asked++ {
		q := rule.Next(b, facts)
		if q == nil {
			return nil, asked
		}
		v, ok := file[q.Fact]
		if !ok {
			return q, asked
		}
		facts[q.Fact] = v
		for fact, value := range b.Meant(q.Fact, v).Also {
			if facts[fact] == "" {
				facts[fact] = value
			}
		}
	}
	return nil, MostQuestions
}

// Led is a recommendation with what the description was read as, and with what a
// language model heard in it; none of that counts, and without a model there is
// nothing of it.
type Led struct {
	rule.Recommendation
	Read      []rule.Claim    `json:"read,omitempty"`
	Conflicts []rule.Conflict `json:"conflicts,omitempty"`
	Heard     []Heard         `json:"heard,omitempty"`
	Several   []Unit          `json:"several,omitempty"` // a description of more than one
}

// Described adds to a recommendation what its description was read as.
func Described(b *rule.Book, description string, r rule.Recommendation) Led {
	read := b.Read(description)
	return Led{Recommendation: r, Read: read.Claims, Conflicts: read.Conflicts}
}

// DescribedSeveral asks which of several organisations is meant.
func DescribedSeveral(b *rule.Book, description string, all []Unit, now time.Time) Led {
	_, reply := (&Machine{Book: b}).Start(description, now)
	ask := &rule.Question{Fact: "several", Question: "您说了几家，请一家一家问。先看哪一家？", Why: "每一家由谁推动和指导要分开看。"}
	for _, u := range all {
		ask.Options = append(ask.Options, b.ValueName("kind", u.Facts["kind"]))
	}
	none := []string{}
	return Led{Several: all, Recommendation: rule.Recommendation{Status: rule.Need, Ask: ask, Text: reply.Text,
		Owner: none, Push: none, Guide: none, Form: none, Head: none, Unknown: none, Reasons: []rule.Reason{}, WhatIf: []rule.Change{}}}
}
