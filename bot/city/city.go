package city

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"zujian/bot/office"
	"zujian/bot/store"
)

// City is the offices of one folder. Its methods are safe for several goroutines.
type City struct {
	Dir     string
	Members []*Member // as they are written, those above before those below

	like     *office.Office // what all offices have in common
	settings settings
	shared   *office.Shared
	pool     *store.Pool // nil: each has its records in its folder
}

// Member is one office of a city.
type Member struct {
	Name, Key string // the key is its folder
	Calls     string // what those below call it
	Above     *Member
	Depth     int // how many are above

	lends *office.Office // whose documents those below look at

	mu      sync.Mutex
	trouble string // why it does not run; empty: it does, or nobody tried
	service *office.Service
}

// Open reads which offices there are. like says what all of them have in common:
// the streams, the clock and who reads files. Close lets go of it.
func Open(dir string, like *office.Office) (*City, error) {
	set, err := read(dir)
	if err != nil {
		return nil, err
	}
	memory := set.Memory
	if memory == 0 {
		memory = usualMemory
	}
	c := &City{Dir: dir, like: like, settings: set, shared: office.NewShared(memory << 20)}
	if c.pool, err = set.Store.pool(dir); err != nil {
		return nil, err
	}
	for _, o := range set.Office {
		c.Members = append(c.Members, &Member{Name: o.Name, Key: o.Folder, Calls: o.Calls})
	}
	for i, m := range c.Members {
		m.Above = c.named(set.Office[i].Above)
		if m.Calls == "" {
			m.Calls = m.Name
		}
	}
	for _, m := range c.Members {
		for up := m.Above; up != nil; up = up.Above {
			m.Depth++
		}
	}
	c.Members = inOrder(c.Members)
	for _, m := range c.Members { // those above come first
		m.lends, _ = c.configured(m, io.Discard) // what is wrong is said where the office itself is made
		m.lends.Err = like.Err
	}
	return c, nil
}

// inOrder puts each office behind the one above it.
func inOrder(all []*Member) (out []*Member) {
	var add func(above *Member)
	add = func(above *Member) {
		for _, m := range all {
			if m.Above == above {
				out = append(out, m)
				add(m)
			}
		}
	}
	add(nil)
	return out
}

// pool is where the records of all offices are; nil: in their folders.
func (s storeSettings) pool(dir string) (*store.Pool, error) {
	if s.Postgres == "" {
		return nil, nil
	}
	where := store.Postgres{URL: s.Postgres}
	if s.PasswordFile != "" {
		file := s.PasswordFile
		if !filepath.IsAbs(file) {
			file = filepath.Join(dir, file)
		}
		secret, err := office.Secret("city.toml 里 PostgreSQL 的密码", file, "")
		if err != nil {
			return nil, err
		}
		where.Password = secret
	}
	p, err := store.NewPool(where)
	if err != nil {
		return nil, office.Refuse("city.toml 里 store 的 postgres 看不懂，要像 postgres://zujian@10.0.0.5/zujian 这样。")
	}
	return p, nil
}

// Close lets go of what the offices have together.
func (c *City) Close() error {
	if c.pool == nil {
		return nil
	}
	return c.pool.Close()
}

// named gives the office of that name; nil where there is none.
func (c *City) named(name string) *Member {
	i := slices.IndexFunc(c.Members, func(m *Member) bool { return m.Name == name })
	if i < 0 {
		return nil
	}
	return c.Members[i]
}

// Find gives the one office that a person means: by its name, its folder, or words
// of its name.
func (c *City) Find(name string) (*Member, error) {
	found := office.FirstMatching(c.Members,
		func(m *Member) bool { return m.Name == name || m.Key == name },
		func(m *Member) bool { return name != "" && strings.Contains(m.Name, name) })
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, office.Refuse("没有叫“%s”的单位。有：%s。", name, c.names(c.Members))
	}
	return nil, office.Refuse("叫“%s”的不止一个：%s。请写全名。", name, c.names(found))
}

// mostNamed is how many offices are named in a sentence.
const mostNamed = 20

func (c *City) names(all []*Member) string {
	var names []string
	for _, m := range all[:min(len(all), mostNamed)] {
		names = append(names, m.Name)
	}
	if len(all) > mostNamed {
		return strings.Join(names, "、") + fmt.Sprintf(" 等 %d 个", len(all))
	}
	return strings.Join(names, "、")
}

// Office gives an office as it is configured now. It fails where its settings are
// no good and were never.
func (c *City) Office(m *Member) (*office.Office, error) {
	p, err := c.configured(m, c.like.Err)
	if err != nil {
		return nil, err
	}
	return p, nil
}

// configured gives an office in its place, also where it fails. errs hears what is
// wrong with it.
func (c *City) configured(m *Member, errs io.Writer) (*office.Office, error) {
	p := c.bare(m)
	p.Err = errs
	err := p.Configure(p.Data, "")
	p.Place = c.place(m)
	p.Set(func(k *office.Config) {
		k.Console.Off = k.Console.Off || k.Console.Address == "" // hundreds do not each open a page unasked
		if k.Contact.Office == "" {
			k.Contact.Office = m.Name
		}
		if c.pool != nil {
			k.Store.Postgres, k.Store.Office = c.settings.Store.Postgres, m.Key
		}
	})
	return p, err
}

// bare is an office that is not configured yet.
func (c *City) bare(m *Member) *office.Office {
	l := c.like
	return &office.Office{Ctx: l.Ctx, Data: filepath.Join(c.Dir, m.Key), In: l.In, Out: l.Out, Err: l.Err, Screen: l.Screen,
		Now: l.Now, Apart: l.Apart}
}

func (c *City) place(m *Member) *office.Place {
	at := &office.Place{Key: m.Key, Word: m.Calls, Shared: c.shared, Pool: c.pool, Below: map[string]string{}}
	for up := m.Above; up != nil; up = up.Above {
		at.Above = append(at.Above, up.lends)
	}
	for _, x := range c.below(m) {
		at.Below[x.Name] = x.Key
	}
	return at
}

// below gives every office that has m above, however far.
func (c *City) below(m *Member) (all []*Member) {
	for _, x := range c.Members {
		for up := x.Above; up != nil; up = up.Above {
			if up == m {
				all = append(all, x)
			}
		}
	}
	return all
}

// named writes lines that begin with whose they are.
type named struct {
	to   io.Writer
	name string
}

func (w named) Write(b []byte) (int, error) {
	var out strings.Builder
	for line := range strings.Lines(string(b)) {
		out.WriteString("〔" + w.name + "〕" + line)
	}
	_, err := io.WriteString(w.to, out.String())
	return len(b), err
}
