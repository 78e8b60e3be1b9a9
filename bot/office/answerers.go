package office

import (
	"context"
	"errors"
	"fmt"
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
	now    *filling // nil: it is filled when it is first asked
	ended  bool
	beside string // the files beside the documents, as they were when it was filled
	weight int64  // see Shared, which guards it
}

// filling is what a shelf holds between two changes of the documents. It is let
// go of when the last question that began with it is answered.
type filling struct {
	book      *rule.Book
	answerers map[string]*answer.Answerer // by group; see everything
	library   *knowledge.Library
	version   string // of the library: it is wanted with every answer, and dear to make
	weight    int64
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
	return s.fillWith(l)
}

func (s *shelf) fillWith(l *knowledge.Library) error {
	if err := s.p.Config().knowGroupDocuments(l); err != nil {
		return err
	}
	b, err := s.p.BookOrFault(l)
	if err != nil {
		return err
	}
	f := &filling{book: b, answerers: map[string]*answer.Answerer{}, library: l, version: l.Version(), weight: WeightOf(l)}
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

// use gives what the shelf holds, which stays open until done is called. Where it
// was let go of it is opened first.
func (s *shelf) use() (f *filling, done func(), err error) {
	for {
		s.mu.RLock()
		if f = s.now; f != nil {
			f.questions.Add(1) // before it can be swapped out
		}
		s.mu.RUnlock()
		if f != nil {
			s.shared().use(s, f.weight)
			return f, f.questions.Done, nil
		}
		if err := s.reopen(); err != nil {
			return nil, nil, err
		}
	}
}

// shared is what bounds the memory; nil: nothing does.
func (s *shelf) shared() *Shared {
	if s.p.Place == nil {
		return nil
	}
	return s.p.Place.Shared
}

// errEnded is for a question that comes after the end.
var errEnded = errors.New("the office has ended")

// reopen fills a shelf that is empty.
func (s *shelf) reopen() error {
	s.fills.Lock()
	defer s.fills.Unlock()
	s.mu.RLock()
	open, ended := s.now != nil, s.ended
	s.mu.RUnlock()
	if ended {
		return errEnded
	}
	if open {
		return nil
	}
	beside := s.p.besideStamp()
	l, err := s.p.Library()
	if err == nil {
		err = s.fillWith(l)
	}
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.beside = beside
	return nil
}

// letGo closes what the shelf holds, once its questions are answered.
func (s *shelf) letGo() error {
	s.fills.Lock()
	defer s.fills.Unlock()
	s.mu.Lock()
	f := s.now
	s.now = nil
	s.mu.Unlock()
	if f == nil {
		return nil
	}
	return f.Close()
}

// empty says whether nothing is open.
func (s *shelf) empty() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.now == nil
}

// scoped gives the answerer of a group with documents of its own, or nil.
func (s *shelf) scoped(group string) desk.Answerer {
	if group == "" || group == everything {
		return nil
	}
	f, done, err := s.use()
	if err != nil {
		return nil
	}
	defer done()
	if f.answerers[group] == nil {
		return nil
	}
	return shelved{s, group}
}

// rules gives the rules as they stand, and where the documents cannot be read one
// by which nothing is recommended.
func (s *shelf) rules() *rule.Book {
	f, done, err := s.use()
	if err != nil {
		return s.p.noRules()
	}
	defer done()
	return f.book.On(s.p.Now())
}

// noRules is a book by which nothing is recommended, as the documents cannot be
// read. What ships can always be.
func (p *Office) noRules() *rule.Book {
	b := &rule.Book{}
	if l, err := knowledge.Shipped(); err == nil {
		if shipped, err := rule.Shipped(l.Documents); err == nil {
			b = shipped.On(p.Now())
		}
	}
	b.Fault = sayNotOpen
	return b
}

// library gives the documents; none where they cannot be read.
func (s *shelf) library() *knowledge.Library {
	f, done, err := s.use()
	if err != nil {
		return &knowledge.Library{}
	}
	defer done()
	return f.library
}

func (s *shelf) version() string {
	f, done, err := s.use()
	if err != nil {
		return ""
	}
	defer done()
	return f.version
}

func (s *shelf) count() int { return len(s.library().Documents) }

// take gives the answerer of a name, which stays open until done is called.
func (s *shelf) take(name string) (a *answer.Answerer, done func(), err error) {
	f, done, err := s.use()
	if err != nil {
		return nil, nil, err
	}
	if a = f.answerers[name]; a == nil { // the group's own documents went meanwhile
		a = f.answerers[""]
	}
	return a, done, nil
}

// sayNotOpen is for who asks an office whose documents cannot be read.
const sayNotOpen = "本单位的文件这次读不出来，暂时答不了。请告诉管理员：用 bot doctor 看是哪一处。"

// Answer lets the desk ask.
func (a shelved) Answer(ctx context.Context, asked []string) desk.Answer {
	defer a.shelf.shared().turn()()
	answerer, done, err := a.shelf.take(a.name)
	if err != nil {
		fmt.Fprintf(a.shelf.p.Err, "%v\n", err)
		return desk.Answer{Status: string(answer.Error), Text: sayNotOpen}
	}
	defer done()
	out := answerer.Answer(ctx, asked)
	return desk.Answer{Status: string(out.Status), Text: out.Text, ClauseIDs: out.Clauses, Person: out.Person}
}

// Close lets go of the indexes.
func (s *shelf) Close() error {
	s.mu.Lock()
	s.ended = true
	s.mu.Unlock()
	s.shared().leave(s)
	return s.letGo()
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
	ticker := time.NewTicker(s.Office.lookEvery())
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
	stamp := s.Office.catalogue(&knowledge.Library{}).Stamp() + s.Office.aboveStamp() + s.Office.Today() + s.Office.besideStamp()
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
	if o.shelf.empty() { // the next question opens it as it is then
		return nil
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
