package office

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"zujian/bot/chat"
)

// terminalOf is what the operator reads, a piece at a time.
type terminalOf chan string

func (w terminalOf) Write(b []byte) (int, error) {
	w <- string(b)
	return len(b), nil
}

// sees waits for words.
func (w terminalOf) sees(t *testing.T, words string) string {
	t.Helper()
	patience := time.After(time.Minute)
	var all strings.Builder
	for {
		select {
		case said := <-w:
			if all.WriteString(said); strings.Contains(said, words) {
				return said
			}
		case <-patience:
			t.Fatalf("no %q in %s", words, &all)
		}
	}
}

// repliesTo gives the replies to a text in a group.
func repliesTo(t *testing.T, s *Service, who, text string) string {
	t.Helper()
	replies, err := s.desk.Handle(t.Context(), chat.Inbound{Channel: "wechat", Chat: "东河群", Group: true, Speaker: who, Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(replies, "\n")
}

// TestConfigurationIsFollowed changes everything in the configuration that needs
// no restart, what does, and writes it wrongly, while the service runs.
func TestConfigurationIsFollowed(t *testing.T) {
	dir, said := t.TempDir(), make(terminalOf, 100)
	at := time.Now().Add(-time.Hour) // a file that was just written may not be whole
	write := func(name, text string) {
		t.Helper()
		at = at.Add(time.Second)
		path := filepath.Join(dir, name)
		if err := errors.Join(os.WriteFile(path, []byte(text), 0o600), os.Chtimes(path, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	hook := "[[wecom.webhook]]\nname = \"东河群\"\nurl_file = '" + filepath.Join(dir, "hook") + "'\n"
	write("hook", "http://127.0.0.1:1/cgi-bin/webhook/send?key=one")
	wechat := "enabled = true\nbase_url = \"http://127.0.0.1:1\"\n"
	write("zujian.toml", "[console]\noff = true\n[wechat]\n"+wechat)
	p := &Office{Ctx: context.Background(), Err: said, Out: said, Now: time.Now}
	if err := p.Configure(dir, ""); err != nil {
		t.Fatal(err)
	}
	s, err := p.Serve()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	first := s.Posts()
	change := func(text, say string) string {
		t.Helper()
		write("zujian.toml", text)
		s.LookAgain()
		return said.sees(t, say)
	}

	got := change("[console]\noff = true\naddress = \"127.0.0.1:0\"\n[wechat]\nname = \"妇建小助手\"\n"+wechat+hook+
		"[desk]\nper_minute = 2\n[contact]\nbody = \"东河县妇联\"\ntelephone = \"010-55550000\"\n[remind]\nquiet = \"20:00-8:00\"\n"+
		"[[group]]\nname = \"东河群\"\nreach = [\"群机器人\", \"微信\"]\n", "设置")
	for _, want := range []string{"叫法、限额和保留、提醒、找谁、群、群机器人", "停下再启动才用上：网页"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	if len(s.Posts()) != 2 || s.Posts()[0] != first[0] {
		t.Errorf("%d channels; WeChat was stopped: %v", len(s.Posts()), s.Posts()[0] != first[0])
	}
	if got := repliesTo(t, s, "李", "@妇建小助手 转人工"); !strings.Contains(got, "东河县妇联") {
		t.Errorf("转人工: %s", got)
	}
	for i, want := range []string{"由园区负责", "有点快"} {
		if got := repliesTo(t, s, "李", "@妇建小助手 园区里的企业归谁管"); !strings.Contains(got, want) {
			t.Errorf("question %d: %s", i+2, got)
		}
	}
	if q := p.ReminderBook(s.DB, s.phrases).Policy.QuietFrom; q != 20*time.Hour {
		t.Errorf("quiet from %v", q)
	}
	if to, others := s.route(t.Context(), chat.Target{Channel: "wechat", Chat: "东河群", Group: true}); len(others) != 1 || to.Channel == others[0].Channel {
		t.Errorf("to %v, else to %v", to, others)
	}

	before := s.Posts()
	for text, fault := range map[string]string{
		"[wechat]\nenabled = = true\n": "写得不对：第2行",
		"[wechat]\n" + wechat + "[[group]]\nname = \"东河群\"\ndocuments = [\"spech\"]\n":                                    "文件“spech”没有",
		"[wechat]\n" + wechat + "[llm]\nbase_url = \"http://127.0.0.1:1/v1\"\nmodel = \"m\"\nkey_file = '/nowhere/key'\n": "key_file 打不开",
		"": "不见了，或者是空的",
	} {
		change(text, fault)
		if !slices.Equal(s.Posts(), before) || p.Config().Wechat.Name != "妇建小助手" || len(p.checkSettings()) != 1 {
			t.Errorf("%s: something was followed: %+v", text, p.Config())
		}
	}

	write("hook", "http://127.0.0.1:1/cgi-bin/webhook/send?key=another")
	change("[console]\noff = true\n[wechat]\nname = \"妇建小助手\"\n"+wechat+hook, "已经用上：限额和保留、提醒、找谁、群、群机器人")
	if len(s.Posts()) != 2 || s.Posts()[0] != before[0] || s.Posts()[1] == before[1] || len(p.checkSettings()) != 0 {
		t.Errorf("with another address: %d channels", len(s.Posts()))
	}
	change("[console]\noff = true\n[wechat]\n"+wechat, "已经用上：叫法、群机器人")
	if !slices.Equal(s.Posts(), first) {
		t.Errorf("%d channels are left", len(s.Posts()))
	}
}
