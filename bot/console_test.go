package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"zujian/bot/console"
	"zujian/bot/office"
)

// visitor is somebody at the console, with or without a session.
type visitor struct {
	t      *testing.T
	s      *office.Service
	base   string
	client *http.Client
	dir    string
}

// opensConsole runs the service with the console on a port of its own; configure
// may change what is configured.
func opensConsole(t *testing.T, configure func(*office.Config)) *visitor {
	t.Helper()
	dir := home(t)
	p := &office.Office{Ctx: context.Background(), Out: io.Discard, Err: io.Discard, Now: time.Now}
	if err := p.Configure(dir, ""); err != nil {
		t.Fatal(err)
	}
	p.Set(func(c *office.Config) { c.Console.Address = "127.0.0.1:0" })
	if configure != nil {
		p.Set(configure)
	}
	s, err := p.Serve()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if s.Console == nil {
		t.Fatal("the console is not open")
	}
	base, _, _ := strings.Cut(s.Console.URL(), "?")
	v := &visitor{t: t, s: s, base: strings.TrimSuffix(base, "/"), dir: dir}
	v.client = v.stranger()
	return v
}

// stranger is a client without a session.
func (v *visitor) stranger() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		v.t.Fatal(err)
	}
	transport := &http.Transport{}
	v.t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Jar: jar, Transport: transport, CheckRedirect: func(*http.Request,
		[]*http.Request) error {
		return http.ErrUseLastResponse
	}}
}

// enters opens a session with the address that was printed.
func (v *visitor) enters() *visitor {
	v.t.Helper()
	resp, err := v.client.Get(v.s.Console.URL())
	if err != nil {
		v.t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/" {
		v.t.Fatalf("the printed address: %s", resp.Status)
	}
	return v
}

// does sends a request, follows where it leads, and gives the last answer.
func (v *visitor) does(r *http.Request) (int, string) {
	v.t.Helper()
	for range 5 {
		resp, err := v.client.Do(r)
		if err != nil {
			v.t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			v.t.Fatal(err)
		}
		if resp.StatusCode != http.StatusSeeOther {
			return resp.StatusCode, string(body)
		}
		if r, err = http.NewRequest(http.MethodGet, v.base+resp.Header.Get("Location"), nil); err != nil {
			v.t.Fatal(err)
		}
	}
	v.t.Fatal("led round and round")
	return 0, ""
}

