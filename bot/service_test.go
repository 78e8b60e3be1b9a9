package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"zujian/bot/chat"
	"zujian/bot/store"
)

// TestSimulatorIsOneCommand does what somebody without an account does: one
// command, one page.
func TestSimulatorIsOneCommand(t *testing.T) {
	home(t)
	tr := try(t, strings.NewReader(""), "wechat-simulator", "--port", "0")
	defer tr.stop()
	line := tr.sees("请用浏览器打开")
	p := &page{t: t, base: line[strings.Index(line, "http://"):]}
	code := regexp.MustCompile(`配对 \d{8}`).FindString(tr.sees("配对"))
	tr.sees("微信：在线")
	resp, err := http.Get(p.base)
	if err != nil {
		t.Fatal(err)
	}
	html, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || !bytes.Contains(html, []byte("模拟微信")) {
		t.Errorf("the page: %v\n%s", err, html)
	}
	p.says("li", "@组建助手 园区里的企业，归谁管？")
	p.hears("第3点第2句")
	p.says("zhao", code)
	p.hears("配对好了")
	p.says("zhao", "管理 状态")
	if got := p.hears("微信：在线"); !strings.Contains(got, "待发") || !strings.Contains(got, "资料版本") {
		t.Errorf("状态: %s", got)
	}
	p.says("zhao-donghe", "@组建助手 管理 停用本群")
	p.hears("不再说话")
	p.says("wang", "@组建助手 这句不答")
	p.says("zhao-donghe", "@组建助手 管理 启用本群")
	p.hears("又会回答了")
	p.posts("/fault", url.Values{"kind": {"logout"}, "code": {"1101"}})
	tr.sees("微信：已退出登录")
	tr.sees("微信：在线")
	p.says("wang", "@组建助手\u2005组建")
	p.hears("这是哪一类单位")
	tr.ends(exitDone)
}

