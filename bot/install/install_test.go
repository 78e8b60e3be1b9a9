package install

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/kardianos/service"
)

// manager is a machine's service manager, of which the commands must not change
// the real one in a test.
type manager struct {
	service.Service
	installed, running bool
	fails              error
}

func (m *manager) Install() error {
	if m.installed {
		return fmt.Errorf("Init already exists: /etc/systemd/system/zujian.service")
	}
	m.installed = m.fails == nil
	return m.fails
}

func (m *manager) Start() error { m.running = m.installed; return nil }
func (m *manager) Stop() error  { m.running = false; return nil }

func (m *manager) Uninstall() error {
	if !m.installed {
		return service.ErrNotInstalled
	}
	m.installed = false
	return nil
}

func (m *manager) Status() (service.Status, error) {
	switch {
	case !m.installed:
		return service.StatusUnknown, service.ErrNotInstalled
	case m.running:
		return service.StatusRunning, nil
	}
	return service.StatusStopped, nil
}

func TestService(t *testing.T) {
	m := &manager{}
	s := Service{m}
	stands := func(want State) {
		t.Helper()
		if got, err := s.State(); got != want || err != nil {
			t.Errorf("%s %v, want %s", got, err, want)
		}
	}
	stands(Absent)
	if err := s.Install(); err != nil {
		t.Fatal(err)
	}
	stands(Running)
	if err := s.Install(); !errors.Is(err, ErrThere) {
		t.Errorf("a second time: %v", err)
	}
	m.running = false
	stands(Stopped)
	if err := s.Uninstall(); err != nil {
		t.Fatal(err)
	}
	stands(Absent)
	if err := s.Uninstall(); !errors.Is(err, ErrAbsent) {
		t.Errorf("what is not there: %v", err)
	}
	for said, want := range map[error]error{os.ErrPermission: ErrRights, errors.New("Access is denied."): ErrRights,
		service.ErrNoServiceSystemDetected: ErrNoManager, errors.New(`exec: "systemctl": executable file not found in $PATH`): ErrNoManager} {
		m.fails = said
		if err := s.Install(); !errors.Is(err, want) {
			t.Errorf("%v: %v", said, err)
		}
	}
}

// TestKindsAreApart has a city's service be none of those that an office's commands
// find, and start again as that does.
func TestKindsAreApart(t *testing.T) {
	args := []string{"--city", "/srv/fulian", "run"}
	one, all := OneOffice.config(nil), WholeCity.config(args)
	apart := one.Name != all.Name && one.DisplayName != all.DisplayName
	if !apart || !slices.Equal(all.Arguments, args) || !maps.Equal(one.Option, all.Option) {
		t.Errorf("%+v and %+v", one, all)
	}
}

// TestUpdate puts a new program in the place of the old one, and keeps that.
func TestUpdate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the programs here are scripts of the shell")
	}
	dir := t.TempDir()
	put := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
		return path
	}
	holds := func(path, want string) {
		t.Helper()
		if got, err := os.ReadFile(path); string(got) != want {
			t.Errorf("%s holds %q (%v)", path, got, err)
		}
	}
	old := put("zujian", "old")
	if _, _, err := Update(context.Background(), old, put("other", "#!/bin/sh\necho something else\n")); !errors.Is(err, ErrNotOurs) {
		t.Errorf("another program: %v", err)
	}
	holds(old, "old")
	const next = "#!/bin/sh\necho 组建助手 2\n"
	release, kept, err := Update(context.Background(), old, put("next", next))
	if err != nil || release != "组建助手 2" {
		t.Fatalf("%q %v", release, err)
	}
	holds(old, next)
	holds(kept, "old")
	if left, _ := filepath.Glob(filepath.Join(dir, "*.new*")); len(left) > 0 {
		t.Errorf("left behind: %s", strings.Join(left, " "))
	}
}

// TestUpdateFromAFolder is told so and leaves nothing behind.
func TestUpdateFromAFolder(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "bot")
	if err := os.WriteFile(old, []byte("old"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, _, err := Update(t.Context(), old, t.TempDir())
	left, _ := os.ReadDir(dir)
	if !errors.Is(err, ErrFolder) || len(left) != 1 {
		t.Errorf("%v, left %v", err, left)
	}
}
