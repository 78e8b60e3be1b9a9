package answer

import "zujian/bot/engine"

// Fits says whether a sentence has the kind of thing that a question asks for: a
// number, a time, a reason. A question that asks for nothing in particular fits
// any.
func Fits(question, sentence string) bool { return engine.Gives(question, sentence) }

// Alike groups questions that ask about the same: each joins the first group
// whose first question it is at least so like, from 0 to 1. It gives positions;
// groups and their members are in the order of the questions.
func (a *Answerer) Alike(questions []string, least float64) [][]int {
	var groups [][]int
	for i := range questions {
		at := -1
		for g, members := range groups {
			if a.pool.Likeness(a.clean(questions[i]), a.clean(questions[members[0]])) >= least {
				at = g
				break
			}
		}
		if at < 0 {
			groups = append(groups, nil)
			at = len(groups) - 1
		}
		groups[at] = append(groups[at], i)
	}
	return groups
}
