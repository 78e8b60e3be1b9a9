package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"zujian/bot/channel/official"
	sims "zujian/bot/simulator/official"
)

// freeAddress gives an address of this machine that nothing listens at now.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// TestOfficialAccountAnswers has the whole program answer callbacks over HTTP.
func TestOfficialAccountAnswers(t *testing.T) {
	dir, listen := home(t), freeAddress(t)
	sim := sims.New(sims.Options{Address: "http://" + listen + official.Path, Program: http.DefaultClient.Do})
	far := httptest.NewServer(sim)
	defer far.Close()
	write(t, filepath.Join(dir, "keys.toml"), "secret = \"simsecret\"\ntoken = \"simtoken\"\naes_key = \""+sims.ExampleKey+"\"\n")
	write(t, filepath.Join(dir, "zujian.toml"),
		"[official]\nenabled = true\napp_id = \""+sims.ExampleID+"\"\nkeys_file = '"+filepath.Join(dir, "keys.toml")+
			"'\ncustomer = true\nlisten = \""+listen+"\"\nbase_url = \""+far.URL+"\"\n")
	tr := try(t, strings.NewReader(""), "run")
	defer tr.stop()
	tr.sees("公众号：在线")
	reaches := func(person, words string) {
		t.Helper()
		for began := time.Now(); time.Since(began) < patience; {
			changed := sim.Changed()
			if slices.ContainsFunc(sim.Sent(), func(s sims.Sent) bool { return s.Person == person && strings.Contains(s.Text, words) }) {
				return
			}
			select {
			case <-changed:
			case <-time.After(time.Second):
			}
		}
		t.Fatalf("%q did not reach %s: %+v", words, person, sim.Sent())
	}
	sim.Event("oLi", "subscribe", "")
	reaches("oLi", "我是组建助手")
	sim.Say("oLi", "园区里的企业，归谁管？")
	reaches("oLi", "第3点第2句")
	sim.Send("oLi", "voice")
	reaches("oLi", "转文字")
	if doctor := did(t, exitDone, "", "doctor"); !strings.Contains(doctor, "正常　公众号：在线") {
		t.Errorf("doctor: %s", doctor)
	}
	tr.ends(exitDone)
}

// TestOfficialConfiguration says what is wrong before anything is connected.
func TestOfficialConfiguration(t *testing.T) {
	dir := home(t)
	for text, want := range map[string]string{
		"[official]\nenabled = true\n":             "official 里没有写",
		"[kf]\nenabled = true\ncorp_id = \"ww\"\n": "kf 里没有写",
		"[kf]\nenabled = true\ncorp_id = \"ww\"\naccount = \"wk\"\nkeys_file = \"k\"\nlisten = \"8796\"\n":           "listen 要像",
		"[official]\nenabled = true\napp_id = \"wx\"\nkeys_file = \"k\"\nbase_url = \"https://elsewhere.example\"\n": "只用来接模拟的",
	} {
		write(t, filepath.Join(dir, "zujian.toml"), text)
		if got := did(t, exitFailed, "", "doctor"); !strings.Contains(got, want) {
			t.Errorf("%s: %s", text, got)
		}
	}
	write(t, filepath.Join(dir, "zujian.toml"), "[official]\nenabled = true\napp_id = \"wx\"\nkeys_file = \"none.toml\"\n")
	if got := did(t, exitFailed, "", "doctor"); !strings.Contains(got, "要处理　公众号：公众号的 keys_file none.toml 没有找到") {
		t.Errorf("doctor: %s", got)
	}
}
