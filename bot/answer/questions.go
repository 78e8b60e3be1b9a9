package answer

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/knowledge/text"
)

// between parts the questions of one message.
var betweenQuestions = text.NewPattern(`[?？]+|\n+|[；;]`)

// shortestQuestion is how many characters a question has that stands by itself.
const shortestQuestion = 6

// questionsIn gives the questions of a message that stand by themselves; nil
// where there is but one.
func questionsIn(message string) []string {
	var out []string
	for _, part := range betweenQuestions.Split(message, -1) {
		part = strings.TrimSpace(part)
		if utf8.RuneCountInString(part) >= shortestQuestion && anyQuestion.MatchString(part+"？") && asksSomething.MatchString(part) && !leans(part) {
			out = append(out, part)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// asksSomething finds a question's own word.
var asksSomething = text.NewPattern(`谁|哪|怎|咋|啥|什么|多少|几|吗|能不能|可不可以|可以不|行不|是不是|要不要|有没有|为何|为什么|多久`)

// withOthers adds what answers the other questions of a message, so that none
// is dropped without a word.
func (a *Answerer) withOthers(ctx context.Context, f found, message string) found {
	parts := questionsIn(message)
	if len(parts) == 0 || f.status != Answered && f.status != Unsure && f.status != NotStated {
		return f
	}
	for _, p := range parts {
		g := a.resolve(ctx, []string{p})
		if g.status != Answered || len(g.cited) == 0 || slices.ContainsFunc(f.cited, g.cited[0].same) {
			continue
		}
		if f.status != Answered {
			f.status, f.cited, f.say = Answered, nil, ""
		}
		r := g.cited[0]
		r.label = "问“" + short(p, longGuess) + "”"
		f.cited, f.text, f.lead, f.basis = append(f.cited, r), "", "", nil
		f.related = slices.DeleteFunc(slices.Clone(f.related), r.same)
	}
	return f
}