// serves starts run against a simulator, configured in zujian.toml.
func serves(t *testing.T, more string) (dir string, p *page, tr *trial) {
	t.Helper()
	dir = home(t)
	p = village(t)
	write(t, filepath.Join(dir, "zujian.toml"), "[wechat]\nenabled = true\nbase_url = \""+p.base+"\"\n"+more)
	tr = try(t, strings.NewReader(""), "run")
	t.Cleanup(tr.stop)
	tr.sees("微信：在线")
	return dir, p, tr
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestOtherCommandsBesideTheService uses the data folder while it is served.
func TestOtherCommandsBesideTheService(t *testing.T) {
	_, p, tr := serves(t, "")
	p.says("li", "@组建助手 园区里的企业归谁管")
	p.hears("第3点第2句")
	if got := did(t, exitFailed, "", "run"); !strings.Contains(got, "已经有一个程序在为这个数据文件夹服务") {
		t.Errorf("a second service: %s", got)
	}
	if got := did(t, exitDone, "管理 状态\n组建\n", "chat"); !strings.Contains(got, "微信：在线，从今天") || !strings.Contains(got, "这是哪一类单位") {
		t.Errorf("chat: %s", got)
	}
	doctor := did(t, exitDone, "", "doctor", "--json")
	for _, want := range []string{`"configured":true`, `"running":true`, `"state":"在线"`, `"paired":0`, `"sent":1`} {
		if !strings.Contains(doctor, want) {
			t.Errorf("doctor has no %s: %s", want, doctor)
		}
	}
	code := regexp.MustCompile(`配对 \d{8}`).FindString(did(t, exitDone, "", "pair"))
	p.says("zhao", code)
	p.hears("配对好了")
	p.says("zhao", "管理 跳舞")
	p.hears("没有这个管理命令")
	tr.ends(exitDone)
	if got := did(t, exitFailed, "", "doctor"); !strings.Contains(got, "程序没有在运行。最后是在线") || !strings.Contains(got, "管理员：1 个") {
		t.Errorf("doctor afterwards: %s", got)
	}
}

// TestGroupDocuments gives one group a notice of its own and no speech.
func TestGroupDocuments(t *testing.T) {
	dir, p, tr := serves(t, "")
	tr.ends(exitDone)
	write(t, filepath.Join(dir, "documents", "notice.txt"), "关于报送台账的通知\n一、各镇街每季度末向区妇联报送台账。\n")
	old := time.Now().Add(-time.Hour) // nobody is writing it any more
	if err := os.Chtimes(filepath.Join(dir, "documents", "notice.txt"), old, old); err != nil {
		t.Fatal(err)
	}
	list := did(t, exitDone, "", "knowledge", "list")
	id := strings.Fields(list[strings.LastIndex(list[:strings.Index(list, "《关于报送台账")], "\n")+1:])[0]
	write(t, filepath.Join(dir, "zujian.toml"),
		"[wechat]\nenabled = true\nbase_url = \""+p.base+"\"\n[[group]]\nname = \"东河镇网格员群\"\ndocuments = [\""+id+"\"]\n")
	again := try(t, strings.NewReader(""), "run")
	defer again.stop()
	again.sees("微信：在线")
	p.says("zhao", "园区里的企业由谁指导组建妇联")
	p.hears("由园区负责指导和推动")
	p.says("li", "@组建助手 园区里的企业由谁指导组建妇联") // the name alone proves nothing: it has what all have
	p.hears("由园区负责指导和推动")
	again.sees("还没有绑定")
	p.says("zhao", regexp.MustCompile(`配对 \d{8}`).FindString(did(t, exitDone, "", "pair")))
	p.hears("配对好了")
	p.says("zhao", "管理 绑定 东河镇网格员群")
	p.says("li", "@组建助手 "+regexp.MustCompile(`绑定 \d{6}`).FindString(p.hears("请在十分钟内")))
	p.hears("绑好了")
	p.says("li", "@组建助手 园区里的企业由谁指导组建妇联")
	if got := p.hears(""); strings.Contains(got, "由园区负责") {
		t.Errorf("the group got a document that is not its own: %s", got)
	}
	p.says("li", "@组建助手 台账每季度末向谁报送")
	p.hears("向区妇联报送台账")
	again.ends(exitDone)
}

// TestNothingPersonalIsKept looks for what people typed in everything that is
// written: the store, the log, what is printed, the export.
func TestNothingPersonalIsKept(t *testing.T) {
	dir, p, tr := serves(t, "")
	for _, q := range []string{"园区里的企业归谁管", "园区里的企业归谁管，我电话13812345678", "组建", "女工六百来人，联系人张桂芳13912345678", "查一下11010519491231002X住哪",
		"人数多少，问的是0912-3456789"} {
		p.says("zhao", q)
		p.hears("")
	}
	printed := tr.ends(exitDone)
	audit := did(t, exitDone, "", "audit", "--json")
	if !strings.Contains(audit, `"status":"private"`) || !strings.Contains(audit,
		`"question":"园区里的企业归谁管","status":"answered","clauses":["speech#`) {
		t.Errorf("audit: %s", audit)
	}
	all := map[string]string{"printed": printed, "audit": audit}
	files, err := filepath.Glob(filepath.Join(dir, "simulator", "*"))
	if err != nil || len(files) < 3 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(f)] = string(data)
	}
	if len(all["zujian.log"]) < 300 {
		t.Errorf("hardly a log: %s", all["zujian.log"])
	}
	for name, text := range all {
		for _, secret := range []string{"13812345678", "13912345678", "11010519491231002X", "3456789", "张桂芳", "赵主任"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s holds %s", name, secret)
			}
		}
	}
	for _, word := range []string{"园区", "女工", "讲话"} {
		if strings.Contains(all["zujian.log"], word) {
			t.Errorf("the log holds words of a message: %s", word)
		}
	}
}

