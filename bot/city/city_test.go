package city

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"zujian/bot/chat"
	"zujian/bot/console"
	"zujian/bot/office"
	"zujian/knowledge/catalogue"
)

// three is a city of three levels, with two counties beside each other.
const three = `name = "云岚市妇联系统"
[page]
address = "127.0.0.1:0"
[[office]]
name = "青榆镇妇联"
folder = "zhen"
above = "松岭县妇联"
[[office]]
name = "云岚市妇联"
folder = "shi"
calls = "市里"
[[office]]
name = "松岭县妇联"
folder = "songling"
above = "云岚市妇联"
calls = "县里"
[[office]]
name = "葛川县妇联"
folder = "gechuan"
above = "云岚市妇联"
`

// said is what was written to a terminal.
type said struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(b)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// made is the folder of shipped, to be removed when all tests are over; empty: nobody
// wanted it.
var made string

// shipped gives a data folder whose index of what ships is made, once for all tests:
// each office would make its own, of the same.
var shipped = sync.OnceValues(func() (dir string, err error) {
	if made, err = os.MkdirTemp("", "city-"); err != nil {
		return "", err
	}
	p := &office.Office{Ctx: context.Background(), Out: io.Discard, Err: io.Discard, Now: time.Now}
	if err := p.Configure(made, ""); err != nil {
		return "", err
	}
	p.Set(func(c *office.Config) { c.Console.Off = true })
	s, err := p.Serve()
	if err != nil {
		return "", err
	}
	return made, errors.Join(s.Warm(), s.Close())
})

func TestMain(m *testing.M) {
	status := m.Run()
	_ = os.RemoveAll(made)
	os.Exit(status)
}

