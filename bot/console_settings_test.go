package main

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zujian/bot/office"
)

// TestConsoleSettings changes a setting on the page, keeps what was typed where it
// is wrong, and says that it is not used yet.
func TestConsoleSettings(t *testing.T) {
	v := opensConsole(t, nil).enters()
	code, body := v.posts("/settings", url.Values{"group": {"desk"}, "desk.per_minute": {"9999"}, "desk.queue": {"12"}})
	if code != http.StatusUnprocessableEntity || !strings.Contains(toldOf(body), "“一个人一分钟最多问几句”是 9999，要在 1 到 600 之间") {
		t.Errorf("%d %s", code, toldOf(body))
	}
	if !strings.Contains(body, `name="desk.per_minute" value="9999"`) || !strings.Contains(body, `name="desk.queue" value="12"`) {
		t.Error("what was typed is lost")
	}
	if _, body := v.gets("/settings"); strings.Contains(body, `value="9999"`) {
		t.Error("what was refused stays")
	}
	if code, body := v.posts("/settings", url.Values{"group": {"console"}, "console.names": {"zujian.lan"}}); code != http.StatusOK || !strings.Contains(body, "写好了") ||
		!strings.Contains(body, "现在用的还是：平常的") {
		t.Errorf("%d %s", code, toldOf(body))
	}
	bad := "[desk]\nper_minute = “三”\n"
	if code, body := v.posts("/settings/text", url.Values{"text": {bad}}); code != http.StatusUnprocessableEntity ||
		!strings.Contains(toldOf(body), "第2行用了中文的引号") || !strings.Contains(body, "per_minute = “三”") {
		t.Errorf("%d %s", code, toldOf(body))
	}
	if data, err := os.ReadFile(filepath.Join(v.dir, "zujian.toml")); err != nil || string(data) != "[console]\nnames = [\"zujian.lan\"]\n" {
		t.Errorf("%v %q", err, data)
	}
	if code, body := v.posts("/settings/restart", nil); code != http.StatusUnprocessableEntity || !strings.Contains(toldOf(body), "停下再启动") {
		t.Errorf("nobody can restart it here: %d %s", code, toldOf(body))
	}
}

// TestConsoleKeepsWhatWasTyped has forms come again with what stood in them.
func TestConsoleKeepsWhatWasTyped(t *testing.T) {
	v := opensConsole(t, nil).enters()
	for path, x := range map[string]struct {
		form url.Values
		kept []string
	}{
		"/reminders":     {url.Values{"sentence": {"每月<25>日"}, "by": {"组织科"}}, []string{"每月&lt;25&gt;日</textarea>", `value="组织科"`}},
		"/questions":     {url.Values{"kind": {"faq"}, "question": {"找谁"}, "answer": {"打13812345678"}, "source": {"组织科"}}, []string{"打13812345678</textarea>", `value="组织科"`, "“找谁”"}},
		"/start/channel": {url.Values{"channel": {"wecom"}, "bot_id": {"b-1"}, "secret": {""}}, []string{`value="b-1"`, `value="wecom" checked`}},
	} {
		code, body := v.posts(path, x.form)
		if code != http.StatusUnprocessableEntity || toldOf(body) == "(nothing)" {
			t.Errorf("%s: %d %s", path, code, toldOf(body))
		}
		for _, kept := range x.kept {
			if !strings.Contains(body, kept) {
				t.Errorf("%s: no %q", path, kept)
			}
		}
	}
}

// TestConsoleStart goes through the guide: whom to turn to, a document, a question.
func TestConsoleStart(t *testing.T) {
	v := opensConsole(t, nil).enters()
	if _, body := v.gets("/"); !strings.Contains(body, "还没有设好") {
		t.Error("the overview does not lead to the guide")
	}
	v.posts("/start/office", url.Values{"contact.office": {"东河县妇联"}, "contact.body": {"组织部"}, "contact.telephone": {"010-55550000"}})
	if _, body := v.posts("/start/channel", url.Values{"channel": {"none"}}); !strings.Contains(body, "先只用网页") {
		t.Errorf("%s", toldOf(body))
	}
	v.uploads("/documents", "通知.txt", []byte("关于报送的通知\n第一条 各园区每季度末报送一次组建进度。\n"))
	v.posts("/say", url.Values{"text": {"园区里的企业归谁管"}})
	_, body := v.gets("/start")
	if n := strings.Count(body, `<li class="done">`); n != 3 || !strings.Contains(body, "东河县妇联") {
		t.Errorf("%d steps are done", n)
	}
	if _, body := v.gets("/"); strings.Contains(body, "还没有设好") || !strings.Contains(body, "1 <small>次") {
		t.Error("the overview still leads to the guide, or does not count the question")
	}
}

// TestConsoleOffersOptions has buttons for what a question of the dialog offers.
func TestConsoleOffersOptions(t *testing.T) {
	v := opensConsole(t, nil).enters()
	_, body := v.posts("/say", url.Values{"text": {"组建"}})
	if !strings.Contains(body, `name="text" value="企业">企业</button>`) || !strings.Contains(body, `value="不清楚"`) {
		t.Fatalf("no buttons: %s", body)
	}
	if _, body := v.posts("/say", url.Values{"text": {"企业"}}); !strings.Contains(body, "有没有党组织") || strings.Contains(body, `value="企业">企业</button>`) {
		t.Error("the button does not answer the question, or stays")
	}
}

// TestConsoleRestarts sets on the page what only a start reads, has the program begin anew, and goes
// on with the session and the setting; after the program was ended and started, too.
func TestConsoleRestarts(t *testing.T) {
	dir := home(t)
	write(t, filepath.Join(dir, "zujian.toml"), "[console]\naddress = \"127.0.0.1:0\"\n")
	services, ended := make(chan *office.Service), make(chan error, 1)
	start := func() context.CancelFunc {
		ctx, stop := context.WithCancel(t.Context())
		p := &office.Office{Ctx: ctx, Out: io.Discard, Err: io.Discard, Now: time.Now}
		if err := p.Configure(dir, ""); err != nil {
			t.Fatal(err)
		}
		go func() { ended <- p.ServeOn(func(s *office.Service) { services <- s }) }()
		return stop
	}
	stop := start()
	v := &visitor{t: t, dir: dir}
	at := func(s *office.Service) {
		base, _, _ := strings.Cut(s.Console.URL(), "?")
		v.s, v.base = s, strings.TrimSuffix(base, "/")
	}
	at(<-services)
	v.client = v.stranger()
	v.enters()
	v.posts("/settings", url.Values{"group": {"console"}, "console.names": {"zujian.lan"}})
	if _, body := v.gets("/"); !strings.Contains(body, "有设置写好了，还没有用上") {
		t.Error("the overview does not say that a setting waits")
	}
	if code, body := v.posts("/settings/restart", nil); code != http.StatusOK || !strings.Contains(body, "几秒钟就好") {
		t.Fatalf("%d %s", code, body)
	}
	at(<-services)
	if code, body := v.gets("/settings"); code != http.StatusOK || !strings.Contains(body, `value="zujian.lan"`) || strings.Contains(body, "还没有用上") {
		t.Errorf("after it began anew: %d", code)
	}
	stop()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	stop = start()
	at(<-services)
	if code, body := v.gets("/"); code != http.StatusOK || !strings.Contains(body, "在运行的") || strings.Contains(body, "还没有用上") {
		t.Errorf("the session did not survive: %d", code)
	}
	v.posts("/leave", nil)
	stop()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "page.sessions")); err != nil || string(data) != "{}" {
		t.Errorf("who left may still come in: %v %s", err, data)
	}
}
