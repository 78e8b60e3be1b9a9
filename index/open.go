package index

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"zujian/knowledge/lock"
)

var noCancel = context.Background()

// home is where an index is kept and what it has to be made of.
type home struct {
	dir         string
	fingerprint string // of documents and analysis
	progress    func(done int)
}

// Open gives the index in dir, which is made if need be. Fingerprint names
// what the passages were made from (their documents); an index of another
// fingerprint or of another version of the analysis, or one that is damaged,
// is built again from source. Any number of programs may read one dir at the
// same time; while one builds, another that needs building too gets ErrBusy.
// Nothing is ever changed in place: a new index is made aside and swapped in
// by a rename, so that an interruption leaves what was there.
func Open(ctx context.Context, dir, fingerprint string, source Source) (*Index, error) {
	return openWith(ctx, dir, fingerprint, source, func(int) {})
}

// openWith is Open that calls progress while it builds, with the number of
// passages done so far. Calls never overlap.
func openWith(ctx context.Context, dir, fingerprint string, source Source, progress func(done int)) (*Index, error) {
	h := home{dir: dir, fingerprint: fingerprintOf(fingerprint, analysisVersion), progress: progress}
	s, err := h.open()
	if err != nil {
		s, err = h.rebuild(ctx, source)
	}
	if err != nil {
		return nil, err
	}
	return &Index{snapshot: s, home: h, source: source}, nil
}

// fingerprintOf names an index of these documents under this analysis.
func fingerprintOf(documents, version string) string {
	sum := sha256.Sum256([]byte(documents + "\x00" + version))
	return hex.EncodeToString(sum[:12])
}

// builtPrefix begins the name of every finished index in a home; the rest is
// its fingerprint, so that a fitting index is found without reading any.
const builtPrefix = "passages-"

func (h *home) path() string { return filepath.Join(h.dir, builtPrefix+h.fingerprint) }

// open opens the fitting index for reading. Whatever is wrong with the files,
// it gives an error.
func (h *home) open() (s *snapshot, err error) {
	defer panicIsDamage(&err)
	if err := verifyChecksums(h.path()); err != nil {
		return nil, err
	}
	b, err := bleve.OpenUsing(h.path(), map[string]any{"read_only": true, "bolt_timeout": "2s"})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	if s, err = h.read(b); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return s, nil
}

func (h *home) read(b bleve.Index) (*snapshot, error) {
	have, err := b.GetInternal(keyFingerprint)
	if err != nil || string(have) != h.fingerprint {
		return nil, fmt.Errorf("%w: fingerprint %q, %q expected", errDamaged, have, h.fingerprint)
	}
	raw, err := b.GetInternal(keyStats)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	st, err := decodeStats(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	return newSnapshot(b, st)
}

// rebuild makes the fitting index, unless another program has just done so.
func (h *home) rebuild(ctx context.Context, source Source) (*snapshot, error) {
	if err := os.MkdirAll(h.dir, 0o700); err != nil {
		return nil, fmt.Errorf("建立索引文件夹：%w", err)
	}
	unlock, err := lock.Take(filepath.Join(h.dir, "building.lock"))
	if errors.Is(err, lock.ErrHeld) {
		return nil, ErrBusy
	}
	if err != nil {
		return nil, err
	}
	defer unlock()
	if s, err := h.open(); err == nil {
		return s, nil
	}
	if err := h.build(ctx, source); err != nil {
		return nil, fmt.Errorf("建立索引：%w", err)
	}
	h.tidy()
	return h.open()
}

// build makes the index aside and swaps it in. The lock is held.
func (h *home) build(ctx context.Context, source Source) error {
	aside, err := os.MkdirTemp(h.dir, "aside-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(aside) // what another program holds open stays, and goes with the next one that tidies
	made := filepath.Join(aside, "index")
	if err := h.write(ctx, filepath.Join(aside, "parts"), made, source); err != nil {
		return err
	}
	if err := writeChecksums(made); err != nil {
		return err
	}
	// A damaged index of the same name goes out of the way first.
	if err := os.Rename(h.path(), filepath.Join(aside, "old")); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.Rename(made, h.path())
}

// write fills an index in parts and leaves in made what of it is current.
func (h *home) write(ctx context.Context, parts, made string, source Source) error {
	b, err := bleve.NewUsing(parts, emptyMapping(), scorch.Name, scorch.Name, buildConfig())
	if err != nil {
		return err
	}
	_, err = fill(ctx, b, h.fingerprint, source(), h.progress)
	if err == nil {
		err = mergeAll(ctx, b)
	}
	if c, ok := b.(bleve.IndexCopyable); ok && err == nil {
		err = c.CopyTo(bleve.FileSystemDirectory(made))
	}
	return errors.Join(err, b.Close())
}

// condemn makes the finished index one that will not open.
func (h *home) condemn() { _ = os.Remove(filepath.Join(h.path(), checksumsName)) }

// tidy removes indexes of other fingerprints and what an interrupted build
// left. A program that still reads one keeps it until it closes; where the
// system forbids the removal, the next build tries again.
func (h *home) tidy() {
	entries, err := os.ReadDir(h.dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		path := filepath.Join(h.dir, e.Name())
		old := strings.HasPrefix(e.Name(), builtPrefix) && path != h.path()
		if old || strings.HasPrefix(e.Name(), "aside-") {
			_ = os.RemoveAll(path)
		}
	}
}
