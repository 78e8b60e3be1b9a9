package engine

import (
	"slices"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

var listAsked = text.NewPattern(`哪些|哪几|条件|要求|满足|材料|资料|东西|带啥|带什么|交啥|交什么|几步|步骤|流程|程序|都有|分别|有啥|啥情况|什么情况|哪种|几种|列|怎么申请|咋申请` +
	`|手续|职责|包括|讲|说|内容|是什么|指啥|指什么|都指`)

// wantsList says whether a whole list may answer.
func (q *question) wantsList() bool {
	return listAsked.MatchString(q.last) || q.is("materials") || len(q.place) > 0
}

var (
	notPure    = text.NewPattern(`几|多少|谁|能|怎么|哪|咋`)
	lastOne    = text.NewPattern(`最后一句|末句|最后那句`)
	tableAsked = text.NewPattern(`什么表|啥表|是什么|是啥|个什么`)
	purposeIs  = text.NewPattern(`为|决定|目的|主要任务|任务是`)
)

// placeRule puts what stands at a named place before everything else, and the
// purpose of a document first where the whole document is asked about.
func (c *comparison) placeRule() {
	top := 0.0
	for _, x := range c.candidates {
		top = max(top, x.score)
	}
	if len(c.q.place) == 0 {
		c.wholeRule(top)
		return
	}
	meant := c.placeStandsIn(c.meant)
	for i := range c.candidates {
		x := &c.candidates[i]
		if meant && x.view.doc != c.meant || !c.q.place.names(x.view) {
			continue
		}
		x.score += 100
		if c.q.place["attachment"] > 0 && x.view.entry.Kind == knowledge.EntryAttached && tableAsked.MatchString(c.q.last) {
			x.score += 8
		}
		if lastOne.MatchString(c.q.text) {
			x.score += 10 + float64(x.view.entry.Number)*0.01
		}
	}
}

// placeStandsIn says whether a document has the place that is named. Where the
// one that is likeliest meant has none, any that has it may be.
func (c *comparison) placeStandsIn(d *docView) bool {
	return slices.ContainsFunc(c.candidates, func(x candidate) bool {
		return x.view.doc == d && c.q.place.names(x.view)
	})
}

func (c *comparison) wholeRule(top float64) {
	if !c.q.is("whole") || c.q.is("money", "percent", "days", "freq", "materials", "where", "phone", "penalty",
		"permit", "oblige", "reason", "compare", "effective", "interpret") {
		return
	}
	best := -1
	for i := range c.candidates {
		v := c.candidates[i].view
		if v.doc != c.meant || v.entry.Number >= 9 || !purposeIs.MatchString(firstOf(v.entry.Text, 60)) {
			continue
		}
		if k := v.entry.Kind; k != knowledge.EntryPurpose && k != knowledge.EntrySentence && k != knowledge.EntryItem {
			continue
		}
		if best < 0 || v.entry.Number < c.candidates[best].view.entry.Number {
			best = i
		}
	}
	if best >= 0 {
		c.candidates[best].score = top + 1
	}
}
