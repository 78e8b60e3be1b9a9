package office

import (
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"zujian/bot/console"
)

// setting is one thing that zujian.toml may say, in the words of the page.
type setting struct {
	key, title string
	usual      string // what holds where nothing is written
	hint       string
	secrets    []string // what stands in the file that it names, which the page may write; "" is the whole file
}

// settingGroup is what is set together.
type settingGroup struct {
	id, title, hint string
	all             []setting
}

// settingGroups are all settings in the order of the page. What points to
// simulators is not among them.
var settingGroups = []settingGroup{
	{"contact", "单位和找谁", "有人说“转人工”时，请他找这里。", []setting{
		{key: "contact.office", title: "单位叫什么", usual: "不写", hint: "写在网页上面，比如：东河县妇联"},
		{key: "contact.body", title: "找哪个科室", usual: "本级妇联", hint: "比如：县妇联组织部"},
		{key: "contact.telephone", title: "电话", usual: "不写"}}},
	{"wechat", "微信", "用一个微信号，在群里被@时回答。打开以后到“渠道”里扫码。", []setting{
		{key: "wechat.enabled", title: "接微信", usual: "不接"},
		{key: "wechat.name", title: "叫什么名字", usual: "组建助手", hint: "微信没有给出名字时用"},
		{key: "wechat.wake", title: "不用@也答的开头", usual: "没有", hint: "几个词用顿号隔开"}}},
	{"ilink", "微信机器人（iLink）", "只能一对一私聊。打开以后到“渠道”里扫码。", []setting{
		{key: "ilink.enabled", title: "接微信机器人", usual: "不接"}}},
	{"wecom", "企业微信", "智能机器人在群里能问能答，群机器人只发提醒。", []setting{
		{key: "wecom.enabled", title: "接智能机器人", usual: "不接"},
		{key: "wecom.bot_id", title: "机器人的编号（bot_id）", usual: "不写"},
		{key: "wecom.secret_file", title: "放密钥的文件", usual: "不写", secrets: []string{""}},
		{key: "wecom.secret_env", title: "放密钥的环境变量", usual: "不写"},
		{key: "wecom.name", title: "机器人叫什么", usual: "组建助手"},
		{key: "wecom.address", title: "服务器地址", usual: "企业微信自己的", hint: "单位自己装了企业微信服务器才写"},
		{key: "wecom.groups", title: "群的编号", usual: "没有", hint: "一行一个：群名 = 编号"},
		{key: "wecom.webhook", title: "群机器人", usual: "没有", hint: "一行一个：群名 = 地址。地址等于钥匙，存在单独的文件里，这里不再显示"}}},
	{"official", "公众号", "要有自己的服务器接微信的回调，看帮助里的“公众号和微信客服”。", []setting{
		{key: "official.enabled", title: "接公众号", usual: "不接"},
		{key: "official.app_id", title: "AppID", usual: "不写"},
		{key: "official.keys_file", title: "放密钥的文件", usual: "不写", secrets: []string{"secret", "token", "aes_key"}},
		{key: "official.customer", title: "能发客服消息", usual: "不能"},
		{key: "official.menu", title: "替公众号设菜单", usual: "不设"},
		{key: "official.template", title: "提醒用的模板编号", usual: "不写"},
		{key: "official.listen", title: "收回调的地址", usual: "127.0.0.1:8795"}}},
	{"kf", "微信客服", "", []setting{
		{key: "kf.enabled", title: "接微信客服", usual: "不接"},
		{key: "kf.corp_id", title: "企业的编号（corp_id）", usual: "不写"},
		{key: "kf.account", title: "客服账号的编号", usual: "不写"},
		{key: "kf.keys_file", title: "放密钥的文件", usual: "不写", secrets: []string{"secret", "token", "aes_key"}},
		{key: "kf.listen", title: "收回调的地址", usual: "127.0.0.1:8796"}}},
	{"desk", "回答", "", []setting{
		{key: "desk.per_minute", title: "一个人一分钟最多问几句", usual: "10", hint: "1 到 600"},
		{key: "desk.queue", title: "一个群最多排多少句", usual: "64", hint: "1 到 10000"},
		{key: "desk.dialog_hours", title: "组建对话放几小时作废", usual: "2", hint: "1 到 720"},
		{key: "desk.audit_days", title: "问答记录留多少天", usual: "180", hint: "1 到 3650"},
		{key: "desk.no_welcome", title: "有人进群时不说怎么问", usual: "说"}}},
	{"remind", "提醒", "", []setting{
		{key: "remind.quiet", title: "不发提醒的时候", usual: "21:00-7:30"},
		{key: "remind.per_day", title: "一个群一天最多几条", usual: "2", hint: "1 到 20"},
		{key: "remind.late_hours", title: "错过几小时还补发", usual: "6", hint: "1 到 72"},
		{key: "remind.approver", title: "在这台机器上设的，写谁定的", usual: "不写"},
		{key: "remind.lists", title: "一个名字代表几个群", usual: "没有", hint: "一行一个：名字 = 群、群"},
		{key: "remind.names", title: "渠道编号是谁", usual: "没有", hint: "一行一个：编号 = 姓名"}}},
	{"group", "各群用的文件和渠道", "没有写的群用全部文件。文件的编号在“文件”里点开看。", []setting{
		{key: "group", title: "各群", usual: "没有", hint: "一行一个：群名 = 文件编号、文件编号；企业微信、微信"}}},
	{"llm", "语言模型", "不接也能答。只帮着换说法，逐句核对过才显示。", []setting{
		{key: "llm.base_url", title: "地址", usual: "不接", hint: "比如 http://127.0.0.1:11434/v1"},
		{key: "llm.model", title: "模型的名字", usual: "不写"},
		{key: "llm.embed_model", title: "按意思找用的模型", usual: "不用"},
		{key: "llm.key_file", title: "放密钥的文件", usual: "不写", secrets: []string{""}},
		{key: "llm.key_env", title: "放密钥的环境变量", usual: "不写"},
		{key: "llm.seconds", title: "一次最多等几秒", usual: "8", hint: "1 到 60"},
		{key: "llm.daily", title: "一天最多几次", usual: "2000"}}},
	{"store", "记录放在哪里", "平常放在数据文件夹里。两台机器合用一份时才放进 PostgreSQL，看帮助里的“记录和备份”；改了要停下程序再开。", []setting{
		{key: "store.postgres", title: "PostgreSQL 的地址", usual: "不用，放在数据文件夹里", hint: "比如 postgres://zujian@10.0.0.5/zujian，不带密码"},
		{key: "store.password_file", title: "放密码的文件", usual: "不写", secrets: []string{""}},
		{key: "store.password_env", title: "放密码的环境变量", usual: "不写"},
		{key: "store.office", title: "是哪个单位的记录", usual: "不写", hint: "几个单位合用一个数据库时才写"}}},
	{"console", "网页", "要让别的机器也打得开，地址写 0.0.0.0:8791，再设口令。", []setting{
		{key: "console.off", title: "不开网页", usual: "开", hint: "关了以后这一页也打不开了"},
		{key: "console.address", title: "地址", usual: console.Usual},
		{key: "console.password_file", title: "放口令的文件", usual: "不写", secrets: []string{""}},
		{key: "console.password_env", title: "放口令的环境变量", usual: "不写"},
		{key: "console.names", title: "这台机器的名字", usual: "没有", hint: "别人用什么名字打开，几个用顿号隔开"},
		{key: "console.tls", title: "加密", usual: "不加密", hint: "证书自己做，浏览器会提醒一次"},
		{key: "console.cert_file", title: "证书", usual: "自己做的", hint: "单位有证书的写文件的路径"},
		{key: "console.cert_key", title: "证书的私钥", usual: "自己做的"}}},
}

