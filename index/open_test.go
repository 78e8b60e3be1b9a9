package index

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// written are passages that only these tests have.
var written = []Passage{
	{ID: "a1", Collection: "灯塔", Kind: "clause", Title: "灯塔守则", Section: "第一章", Label: "第一条", Text: "灯塔夜间应当点亮，由值班员负责。"},
	{ID: "a2", Collection: "灯塔", Kind: "clause", Title: "灯塔守则", Section: "第一章", Label: "第二条", Text: "遇有大雾，每十分钟鸣笛一次。"},
	{ID: "b1", Collection: "渡口", Kind: "clause", Title: "渡口守则", Section: "", Label: "第一条", Text: "渡船满员后不得再上客。"},
	{ID: "b2", Collection: "渡口", Kind: "remark", Title: "渡口守则", Section: "", Label: "", Text: "渡船坐满了还能上人吗"},
}

// counted is a source that says how often it was asked.
func counted(passages []Passage, times *int) Source {
	return func() iter.Seq[Passage] {
		*times++
		return slices.Values(passages)
	}
}

func open(t testing.TB, dir, documents string, source Source) *Index {
	t.Helper()
	x, err := Open(context.Background(), dir, documents, source)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func closeIndex(t testing.TB, x *Index) {
	t.Helper()
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
}

// finds holds that the index answers.
func finds(t testing.TB, x *Index) {
	t.Helper()
	hits, err := searching(t, x, written).search(context.Background(), "大雾时多久鸣笛", 10)
	if err != nil || len(hits) == 0 || hits[0].ID != "a2" || hits[0].Text != written[1].Text || hits[0].Label != "第二条" {
		t.Fatalf("found %+v (%v)", hits, err)
	}
	if n := x.snapshot.stats.Passages; n != len(written) {
		t.Fatalf("%d passages held", n)
	}
}

// entries names what lies in a home.
func entries(t testing.TB, dir string) []string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

func TestRebuiltOnlyWhenChanged(t *testing.T) {
	dir, times := filepath.Join(t.TempDir(), "new", "home"), 0
	for _, step := range []struct {
		documents string
		want      int
	}{{"one", 1}, {"one", 1}, {"two", 2}, {"two", 2}, {"one", 3}} {
		x := open(t, dir, step.documents, counted(written, &times))
		finds(t, x)
		closeIndex(t, x)
		if times != step.want {
			t.Fatalf("built %d times, want %d", times, step.want)
		}
	}
	if names := entries(t, dir); len(names) != 2 {
		t.Errorf("the home holds %v, want one index and the lock", names)
	}
}

// TestRebuiltForAnalysis: an index of another version of the analysis is not
// taken for a fitting one, even under the name of one.
func TestRebuiltForAnalysis(t *testing.T) {
	dir, times := t.TempDir(), 0
	old := home{dir: dir, fingerprint: fingerprintOf("one", "an older analysis"), progress: func(int) {}}
	s, err := old.rebuild(context.Background(), counted(written, &times))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	now := home{dir: dir, fingerprint: fingerprintOf("one", analysisVersion)}
	if err := os.Rename(old.path(), now.path()); err != nil {
		t.Fatal(err)
	}
	x := open(t, dir, "one", counted(written, &times))
	defer closeIndex(t, x)
	finds(t, x)
	if times != 2 {
		t.Errorf("built %d times, want 2", times)
	}
}

// TestDamaged spoils every file of an index in every way.
func TestDamaged(t *testing.T) {
	whole := t.TempDir()
	times := 0
	closeIndex(t, open(t, whole, "one", counted(written, &times)))
	files := filesBelow(t, whole)
	for _, must := range []string{checksumsName, "index_meta.json", "root.bolt", ".zap"} {
		if !slices.ContainsFunc(files, func(f string) bool { return strings.HasSuffix(f, must) }) {
			t.Fatalf("no %s among %v", must, files)
		}
	}
	for _, file := range files {
		for how, spoil := range spoils {
			t.Run(filepath.Base(file)+" "+how, func(t *testing.T) {
				dir := t.TempDir()
				if err := os.CopyFS(dir, os.DirFS(whole)); err != nil {
					t.Fatal(err)
				}
				if err := spoil(filepath.Join(dir, file)); err != nil {
					t.Fatal(err)
				}
				times := 0
				x := open(t, dir, "one", counted(written, &times))
				defer closeIndex(t, x)
				finds(t, x)
				if times != 1 && filepath.Base(file) != "building.lock" {
					t.Errorf("built %d times, want once", times)
				}
			})
		}
	}
}

var spoils = map[string]func(file string) error{
	"gone":   os.Remove,
	"empty":  func(f string) error { return os.WriteFile(f, nil, 0o600) },
	"noise":  func(f string) error { return os.WriteFile(f, []byte(strings.Repeat("噪声", 4000)), 0o600) },
	"folder": func(f string) error { return errors.Join(os.Remove(f), os.Mkdir(f, 0o700)) },
	"cut": func(f string) error {
		info, err := os.Stat(f)
		if err != nil {
			return err
		}
		return os.Truncate(f, info.Size()/2)
	},
	"flipped": func(f string) error {
		b, err := os.ReadFile(f)
		if err != nil || len(b) == 0 {
			return errors.Join(err, os.WriteFile(f, []byte{1}, 0o600))
		}
		b[len(b)/2] ^= 0x55
		return os.WriteFile(f, b, 0o600)
	},
}

func filesBelow(t testing.TB, dir string) []string {
	t.Helper()
	var files []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && path != "building.lock" {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestStrangeHome: something else lies where the index goes.
func TestStrangeHome(t *testing.T) {
	fitting := (&home{fingerprint: fingerprintOf("one", analysisVersion)}).path()
	for name, lay := range map[string]func(dir string) error{
		"a file for the index": func(dir string) error { return os.WriteFile(filepath.Join(dir, fitting), []byte("x"), 0o600) },
		"an empty folder":      func(dir string) error { return os.Mkdir(filepath.Join(dir, fitting), 0o700) },
		"a half-built index": func(dir string) error {
			return os.MkdirAll(filepath.Join(dir, "aside-1", "parts", "store"), 0o700)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir, times := t.TempDir(), 0
			if err := lay(dir); err != nil {
				t.Fatal(err)
			}
			x := open(t, dir, "one", counted(written, &times))
			defer closeIndex(t, x)
			finds(t, x)
			if names := entries(t, dir); len(names) != 2 {
				t.Errorf("the home holds %v, want one index and the lock", names)
			}
		})
	}
}

// TestMend: an index found damaged while searching is built again, once.
func TestMend(t *testing.T) {
	dir, times := t.TempDir(), 0
	x := open(t, dir, "one", counted(written, &times))
	defer closeIndex(t, x)
	damaged := x.snapshot
	for range 2 { // the second search that met the same damage
		if err := x.mend(context.Background(), damaged); err != nil {
			t.Fatal(err)
		}
	}
	finds(t, x)
	if times != 2 {
		t.Errorf("built %d times, want 2", times)
	}
}

// stuck gives passages and then waits for release.
func stuck(reached chan<- struct{}, release <-chan struct{}) Source {
	return func() iter.Seq[Passage] {
		return func(yield func(Passage) bool) {
			for i, p := range written {
				if i == len(written)-1 {
					close(reached)
					<-release
				}
				if !yield(p) {
					return
				}
			}
		}
	}
}

func TestBusy(t *testing.T) {
	dir := t.TempDir()
	reached, release, done := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		x, err := Open(context.Background(), dir, "one", stuck(reached, release))
		if err == nil {
			err = x.Close()
		}
		done <- err
	}()
	<-reached
	times := 0
	_, err := Open(context.Background(), dir, "one", counted(written, &times))
	if !errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), "另一个程序正在建立") {
		t.Errorf("the second opener got %v", err)
	}
	close(release)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	x, y := open(t, dir, "one", counted(written, &times)), open(t, dir, "one", counted(written, &times))
	finds(t, x)
	finds(t, y)
	closeIndex(t, x)
	closeIndex(t, y)
	if times != 0 {
		t.Errorf("built %d times although another had", times)
	}
}

