package catalogue

import (
	"fmt"
	"slices"
)

// Share has the offices below see a document: those that are named, or all. It
// fails for a document that ships, which every office has, and for one that only
// some groups may see.
func (s *State) Share(id string, with []string) error {
	e := s.Entry(id)
	switch {
	case e == nil:
		return fmt.Errorf("没有编号是“%s”的文件，或者它是随程序带的，各单位本来就有", id)
	case len(e.Groups) > 0:
		return fmt.Errorf("“%s”只给几个群看，不能给下级。请先用 knowledge set %s --everyone 改成给所有人看", id, id)
	}
	e.Shared, e.SharedWith = true, with
	return nil
}

// Unshare has the offices below see a document no longer.
func (s *State) Unshare(id string) error {
	e := s.Entry(id)
	if e == nil || !e.Shared {
		return fmt.Errorf("“%s”没有给下级", id)
	}
	e.Shared, e.SharedWith = false, nil
	return nil
}

// SharedTo gives the documents that the office below of that key sees.
func (s *State) SharedTo(office string) (all []Entry) {
	for _, e := range s.Entries {
		if e.Shared && (len(e.SharedWith) == 0 || slices.Contains(e.SharedWith, office)) {
			all = append(all, e)
		}
	}
	return all
}
