// Package dialog is the conversation that works out who should lead: a pure
// turn machine over the rules. It keeps only the answers given and replays
// them, so that going back, changing and resuming after a crash are one thing.
package dialog

import (
	"maps"
	"slices"
	"time"

	"zujian/knowledge/rule"
)

// MostQuestions is how many questions one organisation is asked at most.
const MostQuestions = 5

// Session is what is kept of one conversation, as JSON. It holds values of the
// rule book and never the words a person typed.
type Session struct {
	Answers []Answer  `json:"answers"`
	Turn    int       `json:"turn"`
	At      time.Time `json:"at"` // of the last message
	Ended   bool      `json:"ended,omitempty"`

	// Heard are values that somebody else read out of the description. None
	// counts before the cadre says so: it is shown with the question.
	Heard map[string]string `json:"heard,omitempty"`

	// Clash is a fact that was said in two ways: it is asked first.
	Clash string `json:"clash,omitempty"`
	// Pending holds what may be said of another organisation, until that is told.
	Pending rule.Facts `json:"pending,omitempty"`
	// Units are organisations that were told of together, until one is chosen.
	Units []rule.Facts `json:"units,omitempty"`
	// Asked is the organisation in the last question of policy.
	Asked rule.Facts `json:"asked,omitempty"`
	// Missed counts the messages in a row that were not understood.
	Missed int `json:"missed,omitempty"`
}

// Answer is one fact as it was given, or taken back where Value is empty.
type Answer struct {
	Fact  string `json:"fact"`
	Value string `json:"value"`
	Turn  int    `json:"turn"`
	Asked bool   `json:"asked,omitempty"` // it answers a question that was put
}

// Facts replays the answers; a later one stands over an earlier.
func (s Session) Facts() rule.Facts {
	f := rule.Facts{}
	for _, a := range s.Answers {
		if a.Value == "" {
			delete(f, a.Fact)
			continue
		}
		f[a.Fact] = a.Value
	}
	return f
}

// asked counts the questions that were answered.
func (s Session) asked() int {
	n := 0
	for _, a := range s.Answers {
		if a.Asked {
			n++
		}
	}
	return n
}

// with adds answers of this turn to a copy of the session.
func (s Session) with(answers ...Answer) Session {
	out := s
	out.Answers = append(append([]Answer(nil), s.Answers...), answers...)
	return out
}

// chosen adds the answer to a question that was put, with what it says besides.
func (s Session) chosen(fact string, o rule.Option) Session {
	given := []Answer{{Fact: fact, Value: o.Value, Turn: s.Turn, Asked: true}}
	for _, also := range slices.Sorted(maps.Keys(o.Also)) {
		given = append(given, Answer{Fact: also, Value: o.Also[also], Turn: s.Turn})
	}
	return s.with(given...)
}

// back takes the last turn back. It gives false where only the description is
// left.
func (s Session) back() (Session, bool) {
	last := 0
	for _, a := range s.Answers {
		last = max(last, a.Turn)
	}
	if last == 0 {
		return s, false
	}
	out := s
	out.Answers = nil
	for _, a := range s.Answers {
		if a.Turn != last {
			out.Answers = append(out.Answers, a)
		}
	}
	return out, true
}

// Reply is what one turn gives back.
type Reply struct {
	Text           string
	Aside          bool                 // a question of policy: answer it, then put Text
	Ended          bool                 // the session is over
	Expired        bool                 // it was too old; the message was not taken
	Question       *rule.Question       // the open question, nil where there is none
	Recommendation *rule.Recommendation // set once it is concluded
}
