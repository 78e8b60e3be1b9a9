package catalogue

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"zujian/knowledge"
	"zujian/knowledge/parse"
)

// Given is what the person who adds a file says of it; what is empty is taken
// from the file.
type Given struct {
	Title, Short, Issuer, Number, Issued, Effective, Until, Scope, Source string

	Replaces []string // ids of the documents that it replaces
	Groups   []string
	By       string
}

// Outcome is what became of one file.
type Outcome struct {
	File    string   `json:"file"`
	Status  Status   `json:"status"`
	ID      string   `json:"id,omitempty"`
	Title   string   `json:"title,omitempty"`
	Clauses int      `json:"clauses,omitempty"`
	Say     string   `json:"say,omitempty"`     // why it was refused, or what it is held as
	Doubts  []string `json:"doubts,omitempty"`  // what a person should look at
	Instead []string `json:"instead,omitempty"` // ids of documents that it seems to replace

	about about // what its text says of others
}

// Status says what became of a file.
type Status string

// What may become of a file.
const (
	Added   Status = "added"
	Held    Status = "held"    // the same content is held already
	Refused Status = "refused" // nothing of it was kept
	Waiting Status = "waiting" // it is still being written, and is read when it rests
	Retired Status = "retired" // its file was taken out of the folder
)

// Add reads files and takes in all that can be read, in one change: after it,
// either all of those are held or none is. heard, where it is not nil, is
// called after each file with how many are done.
func (c *Catalogue) Add(paths []string, g Given, now time.Time, heard func(done, all int)) ([]Outcome, error) {
	b, err := c.readAll(paths, g, now, heard)
	if err != nil {
		return nil, err
	}
	defer b.close()
	if added(b.outcomes) == 0 {
		return b.outcomes, nil
	}
	_, err = c.Do(now, func(s *State) (string, error) {
		err := b.into(s, g, now)
		return fmt.Sprintf("加了%d份文件", added(b.outcomes)), err
	})
	return b.outcomes, err
}

func added(outcomes []Outcome) int {
	n := 0
	for _, o := range outcomes {
		if o.Status == Added {
			n++
		}
	}
	return n
}

// holder tells which document holds a content, by the hash of its file or of
// its clauses. It may be asked side by side.
func (c *Catalogue) holder(s *State) func(hash string) string {
	ids := map[string]string{}
	for _, d := range c.shipped {
		ids[d.Hash], ids[bodyOf(d)] = d.ID, d.ID
	}
	for _, e := range s.Entries {
		ids[e.Hash], ids[e.Body] = e.ID, e.ID
	}
	return func(hash string) string { return ids[hash] }
}

