// Package teach is how an office teaches the program: ways of asking for a
// sentence, short answers that sentences carry, what a document does not state,
// words that mean the same, answers of the office's own. Whoever proposes them (an
// operator on the page, a file written by hand, a language model), they are checked
// against the documents and tried before the office keeps them.
package teach

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zujian/bot/answer"
	"zujian/bot/chat"
	"zujian/knowledge"
)

// Proposal is what is to be kept, and questions that it is meant to have answered.
type Proposal struct {
	Taught    []knowledge.Added
	Questions []string
}

// Result is what keeping a proposal does.
type Result struct {
	Led    int       `json:"led"`    // of its ways of asking: how many lead where they should
	Asked  int       `json:"asked"`  // of how many
	Lost   []string  `json:"lost"`   // those that do not
	Kept   int       `json:"kept"`   // of the known ways of asking that were tried: how many lead where they led
	Tried  int       `json:"tried"`  // of how many
	All    int       `json:"all"`    // how many there are
	Moved  []string  `json:"moved"`  // those that lead elsewhere
	Gained []Outcome `json:"gained"` // what the proposal's questions give now
	Whys   []string  `json:"whys"`   // of each that is lost, what it does instead
	Also   []string  `json:"also"`   // known ones that had no answer and get the office's own
	Stated []string  `json:"stated"` // of what is to be missing: what its document says to it surely
}

// Outcome is what a question gives before and after.
type Outcome struct {
	Question string        `json:"question"`
	Before   answer.Status `json:"before"`
	After    answer.Status `json:"after"`
	Text     string        `json:"text"` // after
}

// Good says that all of it does what it is for, and nothing else changes.
func (r Result) Good() bool { return len(r.Lost)+len(r.Moved) == 0 }

// Check says, in Chinese, what cannot be kept: what is not written whole, what holds
// a number of a person, what its document does not have or does not carry. It puts
// what can beside the documents of the library, which should be a copy.
func Check(l *knowledge.Library, taught []knowledge.Added) error {
	for i, x := range taught {
		err := harmless(x)
		if err == nil {
			err = x.Check()
		}
		if err == nil {
			err = l.Fit(x)
		}
		if err == nil && x.Kind == knowledge.AddedSynonym && !known(l, x.Word) {
			err = fmt.Errorf("哪份文件里都没有“%s”这个词，请写文件里用的词", x.Word)
		}
		switch {
		case err == nil:
		case len(taught) == 1:
			return err
		default:
			return fmt.Errorf("第%d条（%s）：%w", i+1, x.Kind, err)
		}
	}
	return nil
}

// known says whether a word is in a document, or what it is called.
func known(l *knowledge.Library, word string) bool {
	return slices.ContainsFunc(l.Documents, func(d *knowledge.Document) bool {
		return strings.Contains(d.Title, word) ||
			slices.ContainsFunc(d.Sections, func(s knowledge.Section) bool { return strings.Contains(s.Heading, word) }) ||
			slices.ContainsFunc(d.Clauses, func(c knowledge.Clause) bool { return strings.Contains(c.Text, word) })
	})
}

// harmless refuses what holds a telephone or the number of a paper.
func harmless(x knowledge.Added) error {
	for _, s := range append(x.Ways(), x.Answer, x.Topic, x.Source) {
		if masked := chat.Mask(s); masked != s {
			return fmt.Errorf("“%s”里有号码，请去掉；公布的电话请写进文件里加进来", masked)
		}
	}
	return nil
}

// Try asks what a proposal is about, and known ways of asking, before it and after
// it. Neither answerer should have a model. It fails only where ctx ends.
func Try(ctx context.Context, p Proposal, before, after *answer.Answerer) (Result, error) {
	r := Result{Lost: []string{}, Moved: []string{}, Gained: []Outcome{}, Whys: []string{}, Also: []string{},
		Stated: []string{}}
	var about, words []string
	for _, x := range p.Taught {
		r.tryNew(ctx, x, after)
		r.tryGap(ctx, x, before)
		about = append(about, x.Ways()...)
		if x.Kind == knowledge.AddedSynonym {
			about, words = append(about, x.Same+" "+x.Word), append(words, x.Same, x.Word)
		}
	}
	moved, tried, all, err := after.Changed(ctx, before, about, words)
	r.Tried, r.All, r.Kept = tried, all, tried-len(moved)
	own := slices.ContainsFunc(p.Taught, func(x knowledge.Added) bool { return x.Kind == knowledge.AddedReply })
	for _, m := range moved {
		if own && fills(m) {
			r.Also = append(r.Also, m.Way)
		} else {
			r.Moved = append(r.Moved, m.Way)
		}
	}
	for _, q := range p.Questions {
		was, is := before.Answer(ctx, []string{q}), after.Answer(ctx, []string{q})
		r.Gained = append(r.Gained, Outcome{q, was.Status, is.Status, is.Text})
	}
	return r, err
}

