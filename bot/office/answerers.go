package office

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	"zujian/bot/answer"
	"zujian/bot/desk"
	"zujian/knowledge"
	"zujian/knowledge/rule"
)

// shelf holds an answerer for everybody who may see other documents than the
// rest. It is filled again while questions are answered; they wait only for the
// swap.
type shelf struct {
	p *Office

	fills sync.Mutex // one filling at a time

	mu     sync.RWMutex
	now    *filling
	beside string // the files beside the documents, as they were when it was filled
}

// filling is what a shelf holds between two changes of the documents. It is let
// go of when the last question that began with it is answered.
type filling struct {
	book      *rule.Book
	answerers map[string]*answer.Answerer // by group; see everything
	library   *knowledge.Library
	open      []io.Closer
	questions sync.WaitGroup
}

// Close waits for the questions and closes the indexes.
func (f *filling) Close() error {
	f.questions.Wait()
	var all []error
	for _, c := range f.open {
		all = append(all, c.Close())
	}
	return errors.Join(all...)
}

// everything is the name under which the shelf holds the answerer over all
// documents, for whoever sits at the machine. "" is for those who are in no
// group with documents of its own.
const everything = "*"

// fill makes the answerers over a library and swaps them in. On failure those
// that were there stay.
func (s *shelf) fill(l *knowledge.Library) error {
	s.fills.Lock()
	defer s.fills.Unlock()
	if err := s.p.Config().knowGroupDocuments(l); err != nil {
		return err
	}
	b, err := s.p.BookOrFault(l)
	if err != nil {
		return err
	}
	f := &filling{book: b, answerers: map[string]*answer.Answerer{}, library: l}
	for name, own := range s.libraries(l) {
		a, x, err := s.p.answererFor(own, b, name)
		if err != nil {
			return errors.Join(err, f.Close())
		}
		f.answerers[name], f.open = a, append(f.open, a, x)
	}
	if f.answerers[""] == nil {
		f.answerers[""] = f.answerers[everything]
	}
	s.mu.Lock()
	old := s.now
	s.now = f
	s.mu.Unlock()
	if old == nil {
		return nil
	}
	return old.Close()
}

// libraries gives what everybody may see: one for the machine, one for those
// outside where that is another, and one for each group that has its own.
func (s *shelf) libraries(l *knowledge.Library) map[string]*knowledge.Library {
	out := map[string]*knowledge.Library{everything: l}
	open := l.For("")
	if len(open.Documents) < len(l.Documents) {
		out[""] = open
	}
	for _, d := range l.Documents {
		for _, g := range d.Groups {
			out[g] = l.For(g)
		}
	}
	for _, g := range s.p.Config().Groups {
		if len(g.Documents) == 0 {
			continue
		}
		own := &knowledge.Library{Outside: l.Outside}
		for _, d := range l.Documents {
			if slices.Contains(g.Documents, d.ID) || slices.Contains(d.Groups, g.Name) {
				own.Documents = append(own.Documents, d)
			}
		}
		out[g.Name] = own
	}
	for name, own := range out {
		inForce := func(d *knowledge.Document) bool { return d.Validity == knowledge.InForce }
		if name != everything && !slices.ContainsFunc(own.Documents, inForce) {
			delete(out, name) // nothing of its own holds any more
		}
	}
	return out
}

// shelved is one answerer of a shelf, whichever is there when it is asked.
type shelved struct {
	shelf *shelf
	name  string
}

func (s *shelf) at(name string) desk.Answerer { return shelved{s, name} }

// scoped gives the answerer of a group with documents of its own, or nil.
func (s *shelf) scoped(group string) desk.Answerer {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if group == "" || group == everything || s.now.answerers[group] == nil {
		return nil
	}
	return shelved{s, group}
}

// rules gives the rules as they stand.
func (s *shelf) rules() *rule.Book {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.now.book.On(s.p.Now())
}

func (s *shelf) version() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.now.library.Version()
}

func (s *shelf) count() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.now.library.Documents)
}

// take gives the answerer of a name, which stays open until done is called.
func (s *shelf) take(name string) (a *answer.Answerer, done func()) {
	s.mu.RLock()
	f := s.now
	f.questions.Add(1) // before it can be swapped out
	s.mu.RUnlock()
	if a = f.answerers[name]; a == nil { // the group's own documents went meanwhile
		a = f.answerers[""]
	}
	return a, f.questions.Done
}

// Answer lets the desk ask.
func (a shelved) Answer(ctx context.Context, asked []string) desk.Answer {
	answerer, done := a.shelf.take(a.name)
	defer done()
	out := answerer.Answer(ctx, asked)
	return desk.Answer{Status: string(out.Status), Text: out.Text, ClauseIDs: out.Clauses, Person: out.Person}
}

// Close lets go of the indexes.
func (s *shelf) Close() error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.now.Close()
}

// lookAgain is how often the service looks for new and changed documents.
const lookAgain = 3 * time.Second

// LookAgain has the service look at once for what was changed.
func (s *Service) LookAgain() {
	select {
	case s.look <- struct{}{}:
	default: // it will
	}
}

// watch fills the shelf again when documents change: by a command, in the
// folder, or because a day begins on which one holds or ends; and follows the
// configuration.
func (s *Service) watch(ctx context.Context) {
	ticker := time.NewTicker(lookAgain)
	defer ticker.Stop()
	var filling sync.WaitGroup
	defer filling.Wait()
	seen, config := "", s.lookAtConfig(ctx, "")
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-s.look:
		}
		before := seen
		if seen = s.lookForDocuments(seen); seen != before && s.Office.Meanings != nil {
			filling.Go(func() { s.fillVectors(ctx) })
		}
		config = s.lookAtConfig(ctx, config)
	}
}

// lookForDocuments takes in what is new and gives the stamp of what the shelf
// holds now.
func (s *Service) lookForDocuments(seen string) string {
	s.Office.CatchUp()
	for _, o := range s.Office.TakeIn() {
		s.Log.Info("a file was looked at", "status", string(o.Status), "clauses", o.Clauses)
	}
	stamp := s.Office.catalogue(&knowledge.Library{}).Stamp() + s.Office.Today() + s.Office.besideStamp()
	if stamp == seen {
		return seen
	}
	if err := s.refill(false); err != nil {
		s.Log.Error("the documents stay as they were", "error", err.Error())
		return seen
	}
	return stamp
}

// refill fills the shelf again where it holds something else than there is now,
// or always.
func (o *Front) refill(always bool) error {
	beside := o.Office.besideStamp()
	changed := always || o.shelf.besideThen() != beside
	if changed {
		o.Office.forgetWords()
	}
	l, err := o.Office.Library()
	if err != nil || !changed && l.Version() == o.shelf.version() {
		return err
	}
	if err := o.shelf.fill(l); err != nil {
		return err
	}
	o.shelf.mu.Lock()
	defer o.shelf.mu.Unlock()
	o.shelf.beside = beside
	return nil
}

func (s *shelf) besideThen() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.beside
}
