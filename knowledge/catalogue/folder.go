package catalogue

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"zujian/knowledge"
)

// byFolder is who added what lay in the folder.
const byFolder = "文件夹"

// A file is read when it has rested: it was the same at two looks that far
// apart, or nobody has written to it for long. One that is gone is missed first.
const (
	rest     = 5 * time.Second
	longRest = time.Minute
)

// look is what a look at the folder found: files to read, files that were taken
// away, and what is to be remembered of the rest.
type look struct {
	files map[string]Seen
	due   []string // names
	gone  []string
	notes map[string]Seen
	fresh []string // of the notes: seen for the first time
}

// Follow makes the catalogue what a watched folder is: a new file is taken in,
// a changed one becomes a new version that replaces the one before, one that is
// taken away is retired, a renamed one stays. A file that is still being written
// waits. It gives what became of the files; those that were not taken in are
// looked at again only when they change. Where another program is changing the
// catalogue it does nothing.
func (c *Catalogue) Follow(folder string, now time.Time) ([]Outcome, error) {
	s, err := c.Read()
	if err != nil {
		return nil, err
	}
	files, err := filesIn(folder)
	if err != nil || files == nil {
		return nil, err
	}
	l := s.look(files, now)
	if len(l.due)+len(l.gone)+len(l.notes) == 0 {
		return nil, nil
	}
	outcomes, err := c.mirror(folder, l, now)
	if errors.Is(err, ErrBusy) {
		return nil, nil
	}
	for _, name := range l.fresh {
		outcomes = append(outcomes, Outcome{File: filepath.Join(folder, name), Status: Waiting, Say: name + "刚放进来，放稳了再收"})
	}
	return outcomes, err
}

// look compares the folder with how it was.
func (s *State) look(files map[string]Seen, now time.Time) look {
	l := look{files: files, notes: map[string]Seen{}}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		is, was := files[name], s.Folder[name]
		same := was.Size == is.Size && was.Changed.Equal(is.Changed)
		switch _, known := s.Folder[name]; {
		case known && same && was.Since.IsZero() && was.Missing.IsZero():
		case now.Sub(is.Changed) >= longRest, known && same && !was.Since.IsZero() && now.Sub(was.Since) >= rest:
			l.due = append(l.due, name)
		case !known || !same || was.Since.IsZero():
			is.ID, is.Since = was.ID, now.UTC()
			l.notes[name], l.fresh = is, append(l.fresh, name)
		}
	}
	if s.Away(files) {
		return l
	}
	for _, name := range slices.Sorted(maps.Keys(s.Folder)) {
		was := s.Folder[name]
		switch _, there := files[name]; {
		case there:
		case s.documentOf(name) == "": // nothing was made of it
			l.gone = append(l.gone, name)
		case was.Missing.IsZero():
			was.Missing = now.UTC()
			l.notes[name] = was
		case now.Sub(was.Missing) >= rest:
			l.gone = append(l.gone, name)
		}
	}
	return l
}

// manyFiles are so many that nobody takes all of them away at once.
const manyFiles = 3

// Away says whether all of a folder's files are gone together: a disk that is
// not there, more likely than an office without documents. Nothing is retired
// for that.
func (s *State) Away(files map[string]Seen) bool {
	for name := range s.Folder {
		if _, there := files[name]; there {
			return false
		}
	}
	return len(s.Folder) >= manyFiles
}

// FolderAway is Away for a folder as it is now.
func (s *State) FolderAway(folder string) bool {
	files, err := filesIn(folder)
	return err == nil && s.Away(files)
}

// mirror reads what is due and brings the catalogue into line, in one change.
func (c *Catalogue) mirror(folder string, l look, now time.Time) ([]Outcome, error) {
	var paths []string
	for _, name := range l.due {
		paths = append(paths, filepath.Join(folder, name))
	}
	g := Given{By: byFolder}
	b, err := c.readAll(paths, g, now, nil)
	if err != nil {
		return nil, err
	}
	defer b.close()
	b.leaveChanging(l)
	var retired []Outcome
	_, err = c.Do(now, func(s *State) (string, error) {
		if err := b.into(s, g, now); err != nil {
			return "", err
		}
		retired = nil
		return s.follow(l, b.outcomes, now, &retired)
	})
	return append(b.outcomes, retired...), err
}