// lends gives an office the index of what ships.
func lends(t *testing.T, data string) {
	t.Helper()
	dir, err := shipped()
	if err == nil {
		err = os.CopyFS(filepath.Join(data, "index"), os.DirFS(filepath.Join(dir, "index")))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// lives runs a city in a folder until the test ends, and gives it with the address
// of its page and what it says. before may do something to it first.
func lives(t *testing.T, dir string, before ...func(*City)) (*City, string, *said) {
	t.Helper()
	heard := &said{}
	ctx, stop := context.WithCancel(context.Background())
	c, err := Open(dir, &office.Office{Ctx: ctx, Out: heard, Err: heard, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range c.Members {
		lends(t, filepath.Join(dir, m.Key))
		takesIn(t, m, filepath.Join(dir, "of-"+m.Key))
	}
	for _, f := range before {
		f(c)
	}
	began, ended := make(chan string), make(chan error)
	go func() { ended <- c.Run(func(page string) { began <- page }) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c, <-began, heard
}

// folder gives a folder with files in it.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// runs gives an office that runs.
func (c *City) runs(t *testing.T, key string) *office.Service {
	t.Helper()
	s, trouble := c.keyed(key).Service()
	if s == nil {
		t.Fatalf("%s does not run: %s", key, trouble)
	}
	return s
}

var asked sync.Map // numbers of messages, by office

// asks asks an office and gives the reply.
func asks(t *testing.T, s *office.Service, question string) string {
	t.Helper()
	n, _ := asked.LoadOrStore(s, new(sync.Mutex))
	n.(*sync.Mutex).Lock()
	defer n.(*sync.Mutex).Unlock()
	out, err := s.Desk().Handle(t.Context(), chat.Inbound{Channel: console.Channel, Chat: question, Speaker: question, Addressed: true, Text: question,
		Sent: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, "\n")
}

// notice is a document that says one thing of an amount.
func notice(of, title, thing string, amount int) string {
	return fmt.Sprintf("%s关于%s的通知\n\n各单位：\n　　%s每户补助标准为%d元。\n　　名单由各单位核实后上报。\n\n%s\n2025年3月1日\n", of, title, thing, amount, of)
}

// TestCityIsRead refuses what is written wrong in words that say what to do.
func TestCityIsRead(t *testing.T) {
	one := "[[office]]\nname = \"甲\"\n"
	for name, of := range map[string]struct{ text, want string }{
		"none":    {"", "一个单位也没有"},
		"key":     {"[[office]]\nnam = \"甲\"\n", "nam"},
		"line":    {"[[office]\n", "第1行的方括号没有写完"},
		"quotes":  {"[[office]]\nname = “甲”\n", "第2行用了中文的引号"},
		"bytes":   {"[[office]]\nname = \"\xbc\xd7\"\n", "第2行的字不是 UTF-8"},
		"blank":   {"[[office]]\nname = \"甲 \"\n", "前后有空格"},
		"case":    {"[[office]]\nname = \"甲\"\nfolder = \"shi\"\n[[office]]\nname = \"乙\"\nfolder = \"Shi\"\n", "各用各的"},
		"no name": {"[[office]]\nfolder = \"a\"\n", "没有写 name"},
		"twice":   {one + one, "写了两遍"},
		"folder":  {"[[office]]\nname = \"甲\"\nfolder = \"../a\"\n", "要是这个文件夹里面的一个文件夹的名字"},
		"shared":  {"[[office]]\nname = \"甲\"\nfolder = \"a\"\n[[office]]\nname = \"乙\"\nfolder = \"a\"\n", "各用各的"},
		"above":   {"[[office]]\nname = \"甲\"\nabove = \"丙\"\n", "没有这个单位"},
		"itself":  {"[[office]]\nname = \"甲\"\nabove = \"甲\"\n", "甲 → 甲"},
		"circle": {"[[office]]\nname = \"甲\"\nabove = \"乙\"\n[[office]]\nname = \"乙\"\nabove = \"丙\"\n[[office]]\nname = \"丙\"\nabove = \"甲\"\n",
			"绕成了一圈：甲 → 乙 → 丙 → 甲"},
		"beside a circle": {"[[office]]\nname = \"丁\"\nabove = \"甲\"\n[[office]]\nname = \"甲\"\nabove = \"乙\"\n[[office]]\nname = \"乙\"\nabove = \"甲\"\n",
			"绕成了一圈"},
		"page":       {one + "[page]\naddress = \"0.0.0.0:8790\"\n", "password_file"},
		"no address": {one + "[page]\naddress = \"hello\"\n", "要像 127.0.0.1:8790 这样"},
	} {
		_, err := Open(folder(t, map[string]string{File: of.text}), &office.Office{Ctx: t.Context(), Out: io.Discard, Err: io.Discard, Now: time.Now})
		if err == nil || !strings.Contains(err.Error(), of.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(t.TempDir(), &office.Office{}); err == nil || !strings.Contains(err.Error(), "没有 city.toml") {
		t.Error(err)
	}
}

// TestWhoIsAbove has offices found by their names, in order whatever the order they
// are written in.
func TestWhoIsAbove(t *testing.T) {
	c, err := Open(folder(t, map[string]string{File: three}), &office.Office{Ctx: t.Context(), Out: io.Discard, Err: io.Discard, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if got := c.names(c.Members); got != "云岚市妇联、松岭县妇联、青榆镇妇联、葛川县妇联" {
		t.Error(got)
	}
	for name, want := range map[string]string{"青榆": "zhen", "gechuan": "gechuan", "县妇联": "", "东海": ""} {
		m, err := c.Find(name)
		if (err == nil) != (want != "") || m != nil && m.Key != want {
			t.Errorf("%s: %v %v", name, m, err)
		}
	}
}

// waits waits until something is so.
func waits(t *testing.T, is func() bool) {
	t.Helper()
	for late := time.Now().Add(5 * time.Minute); !is(); chat.Pause(t.Context(), 50*time.Millisecond) {
		if time.Now().After(late) {
			t.Fatal("it does not come to it")
		}
	}
}

// takesIn has an office take in the files of a folder, if there is one.
func takesIn(t *testing.T, m *Member, dir string) {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(files) == 0 {
		return
	}
	_, cat, _, err := m.lends.Held()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cat.Add(files, catalogue.Given{}, time.Now(), nil)
	for _, o := range out {
		if o.Status != catalogue.Added {
			t.Errorf("%+v", o)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}
