package dialog

import "zujian/knowledge/rule"

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