// fills says whether a question that had no answer gets one of the office's own, or
// is unsure of it.
func fills(m answer.Move) bool {
	had := m.From != string(answer.NotStated) && m.From != string(answer.Unsure)
	return !had && (m.To == string(answer.Unsure) || strings.HasPrefix(m.To, knowledge.Replies+"#"))
}

func (r *Result) tryNew(ctx context.Context, x knowledge.Added, after *answer.Answerer) {
	for _, q := range x.Ways() {
		if x.Kind == knowledge.AddedSynonym {
			return
		}
		r.Asked++
		why := misses(x, after.Answer(ctx, []string{q}))
		if why == "" {
			r.Led++
			continue
		}
		r.Lost, r.Whys = append(r.Lost, q), append(r.Whys, why)
	}
}

// tryGap notes where a document that is to lack something answers it surely.
func (r *Result) tryGap(ctx context.Context, x knowledge.Added, before *answer.Answerer) {
	if x.Kind != knowledge.AddedGap {
		return
	}
	for _, q := range x.Ways() {
		was := before.Answer(ctx, []string{q})
		if was.Status != answer.Answered || len(was.Clauses) == 0 || !strings.HasPrefix(was.Clauses[0], x.Document+"#") {
			continue
		}
		c := was.Citations[0]
		said := fmt.Sprintf("问“%s”，这份文件现在答的是：“%s”（%s）。真没有写再收。", q, c.Quote, c.Locator)
		if !slices.Contains(r.Stated, said) {
			r.Stated = append(r.Stated, said)
		}
	}
}

// misses says what a question does instead of what it was taught for; "" where it
// does that.
func misses(x knowledge.Added, now answer.Answer) string {
	switch {
	case x.Kind == knowledge.AddedGap && now.Status == answer.NotStated:
		return ""
	case x.Kind == knowledge.AddedGap:
		return "还是会照文件里的句子答"
	case now.Status != answer.Answered || len(now.Citations) == 0:
		return "还是答不上"
	case x.Kind == knowledge.AddedWritten && now.Lead != x.Answer:
		return "先说的是另一句：“" + now.Lead + "”"
	}
	first := now.Citations[0].Quote
	words := x.Rests()
	if x.Kind == knowledge.AddedReply {
		words = []string{x.Answer}
	}
	if !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(first, w) }) {
		return "先引的是另一句：“" + first + "”"
	}
	return ""
}

// statuses are what became of a question, as an operator reads it.
var statuses = map[answer.Status]string{
	answer.Answered:   "答得出",
	answer.NotStated:  "文件没有写到",
	answer.Unsure:     "没有把握",
	answer.OutOfScope: "不在范围",
	answer.Dialog:     "进组建对话",
	answer.Private:    "涉及个人",
	answer.Secret:     "涉密",
	answer.Urgent:     "紧急",
	answer.Error:      "没答成",
}

// Status says in Chinese what became of a question.
func Status(s answer.Status) string { return statuses[s] }

// String says what keeping a proposal does, a line each.
func (r Result) String() string {
	var b strings.Builder
	if r.Asked > 0 {
		fmt.Fprintf(&b, "新问法 %d 种，领得到的 %d 种。\n", r.Asked, r.Led)
	}
	for i, q := range r.Lost {
		fmt.Fprintf(&b, "还领不到：%s，%s。\n", q, r.Whys[i])
	}
	for _, s := range r.Stated {
		b.WriteString(s + "\n")
	}
	for _, g := range r.Gained {
		text, _, _ := strings.Cut(g.Text, "\n")
		fmt.Fprintf(&b, "问：%s\n收以前：%s，收以后：%s。%s\n", g.Question, Status(g.Before), Status(g.After), text)
	}
	fmt.Fprintf(&b, "原来的问法有 %d 种，试了 %d 种，领的地方没变的 %d 种。\n", r.All, r.Tried, r.Kept)
	for _, q := range r.Moved {
		fmt.Fprintf(&b, "会领到别处：%s\n", q)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Short says of one addition what keeping it does, and where it is not good why.
func (r Result) Short() string {
	stated := ""
	if len(r.Stated) > 0 {
		stated = r.Stated[0]
	}
	return stated + r.short()
}

func (r Result) short() string {
	switch {
	case len(r.Lost) > 0:
		return "试了，“" + r.Lost[0] + "”" + r.Whys[0] + "。请换一种说法，或者看看要问的是不是另一件事。"
	case len(r.Moved) > 0:
		shown := r.Moved[:min(len(r.Moved), 3)]
		return fmt.Sprintf("另外 %d 种问法都试过，有 %d 种答的跟原来不一样了，比如“%s”。", r.Tried, len(r.Moved), strings.Join(shown, "”“"))
	}
	if len(r.Also) > 0 {
		return fmt.Sprintf("另外 %d 种问法都试过，有 %d 种原来没有答案，也这样答了，比如“%s”，别的跟原来一样。", r.Tried, len(r.Also), r.Also[0])
	}
	return fmt.Sprintf("另外 %d 种问法都试过，答的跟原来一样。", r.Tried)
}