// TestKilledWhileSending starts the service over what a killed one left on its
// way: it is told, and not sent again.
func TestKilledWhileSending(t *testing.T) {
	dir, p, tr := serves(t, "")
	code := regexp.MustCompile(`配对 \d{8}`).FindString(did(t, exitDone, "", "pair"))
	p.says("zhao", code)
	p.hears("配对好了")
	tr.ends(exitDone)
	db, err := store.Open(filepath.Join(dir, "simulator", "zujian.db"))
	if err != nil {
		t.Fatal(err)
	}
	to := chat.Target{Channel: "wechat", Chat: "东河镇网格员群", Group: true}
	ids, err := db.Enqueue(t.Context(), time.Now(), store.Out{Target: to, Text: "请看新的讲话"})
	if err != nil {
		t.Fatal(err)
	}
	if it, err := db.Claim(t.Context(), "wechat", time.Now()); it == nil || err != nil {
		t.Fatal(it, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	again := try(t, strings.NewReader(""), "run")
	defer again.stop()
	again.sees("有 1 条消息不知道发出去没有，不会自动再发")
	p.hears("有 1 条消息不知道发出去没有") // the operator, once WeChat is there
	p.says("zhao", "园区里的企业归谁管")
	p.hears("第3点第2句")
	if got := did(t, exitFailed, "", "doctor"); !strings.Contains(got, "要处理　消息：待发 0 条，不知道发出去没有 1 条") {
		t.Errorf("doctor: %s", got)
	}
	if got := did(t, exitDone, "管理 不明\n管理 重发\n管理 重发 99\n", "chat"); !strings.Contains(got, "群“东河镇网格员群”") ||
		!strings.Contains(got, "请写上编号") || !strings.Contains(got, "没有编号是 99 的") {
		t.Errorf("不明: %s", got)
	}
	if p.n != 5 {
		t.Errorf("%d lines on the page: it was sent again", p.n)
	}
	if got := did(t, exitDone, fmt.Sprintf("管理 重发 %d\n", ids[0]), "chat"); !strings.Contains(got, "放回去了") {
		t.Errorf("重发: %s", got)
	}
	again.ends(exitDone)
	last := try(t, strings.NewReader(""), "run")
	defer last.stop()
	p.hears("请看新的讲话")
	last.ends(exitDone)
}

// TestOldRecordGoes keeps the record for the configured time.
func TestOldRecordGoes(t *testing.T) {
	dir, _, tr := serves(t, "[desk]\naudit_days = 90\n")
	tr.ends(exitDone)
	db, err := store.Open(filepath.Join(dir, "simulator", "zujian.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, days := range []int{100, 80} {
		err := db.Record(t.Context(), store.Turn{At: time.Now().AddDate(0, 0, -days), Audit: &store.Audit{Status: "answered",
			Question: "老问题"}})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	again := try(t, strings.NewReader(""), "run")
	defer again.stop()
	again.sees("组建助手在运行")
	if got := did(t, exitDone, "", "audit", "--json"); strings.Count(got, "老问题") != 1 {
		t.Errorf("audit: %s", got)
	}
	if got := did(t, exitDone, "", "audit", "--json", "--since", "30天"); strings.Contains(got, "老问题") {
		t.Errorf("audit of 30 days: %s", got)
	}
	again.ends(exitDone)
}

func TestStartWithoutNetworkIsSaid(t *testing.T) {
	home(t)
	tr := try(t, strings.NewReader(""), "run", "--wechat-at", "http://127.0.0.1:1")
	defer tr.stop()
	tr.sees("组建助手在运行")
	tr.ends(exitDone)
	home(t)
	tr = try(t, strings.NewReader(""), "run", "--wechat-at", "http://127.0.0.1:1")
	defer tr.stop()
	tr.sees("微信：连不上。请看看这台机器的网络")
	tr.ends(exitDone)
}

func TestPortIsTaken(t *testing.T) {
	home(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if got := did(t, exitFailed, "", "wechat-simulator", "--port", port); !strings.Contains(got, "请换一个：bot wechat-simulator --port") {
		t.Errorf("%s", got)
	}
}

func TestSimulatorAloneSaysHowToComeIn(t *testing.T) {
	home(t)
	tr := try(t, strings.NewReader(""), "wechat-simulator", "--only", "--port", "0")
	defer tr.stop()
	line := tr.sees("bot run --wechat-at")
	other := try(t, strings.NewReader(""), strings.Fields(line)[1:]...)
	defer other.stop()
	other.sees("微信：在线")
	other.ends(exitDone)
	tr.ends(exitDone)
}

// TestManyQuestionsFromAPipe is above every limit for people in a group.
func TestManyQuestionsFromAPipe(t *testing.T) {
	home(t)
	got := did(t, exitDone, strings.Repeat("园区里的企业归谁管\n", 40), "chat")
	if n := strings.Count(got, "第3点第2句"); n < 40 || strings.Contains(got, "有点快") {
		t.Errorf("%d answers", n)
	}
}

// TestConversationEndsWithTheProgram has somebody at a terminal who does not
// type: the conversation must not wait for him.
func TestConversationEndsWithTheProgram(t *testing.T) {
	home(t)
	in, typed := io.Pipe()
	defer in.Close()
	tr := try(t, in, "chat")
	defer tr.stop()
	io.WriteString(typed, "园区里的企业归谁管\n")
	tr.sees("第3点第2句")
	tr.ends(exitDone)
}

// TestReminderIsSetInChat has an operator set a reminder in his own chat, and
// anybody in the group end those to it.
func TestReminderIsSetInChat(t *testing.T) {
	_, p, tr := serves(t, "")
	const sentence = "提醒 每月25日上午十点提醒东河镇网格员群报送组建进度"
	p.says("zhao", sentence)
	p.hears("设提醒要由管理员来")
	p.says("zhao", regexp.MustCompile(`配对 \d{8}`).FindString(did(t, exitDone, "", "pair")))
	p.hears("配对好了")
	p.says("zhao", sentence)
	p.hears("要设请回“确认”")
	p.says("zhao", "确认")
	p.hears("设好了，编号 1")
	p.says("li", "@组建助手 静音")
	p.hears("不再往这个群里发提醒")
	p.says("zhao", "管理 提醒 列表")
	p.hears("群里静音了")
	p.says("zhao-donghe", "@组建助手 管理 恢复提醒")
	p.hears("恢复了")
	p.says("zhao", "管理 提醒 取消 1")
	p.hears("取消了，编号 1")
	tr.ends(exitDone)
}
