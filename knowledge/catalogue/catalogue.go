// Package catalogue keeps the documents an office has added: what each is, what
// replaces what, who may see it. Everything hangs on one file that is swapped
// by a rename, so that a change is there whole or not at all, however the
// program ends.
package catalogue

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"zujian/knowledge"
	"zujian/knowledge/lock"
	"zujian/knowledge/parse"
	"zujian/knowledge/text"
)

// Entry is one document as it is catalogued. The text is in a file of its own.
type Entry struct {
	ID         string             `json:"id"`
	File       string             `json:"file"` // its name when it was added
	Hash       string             `json:"hash"` // SHA-256 of that file
	Format     string             `json:"format,omitempty"`
	Title      string             `json:"title"`
	Short      string             `json:"short,omitempty"`
	Kind       knowledge.Kind     `json:"kind,omitempty"`
	Issuer     string             `json:"issuer,omitempty"`
	Number     string             `json:"number,omitempty"`
	Issued     string             `json:"issued,omitempty"` // days as 2024-05-30
	Effective  string             `json:"effective,omitempty"`
	Until      string             `json:"until,omitempty"` // the last day on which it holds
	Ended      string             `json:"ended,omitempty"`
	Validity   knowledge.Validity `json:"validity"`
	ReplacedBy string             `json:"replaced_by,omitempty"`
	Scope      string             `json:"scope,omitempty"`
	Source     string             `json:"source,omitempty"`
	Groups     []string           `json:"groups,omitempty"`
	Shared     bool               `json:"shared,omitempty"`      // the offices below see it too
	SharedWith []string           `json:"shared_with,omitempty"` // those of them alone; empty: all
	AddedBy    string             `json:"added_by"`
	AddedAt    time.Time          `json:"added_at"`
	Clauses    int                `json:"clauses"`
	Body       string             `json:"body"`           // SHA-256 of the clauses, whatever the format
	Text       string             `json:"text,omitempty"` // SHA-256 of the file that holds the text; empty: of an older program
	Doubts     []string           `json:"doubts,omitempty"`
	Gone       bool               `json:"gone,omitempty"` // retired because its file was taken out of the folder
}

// stem names the files of an entry: by content, so that no change of the
// catalogue can meet another text than it was made for.
func (e Entry) stem() string { return e.Hash[:min(len(e.Hash), 20)] }

// State is the whole catalogue.
type State struct {
	Version int               `json:"version"` // counts the changes
	Did     string            `json:"did"`     // the last change, in Chinese
	At      time.Time         `json:"at"`
	Entries []Entry           `json:"documents"`
	Shipped map[string]Ending `json:"shipped,omitempty"` // shipped documents that an office ended
	Folder  map[string]Seen   `json:"folder,omitempty"`  // files of the folder that were looked at

	ships     map[string]bool // ids of the documents that ship
	recovered bool            // the file was damaged or gone, and this is the last one that was kept
}

// Ending is how and when a document ceased to hold.
type Ending struct {
	Validity   knowledge.Validity `json:"validity"`
	Ended      string             `json:"ended"`
	ReplacedBy string             `json:"replaced_by,omitempty"`
}

// Seen is a file of the watched folder as it was when it was looked at.
type Seen struct {
	Size    int64     `json:"size"`
	Changed time.Time `json:"changed"`
	Problem string    `json:"problem,omitempty"` // why it was not taken in
	ID      string    `json:"id,omitempty"`      // the document that was made of it

	Since   time.Time `json:"since,omitzero"`   // first seen as it is, where it is not read yet
	Missing time.Time `json:"missing,omitzero"` // first seen to be gone
}

// Catalogue is the catalogue in a folder. It is safe for several programs.
type Catalogue struct {
	dir     string
	shipped []*knowledge.Document // which are held without being added
	home    Home                  // nil: the folder is all there is
	reader  Reader
	pages   func(file, page string) // told how far a long reading is; may be nil
}