// leaveChanging lets those wait that changed while they were read.
func (b *batch) leaveChanging(l look) {
	for i, name := range l.due {
		is, was := l.files[name], Seen{}
		if info, err := os.Stat(b.outcomes[i].File); err == nil {
			was = Seen{Size: info.Size(), Changed: info.ModTime().UTC()}
		}
		if was.Size != is.Size || !was.Changed.Equal(is.Changed) {
			b.outcomes[i] = Outcome{File: b.outcomes[i].File, Status: Waiting, Say: name + "还在写，放稳了再收"}
		}
	}
}

// follow writes down how the files are, replaces what changed and retires what
// went. did is empty where nothing of it could be taken back.
func (s *State) follow(l look, outcomes []Outcome, now time.Time, retired *[]Outcome) (did string, err error) {
	if s.Folder == nil {
		s.Folder = map[string]Seen{}
	}
	maps.Copy(s.Folder, l.notes)
	fresh, changed := 0, 0
	for i, name := range l.due {
		o, is, old := &outcomes[i], l.files[name], s.documentOf(name)
		switch o.Status {
		case Waiting:
			continue
		case Refused:
			is.ID, is.Problem = old, o.Say
		default:
			is.ID = o.ID
			replaced, err := s.newVersion(o, old, now)
			if err != nil {
				return "", err
			}
			if replaced {
				changed++
			} else if o.Status == Added {
				fresh++
			}
		}
		s.Folder[name] = is
	}
	for _, name := range l.gone {
		if o := s.takenAway(name, now); o != nil {
			*retired = append(*retired, *o)
		}
	}
	var parts []string
	for _, x := range []struct {
		n    int
		what string
	}{{fresh, "新收"}, {changed, "换了"}, {len(*retired), "废止"}} {
		if x.n > 0 {
			parts = append(parts, fmt.Sprintf("%s%d份", x.what, x.n))
		}
	}
	if len(parts) == 0 {
		return "", nil
	}
	return "文件夹里" + strings.Join(parts, "，"), nil
}

// documentOf gives the document that was made of a file of the folder.
func (s *State) documentOf(name string) string {
	if id := s.Folder[name].ID; id != "" && s.Entry(id) != nil {
		return id
	}
	for _, e := range slices.Backward(s.Entries) {
		if e.File == name && e.AddedBy == byFolder && e.Validity == knowledge.InForce {
			return e.ID
		}
	}
	return ""
}

// newVersion has what a file holds now replace what it held before, for the
// same readers. A document whose file came back holds again.
func (s *State) newVersion(o *Outcome, old string, now time.Time) (replaced bool, err error) {
	e := s.Entry(o.ID)
	if e == nil {
		return false, nil
	}
	back := e.Gone || old != "" && old != o.ID && e.ReplacedBy == old
	if o.Status == Held && back {
		if err := s.Restore(o.ID); err != nil {
			return false, err
		}
	}
	was := s.Entry(old)
	if was == nil || old == o.ID || was.Validity != knowledge.InForce || was.AddedBy != byFolder {
		return false, nil
	}
	e.Groups, e.Short, e.Scope = was.Groups, cmp.Or(e.Short, was.Short), cmp.Or(e.Scope, was.Scope)
	o.Instead = nil
	return true, s.Replace(o.ID, old, now)
}

// takenAway forgets a file, and retires its document where no other file of the
// folder holds it.
func (s *State) takenAway(name string, now time.Time) *Outcome {
	id := s.documentOf(name)
	delete(s.Folder, name)
	e := s.Entry(id)
	if e == nil || e.AddedBy != byFolder || e.Validity != knowledge.InForce {
		return nil
	}
	for _, other := range s.Folder {
		if other.ID == id && other.Missing.IsZero() {
			return nil
		}
	}
	if s.Retire(id, now.Format(dayForm)) != nil {
		return nil
	}
	s.Entry(id).Gone = true
	return &Outcome{File: name, Status: Retired, ID: id, Title: e.Title, Say: name + "从文件夹里拿走了，《" + e.Title + "》标为废止"}
}

// filesIn gives the documents that lie in a folder, by name; nil where there is
// no such folder.
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
