// Package mirror has a data folder be a working copy of the files that several
// programs share in PostgreSQL. A change is made there first, and every program
// fetches what it has not yet. While PostgreSQL is away the folder stays as it is.
package mirror

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"zujian/bot/store"
	"zujian/knowledge/lock"
	"zujian/knowledge/text"
)

// Folder is a data folder that follows PostgreSQL. Names are within it, with
// slashes.
type Folder struct {
	Dir    string
	Head   string   // the file that speaks of the others: it changes after them
	Owned  []string // patterns of files that only Change writes, Head among them
	Edited []string // patterns of files that people may write here as well

	All func(put Put) error                    // puts all that there is here, for a store that keeps no file yet
	Use func(work func(*store.DB) error) error // lends the store
	Say func(text string)                      // told in Chinese what somebody should look at
}

// Put keeps a file; nil takes it away.
type Put = func(name string, data []byte) error

// State is the file in which a folder keeps how far it has followed.
const State = "mirror.json"

// known is how a folder stood when it last agreed with a store.
type known struct {
	Of      string            `json:"of"`      // which store
	Version int64             `json:"version"` // the last change that was fetched
	Sums    map[string]string `json:"sums"`    // of Head and the files that people may write

	strange bool // it never followed this store, or the store is not where it was
}

// known reads the state; one that is lost or damaged has everything be compared.
func (f *Folder) known() known {
	var k known
	data, err := os.ReadFile(filepath.Join(f.Dir, State))
	if err != nil || json.Unmarshal(data, &k) != nil || k.Sums == nil {
		return known{Sums: map[string]string{}}
	}
	return k
}

func (f *Folder) keep(k known) error {
	data, err := json.Marshal(k)
	if err != nil {
		return err
	}
	return text.WriteWhole(filepath.Join(f.Dir, State), data)
}

// Version gives the number of the last change that was fetched; 0: none was.
func (f *Folder) Version() int64 { return f.known().Version }

// CatchUp fetches what was changed elsewhere and gives what people wrote here.
// Where there is nothing new it costs one short query.
func (f *Folder) CatchUp(ctx context.Context) error {
	return f.Use(func(db *store.DB) error {
		version, err := db.FilesVersion(ctx)
		if err != nil {
			return err
		}
		if k := f.known(); k.Of == db.Identity() && k.Version == version && len(f.differing(k)) == 0 {
			return nil
		}
		return f.alone(func() error { return f.follow(ctx, db, false, nil) })
	})
}

// FetchAgain holds every file against what is kept, and fetches those that are
// damaged or gone.
func (f *Folder) FetchAgain(ctx context.Context) error {
	return f.Use(func(db *store.DB) error {
		return f.alone(func() error { return f.follow(ctx, db, true, nil) })
	})
}

// Change has work make a change, alone and over a folder that has caught up. All
// that it puts is kept when Change gives no error, and the folder follows; nothing
// of it otherwise, but where store.Uncertain says that nobody knows.
func (f *Folder) Change(ctx context.Context, work func(put Put) error) error {
	return f.Use(func(db *store.DB) error {
		return f.alone(func() error { return f.follow(ctx, db, false, work) })
	})
}

// Part is what lies in one folder within a Folder; names are within that.
type Part struct {
	of   *Folder
	ctx  context.Context
	name string
}

// Part gives the files in a folder within.
func (f *Folder) Part(ctx context.Context, name string) Part { return Part{f, ctx, name} }

// Change is Folder.Change.
func (p Part) Change(work func(put func(name string, data []byte) error) error) error {
	return p.of.Change(p.ctx, func(put Put) error { return work(p.Put(put)) })
}

// Put gives a Put of the whole for one of this part.
func (p Part) Put(put Put) Put {
	return func(name string, data []byte) error { return put(p.name+"/"+name, data) }
}

// Edit is Change for work that writes files in the folder itself that people may
// write as well. Where it fails they are as they were.
func (f *Folder) Edit(ctx context.Context, work func() error) error {
	var before map[string][]byte
	err := f.Change(ctx, func(put Put) error {
		before = f.edited()
		if err := work(); err != nil {
			return err
		}
		for name, data := range f.edited() {
			if err := put(name, data); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil && before != nil {
		f.putBack(before)
	}
	return err
}

// edited gives what is in the files that people may write.
func (f *Folder) edited() map[string][]byte {
	all := map[string][]byte{}
	for _, name := range f.matching(f.Edited) {
		if data, err := os.ReadFile(f.path(name)); err == nil {
			all[name] = data
		}
	}
	return all
}

func (f *Folder) putBack(before map[string][]byte) {
	for name, data := range f.edited() {
		if was, there := before[name]; !there {
			_ = os.Remove(f.path(name))
		} else if string(was) != string(data) {
			_ = text.WriteWhole(f.path(name), was)
		}
	}
}

// patience is how long one program waits for another in the same folder.
const patience = 10 * time.Second

// alone keeps other programs that use this folder from following meanwhile.
func (f *Folder) alone(work func() error) error {
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return err
	}
	unlock, err := lock.Wait(filepath.Join(f.Dir, "mirror.lock"), patience)
	if err != nil {
		return err
	}
	defer unlock()
	return work()
}

// follow brings folder and store together. all holds every file against the
// store's.
func (f *Folder) follow(ctx context.Context, db *store.DB, all bool, work func(Put) error) error {
	k := f.known()
	if k.Of != db.Identity() {
		k = known{Of: db.Identity(), Sums: map[string]string{}, strange: true}
	}
	if all {
		k.Version = 0
	}
	if work != nil || k.strange || len(f.differing(k)) > 0 {
		own := map[string]string{}
		err := db.ChangeFiles(ctx, func(files *store.Files) error { return f.change(files, &k, own, work) })
		if err != nil {
			return err
		}
		maps.Copy(k.Sums, own) // so that whoever changes them next is not taken to change them beside us
	}
	err := db.ReadFiles(ctx, func(files *store.Files) error { return f.fetch(files, &k) })
	if err == nil {
		err = f.keep(k)
	}
	if work != nil {
		return nil // it is kept; the folder will follow
	}
	return err
}

// change catches up, and puts what was written here and what work puts. own gets
// the sums of the files that people may write, as they were put.
func (f *Folder) change(files *store.Files, k *known, own map[string]string, work func(Put) error) error {
	put := func(name string, data []byte) error {
		if is(name, f.Edited) {
			sum := sha256.Sum256(data)
			own[name] = hex.EncodeToString(sum[:])
		}
		return files.Put(name, data)
	}
	if err := f.fetch(files, k); err != nil {
		return err
	}
	if files.Version == 0 {
		if err := f.All(put); err != nil {
			return err
		}
		k.strange = false
	}
	for name, data := range f.edited() {
		if f.sum(name) == k.Sums[name] {
			continue
		}
		if err := put(name, data); err != nil {
			return err
		}
	}
	if work == nil {
		return nil
	}
	return work(put)
}

// differing gives the files that are not as they were when the folder last agreed
// with the store: written here, damaged or gone.
func (f *Folder) differing(k known) (names []string) {
	here := f.matching(f.Edited)
	for name := range k.Sums {
		if !slices.Contains(here, name) {
			here = append(here, name)
		}
	}
	for _, name := range here {
		if f.sum(name) != k.Sums[name] {
			names = append(names, name)
		}
	}
	return names
}
