package catalogue

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"zujian/knowledge/text"
)

// Home is where a catalogue is kept for several machines. The folder is then a
// working copy of it, with names as they are within the folder, with slashes.
type Home interface {
	// Change brings the folder up to date and has work make a change, alone. All
	// that it puts is kept whole, and in the folder as well, or nothing is; nil
	// takes a file away.
	Change(work func(put func(name string, data []byte) error) error) error
}

// KeptAt gives the same catalogue as a working copy of what home keeps. What was
// looked at in a watched folder stays on this machine, as that folder does.
func (c *Catalogue) KeptAt(home Home) *Catalogue {
	other := *c
	other.home = home
	return &other
}

// changeAtHome is change for a working copy: it has the change be kept at home
// first, from where the folder gets it.
func (c *Catalogue) changeAtHome(now time.Time, f func(*State) (string, error)) error {
	var s *State
	err := c.home.Change(func(put func(string, []byte) error) (err error) {
		if s, err = c.Read(); err != nil {
			return err
		}
		before, err := s.shared()
		if err != nil {
			return err
		}
		texts := map[string]string{}
		for _, e := range s.Entries {
			texts[e.stem()] = e.Text
		}
		did, err := s.edit(now, f)
		if err != nil {
			return err
		}
		data, err := s.shared()
		if err != nil || bytes.Equal(before, data) && !s.recovered {
			return err
		}
		return c.putChanges(s, did, texts, data, put)
	})
	if err != nil {
		return err
	}
	return c.keepLooked(s.Folder)
}

// shared is the catalogue as others get it.
func (s *State) shared() ([]byte, error) {
	other := *s
	other.Folder = nil
	return other.sealed()
}

// putChanges puts a changed catalogue, data, and those texts that it has not had.
func (c *Catalogue) putChanges(s *State, did string, had map[string]string, data []byte, put func(string, []byte) error) error {
	for _, e := range s.Entries {
		if was, held := had[e.stem()]; held && was == e.Text {
			continue
		}
		if err := c.putFiles(e, put); err != nil {
			return err
		}
	}
	if did != "" {
		if err := c.tidyHome(s, put); err != nil {
			return err
		}
	}
	return c.putState(s, data, put)
}

// putState puts the catalogue twice, as write does.
func (c *Catalogue) putState(s *State, data []byte, put func(string, []byte) error) error {
	return errors.Join(put(c.name(c.past(s.Version)), data), put(c.name(c.path()), data))
}

// putFiles puts the text, the file and the pictures of a document.
func (c *Catalogue) putFiles(e Entry, put func(string, []byte) error) error {
	pictures, _ := filepath.Glob(filepath.Join(filepath.Dir(c.Original(e)), e.stem()+".page*"))
	for _, path := range append(pictures, c.Original(e), c.text(e)) {
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue // it was lost before, and doctor tells
		}
		if err != nil {
			return err
		}
		if err := put(c.name(path), data); err != nil {
			return err
		}
	}
	return nil
}

// tidyHome takes away at home what tidy removes.
func (c *Catalogue) tidyHome(s *State, put func(string, []byte) error) error {
	err := put(c.name(c.past(s.Version-mostPast)), nil)
	if s.Version%20 != 0 {
		return err
	}
	c.tidyComing()
	for _, path := range c.unknown(s) {
		err = errors.Join(err, put(c.name(path), nil))
	}
	return err
}

// name is a file's name within the folder.
func (c *Catalogue) name(path string) string {
	name, err := filepath.Rel(c.dir, path)
	if err != nil {
		return path
	}
	return filepath.ToSlash(name)
}

// PutAll puts all of a catalogue at a home that has none yet, and leaves here what
// stays here.
func (c *Catalogue) PutAll(put func(name string, data []byte) error) error {
	s, err := c.Read()
	if err == nil && s.Folder != nil {
		err = c.keepLooked(s.Folder)
	}
	if err != nil || s.Version == 0 && len(s.Entries) == 0 {
		return err
	}
	all := map[string]Entry{}
	for _, path := range c.kept() {
		if old, err := c.open(path); err == nil { // nothing goes back to one that is damaged
			if err := c.putPast(path, old, all, put); err != nil {
				return err
			}
		}
	}
	for _, e := range s.Entries {
		all[e.stem()] = e
	}
	for _, e := range all {
		if err := c.putFiles(e, put); err != nil {
			return err
		}
	}
	data, err := s.shared()
	if err == nil {
		err = text.WriteWhole(c.path(), data) // as home keeps it: the folder differs in nothing
	}
	if err != nil {
		return err
	}
	return c.putState(s, data, put)
}

// putPast puts an earlier catalogue and notes what it speaks of.
func (c *Catalogue) putPast(path string, old *State, all map[string]Entry, put func(string, []byte) error) error {
	for _, e := range old.Entries {
		all[e.stem()] = e
	}
	data, err := old.shared()
	if err != nil {
		return err
	}
	return put(c.name(path), data)
}

// lookedAt is the file in which a working copy keeps what was looked at in the
// watched folder.
func (c *Catalogue) lookedAt() string { return filepath.Join(c.dir, "folder.json") }

// looked reads it. One that is damaged or gone has the folder be looked at anew.
func (c *Catalogue) looked() (all map[string]Seen) {
	data, err := os.ReadFile(c.lookedAt())
	if err != nil || json.Unmarshal(data, &all) != nil {
		return nil
	}
	return all
}

func (c *Catalogue) keepLooked(all map[string]Seen) error {
	data, err := json.Marshal(all)
	if err != nil {
		return err
	}
	if was, err := os.ReadFile(c.lookedAt()); err == nil && bytes.Equal(was, data) {
		return nil
	}
	return text.WriteWhole(c.lookedAt(), data)
}
