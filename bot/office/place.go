package office

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"zujian/bot/console"
	"zujian/bot/store"
	"zujian/knowledge"
	"zujian/knowledge/catalogue"
)

// Place is an office's place among those that one service has.
type Place struct {
	Key    string            // under which its records are, and by which others name it
	Word   string            // what those below call it: 市里
	Above  []*Office         // the nearest first
	Below  map[string]string // from the names of those below to their keys
	Shared *Shared
	Pool   *store.Pool // nil: the records are in the data folder
}

// lookAgainAmong is how often, about, an office that is one of many looks for what
// was changed beside it: hundreds that look every few seconds would be at nothing
// else, and hundreds that look at the same moment would keep questions waiting.
const lookAgainAmong = 30 * time.Second

// givenDown is what an office shares downward, as it was last read.
type givenDown struct {
	mu    sync.Mutex
	stamp string
	state *catalogue.State
	texts map[string]*knowledge.Document // by id
}

// givenTo gives the documents in force that the office shares with the one of that
// key. They are read once for all that are below.
func (p *Office) givenTo(with string) ([]*knowledge.Document, error) {
	p.down.mu.Lock()
	defer p.down.mu.Unlock()
	c := p.catalogue(&knowledge.Library{})
	if stamp := c.Stamp() + p.Today(); p.down.state == nil || stamp != p.down.stamp {
		s, err := c.Read()
		if err != nil {
			return nil, err
		}
		s.Expire(p.Today())
		p.down.stamp, p.down.state, p.down.texts = stamp, s, map[string]*knowledge.Document{}
	}
	var all []*knowledge.Document
	for _, e := range p.down.state.SharedTo(with) {
		d := p.down.texts[e.ID]
		if d == nil {
			var err error
			if d, err = c.Document(e); err != nil {
				return nil, fmt.Errorf("《%s》的正文读不出来", e.Title)
			}
			d.From, d.Groups, d.ReplacedBy = p.Place.Word, nil, ""
			p.down.texts[e.ID] = d
		}
		if d.Validity == knowledge.InForce || d.Ended > p.Today() {
			all = append(all, d)
		}
	}
	return all, nil
}

// addShared adds what the offices above share, the nearer first: where two say the
// same the one that stands first answers. An office above that is in trouble takes
// away no more than what is its own.
func (p *Office) addShared(l *knowledge.Library) {
	if p.Place == nil {
		return
	}
	for n, up := range p.Place.Above {
		all, err := up.givenTo(p.Place.Key)
		if err != nil {
			fmt.Fprintf(p.Err, "%s给下级的文件这次没有用上：%v。\n", up.Place.Word, err)
			continue
		}
		for _, d := range all {
			if slices.ContainsFunc(l.Documents, func(o *knowledge.Document) bool { return o.Hash == d.Hash && o.Hash != "" }) {
				continue // it has the same file itself
			}
			own := *d
			if l.Document(own.ID) != nil {
				own.ID = fmt.Sprintf("%s-up%d", own.ID, n+1)
			}
			l.Documents = append(l.Documents, &own)
		}
	}
}

// aboveStamp changes whenever what an office above holds does.
func (p *Office) aboveStamp() (stamp string) {
	if p.Place == nil {
		return ""
	}
	for _, up := range p.Place.Above {
		stamp += up.catalogue(&knowledge.Library{}).Stamp() + "/"
	}
	return stamp
}

// lookEvery is how often the office looks for what was changed.
func (p *Office) lookEvery() time.Duration {
	if p.Place == nil {
		return lookAgain
	}
	return lookAgainAmong/2 + rand.N(lookAgainAmong)
}

// workersAmong is how many questions one of many offices answers at once: a flood
// in one leaves the processors to the others.
const workersAmong = 2

// workers is how many questions are answered at once; 0: as many as usual.
func (p *Office) workers() int {
	if p.Place == nil {
		return 0
	}
	return workersAmong
}

