package main

import (
	"bytes"
	"encoding/json"
	"io"
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

const zhaoID, liID = "o9zhao@im.wechat", "o9li@im.wechat"

// TestIlinkSimulatorIsOneCommand does what somebody without an account does:
// one command, one page.
func TestIlinkSimulatorIsOneCommand(t *testing.T) {
	dir := home(t)
	tr := try(t, strings.NewReader(""), "ilink-simulator", "--port", "0")
	defer tr.stop()
	line := tr.sees("请用浏览器打开")
	p := &page{t: t, base: line[strings.Index(line, "http://"):]}
	code := regexp.MustCompile(`配对 \d{8}`).FindString(tr.sees("配对"))
	tr.sees("微信机器人：在线")
	resp, err := http.Get(p.base)
	if err != nil {
		t.Fatal(err)
	}
	html, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || !bytes.Contains(html, []byte("没有接过真的服务器")) {
		t.Errorf("the page: %v\n%s", err, html)
	}
	p.says(liID, "园区里的企业，归谁管？")
	p.hears("第3点第2句")
	p.says(zhaoID, code)
	p.hears("配对好了")
	p.says(zhaoID, "管理 状态")
	if got := p.hears("微信机器人：在线"); !strings.Contains(got, "现在能发给 2 个人") {
		t.Errorf("状态: %s", got)
	}
	p.says(zhaoID, "管理 重新扫码")
	p.hears("微信机器人在线，不用重新登录。")
	if doctor := did(t, exitDone, "", "doctor"); strings.Contains(doctor, "微信机器人") {
		t.Errorf("doctor speaks of what is not configured: %s", doctor)
	}
	p.posts("/fault", url.Values{"kind": {"logout"}})
	tr.sees("微信机器人：已退出登录")
	tr.sees("微信机器人：在线")
	p.says(liID, "组建")
	p.hears("我理解：企业，在园区里")
	tr.ends(exitDone)
	if _, err := os.Stat(filepath.Join(dir, "simulator", "ilink.json")); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"zujian.log", "ilink.json"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			t.Errorf("a trial wrote %s beside what is real", name)
		}
	}
}

// ilinkVillage runs a simulator of its own and a service that is configured for
// it.
func ilinkVillage(t *testing.T) (dir string, p *page, tr *trial) {
	t.Helper()
	dir = home(t)
	far := try(t, strings.NewReader(""), "ilink-simulator", "--only", "--port", "0")
	line := far.sees("bot run --ilink-at")
	p = &page{t: t, base: line[strings.Index(line, "http://"):]}
	write(t, filepath.Join(dir, "zujian.toml"), "[ilink]\nenabled = true\nbase_url = \""+p.base+"\"\n")
	return dir, p, runsIlink(t)
}

func runsIlink(t *testing.T) *trial {
	t.Helper()
	tr := try(t, strings.NewReader(""), "run")
	tr.sees("微信机器人：在线")
	return tr
}

// TestClosedWindowIsTold has something be sent to a person who has been sent
// ten messages: he gets nothing, and the operator hears of it.
func TestClosedWindowIsTold(t *testing.T) {
	dir, p, tr := ilinkVillage(t)
	p.says(zhaoID, regexp.MustCompile(`配对 \d{8}`).FindString(did(t, exitDone, "", "pair")))
	p.hears("配对好了")
	p.says(liID, "园区里的企业归谁管")
	p.hears("第3点第2句")
	if got := did(t, exitDone, "", "doctor"); !strings.Contains(got, "正常　微信机器人：在线") || !strings.Contains(got, "现在能发给 2 个人") {
		t.Errorf("doctor: %s", got)
	}
	tr.ends(exitDone)
	spendAll(t, filepath.Join(dir, "simulator", "ilink.json"), liID)
	db, err := store.Open(filepath.Join(dir, "simulator", "zujian.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Enqueue(t.Context(), time.Now(), store.Out{Target: chat.Target{Channel: "ilink", Chat: liID},
		Text: "请看新的讲话"}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	again := runsIlink(t)
	defer again.stop()
	again.sees("微信机器人：有 1 条消息没有发出去")
	p.hears("有 1 条消息没有发出去")
	p.says(zhaoID, "管理 不明")
	if got := p.hears("请他先写一句话过来"); strings.Contains(got, liID) {
		t.Errorf("it names who did not get it: %s", got)
	}
	again.ends(exitDone)
	log, err := os.ReadFile(filepath.Join(dir, "simulator", "zujian.log"))
	if err != nil || len(log) < 300 {
		t.Fatalf("hardly a log: %s, %v", log, err)
	}
	for _, private := range []string{liID, zhaoID, "secret-", "园区", "讲话"} {
		if bytes.Contains(log, []byte(private)) {
			t.Errorf("the log holds %s", private)
		}
	}
}

// spendAll leaves a person nothing in the kept file.
func spendAll(t *testing.T, file, person string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var kept map[string]any
	if err := json.Unmarshal(data, &kept); err != nil {
		t.Fatal(err)
	}
	kept["people"].(map[string]any)[person].(map[string]any)["left"] = 0
	if data, err = json.Marshal(kept); err != nil {
		t.Fatal(err)
	}
	write(t, file, string(data))
}

// TestIlinkFileThatWasCut says so and asks for a new scan.
func TestIlinkFileThatWasCut(t *testing.T) {
	dir, p, tr := ilinkVillage(t)
	p.says(liID, "园区里的企业归谁管")
	p.hears("第3点第2句")
	tr.ends(exitDone)
	file := filepath.Join(dir, "simulator", "ilink.json")
	write(t, file, `{"login":{"bot_tok`)
	if got := did(t, exitFailed, "", "doctor"); !strings.Contains(got, "ilink.json 读不出来") {
		t.Errorf("doctor: %s", got)
	}
	again := try(t, strings.NewReader(""), "run")
	defer again.stop()
	again.sees("微信机器人上次的登录读不出来，文件已经移到 " + file + ".damaged")
	again.sees("微信机器人：等待扫码")
	again.sees("微信机器人：在线")
	p.says(liID, "第四点第二句")
	p.hears("第4点第2句")
	again.ends(exitDone)
}
