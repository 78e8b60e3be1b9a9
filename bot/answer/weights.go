package answer

// weights are the weights and thresholds of choosing.
type weights struct {
	inField       float64 // a way of asking this near is about the field
	sureAsk       float64 // and this near is the same question, if no gap is nearly as near
	farGap        float64 // of the answer: a gap this far says nothing
	inWords       float64 // a clause this like the question may answer it
	inText        float64 // a clause that has this much of it is about the same thing
	sureText      float64 // and that has this much answers it, where nothing says otherwise
	otherDocument float64 // and this much outweighs that another document does not state it
	surelyOutside float64 // an everyday message this near is that message
	near          float64 // of the best: also shown
	gapAhead      float64 // a gap has to be this much nearer than an answer
	gapAheadLater float64 // and more where the turn leans on one before it
	outsideAhead  float64 // an everyday message has to be this much nearer
	wordsAnswer   float64 // how much a clause's own likeness adds to what is asked of it
	wordsNear     float64 // and to a gap it is only near
	byVotes       float64 // what the clause most voted for gains
	votePower     float64 // the nearer, the more a vote counts
	voteLater     float64 // of a vote, for each piece that stands before
	later         float64 // what a piece loses for each that its keeper put before it
	headingLast   float64 // a heading says less than the sentence under it
	orderByWords  float64
	profileShare  float64 // what the likeness to all ways of asking of a target adds
	statedLean    float64 // how much the wording of what is asked turns a near tie between answer and gap
	insideLean    float64 // and between the field and everyday messages
}

// tuned was tuned on one half of the judged questions, and on questions written
// for it by others; eval reports both halves.
var tuned = weights{
	inField:       0.15,
	sureAsk:       0.60,
	farGap:        0.80,
	inWords:       0.12,
	inText:        0.25,
	sureText:      0.30,
	otherDocument: 0.55,
	surelyOutside: 0.62,
	near:          0.75,
	gapAhead:      1.10,
	gapAheadLater: 1.30,
	outsideAhead:  1.15,
	wordsAnswer:   0.60,
	wordsNear:     0.20,
	byVotes:       0.10,
	votePower:     2.0,
	voteLater:     0.8,
	later:         0, headingLast: 0.20,
	orderByWords: 0.25,
	profileShare: 0.6,
	statedLean:   0.5,
	insideLean:   0.0,
}

const (
	mostCited   = 3 // sentences, unless one way of asking leads to more
	mostTargets = 3
	leanMiddle  = -0.5 // where wording says neither
)
