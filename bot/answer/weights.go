package answer

// weights are the weights and thresholds of choosing.
type weights struct {
	inField       float64 // a way of asking this near is about the field
	inText        float64 // a clause that has this much of it is about the same thing
	otherDocument float64 // and this much outweighs that another document does not state it
	otherHasIt    float64 // or this much, where it has what is asked for
	surelyOutside float64 // an everyday message this near is that message
	standsFrom    float64 // how surely a question has to be answered (stands)
	standsSurely  float64 // and to be answered though what is asked for is not seen
	standsLater   float64 // what a turn that leans on one before it gains
	byWordsFrom   float64 // how surely a question has to be answered by a clause's own words
	wordedAsWell  float64 // clauses whose words stand no further than this below the best are cited too
	outsideAhead  float64 // an everyday message has to be this much nearer
	aboutAsGood   float64 // clauses that stand no further than this below the best are cited too
}

// tuned was tuned on one half of the judged questions, and on questions written
// for it by others; eval reports both halves.
var tuned = weights{
	inField:       0.15,
	inText:        0.25,
	otherDocument: 0.55,
	otherHasIt:    0.40,
	surelyOutside: 0.62,
	standsFrom:    -0.6, standsSurely: 0.8, standsLater: 0.6,
	byWordsFrom: 0.4, wordedAsWell: 1.0,
	outsideAhead: 1.3,
	aboutAsGood:  1.6,
}

const (
	mostCited = 3 // sentences, unless one way of asking leads to more
)