// Reader reads one file, and says with heard how far it is. It may be asked
// side by side; Rest is called when there is nothing more to read for a while.
type Reader interface {
	Read(name string, data []byte, heard func(string)) (*parse.Reading, error)
	Rest()
}

// here reads in this process.
type here struct{}

func (here) Read(name string, data []byte, heard func(string)) (*parse.Reading, error) {
	return parse.ReadDocument(name, data, heard)
}

func (here) Rest() {}

// ErrBusy means that another program is changing the catalogue.
var ErrBusy = errors.New("另一个程序正在改文件目录，请过一会儿再试")

// In gives the catalogue in dir, which need not exist yet, beside the documents
// that ship.
func In(dir string, shipped ...*knowledge.Document) *Catalogue {
	return &Catalogue{dir: dir, shipped: shipped, reader: here{}}
}

// ReadBy has another reader read the files: one that keeps what a file does to
// its reader away from this process.
func (c *Catalogue) ReadBy(r Reader) *Catalogue {
	other := *c
	other.reader = r
	return &other
}

// TellPages has f told how far the reading of a file is that is read page by
// page. It may be called side by side.
func (c *Catalogue) TellPages(f func(file, page string)) *Catalogue {
	other := *c
	other.pages = f
	return &other
}

func (c *Catalogue) path() string        { return filepath.Join(c.dir, "catalogue.json") }
func (c *Catalogue) text(e Entry) string { return filepath.Join(c.dir, "texts", e.stem()+".json") }
func (c *Catalogue) past(version int) string {
	return filepath.Join(c.dir, "past", fmt.Sprintf("%06d.json", version))
}

// Original is where the file stands that a document was read from.
func (c *Catalogue) Original(e Entry) string {
	return filepath.Join(c.dir, "originals", e.stem()+strings.ToLower(filepath.Ext(e.File)))
}

// Picture is where the picture of a page stands that a scan was recognised on;
// pages count from 1.
func (c *Catalogue) Picture(e Entry, page int) string {
	return filepath.Join(c.dir, "originals", fmt.Sprintf("%s.page%d.jpg", e.stem(), page))
}

// Stamp changes whenever the catalogue does; it costs one look at the file.
func (c *Catalogue) Stamp() string {
	info, err := os.Stat(c.path())
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%d %d", info.Size(), info.ModTime().UnixNano())
}

// Read gives the catalogue as it stands; an empty one where there is none, and
// where it is damaged or gone the last one that was kept. It fails, saying what
// to do, when none can be read.
func (c *Catalogue) Read() (*State, error) {
	s, err := c.newest()
	if err == nil && (c.home != nil || s.Folder == nil) {
		s.Folder = c.looked()
	}
	return s, err
}

func (c *Catalogue) newest() (*State, error) {
	s, err := c.open(c.path())
	switch {
	case err == nil:
		return s, nil
	case !errors.Is(err, errDamaged) && !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("文件目录打不开：%w", err)
	}
	kept := c.kept()
	for _, path := range slices.Backward(kept) {
		if s, err := c.open(path); err == nil {
			s.recovered = true
			return s, nil
		}
	}
	if errors.Is(err, errDamaged) || len(kept) > 0 {
		return nil, fmt.Errorf("文件目录 %s 损坏了。请用 bot restore 从备份里恢复；没有备份，就把它移走，再把文件重新加一遍", c.path())
	}
	return c.empty(), nil
}

func (c *Catalogue) empty() *State {
	s := &State{ships: map[string]bool{}}
	for _, d := range c.shipped {
		s.ships[d.ID] = d.Shipped
	}
	return s
}

// kept gives the files of the catalogues that are kept, the newest last.
func (c *Catalogue) kept() []string {
	all, _ := filepath.Glob(filepath.Join(c.dir, "past", "*.json"))
	slices.Sort(all)
	return all
}

