package office

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"zujian/bot/store"
	"zujian/knowledge/text"
)

// What a backup holds besides the record: the office's documents and settings.
// Logins of channels and the page's key are not in it: they belong to this
// machine, and whoever finds a backup must not be able to speak as us.
var (
	backedFolders  = []string{"documents", catalogueFolder, "asks"}
	backedSettings = []string{settingsFile, "words.yaml", "holidays.yaml", "additions.yaml", "formation.yaml", "glossary.yaml"}
)

const (
	settingsFile   = "zujian.toml"
	BackupDatabase = "zujian.db"
	backupManifest = "manifest.json" // what is in it, and what each file is to be
	backupsKept    = 7
	backupWork     = "backup-" // how the folders begin in which one is made
	backupEvery    = 24 * time.Hour
)

// Manifest is written last: a backup without one is not whole.
type Manifest struct {
	Made    time.Time         `json:"made"`
	Version string            `json:"version"`
	Files   map[string]string `json:"files"` // SHA-256 by name
}

func (p *Office) backupFolder() string { return filepath.Join(p.Data, "backup") }

// NightlyBackup makes a backup in the data folder and removes the oldest.
func (p *Office) NightlyBackup(ctx context.Context, db *store.DB) (string, error) {
	if err := os.MkdirAll(p.backupFolder(), 0o700); err != nil {
		return "", err
	}
	file := filepath.Join(p.backupFolder(), "zujian-"+p.Now().In(text.Beijing).Format("20060102-150405")+".zip")
	if err := p.Backup(ctx, db, file); err != nil {
		return "", err
	}
	if db.Anew() {
		return file, nil // the older ones hold what is lost
	}
	all := p.Backups()
	for _, old := range all[:max(0, len(all)-backupsKept)] {
		if err := os.Remove(old); err != nil {
			return file, err
		}
	}
	return file, nil
}

// Backups gives the backups of the data folder, oldest first.
func (p *Office) Backups() []string {
	all, _ := filepath.Glob(filepath.Join(p.backupFolder(), "zujian-*.zip"))
	slices.Sort(all)
	return all
}

// Backup writes a new file whole or not at all. Without a store that can be read
// (nil) it holds the file of it as it is.
func (p *Office) Backup(ctx context.Context, db *store.DB, file string) (err error) {
	if exists(file) {
		return Refuse("文件 %s 已经有了，请换一个名字", file)
	}
	if err := noFolder(file); err != nil {
		return err
	}
	p.CatchUp()
	work, err := os.MkdirTemp(filepath.Dir(file), backupWork)
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	copied := filepath.Join(p.State(), BackupDatabase)
	if db != nil {
		copied = filepath.Join(work, BackupDatabase)
		if err := db.CopyTo(ctx, copied); err != nil {
			return err
		}
	}
	aside := filepath.Join(work, "backup.zip")
	out, err := os.OpenFile(aside, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = p.fillBackup(ctx, zip.NewWriter(out), copied)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return err
	}
	return text.Rename(aside, file)
}

func (p *Office) fillBackup(ctx context.Context, z *zip.Writer, database string) error {
	m := Manifest{Made: p.Now(), Version: Version(), Files: map[string]string{}}
	if err := m.add(z, BackupDatabase, database); err != nil {
		return err
	}
	for _, name := range p.Backed() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := m.add(z, name, filepath.Join(p.Data, filepath.FromSlash(name))); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	w, err := z.Create(backupManifest)
	if err != nil {
		return err
	}
	if err := json.NewEncoder(w).Encode(m); err != nil {
		return err
	}
	return z.Close()
}

// Backed gives the names of the documents and settings that there are.
func (p *Office) Backed() []string {
	var names []string
	for _, name := range backedSettings {
		if exists(filepath.Join(p.Data, name)) {
			names = append(names, name)
		}
	}
	for _, dir := range backedFolders {
		_ = filepath.WalkDir(filepath.Join(p.Data, dir), func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && !strings.HasSuffix(path, ".lock") {
				if name, err := filepath.Rel(p.Data, path); err == nil {
					names = append(names, filepath.ToSlash(name))
				}
			}
			return nil
		})
	}
	return names
}

// add puts a file into the backup and notes what it is.
func (m *Manifest) add(z *zip.Writer, name, path string) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	w, err := z.Create(name)
	if err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(w, sum), in); err != nil {
		return err
	}
	m.Files[name] = hex.EncodeToString(sum.Sum(nil))
	return nil
}

// backEvery makes a backup whenever the last is a day old, and looks every hour:
// the machine may be off at night.
func (s *Service) backEvery(ctx context.Context) {
	hourly := time.NewTicker(time.Hour)
	defer hourly.Stop()
	for {
		if s.backupIsOld() {
			if err := s.backUp(ctx); err != nil && ctx.Err() == nil {
				s.Log.Error("no backup was made", "error", err.Error())
				s.line("今天的备份没有做成：%v", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-hourly.C:
		}
	}
}

// backUp makes a backup, of hundreds of offices one after another.
func (s *Service) backUp(ctx context.Context) error {
	if at := s.Office.Place; at != nil {
		at.Shared.backups.Lock()
		defer at.Shared.backups.Unlock()
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	_, err := s.Office.NightlyBackup(ctx, s.DB)
	return err
}

func (s *Service) backupIsOld() bool {
	all := s.Office.Backups()
	if len(all) == 0 {
		return true
	}
	info, err := os.Stat(all[len(all)-1])
	return err != nil || s.Office.Now().Sub(info.ModTime()) >= backupEvery
}