func TestCancelled(t *testing.T) {
	dir, times := t.TempDir(), 0
	closeIndex(t, open(t, dir, "one", counted(written, &times)))
	before := entries(t, dir)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Open(ctx, dir, "two", counted(written, &times)); !errors.Is(err, context.Canceled) {
		t.Errorf("opening gave %v", err)
	}
	if after := entries(t, dir); !slices.Equal(before, after) {
		t.Errorf("the home held %v, now %v", before, after)
	}
}

func TestTwoOfOneID(t *testing.T) {
	twice := append(slices.Clone(written), written[0])
	times := 0
	for _, err := range []error{
		func() error { _, err := OpenMemory(counted(twice, &times)); return err }(),
		func() error {
			_, err := Open(context.Background(), t.TempDir(), "one", counted(twice, &times))
			return err
		}(),
	} {
		if err == nil || !strings.Contains(err.Error(), `"a1"`) {
			t.Errorf("two passages of one id: %v", err)
		}
	}
}

const killedDir = "ZUJIAN_TEST_BUILD_IN"

// TestKilledWhileBuilding runs itself as another program, kills that in the
// middle of a build, and starts again.
func TestKilledWhileBuilding(t *testing.T) {
	if dir := os.Getenv(killedDir); dir != "" {
		buildForever(dir)
		return
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	child := exec.Command(exe, "-test.run=^TestKilledWhileBuilding$")
	child.Env = append(os.Environ(), killedDir+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err := errors.Join(err, child.Process.Kill()); err != nil || line != "batches are on disk\n" {
		t.Fatalf("the other program said %q (%v)", line, err)
	}
	_ = child.Wait() // killed, as meant
	if !slices.ContainsFunc(entries(t, dir), func(n string) bool { return strings.HasPrefix(n, "aside-") }) {
		t.Fatalf("the home holds %v: nothing was half built", entries(t, dir))
	}
	times := 0
	x := open(t, dir, "one", counted(written, &times))
	defer closeIndex(t, x)
	finds(t, x)
	if names := entries(t, dir); len(names) != 2 {
		t.Errorf("the home holds %v, want one index and the lock", names)
	}
}

// buildForever says when batches are on disk and goes on until it is killed.
func buildForever(dir string) {
	said := false
	progress := func(done int) {
		if done >= 3*batchSize && !said {
			said = true
			fmt.Println("batches are on disk")
		}
	}
	_, err := openWith(context.Background(), dir, "one", func() iter.Seq[Passage] {
		return func(yield func(Passage) bool) {
			for i := 0; yield(Passage{ID: fmt.Sprint(i), Text: fmt.Sprintf("第%d号灯塔", i)}); i++ {
			}
		}
	}, progress)
	fmt.Println("never killed:", err)
}