// fieldOf gives what a key of the configuration stands for.
func fieldOf(c *Config, key string) reflect.Value {
	v := reflect.ValueOf(c).Elem()
	for name := range strings.SplitSeq(key, ".") {
		for i := range v.NumField() {
			if v.Type().Field(i).Tag.Get("toml") == name {
				v = v.Field(i)
				break
			}
		}
	}
	return v
}

// stored stands for a secret that is not shown.
const stored = "已存"

// settingText gives a value as it is typed on the page; empty where the usual holds.
func settingText(c *Config, key string) string {
	switch v := fieldOf(c, key).Interface().(type) {
	case bool:
		return either(v, "true", "")
	case int:
		return either(v == 0, "", strconv.Itoa(v))
	case string:
		return v
	case []string:
		return strings.Join(v, "、")
	case map[string]string:
		return inLines(v, func(s string) string { return s })
	case map[string][]string:
		return inLines(v, func(s []string) string { return strings.Join(s, "、") })
	case []groupConfig:
		var out []string
		for _, g := range v {
			out = append(out, strings.TrimSuffix(g.Name+" = "+strings.Join(g.Documents, "、")+"；"+strings.Join(g.Reach, "、"), "；"))
		}
		return strings.Join(out, "\n")
	case []webhookConfig:
		var out []string
		for _, w := range v {
			out = append(out, w.Name+" = "+stored)
		}
		return strings.Join(out, "\n")
	}
	return ""
}