func (v *visitor) gets(path string) (int, string) {
	v.t.Helper()
	r, err := http.NewRequest(http.MethodGet, v.base+path, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	return v.does(r)
}

func (v *visitor) posts(path string, form url.Values) (int, string) {
	v.t.Helper()
	r, err := http.NewRequest(http.MethodPost, v.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.does(r)
}

// uploads sends a file under a name.
func (v *visitor) uploads(path, name string, data []byte) (int, string) {
	v.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", "x")
	if err != nil {
		v.t.Fatal(err)
	}
	if _, err := part.Write(data); err != nil {
		v.t.Fatal(err)
	}
	w.Close()
	body := bytes.Replace(b.Bytes(), []byte(`filename="x"`), []byte(`filename="`+name+`"`), 1)
	r, err := http.NewRequest(http.MethodPost, v.base+path, bytes.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	return v.does(r)
}

func TestConsoleDoors(t *testing.T) {
	v := opensConsole(t, nil)
	for _, path := range []string{"/", "/documents", "/record.csv?from=2026-01-01&to=2026-01-02", "/settings", "/ledger/result"} {
		resp, err := v.client.Get(v.base + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/enter" {
			t.Errorf("%s without a session: %s", path, resp.Status)
		}
	}
	if code, _ := v.posts("/say", url.Values{"text": {"组建"}}); code != http.StatusForbidden {
		t.Errorf("a message without a session: %d", code)
	}
	if code, _ := v.gets("/?token=wrong"); code != http.StatusForbidden {
		t.Errorf("a wrong token: %d", code)
	}
	codes := map[int]int{}
	for range 15 {
		code, _ := v.posts("/enter", url.Values{"key": {"guess"}})
		codes[code]++
	}
	if codes[http.StatusTooManyRequests] == 0 || codes[http.StatusOK] > 0 {
		t.Errorf("guesses were answered with %v", codes)
	}
	v.enters() // guesses of others do not keep out who has the right one
	if code, body := v.gets("/"); code != http.StatusOK || !strings.Contains(body, "在运行的") {
		t.Errorf("with a session: %d", code)
	}
	if code, _ := v.posts("/leave", nil); code != http.StatusOK {
		t.Errorf("leaving: %d", code)
	}
	if _, body := v.gets("/documents"); !strings.Contains(body, "口令") {
		t.Error("the session goes on after leaving")
	}
	log, err := os.ReadFile(filepath.Join(v.dir, "zujian.log"))
	if err != nil {
		t.Fatal(err)
	}
	_, token, _ := strings.Cut(v.s.Console.URL(), "token=")
	if len(token) < 40 || bytes.Contains(log, []byte(token)) {
		t.Error("the token is short, or stands in the log")
	}
}

func TestConsoleRefusesForgedRequests(t *testing.T) {
	v := opensConsole(t, nil).enters()
	for name, forge := range map[string]func(*http.Request){
		"another origin":  func(r *http.Request) { r.Header.Set("Origin", "https://example.com") },
		"another site":    func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"another host":    func(r *http.Request) { r.Host = "zujian.example.com" },
		"a rebound name":  func(r *http.Request) { r.Host = "127.0.0.1.example.com:8791" },
		"a neighbour":     func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") },
		"a stolen cookie": func(r *http.Request) { r.Header.Set("Cookie", "zujian=forged"); v.client = v.stranger() },
	} {
		r, err := http.NewRequest(http.MethodPost, v.base+"/documents/speech", strings.NewReader("do=retire"))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		with := v.client
		forge(r)
		resp, err := v.client.Do(r)
		v.client = with
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode != http.StatusForbidden || !bytes.Contains(body, []byte("<h1>没有办成</h1>")) {
			t.Errorf("%s: %s\n%s", name, resp.Status, body)
		}
	}
	if _, body := v.gets("/documents"); !strings.Contains(body, "现行") || strings.Contains(body, "废止") {
		t.Error("a forged request changed a document")
	}
	resp, err := v.client.Get(v.base + "/")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	csp := resp.Header.Get("Content-Security-Policy")
	for _, need := range []string{"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'self'"} {
		if !strings.Contains(csp, need) {
			t.Errorf("the policy lacks %s: %s", need, csp)
		}
	}
	if strings.Contains(csp, "unsafe") || strings.Contains(csp, "http") {
		t.Errorf("the policy lets more in than this page: %s", csp)
	}
}

func TestConsoleOnAnotherAddress(t *testing.T) {
	if _, err := console.Listen(console.Options{Address: "0.0.0.0:0"}); err != console.ErrPassword {
		t.Errorf("an open address without a password: %v", err)
	}
	if _, err := console.Listen(console.Options{Address: "0.0.0.0:0", Password: "短"}); err != console.ErrPassword {
		t.Errorf("with a short one: %v", err)
	}
	t.Setenv("CONSOLE_WORD", "组建助手的口令要长一点")
	t.Setenv("CONSOLE_LONG", "correct horse battery")
	v := opensConsole(t, func(c *office.Config) { c.Console.Address, c.Console.PasswordEnv = "0.0.0.0:0", "CONSOLE_LONG" })
	v.base = strings.Replace(v.base, "[::]", "127.0.0.1", 1)
	if strings.Contains(v.s.Console.URL(), "token") {
		t.Error("an address that others reach was printed with a token")
	}
	if code, _ := v.posts("/enter", url.Values{"key": {"correct horse"}}); code != http.StatusForbidden {
		t.Errorf("half of the password: %d", code)
	}
	if code, body := v.posts("/enter", url.Values{"key": {"correct horse battery"}}); code != http.StatusOK || !strings.Contains(body,
		"退出") {
		t.Errorf("the password: %d", code)
	}
}

func TestConsoleHostileUploads(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()) // what others leave there is not ours
	v := opensConsole(t, nil).enters()
	text := "关于<script>alert(1)</script>的通知\n第一条 各单位要<img src=x onerror=alert(2)>做好组建工作。\n"
	for _, name := range []string{`../../../escaped.txt`, `..\\..\\escaped.txt`, "/etc/escaped.txt", strings.Repeat("长", 300) + ".txt",
		"....txt", `a%00b.txt`} {
		text += "第二条 " + fmt.Sprint(len(text)) + "。\n"
		code, body := v.uploads("/documents", name, []byte(text))
		if code != http.StatusOK || !strings.Contains(body, "收了") {
			t.Errorf("%.30q: %d %s", name, code, toldOf(body))
		}
		if strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") {
			t.Errorf("%.30q: its text is alive on the page", name)
		}
	}
	err := filepath.WalkDir(filepath.Dir(v.dir), func(path string, _ os.DirEntry, err error) error {
		if err == nil && strings.Contains(filepath.Base(path), "escaped") && !strings.HasPrefix(path, v.dir) {
			t.Errorf("an upload was written to %s", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	ids := regexp.MustCompile(`/documents/(d[0-9a-f]+|[a-z0-9-]+)"`).FindAllStringSubmatch(second(v.gets("/documents")), -1)
	for _, id := range ids {
		if _, body := v.gets("/documents/" + id[1]); strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") {
			t.Errorf("%s: its text is alive on its page", id[1])
		}
	}
	if code, body := v.uploads("/documents", "大.txt", bytes.Repeat([]byte("好"), 20<<20)); code != http.StatusUnprocessableEntity ||
		!strings.Contains(body, "50 MB") {
		t.Errorf("60 MB: %d %s", code, toldOf(body))
	}
	if code, body := v.uploads("/documents", "坏.docx", []byte("PK\x03\x04not a zip")); code != http.StatusOK || !strings.Contains(body,
		"没有收") {
		t.Errorf("a broken DOCX: %d %s", code, toldOf(body))
	}
	if code, body := v.uploads("/documents", "密.txt", []byte("机密★一年\n某某通知\n第一条 不得外传。")); code != http.StatusOK ||
		!strings.Contains(body, "密级") {
		t.Errorf("a secret one: %d %s", code, toldOf(body))
	}
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "zujian-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("uploads left behind: %v %v", left, err)
	}
}

func second(_ int, s string) string { return s }

// toldOf gives what a page says on top.
func toldOf(body string) string {
	m := regexp.MustCompile(`(?s)<p class="told[^>]*>(.*?)</p>`).FindStringSubmatch(body)
	if m == nil {
		return "(nothing)"
	}
	return m[1]
}

func TestConsoleLedger(t *testing.T) {
	v := opensConsole(t, nil).enters()
	ledger := "单位名称,所在园区,有无党组织,女职工数\n<b>甲</b>公司,东河园区,有,30\n=cmd|' /C calc'!A0,无,无,2\n"
	v.uploads("/ledger", `台账<img src=x>.csv`, []byte(ledger))
	code, body := v.gets("/ledger?wait=1")
	if code != http.StatusOK || !strings.Contains(body, "一共 2 家") || !strings.Contains(body, "下载结果") {
		t.Fatalf("%d %s", code, body)
	}
	if strings.Contains(body, "<b>甲") || strings.Contains(body, "<img src=x") {
		t.Error("a cell or the name is alive on the page")
	}
	resp, err := v.client.Get(v.base + "/ledger/result")
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || !bytes.Contains(out, []byte("责任主体")) || !strings.Contains(resp.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the result: %v, %s\n%s", err, resp.Header.Get("Content-Disposition"), out)
	}
	if _, body := v.posts("/ledger/columns", url.Values{"台账<img src=x>!B": {"不用"}}); !strings.Contains(body, "重新判断") {
		t.Error("the columns were not set")
	}
	v.gets("/ledger?wait=1")
	if _, body := v.posts("/ledger/forget", nil); strings.Contains(body, "下载结果") {
		t.Error("the ledger was not forgotten")
	}
	if code, _ := v.gets("/ledger/result"); code != http.StatusUnprocessableEntity {
		t.Errorf("a forgotten result: %d", code)
	}
	v.uploads("/ledger", "坏.xlsx", []byte("PK\x03\x04"))
	if _, body := v.gets("/ledger?wait=1"); !strings.Contains(body, "role=\"alert\"") {
		t.Error("a damaged ledger has no message")
	}
	other := opensSecond(v)
	if code, _ := other.gets("/ledger/result"); code != http.StatusUnprocessableEntity {
		t.Errorf("another session got the result: %d", code)
	}
	err = filepath.WalkDir(v.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte("甲</b>公司")) {
			t.Errorf("%s holds a name of the ledger", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// opensSecond is another person at the same console.
func opensSecond(v *visitor) *visitor {
	w := *v
	w.client = v.stranger()
	return w.enters()
}

// TestFiguresAreForThisMachine fetches them without a session, and the profiles
// with one only.
func TestFiguresAreForThisMachine(t *testing.T) {
	v := opensConsole(t, nil)
	if code, body := v.gets("/healthz"); code != http.StatusOK || body != "ok\n" {
		t.Errorf("health: %d %s", code, body)
	}
	if _, body := v.gets("/debug/pprof/goroutine?debug=1"); strings.Contains(body, "goroutine profile") {
		t.Error("profiles without a session")
	}
	v.enters()
	v.posts("/say", url.Values{"text": {"律所归谁管"}})
	_, body := v.gets("/metrics")
	for _, want := range []string{"# TYPE zujian_waiting gauge", "zujian_panics_total ", "zujian_goroutines "} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
	if code, body := v.gets("/debug/pprof/goroutine?debug=1"); code != http.StatusOK || !strings.Contains(body, "goroutine profile") {
		t.Errorf("profiles: %d", code)
	}
}

func TestConsoleTalkKeepsPeopleApart(t *testing.T) {
	v := opensConsole(t, nil).enters()
	if _, body := v.posts("/say", url.Values{"text": {"组建"}}); !strings.Contains(body, "这是哪一类单位") {
		t.Fatalf("the dialog does not begin: %s", body)
	}
	w := opensSecond(v)
	if _, body := w.posts("/say", url.Values{"text": {"1"}}); !strings.Contains(body, "上面没有编号可选") {
		t.Errorf("another session goes on with the dialog:\n%s", body)
	}
	if _, body := v.posts("/say", url.Values{"text": {"<script>alert(1)</script>园区里的企业归谁管"}}); strings.Contains(body, "<script>alert") {
		t.Error("what was typed is alive on the page")
	}
	if code, body := v.posts("/say", url.Values{"text": {strings.Repeat("问", 20_000)}}); code != http.StatusOK ||
		!strings.Contains(body, "这段话太长了") {
		t.Errorf("a very long text: %d", code)
	}
	if code, _ := v.posts("/say", url.Values{"text": {strings.Repeat("问", 200_000)}}); code != http.StatusRequestEntityTooLarge {
		t.Errorf("an endless text: %d", code)
	}
	if code, body := v.posts("/say", url.Values{"text": {"管理 状态"}}); code != http.StatusOK || !strings.Contains(body, "资料版本") {
		t.Error("who sits at the machine gives no orders at the console")
	}
}

func TestConsoleReminders(t *testing.T) {
	v := opensConsole(t, nil).enters()
	sentence := "每月25日上午十点提醒园区妇建群报送组建进度"
	if code, body := v.posts("/reminders", url.Values{"sentence": {sentence}}); code != http.StatusUnprocessableEntity ||
		!strings.Contains(body, "定的人") {
		t.Errorf("nobody gives it: %d %s", code, toldOf(body))
	}
	if _, body := v.posts("/reminders", url.Values{"sentence": {sentence}, "by": {"组织科"}}); !strings.Contains(body, "请核对") ||
		!strings.Contains(body, "园区妇建群") {
		t.Fatalf("not said back: %s", body)
	}
	if _, body := v.posts("/reminders", url.Values{"sentence": {sentence}, "by": {"组织科"}, "sure": {"1"}}); !strings.Contains(body,
		"设好了 1 条") || !strings.Contains(body, "10:00 群“园区妇建群”：报送组建进度") &&
		!strings.Contains(second(v.gets("/reminders?month="+time.Now().AddDate(0, 1, 0).Format("2006-01"))), "10:00 群“园区妇建群”：报送组建进度") {
		t.Errorf("not on the calendar: %s", body)
	}
	if _, body := v.posts("/reminders/1", url.Values{"do": {"停"}}); !strings.Contains(body, "停下了") {
		t.Errorf("not paused: %s", toldOf(body))
	}
	for _, change := range []struct{ do, words, say string }{
		{"改", "每月26日下午三点", "现在是每月26日下午3:00"}, {"内容", "报台账", "现在是“报台账”"}, {"跳过", "", "不发了，别的照常"},
	} {
		if _, body := v.posts("/reminders/1", url.Values{"do": {change.do}, "words": {change.words}}); !strings.Contains(body, change.say) {
			t.Errorf("%s %s: %s", change.do, change.words, toldOf(body))
		}
	}
	if code, body := v.posts("/reminders/1", url.Values{"do": {"改"}}); code != http.StatusUnprocessableEntity || !strings.Contains(body,
		"请写上新的时间") {
		t.Errorf("changed to nothing: %d %s", code, toldOf(body))
	}
	v.posts("/reminders/1", url.Values{"do": {"取消"}})
	if _, body := v.gets("/reminders"); !strings.Contains(body, "办完了的和取消了的") {
		t.Errorf("what was cancelled is not listed: %s", body)
	}
	if code, body := v.posts("/reminders/1", url.Values{"do": {"删"}}); code != http.StatusUnprocessableEntity {
		t.Errorf("an unknown change: %d %s", code, toldOf(body))
	}
	if code, _ := v.posts("/reminders/99", url.Values{"do": {"停"}}); code != http.StatusUnprocessableEntity {
		t.Errorf("no such reminder: %d", code)
	}
}

func TestConsoleFeed(t *testing.T) {
	t.Setenv("CONSOLE_PASSWORD", "一个够长的口令用来测试")
	v := opensConsole(t, func(c *office.Config) { c.Console.PasswordEnv = "CONSOLE_PASSWORD" }).enters()
	v.posts("/reminders", url.Values{"sentence": {"每月25日上午十点提醒园区妇建群报送组建进度"}, "by": {"组织科"}, "sure": {"1"}})
	_, body := v.gets("/reminders")
	feed := regexp.MustCompile(`/reminders\.ics\?key=[\w-]{40,}`).FindString(body)
	if feed == "" {
		t.Fatalf("no address of the feed: %s", body)
	}
	v.client = v.stranger() // a calendar program has no session
	if code, text := v.gets(feed); code != http.StatusOK || !strings.HasPrefix(text, "BEGIN:VCALENDAR\r\n") || !strings.Contains(text,
		"SUMMARY:报送组建进度") {
		t.Errorf("%d %s", code, text)
	}
	if code, _ := v.gets("/reminders.ics?key=wrong"); code != http.StatusForbidden {
		t.Errorf("a wrong key: %d", code)
	}
}

func TestConsoleImprovements(t *testing.T) {
	v := opensConsole(t, nil).enters()
	const question = "乡里说的那个打包一起弄是几家封顶"
	piece := "覆盖单位一般不超过5个"
	ask := url.Values{"kind": {console.Ask}, "question": {question}, "piece": {piece}}
	_, body := v.posts("/questions", ask)
	if !strings.Contains(body, "记下了") || !strings.Contains(body, "种问法都试过") {
		t.Fatalf("%s", toldOf(body))
	}
	if _, body := v.gets("/search?q=" + url.QueryEscape(question)); !strings.Contains(body, "答上了") || !strings.Contains(body, piece) {
		t.Errorf("the new way of asking does not lead there")
	}
	if code, body := v.posts("/questions", ask); code != http.StatusUnprocessableEntity || !strings.Contains(body, "已经有了") {
		t.Errorf("twice: %d %s", code, toldOf(body))
	}
	if testing.Short() {
		return // each further one asks hundreds of questions of an index of its own, in turn
	}
	short := func(say string) url.Values {
		return url.Values{"kind": {console.Written}, "question": {"合着弄顶多几家"}, "piece": {piece}, "answer": {say}}
	}
	for name, form := range map[string]url.Values{
		"words that are not there": {"kind": {console.Ask}, "question": {"谁来发奖金"}, "piece": {"由园区发奖金"}},
		"a telephone":              {"kind": {console.FAQ}, "question": {"找谁"}, "answer": {"打13812345678"}, "source": {"组织科"}},
		"no source":                {"kind": {console.FAQ}, "question": {"材料交几份"}, "answer": {"交两份。"}},
		"one character":            {"kind": {console.Synonym}, "word": {"妇联"}, "same": {"妇"}},
		"no such kind":             {"kind": {"rule"}, "question": {"x"}},
		"a number of its own":      short("覆盖单位一般不超过6个。"),
		"一般 left out":              short("覆盖单位不超过5个。"),
		"a body of its own":        short("市总工会的覆盖单位一般不超过5个。"),
		"no sentence":              {"kind": {console.Written}, "question": {"合着弄顶多几家"}, "answer": {"覆盖单位一般不超过5个。"}},
	} {
		if code, body := v.posts("/questions", form); code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %s", name, code, toldOf(body))
		}
	}
	look := short("覆盖单位一般不超过5个。")
	look.Set("look", "1")
	if code, body := v.posts("/questions", look); code != http.StatusOK || !strings.Contains(body, "记下以后的回答：覆盖单位一般不超过5个") ||
		!strings.Contains(body, `name="answer" value="覆盖单位一般不超过5个。"`) || strings.Contains(body, "短答：问") {
		t.Errorf("what it would come to: %d %s", code, toldOf(body))
	}
	if _, body := v.posts("/questions", short("覆盖单位一般不超过5个。")); !strings.Contains(body, "记下了，第2条：问“合着弄顶多几家”，先答") {
		t.Errorf("%s", toldOf(body))
	}
	if _, body := v.posts("/say", url.Values{"text": {"合着弄顶多几家"}}); !strings.Contains(body, piece) {
		t.Errorf("the short answer is not given: %s", body)
	}
	wide := url.Values{"kind": {console.Ask}, "question": {"园区里的企业归谁管"}, "piece": {piece}}
	if code, body := v.posts("/questions", wide); code != http.StatusUnprocessableEntity || !strings.Contains(body, "先引的是另一句") ||
		!strings.Contains(body, "还是记下") {
		t.Errorf("another question: %d %s", code, toldOf(body))
	}
	reply := url.Values{"kind": {console.FAQ}, "question": {"组建的材料要交几份"}, "answer": {"组建材料一式两份，交街道妇联。"}, "source": {"街道妇联，2026年3月"}}
	if _, body := v.posts("/questions", reply); !strings.Contains(body, "记下了") {
		t.Fatalf("%s", toldOf(body))
	}
	if _, body := v.posts("/say", url.Values{"text": {"组建的材料要交几份"}}); !strings.Contains(body, "一式两份") || !strings.Contains(body,
		"依据：街道妇联") || !strings.Contains(body, "本单位的答复") {
		t.Errorf("the office's answer is not given with its source: %s", body)
	}
	gap := url.Values{"kind": {console.Gap}, "question": {"建妇联要不要统一的牌子样式"}, "topic": {"牌子的样式"}, "document": {"speech"}}
	if _, body := v.posts("/questions", gap); !strings.Contains(body, "记下了") {
		t.Fatalf("%s", toldOf(body))
	}
	if _, body := v.posts("/say", url.Values{"text": {"建妇联要不要统一的牌子样式"}}); !strings.Contains(body, "没有写牌子的样式") {
		t.Errorf("the gap is not said")
	}
	if _, body := v.posts("/questions", url.Values{"kind": {console.Synonym}, "word": {"两新组织"},
		"same": {"双新摊子"}}); !strings.Contains(body, "记下了") {
		t.Errorf("%s", toldOf(body))
	}
	if _, body := v.posts("/questions/drop", url.Values{"id": {"1"}}); !strings.Contains(body, "拿掉了第1条") {
		t.Errorf("%s", toldOf(body))
	}
	if code, _ := v.posts("/questions/drop", url.Values{"id": {"1"}}); code != http.StatusUnprocessableEntity {
		t.Errorf("dropped twice: %d", code)
	}
}

// TestRunWithNothingConfigured is the page alone; two lines say how to add
// WeChat.
func TestRunWithNothingConfigured(t *testing.T) {
	for _, args := range [][]string{{"run"}, {}} {
		home(t)
		tr := try(t, strings.NewReader(""), args...)
		tr.sees("网页：http://127.0.0.1:")
		tr.sees("enabled = true")
		tr.sees("bot wechat-simulator")
		tr.ends(exitDone)
	}
}

// TestConsoleFirstPage measures the first page with its style and script, and
// holds that it is small.
func TestConsoleFirstPage(t *testing.T) {
	v := opensConsole(t, nil).enters()
	size := 0
	var took []time.Duration
	for range 20 {
		began := time.Now()
		size = 0
		for _, path := range []string{"/", "/static/style.css", "/static/page.js"} {
			code, body := v.gets(path)
			if code != http.StatusOK {
				t.Fatalf("%s: %d", path, code)
			}
			size += len(body)
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	t.Logf("first page with style and script: %d bytes, median %v, longest %v", size, took[len(took)/2], took[len(took)-1])
	if size > 100_000 {
		t.Errorf("%d bytes", size)
	}
}

// TestConsoleHelp reads the handbook on the page, in a session only.
func TestConsoleHelp(t *testing.T) {
	v := opensConsole(t, nil)
	if _, body := v.gets("/help/reminders"); strings.Contains(body, "晚上九点到早上七点半不发") {
		t.Error("shown to a stranger")
	}
	v = v.enters()
	for path, words := range map[string]string{"/help": "先做什么", "/help/reminders": "晚上九点到早上七点半不发", "/help/settings": "per_minute = 10",
		"/help/none": "先做什么"} {
		code, body := v.gets(path)
		if code != http.StatusOK || !strings.Contains(body, words) {
			t.Errorf("%s: %d %s", path, code, body)
		}
	}
}

// TestConsoleHasNoSuchPage words what the library would say in English.
func TestConsoleHasNoSuchPage(t *testing.T) {
	v := opensConsole(t, nil).enters()
	for _, path := range []string{"/nowhere", "/documents/a/b/c"} {
		if code, body := v.gets(path); code != http.StatusNotFound || !strings.Contains(body, "没有这一页。") {
			t.Errorf("%s: %d %s", path, code, body)
		}
	}
	if code, body := v.posts("/search", nil); code != http.StatusNotFound || strings.Contains(body, "Allowed") {
		t.Errorf("another method: %d %s", code, body)
	}
}
