// Package rule works out who should lead the forming of a women's federation
// organisation in one given organisation. Everything it says comes from a book
// of rules that quote their sentence; it holds no rule of its own, reads no
// file, and every function gives the same for the same input.
package rule

import (
	"cmp"
	"time"

	"zujian/knowledge"
)

// Unknown is the value of a fact the cadre does not know. It is not asked
// again. A fact that is absent was not asked yet.
const Unknown = "unknown"

// The layers a book must have. They are independent of each other.
const (
	scopeLayer = "scope"
	ownerLayer = "owner"
	pushLayer  = "push"
	guideLayer = "guide"
	formLayer  = "form"
	headLayer  = "head"
)

// Results the program words in a way of its own; the book may have any others.
const (
	ownParty     = "本单位党组织"
	industryBody = "行业综合党委"
)

// The facts the program itself looks at; the book may have any others.
const (
	kindFact  = "kind"
	womenFact = "women"
	countFact = "women_count"
	unitsFact = "units"
)

// Facts holds what is known of one organisation: the fact's id, and a value of
// its domain, a whole number in digits, or Unknown.
type Facts map[string]string

// Book is a checked set of facts, rules and ties, ready to decide with. It is
// read-only and may be used from many goroutines.
type Book struct {
	Layers    []Layer
	Facts     []Fact
	Rules     []Rule
	Ties      []Tie
	Reading   Reads
	Headcount *Headcount // nil where no office set one
	Names     map[string]string
	Words     map[string][]string // what a description is read by
	Contact   string              // the federation's telephone as the office wrote it, or ""
	Fault     string              // why nothing may be recommended by it; it is for reading questions only

	facts   map[string]int
	layers  map[string]int
	results map[string]string
	lexicon *lexicon
	classes map[int][]int32 // fact → one value for each way of behaving
	namesAt map[string]mark // result → where an office named its body
	wordsAt map[string]mark // list of words → where it first stands
}

// Layer is one independent question of who leads.
type Layer struct {
	ID          string `yaml:"id"`
	Name        string `yaml:"name"`
	Weight      int    `yaml:"weight"`       // how much a question about it is worth
	Exclusive   bool   `yaml:"exclusive"`    // two results need a tie that says so
	Optional    bool   `yaml:"optional"`     // may be empty
	OnlyCertain bool   `yaml:"only_certain"` // a result under an open condition is not listed
}

// Fact is one thing to know about an organisation.
type Fact struct {
	ID       string   `yaml:"id"`
	Name     string   `yaml:"name"`
	Question string   `yaml:"question"`
	Why      string   `yaml:"why"`
	Number   bool     `yaml:"number"` // a whole number instead of values
	Fixed    bool     `yaml:"fixed"`  // cannot come out otherwise later, so no what-if
	Ask      *bool    `yaml:"ask"`    // false: taken when said, never asked
	Options  []Option `yaml:"options"`
	Values   []Value  `yaml:"values"`
	Presume  *Presume `yaml:"presume"`

	// Senseless says of which organisations the fact is neither asked nor told
	// as missing: it makes no sense to ask a fruit stall for it.
	Senseless *Condition `yaml:"senseless"`

	// AskWhen holds a question back until it can decide: nil asks at any time.
	AskWhen *Condition `yaml:"ask_when"`

	senseless, askWhen node
	at                 mark
}

// Option is one numbered answer to a fact's question.
type Option struct {
	Say   string            `yaml:"say"`
	Value string            `yaml:"value"`
	Also  map[string]string `yaml:"also"` // facts that the same answer gives
}

// Value is one value of a fact, with the words cadres use for it.
type Value struct {
	Value    string            `yaml:"value"`
	Name     string            `yaml:"name"`
	Option   string            `yaml:"option"`
	Groups   []string          `yaml:"groups"`
	Say      []string          `yaml:"say"`
	Also     map[string]string `yaml:"also"`     // facts that come with it
	Note     string            `yaml:"note"`     // what a reader must be told
	Industry string            `yaml:"industry"` // whose 行业综合党委
	Place    bool              `yaml:"place"`    // also a place other organisations stand in
	Weight   int               `yaml:"weight"`   // which kind a description is about, where it names several; 0 means 40
}

