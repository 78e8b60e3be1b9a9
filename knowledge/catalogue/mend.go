package catalogue

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"time"

	"zujian/knowledge/text"
)

// errDamaged means that a file is not what was written into it.
var errDamaged = errors.New("the file is damaged")

// A catalogue begins with the SHA-256 of what follows: {"sum":"…", and then what
// would stand behind the brace without it. One of an older program has none.
const (
	sumHead = `{"sum":"`
	sumTail = `",`
	sumEnd  = len(sumHead) + 64 + len(sumTail)
)

func seal(data []byte) []byte {
	return append([]byte(sumHead+hashOf(data[1:])+sumTail), data[1:]...)
}

// unseal gives the catalogue without its sum. It fails with errDamaged where the
// sum is another's.
func unseal(data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte(sumHead)) && json.Valid(data) {
		return data, nil
	}
	if len(data) < sumEnd || hashOf(data[sumEnd:]) != string(data[len(sumHead):sumEnd-len(sumTail)]) {
		return nil, errDamaged
	}
	return append([]byte("{"), data[sumEnd:]...), nil
}

// open reads one file of a catalogue.
func (c *Catalogue) open(path string) (*State, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if data, err = unseal(data); err != nil {
		return nil, err
	}
	s := c.empty()
	if json.Unmarshal(data, s) != nil {
		return nil, errDamaged
	}
	return s, nil
}

// Mended is what was put right, and what cannot be without the file itself.
type Mended struct {
	Catalogue bool     // it was damaged or gone, and is the last one that was kept
	Rebuilt   []string // ids of documents whose text was read anew from their file
	Lost      []string // ids of those whose file is damaged or gone as well
}

// Recovered says that the catalogue was damaged or gone, and that this is the last
// one that was kept.
func (s *State) Recovered() bool { return s.recovered }

// Unbacked gives the ids of documents whose file is damaged or gone, so that a
// text could not be read anew from it.
func (c *Catalogue) Unbacked(s *State) []string {
	var ids []string
	for _, e := range s.Entries {
		if file, err := os.ReadFile(c.Original(e)); err != nil || hashOf(file) != e.Hash {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// errNothing ends a change that has nothing to write.
var errNothing = errors.New("nothing was mended")

// Mend writes the catalogue anew where Read had to go back, and reads those texts
// anew from the files they came from that are not what was taken in. Where all is
// well it changes nothing.
func (c *Catalogue) Mend(now time.Time) (Mended, error) {
	s, err := c.Read()
	if err != nil {
		return Mended{}, err
	}
	_, damaged := c.Documents(s)
	if !s.recovered && len(damaged) == 0 {
		return Mended{}, nil
	}
	defer c.reader.Rest()
	var m Mended
	err = c.Change("", now, func(s *State) error {
		m = Mended{Catalogue: s.recovered}
		for _, id := range damaged {
			if e := s.Entry(id); e == nil {
				continue
			} else if c.rebuild(e) != nil {
				m.Lost = append(m.Lost, id)
			} else {
				m.Rebuilt = append(m.Rebuilt, id)
			}
		}
		if !s.recovered && len(m.Rebuilt) == 0 {
			return errNothing
		}
		return nil
	})
	if errors.Is(err, errNothing) {
		err = nil
	}
	return m, err
}

// bringBack puts a document's file in its place again where that is damaged or
// gone; Mend does the rest. e is nil for a document that ships.
func (c *Catalogue) bringBack(e *Entry, file []byte) error {
	if e == nil {
		return nil
	}
	if is, err := os.ReadFile(c.Original(*e)); err == nil && bytes.Equal(is, file) {
		return nil
	}
	return text.WriteWhole(c.Original(*e), file)
}

// rebuild reads a document's text anew from its file.
func (c *Catalogue) rebuild(e *Entry) error {
	file, err := os.ReadFile(c.Original(*e))
	if err != nil {
		return err
	}
	if hashOf(file) != e.Hash {
		return errDamaged
	}
	r, err := c.reader.Read(e.File, file, nil)
	if err != nil {
		return err
	}
	data, err := json.Marshal(r.Document)
	if err != nil {
		return err
	}
	e.Text, e.Body, e.Clauses = hashOf(data), bodyOf(r.Document), len(r.Document.Clauses)
	return text.WriteWhole(c.text(*e), data)
}
