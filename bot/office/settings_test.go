package office

import (
	"context"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// settingsOf is an office with that configuration, as the page changes it.
func settingsOf(t *testing.T, config string) pages {
	t.Helper()
	dir := t.TempDir()
	p := &Office{Ctx: context.Background(), Out: io.Discard, Err: io.Discard, Now: time.Now}
	if config != "" {
		if err := os.WriteFile(filepath.Join(dir, "zujian.toml"), []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Configure(dir, ""); err != nil {
		t.Fatal(err)
	}
	return pages{&Front{Office: p}}
}

func (g pages) written(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(g.Office.ConfigFile)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestEverySettingIsOnThePage holds that whatever zujian.toml may say can be set
// there, but for what points to simulators.
func TestEverySettingIsOnThePage(t *testing.T) {
	listed := map[string]bool{"wechat.base_url": true, "ilink.base_url": true, "official.base_url": true, "kf.base_url": true}
	for _, g := range settingGroups {
		for _, x := range g.all {
			listed[x.key] = true
			if !strings.HasPrefix(x.key, g.id) || x.title == "" || x.usual == "" {
				t.Errorf("%s: not of its group, or without words", x.key)
			}
		}
	}
	var look func(t reflect.Type, path string)
	look = func(kind reflect.Type, path string) {
		for i := range kind.NumField() {
			f := kind.Field(i)
			key := strings.TrimPrefix(path+"."+f.Tag.Get("toml"), ".")
			switch {
			case f.Tag.Get("toml") == "":
			case f.Type.Kind() == reflect.Struct:
				look(f.Type, key)
			case !listed[key]:
				t.Errorf("%s is on no page", key)
			}
		}
	}
	look(reflect.TypeFor[Config](), "")
}

const typedConfig = `# 东河县的设置
[desk]   # 限额
per_minute = 10   # 平常的
# 夜里不用
queue = 32

[remind]
quiet = "21:00-7:30"

[remind.lists]
# 各镇
"各镇群" = [
  "东河镇妇建群", # 先建的
  "西河镇妇建群",
]

[[group]]
name = "东河镇网格员群"
documents = ["speech"] # 只用讲话
`

func TestSettingsKeepComments(t *testing.T) {
	g := settingsOf(t, typedConfig)
	for group, form := range map[string]url.Values{
		"desk":    {"desk.per_minute": {"２0"}, "desk.queue": {""}, "desk.no_welcome": {"true"}},
		"remind":  {"remind.lists": {"各镇群 = 东河镇妇建群、北山镇妇建群\n县直群=县直妇建群"}, "remind.per_day": {"3"}},
		"contact": {"contact.body": {`县妇联"组织部"`}, "contact.telephone": {"010-55550000"}},
		"group":   {"group": {"东河镇网格员群 = speech\n西河镇群 = speech"}},
	} {
		if _, err := g.ChangeSettings(group, form); err != nil {
			t.Fatalf("%s: %v", group, err)
		}
	}
	got := g.written(t)
	for _, want := range []string{"# 东河县的设置\n[desk]   # 限额\nper_minute = 20   # 平常的\n", "# 夜里不用\n", "no_welcome = true", "# 各镇\n# 先建的\n\"各镇群\" = [\"东河镇妇建群\", \"北山镇妇建群\"]\n",
		`"县直群" = ["县直妇建群"]`, `body = "县妇联\"组织部\""`, `documents = ["speech"] # 只用讲话`, "[[group]]\nname = \"西河镇群\"\ndocuments = [\"speech\"]"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "queue") {
		t.Errorf("what is usual again still stands there:\n%s", got)
	}
	if _, err := g.ChangeSettings("group", url.Values{"group": {"西河镇群 = speech"}}); err != nil {
		t.Fatal(err)
	}
	if c, err := configIn(g.Office.ConfigFile); err != nil || len(c.Groups) != 1 || c.Groups[0].Name != "西河镇群" || c.Desk.PerMinute != 20 {
		t.Errorf("%v %+v", err, c)
	}
}

func TestSettingsAreChecked(t *testing.T) {
	g := settingsOf(t, typedConfig)
	for name, x := range map[string]struct {
		group string
		form  url.Values
		say   string
	}{
		"out of bounds": {"desk", url.Values{"desk.per_minute": {"601"}}, "“一个人一分钟最多问几句”是 601，要在 1 到 600 之间"},
		"no number":     {"desk", url.Values{"desk.per_minute": {"十来句"}}, "要写一个数"},
		"quiet hours":   {"remind", url.Values{"remind.quiet": {"晚上"}}, "要像 21:00-7:30 这样"},
		"no document":   {"group", url.Values{"group": {"甲群 = 没有的"}}, "没有"},
		"no secret":     {"wecom", url.Values{"wecom.enabled": {"true"}, "wecom.bot_id": {"b"}}, "“放密钥的文件”"},
		"no file":       {"llm", url.Values{"llm.key_file": {"/no/such"}, "llm.base_url": {"http://127.0.0.1:1/v1"}, "llm.model": {"m"}}, "没有这个文件"},
		"no password":   {"console", url.Values{"console.address": {"0.0.0.0:8791"}}, "“放口令的文件”"},
		"short one":     {"console", url.Values{"secret:console.password_file:": {"短"}}, "口令至少"},
		"no line":       {"remind", url.Values{"remind.lists": {"各镇群"}}, "一行一个"},
		"no webhook":    {"wecom", url.Values{"wecom.webhook": {"甲群 = 地址"}}, "要像 https://"},
		"no group":      {"rules", nil, "没有这一组"},
	} {
		if _, err := g.ChangeSettings(x.group, x.form); err == nil || !strings.Contains(err.Error(), x.say) {
			t.Errorf("%s: %v", name, err)
		}
		if g.written(t) != typedConfig {
			t.Fatalf("%s: changed all the same", name)
		}
	}
}

func TestSecretsHaveFilesOfTheirOwn(t *testing.T) {
	g := settingsOf(t, "")
	forms := []struct {
		group string
		form  url.Values
	}{
		{"wecom", url.Values{"wecom.enabled": {"true"}, "wecom.bot_id": {"b"}, "secret:wecom.secret_file:": {"geheim-1"},
			"wecom.webhook": {"甲群 = https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=geheim-2"}}},
		{"official", url.Values{"official.enabled": {"true"}, "official.app_id": {"wx1"}, "secret:official.keys_file:secret": {"geheim-3"}, "secret:official.keys_file:token": {"geheim-4"}}},
		{"official", url.Values{"secret:official.keys_file:aes_key": {strings.Repeat("a", 43)}}},
		{"console", url.Values{"secret:console.password_file:": {"geheim-5-und-lang"}, "console.address": {"0.0.0.0:8791"}}},
		{"wecom", url.Values{"wecom.webhook": {"甲群 = 已存\n乙群 = https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=geheim-6"}}},
	}
	for _, x := range forms {
		if _, err := g.ChangeSettings(x.group, x.form); err != nil {
			t.Fatalf("%s: %v", x.group, err)
		}
	}
	if strings.Contains(g.written(t), "geheim") {
		t.Errorf("a secret in the configuration:\n%s", g.written(t))
	}
	c, err := configIn(g.Office.ConfigFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range c.Configured() {
		if err := c.readable(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(c.Wecom.Webhooks) != 2 || c.Wecom.Webhooks[0].URLFile == c.Wecom.Webhooks[1].URLFile {
		t.Errorf("%+v", c.Wecom.Webhooks)
	}
	if k, err := readKeys("公众号", c.Official.KeysFile); err != nil || k.Secret != "geheim-3" || k.Token != "geheim-4" || len(k.AESKey) != 43 {
		t.Errorf("%v %+v", err, k)
	}
	if word, err := c.Console.password(); err != nil || !strings.HasPrefix(word, "$argon2id$") {
		t.Errorf("the password as it is stored: %v", err)
	}
	if info, err := os.Stat(c.Wecom.SecretFile); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	for _, s := range g.Settings() {
		for _, f := range s.Fields {
			if strings.Contains(f.Value, "geheim") {
				t.Errorf("%s is shown", f.Key)
			}
		}
	}
}

// TestUnusualWritingIsLeft changes nothing where it would change something else.
func TestUnusualWritingIsLeft(t *testing.T) {
	for _, config := range []string{"desk.per_minute = 5\n", "desk = { per_minute = 5 }\n", "\"desk\".\"per_minute\" = 5\n"} {
		g := settingsOf(t, config)
		_, err := g.ChangeSettings("desk", url.Values{"desk.per_minute": {"7"}})
		c, wrong := configIn(g.Office.ConfigFile)
		if wrong != nil || err != nil && (g.written(t) != config || !strings.Contains(err.Error(), "整份配置")) || err == nil && c.Desk.PerMinute != 7 {
			t.Errorf("%q: %v, %v\n%s", config, err, wrong, g.written(t))
		}
	}
}

// TestNotepad tells what Notepad and a Chinese keyboard make of a configuration, in
// which line, and the way out.
func TestNotepad(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("[wechat]\n# 名字\nname = \"组建助手\"\n")
	if err != nil {
		t.Fatal(err)
	}
	for config, say := range map[string]string{
		gbk:                                        "第2行的字不是 UTF-8",
		"\xff\xfe[\x00d\x00]\x00":                  "第1行的字不是 UTF-8",
		"[wechat]\nname = “组建助手”\n":                "第2行用了中文的引号",
		"[desk]\nper_minute ＝ 3\n":                 "第2行用了中文的引号或者等号",
		"[desk]\nper_minute = 3\nper_minute = 4\n": "第3行的“desk.per_minute”前面已经写过了",
		"[desk]\nper_minute = 三\n":                 "第2行附近：per_minute = 三",
		"[desk]\nper_minute = \"3\"\n":             "值的类型不对",
	} {
		_, err := configFrom("zujian.toml", []byte(config))
		if err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("%q: %v", config, err)
		}
	}
	if _, err := configFrom("zujian.toml", []byte("\ufeff[desk]\r\nper_minute = 3\r\n")); err != nil {
		t.Errorf("a mark of UTF-8 and ends of lines of Windows: %v", err)
	}
	g := settingsOf(t, "")
	if err := os.WriteFile(g.Office.ConfigFile+".txt", []byte(gbk), 0o600); err != nil {
		t.Fatal(err)
	}
	if about := g.About(); !strings.Contains(about.Fault, "zujian.toml.txt") || !strings.Contains(about.Config, "组建助手") {
		t.Errorf("%+v", about)
	}
	if _, err := g.WriteConfig(g.About().Config); err != nil {
		t.Fatal(err)
	}
	if c, err := configIn(g.Office.ConfigFile); err != nil || c.Wechat.Name != "组建助手" || g.About().Fault != "" {
		t.Errorf("%v %+v %s", err, c.Wechat, g.About().Fault)
	}
	if _, err := g.WriteConfig("[desk]\nper_minute = 9999\n"); err == nil || !strings.Contains(g.written(t), "组建助手") {
		t.Errorf("a wrong one was written: %v", err)
	}
}
