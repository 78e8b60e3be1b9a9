package mirror

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"zujian/bot/store"
	"zujian/knowledge/text"
)

func (f *Folder) path(name string) string { return filepath.Join(f.Dir, filepath.FromSlash(name)) }

// matching gives the files of the folder that have one of the patterns.
func (f *Folder) matching(patterns []string) (names []string) {
	for _, p := range patterns {
		all, _ := filepath.Glob(f.path(p)) // a pattern that is none finds nothing
		for _, file := range all {
			if name, err := filepath.Rel(f.Dir, file); err == nil && !strings.HasPrefix(filepath.Base(file), text.Aside) {
				names = append(names, filepath.ToSlash(name))
			}
		}
	}
	return names
}

// is reports whether a name has one of the patterns.
func is(name string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { ok, _ := path.Match(p, name); return ok })
}

// sum gives the SHA-256 of a file here; empty where there is none that can be read.
func (f *Folder) sum(name string) string {
	in, err := os.Open(f.path(name))
	if err != nil {
		return ""
	}
	defer in.Close()
	of := sha256.New()
	if _, err := io.Copy(of, in); err != nil {
		return ""
	}
	return hex.EncodeToString(of.Sum(nil))
}

// fetch makes the folder what the store keeps, but for what was written here
// since. Head comes after what it speaks of, and before that is taken away of which
// it speaks no more: whoever reads the folder meanwhile finds all that it needs.
func (f *Folder) fetch(files *store.Files, k *known) error {
	if files.Version == 0 {
		return nil // nothing was ever kept there
	}
	if files.Version < k.Version { // the store was put back from a backup
		k.strange, k.Version = true, 0
	}
	wanted, err := f.wanted(files, k)
	if err != nil {
		return err
	}
	if k.strange {
		if err := f.leaveAside(files); err != nil {
			return err
		}
	}
	for _, x := range wanted {
		if err := f.take(files, x, k); err != nil {
			return err
		}
	}
	k.Version, k.strange = files.Version, false
	return nil
}

// wanted gives what was changed since, and what is damaged or gone here, in the
// order in which it is to be fetched.
func (f *Folder) wanted(files *store.Files, k *known) ([]store.File, error) {
	all, err := files.Since(k.Version)
	if err != nil {
		return nil, err
	}
	changed := map[string]bool{}
	for _, x := range all {
		changed[x.Name] = true
	}
	for name, sum := range k.Sums {
		if !changed[name] && (f.sum(name) == "" || name == f.Head && f.sum(name) != sum) {
			all = append(all, store.File{Name: name, Sum: sum})
		}
	}
	if k.Version == 0 {
		for _, name := range f.matching(f.Owned) {
			if !changed[name] {
				all = append(all, store.File{Name: name})
			}
		}
	}
	all = slices.DeleteFunc(all, func(x store.File) bool { return !is(x.Name, f.Owned) && !is(x.Name, f.Edited) })
	turn := func(x store.File) int {
		switch {
		case x.Name == f.Head:
			return 1
		case x.Sum == "":
			return 2
		}
		return 0
	}
	slices.SortStableFunc(all, func(a, b store.File) int { return turn(a) - turn(b) })
	return all, nil
}

// take makes one file what the store keeps.
func (f *Folder) take(files *store.Files, x store.File, k *known) error {
	here, was := f.sum(x.Name), k.Sums[x.Name]
	if own := is(x.Name, f.Edited); here != "" && here != was && here != x.Sum && (own || x.Name == f.Head && was != "") {
		if own && x.Sum == was {
			return nil // it was written here and nowhere else
		}
		if err := f.keepOwn(x.Name); err != nil {
			return err
		}
	}
	if here != x.Sum {
		if err := f.write(files, x); err != nil {
			return err
		}
		if here == "" && was != "" && is(x.Name, f.Edited) {
			f.Say(x.Name + " 不见了，从 PostgreSQL 里取回来了。不要了，请把里面清空，不要删")
		}
	}
	switch {
	case x.Sum == "":
		delete(k.Sums, x.Name)
	case x.Name == f.Head || is(x.Name, f.Edited):
		k.Sums[x.Name] = x.Sum
	}
	return nil
}

func (f *Folder) write(files *store.Files, x store.File) error {
	if x.Sum == "" {
		if err := os.Remove(f.path(x.Name)); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	data, err := files.Body(x.Name)
	if err != nil {
		return err
	}
	return text.WriteWhole(f.path(x.Name), data)
}

// aside is the end of the name of what is kept beside what took its place.
const aside = ".own-20060102-150405"

// keepOwn keeps beside it what was written here while the same file was written
// elsewhere.
func (f *Folder) keepOwn(name string) error {
	data, err := os.ReadFile(f.path(name))
	if err != nil || len(bytes.TrimSpace(data)) == 0 {
		return err
	}
	own := name + time.Now().Format(aside)
	if err := text.WriteWhole(f.path(own), data); err != nil {
		return err
	}
	f.Say(fmt.Sprintf("%s 跟 PostgreSQL 里的各改各的，用的是 PostgreSQL 里的。这台机器上的放在 %s，请对一对", name, own))
	return nil
}

// leaveAside keeps what a folder holds that never followed this store, and of
// which the store knows otherwise.
func (f *Folder) leaveAside(files *store.Files) error {
	here := f.sum(f.Head)
	there, err := files.Sum(f.Head)
	if err != nil || here == "" || here == there {
		return err
	}
	from := path.Dir(f.Head)
	own := from + time.Now().Format(aside)
	if err := os.CopyFS(f.path(own), os.DirFS(f.path(from))); err != nil {
		return err
	}
	f.Say(fmt.Sprintf("这台机器上原来的文件跟 PostgreSQL 里的不一样，用的是 PostgreSQL 里的。原来的放在 %s，缺的请再加一次", own))
	return nil
}

// Give puts every file that the store is to keep.
func (f *Folder) Give(put Put) error {
	if err := f.All(put); err != nil {
		return err
	}
	for name, data := range f.edited() {
		if err := put(name, data); err != nil {
			return err
		}
	}
	return nil
}

// Take makes the folder what the store keeps and gives how many files that is.
func (f *Folder) Take(ctx context.Context, from *store.DB) (n int, err error) {
	err = f.alone(func() error {
		k := f.known()
		k.Version = 0
		return from.ReadFiles(ctx, func(files *store.Files) error {
			if err := f.fetch(files, &k); err != nil {
				return err
			}
			all, err := files.Since(0)
			for _, x := range all {
				switch {
				case x.Sum == "":
				case is(x.Name, f.Owned) && f.sum(x.Name) != x.Sum:
					return fmt.Errorf("%s did not arrive", x.Name)
				default:
					n++
				}
			}
			return err
		})
	})
	return n, err
}