// Presume is what stands in for a fact nobody spoke of.
type Presume struct {
	Value  string     `yaml:"value"`
	Unless *Condition `yaml:"unless"`

	value  int32
	unless node
}

// Rule gives a result of one layer under a condition, and the sentence of a
// document that says so.
type Rule struct {
	ID        string    `yaml:"id"`
	Layer     string    `yaml:"layer"`
	When      Condition `yaml:"when"`
	Certain   bool      `yaml:"certain"` // counts only when its condition is wholly known
	Result    string    `yaml:"result"`  // empty: the documents are silent, and that is said
	Given     string    `yaml:"given"`   // the condition in words
	Modality  string    `yaml:"modality"`
	Document  string    `yaml:"document"`
	Sentence  string    `yaml:"sentence"`
	From      string    `yaml:"from"` // first day it holds, or ""
	To        string    `yaml:"to"`   // last day it holds, or ""
	Inference string    `yaml:"inference"`
	With      string    `yaml:"with"` // with whom, where one organisation alone is not enough

	at    mark
	layer int
	when  node
	source
}

// Tie is a place the documents leave open: what is said where two answers
// stand side by side.
type Tie struct {
	ID    string    `yaml:"id"`
	Layer string    `yaml:"layer"`
	When  Condition `yaml:"when"`
	Both  *bool     `yaml:"both"` // false: two results that do not compete
	Say   string    `yaml:"say"`

	at    mark
	layer int
	when  node
}

// Reads is how a number of women in a description is taken. It is the
// program's reading, never a document's number.
type Reads struct {
	ManyFrom int    `yaml:"many_from"`
	FewTo    int    `yaml:"few_to"`
	Note     string `yaml:"note"`
}

// Headcount is a number of women an office set for forming singly, with the
// document that sets it.
type Headcount struct {
	Women    int    `yaml:"women"`
	Document string `yaml:"document"`
	Sentence string `yaml:"sentence"`

	at mark
	source
}

// source is a sentence found in its document.
type source struct {
	citation knowledge.Citation
	short    string // how an answer names the document
	note     string // what an answer from it must add
}

// quoted is the sentence with where it stands.
func (s source) quoted() string {
	return "“" + s.citation.Quote + "”（" + s.short + s.citation.Locator + "）"
}

// On gives the book as it stands on a day: without the rules that do not hold
// yet or no longer.
func (b *Book) On(day time.Time) *Book {
	d := day.Format(time.DateOnly)
	out := *b
	out.classes = nil
	out.Rules = nil
	for _, r := range b.Rules {
		if (r.From == "" || r.From <= d) && (r.To == "" || d <= r.To) {
			out.Rules = append(out.Rules, r)
		}
	}
	return &out
}

// Fact gives the fact with that id, and false where the book has none.
func (b *Book) Fact(id string) (Fact, bool) {
	i, ok := b.facts[id]
	if !ok {
		return Fact{}, false
	}
	return b.Facts[i], true
}

// Say gives a result the way a person reads it.
func (b *Book) Say(result string) string {
	say := cmp.Or(b.results[result], result)
	if n := b.Names[result]; n != "" {
		say += "（" + n + "）"
	}
	return say
}

// ValueName gives a value of a fact the way a person reads it.
func (b *Book) ValueName(fact, value string) string {
	f, ok := b.Fact(fact)
	if !ok || value == Unknown {
		return f.Name + "不清楚"
	}
	if f.Number {
		return f.Name + value
	}
	if i := f.index(value); i >= 0 && f.Values[i].Name != "" {
		return f.Values[i].Name
	}
	return value
}

func (f *Fact) index(value string) int {
	for i := range f.Values {
		if f.Values[i].Value == value {
			return i
		}
	}
	return -1
}

func (f *Fact) asked() bool { return f.Ask == nil || *f.Ask }
