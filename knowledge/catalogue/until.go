package catalogue

import (
	"fmt"
	"regexp"
	"time"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

// soon is how long before its last day a document is spoken of.
const soon = 30 * 24 * time.Hour

// Expire has the documents whose last day is over hold no more, as if they had
// been retired on the day after it. Nothing of it is written down, so that a
// last day may be moved.
func (s *State) Expire(today string) {
	for i := range s.Entries {
		e := &s.Entries[i]
		last, err := time.Parse(dayForm, e.Until)
		if err == nil && e.Validity == knowledge.InForce && today > e.Until {
			e.Validity, e.Ended = knowledge.Repealed, last.AddDate(0, 0, 1).Format(dayForm)
		}
	}
}

// Expiring gives the documents in force whose last day comes soon.
func (s *State) Expiring(today string) []Entry {
	now, err := time.Parse(dayForm, today)
	if err != nil {
		return nil
	}
	var out []Entry
	for _, e := range s.Entries {
		last, err := time.Parse(dayForm, e.Until)
		if err == nil && e.Validity == knowledge.InForce && today <= e.Until && last.Sub(now) <= soon {
			out = append(out, e)
		}
	}
	return out
}

var untilDay = regexp.MustCompile(`有效期?限?(?:截止|截至|至|到)((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日`)

// lastDay is the last day that the text itself gives; "" where it gives none.
func lastDay(d *knowledge.Document) string {
	for _, c := range d.Clauses {
		if m := untilDay.FindStringSubmatch(c.Text); m != nil {
			return fmt.Sprintf("%s-%02d-%02d", m[1], text.Whole(m[2]), text.Whole(m[3]))
		}
	}
	return ""
}
