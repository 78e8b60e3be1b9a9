package main

import (
	"bytes"
	"context"
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
	"zujian/bot/office"
	simulator "zujian/bot/simulator/wecom"
	"zujian/bot/store"
)

// TestWecomSimulatorIsOneCommand does what somebody without WeCom does: one
// command, one page.
func TestWecomSimulatorIsOneCommand(t *testing.T) {
	dir := home(t)
	tr := try(t, strings.NewReader(""), "wecom-simulator", "--port", "0")
	defer tr.stop()
	line := tr.sees("请用浏览器打开")
	p := &page{t: t, base: line[strings.Index(line, "http://"):]}
	code := regexp.MustCompile(`配对 \d{8}`).FindString(tr.sees("配对"))
	resp, err := http.Get(p.base)
	if err != nil {
		t.Fatal(err)
	}
	html, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || !bytes.Contains(html, []byte("没有接过真的服务器")) {
		t.Errorf("the page: %v\n%s", err, html)
	}
	p.online()
	p.says("li", "@组建助手 园区里的企业，归谁管？")
	p.hears("第3点第2句")
	p.says("zhao", code)
	p.hears("配对好了")
	p.says("zhao", "管理 状态")
	p.hears("企业微信：在线")
	p.says("wang", "@组建助手\u2005组建")
	p.hears("这是哪一类单位")
	p.says("wang", "@组建助手 律师事务所")
	p.hears("［2 没有］")
	p.says("wang", "点 2")
	p.hears("［1 较多］")
	p.posts("/fault", url.Values{"kind": {"taken"}})
	tr.sees("企业微信：已退出登录。另一个程序用同一个机器人接上了")
	if _, err := os.Stat(filepath.Join(dir, "simulator", "zujian.db")); err != nil {
		t.Errorf("the trial has no record of its own: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "zujian.db")); err == nil {
		t.Error("the trial touched the real record")
	}
	tr.ends(exitDone)
}

// online waits until the program is connected, as somebody at the page does.
func (p *page) online() {
	p.t.Helper()
	for began := time.Now(); time.Since(began) < patience; {
		resp, err := http.Get(p.base + "/talk?after=0")
		if err != nil {
			p.t.Fatal(err)
		}
		got, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			p.t.Fatal(err)
		}
		if bytes.Contains(got, []byte(`"online":true`)) {
			return
		}
	}
	p.t.Fatal("the program does not connect")
}

// TestBothSimulatorsAtOnce has one program serve both, and push into a group
// that has only a webhook.
func TestBothSimulatorsAtOnce(t *testing.T) {
	dir := home(t)
	wechat := village(t)
	ctx, stop := context.WithCancel(context.Background())
	at, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- simulator.Serve(ctx, "127.0.0.1:0", simulator.Options{}, func(u string) { at <- u })
	}()
	defer func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	wecom := &page{t: t, base: <-at}
	db, err := store.Open(filepath.Join(dir, "simulator", "zujian.db"))
	if err != nil {
		t.Fatal(err)
	}
	to := chat.Target{Channel: office.WebhookChannel, Chat: simulator.ExamplePushName, Group: true}
	if _, err := db.Enqueue(t.Context(), time.Now(), store.Out{Target: to, Text: "请报进度"}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	tr := try(t, strings.NewReader(""), "run", "--wechat-at", wechat.base, "--wecom-at", wecom.base)
	defer tr.stop()
	tr.sees("微信：在线")
	wecom.online()
	wechat.says("li", "@组建助手 园区里的企业，归谁管？")
	wechat.hears("第3点第2句")
	wecom.says("li", "@组建助手 园区里的企业，归谁管？")
	wecom.hears("第3点第2句")
	wecom.n = 0
	wecom.hears("请报进度")
	tr.ends(exitDone)
}
