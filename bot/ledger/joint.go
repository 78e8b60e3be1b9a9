package ledger

import (
	"slices"

	"zujian/knowledge/rule"
)

// jointForm is the form that small units can take together.
const jointForm = "联合组建"

// jointRule is the rule whose sentence says how many units one may cover; its
// number is the rule's own.
const (
	jointRule = "form-joint"
	jointMost = 5 // “覆盖单位一般不超过5个”, held against the sentence by a test
)

// Group is a proposal: units of one park or one street that could form
// jointly. It is a suggestion for people to look at and never more.
type Group struct {
	Place string
	Rows  []*Row
}

// neighbourhood is a park or street with its groups, and what could not be grouped.
type neighbourhood struct {
	place   string
	units   []*Row
	pending int
}

// groups proposes who could form jointly: units of one park, or outside a park
// of one street, for which the recommendation puts 联合组建 first and which have
// no women's federation yet. They keep the ledger's order; no group covers more
// than five, and groups of one place are as even as can be. One left alone is
// no group.
func groups(rows []Row) []Group {
	var out []Group
	for _, a := range neighbourhoods(rows) {
		n := (len(a.units) + jointMost - 1) / jointMost
		for i, from := 0, 0; i < n; i++ {
			size := (len(a.units) - from) / (n - i)
			if size > 1 {
				out = append(out, Group{a.place, a.units[from : from+size]})
			}
			from += size
		}
	}
	return out
}

// neighbourhoods parts the units by place, places in the order of the ledger.
func neighbourhoods(rows []Row) []neighbourhood {
	var out []neighbourhood
	for i := range rows {
		r := &rows[i]
		place := r.area()
		if place == "" || r.Built == yes || !canJoin(r) {
			continue
		}
		at := slices.IndexFunc(out, func(a neighbourhood) bool { return a.place == place })
		if at < 0 {
			at = len(out)
			out = append(out, neighbourhood{place: place})
		}
		if r.Recommendation.Form[0] == jointForm {
			out[at].units = append(out[at].units, r)
		} else {
			out[at].pending++
		}
	}
	return out
}

// canJoin says whether forming jointly is open to a single unit.
func canJoin(r *Row) bool {
	rec := &r.Recommendation
	if n := r.Facts["units"]; n != "" && n != "1" {
		return false // several units already
	}
	return rec.Status == rule.Recommended && slices.Contains(rec.Form, jointForm) && rec.Form[0] != "区域妇联"
}

// area names the park or, outside parks, the street an organisation is in; ""
// where that is not known. Nothing is ever grouped across two of them.
func (r *Row) area() string {
	switch r.Facts["in_park"] {
	case yes:
		return r.Park
	case no:
		return r.Township
	}
	return ""
}

// pendingJoint counts, by place, units for which it must first be settled
// whether they can form singly.
func pendingJoint(rows []Row) (places []string, n map[string]int) {
	n = map[string]int{}
	for _, a := range neighbourhoods(rows) {
		if a.pending > 0 {
			places = append(places, a.place)
			n[a.place] = a.pending
		}
	}
	return places, n
}
