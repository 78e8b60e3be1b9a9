package knowledge

// On gives the library as it stood on a day (2024-05-30): a document that did
// not hold yet is left out, one that was repealed or replaced only later is in
// force. A document without a day counts as held from the beginning.
func (l *Library) On(day string) *Library {
	out := &Library{Outside: l.Outside}
	for _, d := range l.Documents {
		if d.Begins() > day {
			continue
		}
		if d.Validity != InForce && d.Ended > day {
			c := *d
			c.Validity = InForce
			d = &c
		}
		out.Documents = append(out.Documents, d)
	}
	return out
}

// Begins is the day from which the document holds; empty where it says none.
func (d *Document) Begins() string {
	if d.Effective != "" {
		return d.Effective
	}
	return d.Issued
}

// For gives the documents that a group may see; the empty name stands for
// whoever is in no group.
func (l *Library) For(group string) *Library {
	out := &Library{Outside: l.Outside}
	for _, d := range l.Documents {
		if d.Visible(group) {
			out.Documents = append(out.Documents, d)
		}
	}
	return out
}

// Visible says whether a group may see the document.
func (d *Document) Visible(group string) bool {
	if len(d.Groups) == 0 {
		return true
	}
	for _, g := range d.Groups {
		if g == group {
			return true
		}
	}
	return false
}