// bodyOf is the hash of a document's clauses with their places.
func bodyOf(d *knowledge.Document) string {
	h := sha256.New()
	for _, c := range d.Clauses {
		fmt.Fprintf(h, "%s %s\n", c.Locator, strings.Join(strings.Fields(c.Text), ""))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// take reads one file and writes its text and the file itself where they wait.
func (b *batch) take(path string, g Given, now time.Time, held func(string) string) (Outcome, Entry) {
	o := Outcome{File: path, Status: Refused}
	data, err := readWhole(path)
	if err != nil {
		o.Say = err.Error()
		return o, Entry{}
	}
	name := filepath.Base(path)
	if id := held(hashOf(data)); id != "" {
		o.Status, o.ID, o.Say = Held, id, "内容跟手里的 "+id+" 一样"
		if err := b.c.bringBack(b.before.Entry(id), data); err != nil {
			o.Status, o.Say = Refused, fmt.Sprintf("存不下来：%v", err)
		}
		return o, Entry{}
	}
	r, err := b.c.reader.Read(name, data, func(page string) {
		if b.c.pages != nil {
			b.c.pages(name, page)
		}
	})
	if err != nil {
		o.Say = err.Error()
		return o, Entry{}
	}
	e := entryOf(r, hashOf(data), g, now)
	e.File = name
	if id := held(e.Body); id != "" {
		o.Status, o.ID, o.Say = Held, id, "正文跟手里的 "+id+" 一样，只是文件不同"
		return o, Entry{}
	}
	if err := b.store(&e, r, data); err != nil {
		o.Say = fmt.Sprintf("存不下来：%v", err)
		return o, Entry{}
	}
	return Outcome{File: path, Status: Added, ID: e.ID, Title: e.Title, Clauses: e.Clauses, Doubts: e.Doubts,
		about: aboutOthers(r.Document)}, e
}

// readWhole reads a file that is not larger than what is read at all.
func readWhole(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("没有找到 %s，请看看路径写对了没有", path)
	case err != nil:
		return nil, fmt.Errorf("%s 打不开：%w", path, err)
	case info.Size() > parse.Largest:
		return nil, fmt.Errorf("%s：%w", filepath.Base(path), parse.ErrTooLarge)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s 打不开：%w", path, err)
	}
	return data, nil
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func entryOf(r *parse.Reading, hash string, g Given, now time.Time) Entry {
	d := r.Document
	e := Entry{ID: d.ID, Hash: hash, Format: d.Format, Title: d.Title, Short: d.Short, Kind: d.Kind, Issuer: d.Issuer, Number: d.Number,
		Issued: d.Issued, Effective: d.Effective, Validity: knowledge.InForce, Scope: d.Scope, Source: d.Source, AddedBy: g.By,
		AddedAt: now.UTC().Truncate(time.Second), Clauses: len(d.Clauses), Body: bodyOf(d), Groups: g.Groups}
	for _, x := range []struct {
		to    *string
		given string
	}{
		{&e.Title, g.Title}, {&e.Short, g.Short}, {&e.Issuer, g.Issuer}, {&e.Number, g.Number}, {&e.Issued, g.Issued},
		{&e.Effective, g.Effective}, {&e.Until, g.Until}, {&e.Scope, g.Scope}, {&e.Source, g.Source},
	} {
		if x.given != "" {
			*x.to = x.given
		}
	}
	if e.Source == "" {
		e.Source = "单位自己加的文件"
	}
	e.Doubts = append(slices.Clone(r.Doubts), doubts(e, d)...)
	return e
}

// doubts are what of an entry a person should look at.
func doubts(e Entry, d *knowledge.Document) []string {
	var out []string
	// What bears a number or goes to somebody is a letter of an office, and signed.
	if letter := e.Number != "" || d.Addressee != ""; letter && e.Kind != knowledge.Speech {
		switch {
		case e.Issued == "" && d.DateLine == "" && e.Issuer == "":
			out = append(out, "没有读到落款的机关和日期，可以用 knowledge set 加 --issuer、--issued 写上。")
		case e.Issued == "" && d.DateLine == "":
			out = append(out, "没有读到落款日期，可以用 knowledge set 加 --issued 写上。")
		case e.Issuer == "":
			out = append(out, "没有读到发文机关，可以用 knowledge set 加 --issuer 写上。")
		}
	}
	if until := lastDay(d); until != "" && e.Until == "" {
		out = append(out, "文件里写着有效到"+until+"，要到期自动不用的，请用 knowledge set 加 --until 写上。")
	}
	long := 0
	for _, c := range d.Clauses {
		if utf8.RuneCountInString(c.Text) > 400 {
			long++
		}
	}
	if long > 0 {
		out = append(out, fmt.Sprintf("有%d句特别长，可能是断句没有读对，请用 knowledge show 看一眼。", long))
	}
	return out
}

// add puts the entries into the catalogue. A content that was taken in
// meanwhile is held once.
func (s *State) add(outcomes []Outcome, entries []Entry, shipped []*knowledge.Document, g Given, now time.Time) error {
	taken := func(id string) bool {
		return s.Entry(id) != nil || slices.ContainsFunc(shipped, func(d *knowledge.Document) bool { return d.ID == id })
	}
	for i := range outcomes {
		o, e := &outcomes[i], entries[i]
		if o.Status != Added {
			continue
		}
		if same := slices.IndexFunc(s.Entries, func(x Entry) bool { return x.Hash == e.Hash || x.Body == e.Body }); same >= 0 {
			*o = Outcome{File: o.File, Status: Held, ID: s.Entries[same].ID, Say: "内容跟手里的 " + s.Entries[same].ID + " 一样"}
			continue
		}
		if taken(e.ID) {
			e.ID = "f" + e.Hash[:8]
			o.ID = e.ID
		}
		s.Entries = append(s.Entries, e)
		for _, id := range g.Replaces {
			if err := s.Replace(e.ID, id, now); err != nil {
				return err
			}
		}
	}
	for i := range outcomes {
		o := &outcomes[i]
		if o.Status != Added {
			continue
		}
		if len(g.Replaces) == 0 {
			o.Instead = s.Instead(o.ID)
			s.tell(o)
		}
		if twin := s.twin(o.ID); twin != "" {
			o.Doubts = append(o.Doubts, "跟 "+twin+" 的标题和落款都一样，正文有不同。请用 knowledge diff "+twin+" "+o.ID+" 看看留哪一份，另一份用 knowledge retire。")
		}
	}
	return nil
}

// twin gives a document in force that has the same title, number and day.
func (s *State) twin(id string) string {
	e := s.Entry(id)
	for _, o := range s.Entries {
		if o.ID != id && o.Validity == knowledge.InForce &&
			o.Title == e.Title && o.Number == e.Number && o.Issued == e.Issued && e.Issued+e.Number != "" {
			return o.ID
		}
	}
	return ""
}

var (
	spare     = regexp.MustCompile(`[（(][^）)]*[）)]|(?:19|20)\d{2}年?|[《》“”"\s]|修订版?|试行|暂行|进一步|关于`)
	shortName = 6 // characters that a bare title must have to be compared
)

func bareTitle(t string) string { return spare.ReplaceAllString(t, "") }

// Instead gives the ids of documents in force that a new one seems to replace:
// the same title but for its year. A person decides.
func (s *State) Instead(id string) []string {
	e := s.Entry(id)
	var out []string
	for _, o := range s.Entries {
		if o.ID == id || o.Validity != knowledge.InForce {
			continue
		}
		same := bareTitle(o.Title) == bareTitle(e.Title) && utf8.RuneCountInString(bareTitle(o.Title)) >= shortName
		if same && (o.Issued < e.Issued || o.Issued == "" || e.Issued == "") {
			out = append(out, o.ID)
		}
	}
	return out
}

// inParallel calls f for 0 to n-1 on every processor.
func inParallel(n int, f func(i int)) {
	next := make(chan int)
	var wait sync.WaitGroup
	for range min(n, max(1, runtime.GOMAXPROCS(0))) {
		wait.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wait.Wait()
}

// IsDocument says whether a file in a folder is named like a document. A file
// that somebody names by itself is looked at whatever its name.
func IsDocument(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".md", ".txt", ".html", ".htm", ".mht", ".mhtml", ".csv", ".tsv", ".markdown",
		".docx", ".doc", ".docm", ".wpt", ".fodt", ".xml", ".wps", ".dot", ".dotx", ".pdf", ".odt", ".rtf",
		".xlsx", ".xls", ".et", ".ofd",
		".png", ".jpg", ".jpeg", ".tif", ".tiff", ".zip", ".rar", ".ppt", ".pptx":
		return !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "~$")
	}
	return false
}

// Files gives the files of paths, folders opened, in the order of their names:
// of a folder, those that are named like a document.
func Files(paths []string) ([]string, error) {
	var out []string
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil || !info.IsDir() {
			out = append(out, p) // what is not there is told with the rest
			continue
		}
		err = filepath.WalkDir(p, func(path string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case strings.HasPrefix(e.Name(), ".") && path != p:
				if e.IsDir() {
					return fs.SkipDir
				}
			case !e.IsDir() && IsDocument(e.Name()):
				out = append(out, path)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("文件夹 %s 打不开：%w", p, err)
		}
	}
	return out, nil
}
