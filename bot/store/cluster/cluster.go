// Package cluster runs a PostgreSQL of a test's own, where Debian's is installed:
// in a temporary folder, on a socket there, as somebody who is not root. It ends
// with the program that started it, however that ends.
package cluster

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// ErrNone says that there is no PostgreSQL on this machine.
var ErrNone = errors.New("PostgreSQL is not installed: apt-get install postgresql-15")

// Cluster is a PostgreSQL that runs.
type Cluster struct {
	dir string
	bin string
	end io.Closer // ends the server where it is closed
	run *exec.Cmd
}

// Start makes a cluster with an empty database and starts it.
func Start() (*Cluster, error) {
	all, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if len(all) == 0 {
		return nil, ErrNone
	}
	dir, err := os.MkdirTemp("", "zujian-pg-") // short: the name of a socket has 107 bytes
	if err != nil {
		return nil, err
	}
	c := &Cluster{dir: dir, bin: slices.Max(all)}
	err = os.Chmod(dir, 0o777)
	if err == nil {
		err = c.as(c.bin+"/initdb", "--pgdata="+dir+"/data", "--username=postgres",
			"--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync").Run()
	}
	if err == nil {
		err = c.Up()
	}
	if err == nil {
		err = c.SQL("CREATE ROLE zujian LOGIN", "CREATE DATABASE zujian OWNER zujian")
	}
	if err != nil {
		c.Close()
		return nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	return c, nil
}

// For starts one for a test, and ends it with the test, which is skipped where there
// is no PostgreSQL.
func For(t testing.TB) *Cluster {
	t.Helper()
	c, err := Start()
	if errors.Is(err, ErrNone) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// as is a command as somebody whom PostgreSQL lets run it.
func (c *Cluster) as(args ...string) *exec.Cmd {
	if os.Getuid() == 0 {
		args = append([]string{"setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"}, args...)
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = c.dir
	return cmd
}

// serve runs the server until nobody holds its input any more.
const serve = `"$@" & read -r how; kill -s "${how:-QUIT}" $!; wait $!`

// Up starts the server and waits until it answers.
func (c *Cluster) Up() error {
	c.run = c.as("sh", "-c", serve, "sh", c.bin+"/postgres", "-D", c.dir+"/data", "-k", c.dir, "-c", "listen_addresses=",
		"-c", "fsync=off", "-c", "max_connections=200")
	in, err := c.run.StdinPipe()
	if err != nil {
		return err
	}
	c.end = in
	if err := c.run.Start(); err != nil {
		return err
	}
	for range 200 {
		if exec.Command(c.bin+"/pg_isready", "--quiet", "--host="+c.dir).Run() == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return errors.New("it does not answer")
}

// Down kills the server as a machine that loses its current does.
func (c *Cluster) Down() {
	c.end.Close()
	_ = c.run.Wait() // killed: the status says no more
}

// Close ends the server and removes all of it.
func (c *Cluster) Close() {
	if c.end != nil {
		c.Down()
	}
	_ = c.as("rm", "-rf", c.dir+"/data").Run()
	_ = os.RemoveAll(c.dir)
}

// URL is the address of the database for a user: zujian owns it, postgres may
// do everything.
func (c *Cluster) URL(user string) string {
	database := "zujian"
	if user == "postgres" {
		database = "postgres"
	}
	return fmt.Sprintf("postgres:///%s?host=%s&user=%s", database, c.dir, user)
}

// SQL runs statements as the one who may do everything.
func (c *Cluster) SQL(statements ...string) error {
	for _, s := range statements {
		out, err := exec.Command(c.bin+"/psql", "--no-psqlrc", "--quiet", c.URL("postgres"), "--command="+s).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%s: %w: %s", s, err, strings.TrimSpace(string(out)))
		}
	}
	return nil
}