func inLines[T any](all map[string]T, word func(T) string) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		out = append(out, name+" = "+word(all[name]))
	}
	return strings.Join(out, "\n")
}

// Settings gives what can be set: as it stands in the file, and where the program
// still runs with something else, with what.
func (g pages) Settings() []console.SettingGroup {
	running := g.Office.Config()
	c, err := configIn(g.Office.ConfigFile)
	if err != nil {
		c = running
	}
	var out []console.SettingGroup
	for _, group := range settingGroups {
		s := console.SettingGroup{ID: group.id, Title: group.title, Hint: group.hint}
		for _, x := range group.all {
			f := console.SettingField{Key: x.key, Title: x.title, Usual: x.usual, Hint: x.hint, Value: settingText(&c, x.key)}
			f.Kind = kindOf(fieldOf(&c, x.key).Kind())
			if x.key == "wecom.webhook" || x.key == "group" {
				f.Kind = "lines"
			}
			if now := settingText(&running, x.key); now != f.Value {
				f.Running, s.Waits = cmp.Or(now, "平常的"), true
			}
			f.Secrets = x.secrets
			f.Stored = len(x.secrets) > 0 && f.Value != "" && exists(f.Value)
			s.Fields = append(s.Fields, f)
		}
		out = append(out, s)
	}
	return out
}

func kindOf(k reflect.Kind) string {
	switch k {
	case reflect.Bool:
		return "switch"
	case reflect.Int:
		return "number"
	case reflect.Map:
		return "lines"
	}
	return "text"
}

// About says what runs here and where its things are.
func (g pages) About() console.About {
	a := console.About{Name: g.Office.Config().Contact.Office, Version: Version(), Data: g.Office.Data, ConfigFile: g.Office.ConfigFile}
	a.Below = g.Office.Place != nil && len(g.Office.Place.Below) > 0
	file := a.ConfigFile
	if !exists(file) && exists(file+".txt") {
		file += ".txt"
	}
	if data, err := os.ReadFile(file); err == nil {
		a.Config = asUTF8(data)
	}
	if _, err := configIn(a.ConfigFile); err != nil {
		a.Fault = InChinese(err.Error())
	} else {
		a.Fault = notepadName(a.ConfigFile)
	}
	return a
}

// secretFile is where the page puts the secret of a setting.
func (p *Office) secretFile(key string) string {
	return filepath.Join(p.Data, "secrets", strings.TrimSuffix(key, "_file"))
}
