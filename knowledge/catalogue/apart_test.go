package catalogue

import (
	"bufio"
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zujian/knowledge/parse"
)

// TestMain lets this program read documents for itself, and change a catalogue
// beside itself.
func TestMain(m *testing.M) {
	switch {
	case os.Getenv("CATALOGUE_READS") != "":
		parse.ServeWith(os.Stdin, os.Stdout, readBadly)
		return
	case os.Getenv("CATALOGUE_BESIDE") != "":
		changeBeside(os.Getenv("CATALOGUE_BESIDE"))
		return
	}
	status := m.Run()
	if started != nil {
		started.Close()
	}
	os.Exit(status)
}

// readBadly fails as a file says, and reads the others.
func readBadly(name string, data []byte, heard func(string)) (*parse.Reading, error) {
	switch text := string(data); {
	case strings.HasPrefix(text, "panic"):
		var none []int
		_ = none[len(text)]
	case strings.HasPrefix(text, "hang"):
		for range time.Tick(time.Hour) {
		}
	case strings.HasPrefix(text, "eat"):
		var all [][]byte
		for {
			all = append(all, make([]byte, 1<<20))
			for i := 0; i < 1<<20; i += 1 << 12 {
				all[len(all)-1][i] = 1 // so that the machine has to give it
			}
		}
	case strings.HasPrefix(text, "die"):
		os.Exit(7)
	}
	return parse.ReadDocument(name, data, heard)
}

// TestBadFilesAreReadApart takes in 200 files, ten of which bring their reader
// down in one way or another: those are refused with what to do and where it
// was, the other 190 are held.
func TestBadFilesAreReadApart(t *testing.T) {
	before := slog.Default()
	defer slog.SetDefault(before)
	var log bytes.Buffer
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, nil)))
	dir := t.TempDir()
	bad := map[int]string{3: "panic", 20: "panic 二", 41: "hang", 60: "eat", 77: "die", 99: "panic 三", 120: "die 二", 150: "eat 二", 180: "panic 四", 199: "hang 二"}
	var paths []string
	for n := range 200 {
		text := noticeOf(n)
		if b := bad[n]; b != "" {
			text = b
		}
		paths = append(paths, write(t, dir, fmt.Sprintf("%d.txt", n), text))
	}
	within := 5 * time.Second
	if testing.Short() {
		within = 20 * time.Second // with the race detector it takes long to eat so much
	}
	apart := parse.NewApart(func() *exec.Cmd {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "CATALOGUE_READS=1")
		return cmd
	}).Within(within)
	c := In(filepath.Join(dir, "catalogue")).ReadBy(apart)
	out := add(t, c, Given{}, paths...)
	for n, o := range out {
		want := Added
		if bad[n] != "" {
			want = Refused
		}
		if o.Status != want {
			t.Errorf("%d: %+v", n, o)
		}
		if strings.HasPrefix(bad[n], "panic") && !strings.Contains(o.Say, "程序出了错") {
			t.Errorf("%d: %q", n, o.Say)
		}
		if strings.HasPrefix(bad[n], "hang") && !strings.Contains(o.Say, "读了很久") || strings.HasPrefix(bad[n], "eat") && !strings.Contains(o.Say, "太大") {
			t.Errorf("%d: %q", n, o.Say)
		}
	}
	if s, err := c.Read(); err != nil || len(s.Entries) != 190 {
		t.Errorf("%d documents, %v", len(s.Entries), err)
	}
	if n := strings.Count(log.String(), "catalogue.readBadly"); n < 8 { // all but those that died without a word
		t.Errorf("the log has where %d of the files failed:\n%s", n, log.String())
	}
}

// TestAnotherProgramTidies adds documents while another program changes the
// same catalogue again and again: whatever that tidies away, no text is lost.
func TestAnotherProgramTidies(t *testing.T) {
	dir := t.TempDir()
	c := In(filepath.Join(dir, "catalogue"))
	other := exec.Command(os.Args[0])
	other.Env = append(os.Environ(), "CATALOGUE_BESIDE="+dir)
	stop, err := other.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	for round := range 30 {
		var paths []string
		for i := range together {
			n := round*together + i
			paths = append(paths, write(t, dir, fmt.Sprintf("%d.txt", n), noticeOf(n)))
		}
		if _, err := stop.Write([]byte{'\n'}); err != nil { // while it changes the catalogue, we add
			t.Fatal(err)
		}
		add(t, c, Given{}, paths...)
	}
	_ = stop.Close()
	if err := other.Wait(); err != nil {
		t.Fatal(err)
	}
	s, err := c.Read()
	if err != nil {
		t.Fatal(err)
	}
	docs, lost := c.Documents(s)
	if len(docs) != 30*together || len(lost) > 0 {
		t.Errorf("%d documents, %d texts lost", len(docs), len(lost))
	}
	if s.Version < 300 {
		t.Errorf("only %d changes: the other program came too late to show anything", s.Version)
	}
	t.Logf("%d changes", s.Version)
}

// changeBeside changes a catalogue as often as makes it tidy, each time that a
// line is read.
func changeBeside(dir string) {
	c := In(filepath.Join(dir, "catalogue"))
	lines := bufio.NewScanner(os.Stdin)
	for n := 0; n%20 > 0 || lines.Scan(); n++ {
		_, err := c.Do(today, func(s *State) (string, error) {
			return "什么也没有改", nil
		})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
