package catalogue

import (
	"fmt"
	"strings"
	"time"

	"zujian/knowledge"
)

const dayForm = "2006-01-02"

// end ends a document, shipped or own. It fails for an id that is neither's.
func (s *State) end(id string, how Ending) error {
	if e := s.Entry(id); e != nil {
		e.Validity, e.Ended, e.ReplacedBy = how.Validity, how.Ended, how.ReplacedBy
		return nil
	}
	if !s.ships[id] {
		return fmt.Errorf("没有编号是“%s”的文件", id)
	}
	if s.Shipped == nil {
		s.Shipped = map[string]Ending{}
	}
	s.Shipped[id] = how
	return nil
}

// Replace has one document replace another, from the day the new one holds.
func (s *State) Replace(id, old string, now time.Time) error {
	e := s.Entry(id)
	switch {
	case id == old:
		return fmt.Errorf("一份文件不能替代它自己")
	case e == nil:
		return fmt.Errorf("没有编号是“%s”的文件，或者它是随程序带的，不能用来替代别的", id)
	}
	for at := id; at != ""; { // what replaces it must not be replaced by it
		next := ""
		if x := s.Entry(at); x != nil {
			next = x.ReplacedBy
		}
		if next == old {
			return fmt.Errorf("%s 已经被 %s 替代，不能再倒过来", id, old)
		}
		at = next
	}
	day := e.Effective
	if day == "" {
		day = e.Issued
	}
	if day == "" {
		day = now.Format(dayForm)
	}
	return s.end(old, Ending{knowledge.Superseded, day, id})
}

// Retire marks a document as no longer holding, from a day.
func (s *State) Retire(id, day string) error {
	if e := s.Entry(id); e != nil && e.Validity == knowledge.Repealed && e.Ended == day {
		return fmt.Errorf("“%s”已经标为废止了", id) // and nothing is there to undo
	}
	return s.end(id, Ending{knowledge.Repealed, day, ""})
}

// Restore has a document hold again.
func (s *State) Restore(id string) error {
	e := s.Entry(id)
	if e == nil {
		delete(s.Shipped, id)
		return nil
	}
	e.Gone = false
	return s.end(id, Ending{Validity: knowledge.InForce})
}

// Set changes what is written of a document; empty values stay as they are.
func (s *State) Set(id string, g Given) error {
	e := s.Entry(id)
	if e == nil {
		return fmt.Errorf("没有编号是“%s”的文件，或者它是随程序带的，不能改", id)
	}
	for _, x := range []struct {
		to    *string
		given string
	}{
		{&e.Title, g.Title}, {&e.Short, g.Short}, {&e.Issuer, g.Issuer}, {&e.Number, g.Number}, {&e.Issued, g.Issued},
		{&e.Effective, g.Effective}, {&e.Until, g.Until}, {&e.Scope, g.Scope}, {&e.Source, g.Source},
	} {
		if x.given != "" {
			*x.to = strings.TrimSpace(x.given)
		}
	}
	if len(g.Groups) > 0 {
		e.Groups = g.Groups
	}
	if len(g.Groups) == 1 && g.Groups[0] == "" {
		e.Groups = nil
	}
	return nil
}
