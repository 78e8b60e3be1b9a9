package ilink

import (
	"cmp"
	"slices"
	"time"

	"zujian/bot/chat"
)

// The window that a message of a person opens, as users of the interface report
// it: sends and hours.
const (
	sendsPerMessage = 10
	windowLasts     = 24 * time.Hour
)

// person is somebody who wrote to us.
type person struct {
	Token string    `json:"context_token,omitempty"` // of his last message; a key
	Wrote time.Time `json:"wrote"`                   // when he last did
	Last  string    `json:"last,omitempty"`          // id of that message
	Left  int       `json:"left"`                    // messages that may still be sent
}

func (p *person) until() time.Time { return p.Wrote.Add(windowLasts) }

func (p *person) open(now time.Time) bool {
	return p.Token != "" && p.Left > 0 && now.Before(p.until())
}

// close has him write first.
func (p *person) close() { p.Token, p.Left = "", 0 }

// Allowance is what may still be sent to a person.
type Allowance struct {
	Person string    // his id
	Left   int       // messages; 0 where he has to write first
	Until  time.Time // when the window closes even where messages are left
}

// Open reports whether a message may be sent.
func (a Allowance) Open() bool { return a.Left > 0 }

func (p *person) allowance(id string, now time.Time) Allowance {
	a := Allowance{Person: id, Until: p.until()}
	if p.open(now) {
		a.Left = p.Left
	}
	return a
}

// Allowances gives those of everybody who wrote within a year, the last first.
func (c *Channel) Allowances() []Allowance {
	c.keeper.mu.Lock()
	defer c.keeper.mu.Unlock()
	return c.keeper.kept.allowances(time.Now())
}

// ReadAllowances gives the same from the file of a channel, such as that of
// another program which runs. It fails where the file cannot be read; there are
// none where it does not exist.
func ReadAllowances(file string, now time.Time) ([]Allowance, error) {
	k, err := readFile(file)
	if err != nil {
		return nil, err
	}
	return k.allowances(now), nil
}

func (k kept) allowances(now time.Time) []Allowance {
	all := []Allowance{}
	for id, p := range k.People {
		all = append(all, p.allowance(id, now))
	}
	slices.SortFunc(all, func(a, b Allowance) int {
		return cmp.Or(b.Until.Compare(a.Until), cmp.Compare(a.Person, b.Person))
	})
	return all
}

// heard opens a person's window with a message of his. One that was heard
// before, or is older than his last, changes nothing; nor does one without a
// token, which cannot be answered.
func (k *keeper) heard(id, token, message string, at time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	p := k.kept.People[id]
	switch {
	case token == "" || len(token) > longestToken:
		return
	case p == nil:
		p = &person{}
		k.kept.People[id] = p
	case p.Last == message && message != "" || at.Before(p.Wrote):
		return
	}
	*p = person{Token: token, Wrote: at, Last: message, Left: sendsPerMessage}
}

// spend takes one message from a person's allowance, and gives the token that
// it has to carry. It is written down before the message goes out, so that a
// program that is killed does not count it twice.
func (k *keeper) spend(id string, now time.Time) (token string, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	p := k.kept.People[id]
	if p == nil {
		return "", chat.ErrNoTarget
	}
	if !p.open(now) {
		return "", chat.ErrWindowClosed
	}
	p.Left--
	k.write()
	return p.Token, nil
}

// giveBack returns a message that did not go out, unless a new window is open.
func (k *keeper) giveBack(id, token string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if p := k.kept.People[id]; p != nil && p.Token == token && p.Left < sendsPerMessage {
		p.Left++
		k.write()
	}
}

const (
	rememberFor = 365 * 24 * time.Hour
	mostPeople  = 20_000
)

// tidy drops tokens of windows that have closed, and people of long ago; the
// caller holds the lock.
func (k *keeper) tidy(now time.Time) {
	for id, p := range k.kept.People {
		if !now.Before(p.until()) {
			p.close()
		}
		if now.Sub(p.Wrote) > rememberFor {
			delete(k.kept.People, id)
		}
	}
	if len(k.kept.People) > mostPeople {
		for _, a := range k.kept.allowances(now)[mostPeople:] {
			delete(k.kept.People, a.Person)
		}
	}
}
