package catalogue

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Follow takes in what is new in a watched folder, and remembers what it could
// not take in so that it is looked at again only when the file changes. Files
// stay where they are; one that is taken away stays held. It gives what became
// of the files that were looked at. Where the catalogue is being changed by
// another program it does nothing.
func (c *Catalogue) Follow(folder string, now time.Time) ([]Outcome, error) {
	s, err := c.Read()
	if err != nil {
		return nil, err
	}
	files, err := filesIn(folder)
	if err != nil {
		return nil, err
	}
	var paths []string
	for name, is := range files {
		if was, ok := s.Folder[name]; !ok || was.Size != is.Size || !was.Changed.Equal(is.Changed) {
			paths = append(paths, filepath.Join(folder, name))
		}
	}
	gone := false
	for name := range s.Folder {
		_, there := files[name]
		gone = gone || !there
	}
	if len(paths) == 0 && !gone {
		return nil, nil
	}
	paths, err = Files(paths)
	if err != nil {
		return nil, err
	}
	outcomes, err := c.Add(paths, Given{By: "文件夹"}, now, nil)
	if err == nil {
		err = c.remember(files, outcomes, now)
	}
	if errors.Is(err, ErrBusy) {
		return nil, nil
	}
	return outcomes, err
}

// remember writes down how the files were when they were looked at.
func (c *Catalogue) remember(files map[string]Seen, outcomes []Outcome, now time.Time) error {
	return c.Change("", now, func(s *State) error {
		if s.Folder == nil {
			s.Folder = map[string]Seen{}
		}
		for _, o := range outcomes {
			name := filepath.Base(o.File)
			is := files[name]
			if o.Status == Refused {
				is.Problem = o.Say
			}
			s.Folder[name] = is
		}
		for name := range s.Folder {
			if _, there := files[name]; !there {
				delete(s.Folder, name)
			}
		}
		return nil
	})
}

// filesIn gives the documents that lie in a folder, by name.
func filesIn(folder string) (map[string]Seen, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	out := map[string]Seen{}
	for _, e := range entries {
		if e.IsDir() || !IsDocument(e.Name()) {
			continue
		}
		if info, err := e.Info(); err == nil {
			out[e.Name()] = Seen{Size: info.Size(), Changed: info.ModTime().UTC()}
		}
	}
	return out, nil
}