// Do is Change for an f that says itself what it did.
func (c *Catalogue) Do(now time.Time, f func(*State) (did string, err error)) (did string, err error) {
	err = c.change(now, func(s *State) (string, error) {
		did, err = f(s)
		return did, err
	})
	return did, err
}

// Change takes the lock, has f change the catalogue as it stands, and swaps the
// new one in. What f fails with is given back, and nothing is changed. did says
// in Chinese what was done, for Undo; empty for what nobody would take back.
func (c *Catalogue) Change(did string, now time.Time, f func(*State) error) error {
	return c.change(now, func(s *State) (string, error) { return did, f(s) })
}

func (c *Catalogue) change(now time.Time, f func(*State) (string, error)) error {
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return fmt.Errorf("文件夹 %s 写不进去：%w", c.dir, err)
	}
	unlock, err := lock.Wait(filepath.Join(c.dir, "catalogue.lock"), lockPatience)
	if errors.Is(err, lock.ErrHeld) {
		return ErrBusy
	}
	if err != nil {
		return err
	}
	defer unlock()
	if c.home != nil {
		return c.changeAtHome(now, f)
	}
	s, err := c.Read()
	if err != nil {
		return err
	}
	before := s.Version
	did, err := s.edit(now, f)
	if err != nil {
		return err
	}
	if did != "" {
		if _, err := os.Stat(c.past(before)); err != nil { // of an older program
			if err := c.keep(before); err != nil {
				return err
			}
		}
	}
	if err := c.write(s); err != nil {
		return err
	}
	if did != "" {
		c.tidy(s)
	}
	return nil
}

// edit has f change the catalogue and counts the change.
func (s *State) edit(now time.Time, f func(*State) (string, error)) (did string, err error) {
	before := s.Version
	if did, err = f(s); err == nil && did != "" {
		s.Version, s.Did, s.At = before+1, did, now.UTC().Truncate(time.Second)
	}
	return did, err
}

// lockPatience is how long a change waits for another program's.
const lockPatience = 10 * time.Second

// keep puts the catalogue of now among those that Undo and Read go back to. One
// that is damaged is not kept: what was read instead comes from there.
func (c *Catalogue) keep(version int) error {
	data, err := os.ReadFile(c.path())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := unseal(data); err != nil {
		return nil
	}
	return text.WriteWhole(c.past(version), data)
}

// write writes the catalogue twice, so that nothing is lost with the one file; the
// one that counts comes last.
func (c *Catalogue) write(s *State) error {
	data, err := s.sealed()
	if err != nil {
		return err
	}
	if err := text.WriteWhole(c.past(s.Version), data); err != nil {
		return err
	}
	if err := text.WriteWhole(c.path(), data); err != nil {
		return err
	}
	_ = os.Remove(c.lookedAt()) // of a time when this was a working copy; what counts is in the catalogue
	return nil
}

func (s *State) sealed() ([]byte, error) {
	data, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return nil, err
	}
	return seal(data), nil
}

// mostPast is how many earlier catalogues are kept.
const mostPast = 50

// tidy removes what no catalogue, the present or an earlier, speaks of: the
// texts of an interrupted change.
func (c *Catalogue) tidy(s *State) {
	_ = os.Remove(c.past(s.Version - mostPast))
	if s.Version%20 != 0 { // looking through the folder has its price
		return
	}
	c.tidyComing()
	for _, file := range c.unknown(s) {
		_ = os.Remove(file)
	}
}

// unknown gives the texts and originals that no catalogue speaks of.
func (c *Catalogue) unknown(s *State) (all []string) {
	known := map[string]bool{}
	note := func(s *State) {
		for _, e := range s.Entries {
			known[e.stem()] = true
		}
	}
	note(s)
	for _, path := range c.kept() {
		if old, err := c.open(path); err == nil {
			note(old)
		}
	}
	for _, folder := range []string{"texts", "originals"} {
		files, _ := os.ReadDir(filepath.Join(c.dir, folder))
		for _, f := range files {
			if stem, _, _ := strings.Cut(f.Name(), "."); !known[stem] {
				all = append(all, filepath.Join(c.dir, folder, f.Name()))
			}
		}
	}
	return all
}

