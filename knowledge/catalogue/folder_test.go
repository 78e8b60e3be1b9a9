package catalogue

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"zujian/knowledge"
)

// watched is a folder beside a catalogue, and a clock.
type watched struct {
	*testing.T
	c      *Catalogue
	folder string
	now    time.Time
}

// watching runs a test over both kinds of catalogue.
func watching(t *testing.T, test func(w *watched)) {
	both(t, func(t *testing.T, dir string, c *Catalogue) {
		w := &watched{t, c, filepath.Join(dir, "documents"), today}
		if err := os.Mkdir(w.folder, 0o700); err != nil {
			t.Fatal(err)
		}
		test(w)
	})
}

// put writes a file as it would be written at this moment.
func (w *watched) put(name, text string) {
	w.Helper()
	if err := os.Chtimes(write(w, w.folder, name, text), w.now, w.now); err != nil {
		w.Fatal(err)
	}
}

// look lets time pass and looks at the folder.
func (w *watched) look(after time.Duration) []Outcome {
	w.Helper()
	w.now = w.now.Add(after)
	out, err := w.c.Follow(w.folder, w.now)
	if err != nil {
		w.Fatal(err)
	}
	return out
}

// settled looks until everything has rested, and gives what became of it.
func (w *watched) settled() []Outcome {
	w.Helper()
	w.look(time.Second)
	return w.look(rest)
}

func (w *watched) state() *State {
	w.Helper()
	s, err := w.c.Read()
	if err != nil {
		w.Fatal(err)
	}
	return s
}

// inForce gives the documents that hold, by title.
func (w *watched) inForce() map[string]Entry {
	all := map[string]Entry{}
	for _, e := range w.state().Entries {
		if e.Validity == knowledge.InForce {
			all[e.Title] = e
		}
	}
	return all
}

func TestFollow(t *testing.T) {
	watching(t, follows)
}

func follows(w *watched) {
	w.put("a.txt", noticeOf(1))
	w.put("b.txt", "秘密★1年\n某通知\n一、内容。")
	w.put("a.asks.yaml", "asked: []")
	if out := w.settled(); len(out) != 2 {
		w.Errorf("%+v", out)
	}
	if out := w.look(time.Hour); len(out) != 0 {
		w.Errorf("looked again at what did not change: %+v", out)
	}
	if s := w.state(); len(s.Entries) != 1 || s.Folder["b.txt"].Problem == "" || s.Version != 1 {
		w.Errorf("%+v", s)
	}
	w.put("b.txt", noticeOf(22))
	if out := w.settled(); len(out) != 1 || out[0].Status != Added {
		w.Errorf("%+v", out)
	}
	if w.state().Folder["b.txt"].Problem != "" {
		w.Error("the old problem is still told")
	}
}

// TestFileStillBeingCopied writes a file in three parts, with a look at the
// folder after each: only the whole of it is taken in, once.
func TestFileStillBeingCopied(t *testing.T) {
	watching(t, waitsForCopies)
}

func waitsForCopies(w *watched) {
	whole := noticeOf(1)
	for _, part := range []string{whole[:60], whole[:120], whole} {
		w.put("a.txt", part)
		for _, after := range []time.Duration{0, 3 * time.Second} {
			for _, o := range w.look(after) {
				if o.Status != Waiting {
					w.Errorf("taken in while it was written: %+v", o)
				}
			}
		}
	}
	if out := w.look(3 * time.Second); len(out) != 1 || out[0].Status != Added {
		w.Errorf("%+v", out)
	}
	if s := w.state(); len(s.Entries) != 1 || s.Entries[0].Number != "东妇〔2024〕1号" {
		w.Errorf("%+v", s.Entries)
	}
}

// TestFolderIsMirrored changes, renames, takes away and puts back.
func TestFolderIsMirrored(t *testing.T) {
	watching(t, mirrors)
}

func mirrors(w *watched) {
	w.put("a.txt", noticeOf(1))
	w.put("b.txt", noticeOf(2))
	w.settled()
	first := w.inForce()["关于第1项工作的通知"]
	if err := w.c.Change("只给东河群", w.now, func(s *State) error { return s.Set(first.ID, Given{Groups: []string{"东河群"}}) }); err != nil {
		w.Fatal(err)
	}

	w.put("a.txt", noticeOf(1)+"三、另有一件事。\n")
	w.settled()
	second := w.inForce()["关于第1项工作的通知"]
	if was := w.state().Entry(first.ID); second.ID == first.ID || was.Validity != knowledge.Superseded || was.ReplacedBy != second.ID {
		w.Fatalf("a changed file: %+v, %+v", was, second)
	}
	if len(second.Groups) != 1 {
		w.Error("the new version is for more readers than the one before")
	}

	if err := os.Rename(filepath.Join(w.folder, "a.txt"), filepath.Join(w.folder, "改了名.txt")); err != nil {
		w.Fatal(err)
	}
	w.settled()
	if e := w.inForce()["关于第1项工作的通知"]; e.ID != second.ID {
		w.Errorf("a renamed file: %+v", e)
	}

	if err := os.Remove(filepath.Join(w.folder, "改了名.txt")); err != nil {
		w.Fatal(err)
	}
	if w.look(time.Second); len(w.inForce()) != 2 {
		w.Error("retired at once, though a program that saves may take a file away for a moment")
	}
	w.look(rest)
	if e := w.state().Entry(second.ID); e.Validity != knowledge.Repealed || !e.Gone {
		w.Errorf("a file taken away: %+v", e)
	}
	if undone, err := w.c.Undo(w.now); err != nil || undone != "文件夹里废止1份" {
		w.Errorf("%q %v", undone, err)
	}
	if w.settled(); w.inForce()["关于第1项工作的通知"].ID != second.ID {
		w.Error("undo was undone by the next look")
	}
	w.put("a.txt", noticeOf(1)+"三、另有一件事。\n")
	w.settled()
	if e := w.inForce()["关于第1项工作的通知"]; e.ID != second.ID {
		w.Errorf("a file put back: %+v", e)
	}
}

// TestFileTakenAwayAndPutBack has its document hold again, and a disk that is
// gone retires nothing.
func TestFileTakenAwayAndPutBack(t *testing.T) {
	watching(t, bringsBack)
}

func bringsBack(w *watched) {
	for n := range 3 {
		w.put(string(rune('a'+n))+".txt", noticeOf(n+1))
	}
	w.settled()
	if err := os.Remove(filepath.Join(w.folder, "b.txt")); err != nil {
		w.Fatal(err)
	}
	w.settled()
	if len(w.inForce()) != 2 {
		w.Error("a file that was taken away still holds")
	}
	w.put("b.txt", noticeOf(2))
	w.settled()
	if len(w.inForce()) != 3 {
		w.Error("a file that was put back does not hold")
	}
	for n := range 3 {
		if err := os.Remove(filepath.Join(w.folder, string(rune('a'+n))+".txt")); err != nil {
			w.Fatal(err)
		}
	}
	w.settled()
	if len(w.inForce()) != 3 || !w.state().FolderAway(w.folder) {
		w.Error("a folder that is empty all at once retires everything")
	}
}
