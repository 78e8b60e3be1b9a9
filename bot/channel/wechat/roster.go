package wechat

import (
	"html"
	"maps"
	"sync"
	"time"

	"github.com/eatmoreapple/openwechat"

	"zujian/bot/channel"
)

const (
	detailsLast  = 10 * time.Minute // then a group is asked for again
	askedLast    = time.Minute      // at most so often for somebody unknown
	detailsAtOne = 50               // groups in one request
)

// group is what is known of a group in this login.
type group struct {
	user    string
	name    string
	members map[string]member // by user name
	asked   time.Time
}

type member struct{ nick, display string }

// roster holds the contacts of one login. User names hold only for that login;
// groups that were not saved to the address book come in when they speak.
type roster struct {
	s    *session
	self string

	asking sync.Mutex // one request at a time

	mu      sync.Mutex
	people  map[string]*openwechat.User
	groups  map[string]*group
	bound   map[string]string // names in the configuration by user name of the group
	renamed [][2]string       // old and new name, not told yet
	asked   time.Time
}

func newRoster(s *session) *roster {
	return &roster{s: s, self: s.first.User.UserName, people: map[string]*openwechat.User{}, groups: map[string]*group{},
		bound: map[string]string{}}
}

// boundAs gives the name by which an operator bound a group in this login; empty
// where nobody did.
func (r *roster) boundAs(user string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.bound[user]
}

// bind notes it. One group alone has a name.
func (r *roster) bind(user, name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	maps.DeleteFunc(r.bound, func(_, n string) bool { return n == name })
	r.bound[user] = name
}

func isGroup(user string) bool { return len(user) > 1 && user[:2] == "@@" }

// clean is a name as a person sees it: openwechat leaves entities and emoji
// as HTML.
func clean(name string) string { return openwechat.FormatEmoji(html.UnescapeString(name)) }

// take adds contacts to what is known.
func (r *roster) take(contacts []*openwechat.User) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, u := range contacts {
		switch {
		case u == nil || u.UserName == "":
		case isGroup(u.UserName):
			r.takeGroup(u)
		default:
			r.people[u.UserName] = u
		}
	}
}

func (r *roster) takeGroup(u *openwechat.User) {
	g := r.groups[u.UserName]
	if g == nil {
		g = &group{user: u.UserName}
		r.groups[u.UserName] = g
	}
	if name := clean(u.NickName); name != "" {
		if g.name != "" && g.name != name && r.named(g.name) == 1 && r.named(name) == 0 {
			r.renamed = append(r.renamed, [2]string{g.name, name})
		}
		g.name = name
	}
	if len(u.MemberList) == 0 {
		return
	}
	g.asked = time.Now()
	g.members = make(map[string]member, len(u.MemberList))
	for _, m := range u.MemberList {
		g.members[m.UserName] = member{clean(m.NickName), clean(m.DisplayName)}
	}
}

func (r *roster) named(name string) int {
	n := 0
	for _, g := range r.groups {
		if g.name == name {
			n++
		}
	}
	return n
}

// refresh asks for all contacts, and for the groups among them that are not in
// the answer, unless that was done within the last age.
func (r *roster) refresh(age time.Duration) error {
	r.asking.Lock()
	defer r.asking.Unlock()
	r.mu.Lock()
	fresh := age > 0 && time.Since(r.asked) < age
	r.mu.Unlock()
	if fresh {
		return nil
	}
	contacts, err := r.s.caller.WebWxGetContact(r.s.Ctx, r.s.info)
	if err != nil {
		return meaning(err)
	}
	listed := map[string]bool{}
	for _, u := range contacts {
		listed[u.UserName] = true
	}
	r.take(contacts)
	r.mu.Lock()
	r.asked = time.Now()
	var unsaved []string
	for user := range r.groups {
		if !listed[user] {
			unsaved = append(unsaved, user)
		}
	}
	r.mu.Unlock()
	return r.ask(unsaved)
}

// ask fetches the details of groups.
func (r *roster) ask(users []string) error {
	for len(users) > 0 {
		n := min(len(users), detailsAtOne)
		list := make(openwechat.Members, n)
		for i, user := range users[:n] {
			list[i] = &openwechat.User{UserName: user}
		}
		users = users[n:]
		details, err := r.s.caller.WebWxBatchGetContact(r.s.Ctx, list, r.s.request)
		if err != nil {
			return meaning(err)
		}
		r.take(details)
	}
	return nil
}

// groupOf gives what is known of a group in which speaker has spoken, after
// asking where too little or only old things are known.
func (r *roster) groupOf(user, speaker string) group {
	r.mu.Lock()
	g := r.groups[user]
	if g == nil {
		g = &group{user: user}
		r.groups[user] = g
	}
	age := time.Since(g.asked)
	_, known := g.members[speaker]
	stale := g.members == nil && age > time.Second || age > detailsLast || (!known && age > askedLast)
	if stale {
		g.asked = time.Now() // also where the answer fails: not at every message
	}
	r.mu.Unlock()
	if stale {
		r.asking.Lock()
		err := r.ask([]string{user})
		r.asking.Unlock()
		if channel.Over(err) {
			r.s.EndBy(err)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return *r.groups[user]
}

// doubt has every group be asked for again before it is used.
func (r *roster) doubt() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked = time.Time{}
	for _, g := range r.groups {
		g.asked = time.Time{}
	}
}

// tellRenamed gives the renames since the last call.
func (r *roster) tellRenamed() [][2]string {
	r.mu.Lock()
	defer r.mu.Unlock()
	told := r.renamed
	r.renamed = nil
	return told
}