// Undo goes back to the catalogue before the last change and says what that
// was. It fails where there is none.
func (c *Catalogue) Undo(now time.Time) (undone string, err error) {
	_, err = c.Do(now, func(s *State) (string, error) {
		before, err := c.open(c.past(s.Version - 1))
		switch {
		case errors.Is(err, errDamaged):
			return "", errors.New("上一次的文件目录读不出来，撤不回去")
		case s.Version > 1 && err != nil || s.Version == 0:
			return "", errors.New("没有可以撤回的改动")
		case err != nil:
			before = c.empty()
		}
		if undone = s.Did; strings.HasPrefix(undone, undid) {
			return "", errors.New("刚撤回过一次。要再往前，请用 retire、restore 一份一份改")
		}
		*s = State{ships: s.ships, Version: s.Version, Entries: before.Entries, Shipped: before.Shipped,
			Folder: s.folderBefore(before.Folder)}
		return undid + undone, nil
	})
	return undone, err
}

// folderBefore gives the folder's files as they were looked at, each with the
// document that it was before: the files did not change back, and are not to be
// taken in again because of that.
func (s *State) folderBefore(before map[string]Seen) map[string]Seen {
	for name, is := range s.Folder {
		if was := before[name]; was.ID != "" {
			is.ID = was.ID
			s.Folder[name] = is
		}
	}
	return s.Folder
}

const undid = "撤回："

// Documents gives the documents with their texts, in the order of adding. One
// whose text is lost, or is not what was taken in, is left out and named.
func (c *Catalogue) Documents(s *State) (all []*knowledge.Document, lost []string) {
	all = make([]*knowledge.Document, len(s.Entries))
	inParallel(len(s.Entries), func(i int) {
		if d, err := c.Document(s.Entries[i]); err == nil {
			all[i] = d
		}
	})
	for i, d := range all {
		if d == nil {
			lost = append(lost, s.Entries[i].ID)
		}
	}
	return slices.DeleteFunc(all, func(d *knowledge.Document) bool { return d == nil }), lost
}

// Document gives one document with its text. It fails where that is not the text
// that was taken in.
func (c *Catalogue) Document(e Entry) (*knowledge.Document, error) {
	data, err := os.ReadFile(c.text(e))
	if err != nil {
		return nil, err
	}
	d := &knowledge.Document{}
	if err := json.Unmarshal(data, d); err != nil {
		return nil, err
	}
	if e.Text != "" && e.Text != hashOf(data) || e.Text == "" && e.Body != bodyOf(d) {
		return nil, errDamaged
	}
	d.ID, d.Title, d.Short, d.Kind, d.Issuer, d.Number = e.ID, e.Title, e.Short, e.Kind, e.Issuer, e.Number
	d.Issued, d.Effective, d.Ended, d.Validity, d.ReplacedBy = e.Issued, e.Effective, e.Ended, e.Validity, e.ReplacedBy
	d.Scope, d.Source, d.Groups, d.Hash = e.Scope, e.Source, e.Groups, e.Hash
	return d, nil
}

// Apply ends the shipped documents that the office ended.
func (s *State) Apply(shipped []*knowledge.Document) {
	for _, d := range shipped {
		if e, ok := s.Shipped[d.ID]; ok {
			d.Validity, d.Ended, d.ReplacedBy = e.Validity, e.Ended, e.ReplacedBy
		}
	}
}

// Entry gives the entry with that id, or nil.
func (s *State) Entry(id string) *Entry {
	for i := range s.Entries {
		if s.Entries[i].ID == id {
			return &s.Entries[i]
		}
	}
	return nil
}