// ShareDown has the offices below see documents: those that are named, or all of
// them. It gives what was done, in Chinese.
func (p *Office) ShareDown(name string, with []string) (string, error) {
	keys, err := p.keysBelow(with)
	if err != nil {
		return "", err
	}
	return p.Change(func(s *catalogue.State, find func(string) (string, error)) (string, error) {
		id, err := find(name)
		if err != nil {
			return "", err
		}
		return id + " " + p.Place.seenBy(keys), s.Share(id, keys)
	})
}

// keysBelow gives the keys of offices below that are named. It fails where one is none,
// or where there is nobody below.
func (p *Office) keysBelow(names []string) (keys []string, err error) {
	if p.Place == nil || len(p.Place.Below) == 0 {
		return nil, Refuse("这个单位下面没有别的单位，给不了下级。几个单位一起用，看 bot help 一个市。")
	}
	for _, n := range names {
		name, err := p.Place.below(n)
		if err != nil {
			return nil, err
		}
		keys = append(keys, p.Place.Below[name])
	}
	return keys, nil
}

// below gives the name of the one office below that a person means: by its name,
// its key, or words of its name.
func (at *Place) below(word string) (string, error) {
	all := slices.Sorted(maps.Keys(at.Below))
	var found []string
	for _, name := range all {
		if name == word || at.Below[name] == word {
			return name, nil
		}
		if word != "" && strings.Contains(name, word) {
			found = append(found, name)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", Refuse("下级里没有“%s”。有：%s。", word, strings.Join(all, "、"))
	}
	return "", Refuse("下级里叫“%s”的不止一个：%s。请写全名。", word, strings.Join(found, "、"))
}

// seenBy says which offices below see a document, by their keys: none are all.
func (at *Place) seenBy(keys []string) string {
	if len(keys) == 0 {
		return "给下级看"
	}
	return "只给" + strings.Join(at.namesOf(keys), "、") + "看"
}

// namesOf gives the names of offices below. One that is there no longer keeps its key.
func (at *Place) namesOf(keys []string) []string {
	names := slices.Clone(keys)
	for name, key := range at.Below {
		if i := slices.Index(keys, key); i >= 0 {
			names[i] = name
		}
	}
	return names
}

// Unshare has the offices below see a document no longer.
func (p *Office) Unshare(name string) (string, error) {
	return p.Change(func(s *catalogue.State, find func(string) (string, error)) (string, error) {
		id, err := find(name)
		if err != nil {
			return "", err
		}
		return id + " 不再给下级看", s.Unshare(id)
	})
}

// Give takes files in and has the offices below see them, as ShareDown does. It
// gives what became of each. Nothing is taken in for one that is none.
func (p *Office) Give(files []string, by string, with []string) ([]catalogue.Outcome, error) {
	if _, err := p.keysBelow(with); err != nil {
		return nil, err
	}
	_, cat, _, err := p.Held()
	if err != nil {
		return nil, err
	}
	all, err := cat.Add(files, catalogue.Given{By: by}, p.Now(), nil)
	if err != nil {
		return nil, Refuse("没有加成，什么也没有改：%v。", err)
	}
	for _, o := range all {
		if o.ID == "" {
			continue
		}
		if _, err := p.ShareDown(o.ID, with); err != nil {
			return all, err
		}
	}
	return all, nil
}

// Given gives the documents that the office shares downward.
func (p *Office) Given() ([]catalogue.Entry, error) {
	s, err := p.catalogue(&knowledge.Library{}).Read()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(s.Entries), func(e catalogue.Entry) bool { return !e.Shared }), nil
}

// Page gives the service as its page shows it.
func (s *Service) Page() console.Office { return pages{s.Front} }

// Warm opens the documents, so that the first question need not wait for them.
func (s *Service) Warm() error {
	_, done, err := s.shelf.use()
	if err == nil {
		done()
	}
	return err
}

// Desk gives what takes messages and answers them.
func (s *Service) Desk() console.Desk { return s.desk }
