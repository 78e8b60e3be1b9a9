package office

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"zujian/bot/console"
	"zujian/bot/llm"
)

// Config is what zujian.toml may say. Nothing in it is needed.
type Config struct {
	Wechat wechatConfig `toml:"wechat"`
	Wecom  wecomConfig  `toml:"wecom"`
	Ilink  ilinkConfig  `toml:"ilink"`

	Official officialConfig `toml:"official"`
	Kf       serviceConfig  `toml:"kf"`

	Desk deskConfig `toml:"desk"`

	Contact contactConfig `toml:"contact"`

	Remind remindConfig `toml:"remind"`
	LLM    llmConfig    `toml:"llm"`

	Console consoleConfig `toml:"console"`
	Store   storeConfig   `toml:"store"`

	Groups []groupConfig `toml:"group"`
}

type wechatConfig struct {
	Enabled bool     `toml:"enabled"`
	Name    string   `toml:"name"` // what we are called where WeChat does not say; empty: 组建助手
	Wake    []string `toml:"wake"` // words that call us without a mention
	BaseURL string   `toml:"base_url"`
}

// contactConfig is whom people turn to who want a person.
type contactConfig struct {
	Office    string `toml:"office"` // what the office is called, on the page
	Body      string `toml:"body"`
	Telephone string `toml:"telephone"`
}

// deskConfig holds limits; zero means the usual one.
type deskConfig struct {
	PerMinute   int  `toml:"per_minute"`
	Queue       int  `toml:"queue"`
	DialogHours int  `toml:"dialog_hours"`
	AuditDays   int  `toml:"audit_days"`
	NoWelcome   bool `toml:"no_welcome"` // say nothing in a group that somebody joins
}

// remindConfig is for reminders; zero means the usual.
type remindConfig struct {
	Quiet     string              `toml:"quiet"` // such as 21:00-7:30
	PerDay    int                 `toml:"per_day"`
	LateHours int                 `toml:"late_hours"`
	Approver  string              `toml:"approver"` // who gives those that are added at the machine
	Lists     map[string][]string `toml:"lists"`    // a name for several groups
	Names     map[string]string   `toml:"names"`    // of people, by the ids that channels know them by
}

// llmConfig is for a language model that may help with the wording; none is
// asked where base_url is empty. Zero means the usual.
type llmConfig struct {
	BaseURL string `toml:"base_url"` // OpenAI-compatible, such as http://127.0.0.1:11434/v1
	Model   string `toml:"model"`
	// EmbedModel turns sentences into vectors at the same address; empty: none does.
	EmbedModel string `toml:"embed_model"`

	KeyFile string `toml:"key_file"` // a file that holds the key and nothing else
	KeyEnv  string `toml:"key_env"`  // or the variable of the environment that holds it
	Seconds int    `toml:"seconds"`  // how long an answer may wait for it
	Daily   int    `toml:"daily"`    // calls a day
}

// consoleConfig is for the web page; it is open to this machine alone unless
// another address is given, which needs a password.
type consoleConfig struct {
	Off          bool   `toml:"off"`
	Address      string `toml:"address"` // such as 127.0.0.1:8791
	PasswordFile string `toml:"password_file"`
	PasswordEnv  string `toml:"password_env"`

	Names    []string `toml:"names"` // what this machine is called, for addresses that others use
	TLS      bool     `toml:"tls"`   // with a certificate that we make, unless one is given
	CertFile string   `toml:"cert_file"`
	CertKey  string   `toml:"cert_key"`
}

// check says in Chinese what is wrong; empty means nothing.
func (c consoleConfig) check() string {
	if c.Address == "" {
		return ""
	}
	_, port, err := net.SplitHostPort(c.Address)
	if _, wrong := strconv.ParseUint(port, 10, 16); err != nil || wrong != nil {
		return fmt.Sprintf("console 里的 address 要像 127.0.0.1:8791 这样，现在是“%s”。", c.Address)
	}
	if c.PasswordFile != "" && c.PasswordEnv != "" {
		return "console 里的 password_file 和 password_env 只能写一个。"
	}
	if (c.CertFile == "") != (c.CertKey == "") {
		return "console 里的 cert_file 和 cert_key 要写就一起写。"
	}
	if !console.Loopback(c.Address) && c.PasswordFile+c.PasswordEnv == "" {
		return fmt.Sprintf("console 里的 address 是 %s，别的机器也打得开，要同时写 password_file 或者 password_env，口令至少 %d 个字符。", c.Address,
			console.ShortestPassword)
	}
	return ""
}

// check says in Chinese what is wrong; empty means nothing.
func (c llmConfig) check() string {
	switch u, err := url.Parse(c.BaseURL); {
	case c.BaseURL == "" && c.Model+c.EmbedModel+c.KeyFile+c.KeyEnv == "":
		return ""
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return fmt.Sprintf("llm 里的 base_url 要像 http://127.0.0.1:11434/v1 这样，现在是“%s”。", openly(c.BaseURL))
	case u.User != nil || u.RawQuery != "":
		return "llm 里的 base_url 不要带密码、密钥和问号后面的东西，密钥请写在 key_file 里。"
	case llm.Forbidden(u.Hostname()):
		return fmt.Sprintf("llm 里的 base_url 指到了 %s，那是云主机自己的管理地址，不能用。", u.Hostname())
	case c.Model == "":
		return "llm 里没有写 model，请写上模型的名字。"
	case c.KeyFile != "" && c.KeyEnv != "":
		return "llm 里的 key_file 和 key_env 只能写一个。"
	case c.Seconds < 0 || c.Seconds > 60:
		return fmt.Sprintf("llm 里的 seconds 是 %d，要在 1 到 60 之间；不写就用平常的数。", c.Seconds)
	case c.Daily < 0:
		return fmt.Sprintf("llm 里的 daily 是 %d，不能小于 0。", c.Daily)
	}
	return ""
}

// groupConfig is for one group: documents of its own, by their ids, and the
// channels by which it is reached, the first that can comes first.
type groupConfig struct {
	Name      string   `toml:"name"`
	Documents []string `toml:"documents"`
	Reach     []string `toml:"reach"` // 微信, 企业微信, 群机器人
}

// Configure settles the data folder and reads the configuration, whole and
// once. A key that is not known is refused with its name.
func (p *Office) Configure(data, file string) error {
	if data == "" {
		dir, err := os.UserConfigDir()
		if err != nil {
			dir = os.TempDir()
		}
		data = filepath.Join(dir, "zujian")
	}
	p.Data = data
	named := file != ""
	if !named {
		file = filepath.Join(data, settingsFile)
	}
	p.ConfigFile = file
	if named && !exists(file) {
		return Refuse("没有找到配置文件 %s，请看看路径写对了没有。", file)
	}
	p.configRead = stampOf(file)
	if wrong := notepadName(file); wrong != "" {
		p.setFault(file, errors.New(wrong))
		return nil
	}
	return p.lastGood(file, p.readConfig)
}

// readConfig takes over a configuration that is right in every key.
func (p *Office) readConfig(file string) error {
	c, err := configIn(file)
	if err == nil {
		p.take(c)
	}
	return err
}

// Config gives the configuration as it is now.
func (p *Office) Config() Config {
	if c := p.config.Load(); c != nil {
		return *c
	}
	return Config{}
}

// Set has the configuration be otherwise than it is written, now and whenever it
// is read again. It is for before the service runs.
func (p *Office) Set(change func(*Config)) {
	p.changes = append(p.changes, change)
	c := p.Config()
	change(&c)
	p.config.Store(&c)
}

// take takes over a configuration that was read.
func (p *Office) take(c Config) {
	for _, change := range p.changes {
		change(&c)
	}
	p.config.Store(&c)
}

// check says in Chinese what is wrong with the values; empty means nothing.
func (c Config) check() string {
	for _, n := range []struct {
		key         string
		value, most int
	}{{"per_minute", c.Desk.PerMinute, 600}, {"queue", c.Desk.Queue, 10_000},
		{"dialog_hours", c.Desk.DialogHours, 24 * 30}, {"audit_days", c.Desk.AuditDays, 3650}} {
		if n.value < 0 || n.value > n.most {
			return fmt.Sprintf("desk 里的 %s 是 %d，要在 1 到 %d 之间；不写就用平常的数。", n.key, n.value, n.most)
		}
	}
	if u := c.Wechat.BaseURL; u != "" && !isLocal(u) {
		return fmt.Sprintf("wechat 里的 base_url 只用来接模拟微信，要像 http://127.0.0.1:8790 这样，现在是“%s”。接真微信请把这一行删掉。", openly(u))
	}
	if wrong := c.Ilink.check(c.Wechat); wrong != "" {
		return wrong
	}
	if wrong := c.Wecom.check(); wrong != "" {
		return wrong
	}
	for _, wrong := range []string{c.Official.check(), c.Kf.check()} {
		if wrong != "" {
			return wrong
		}
	}
	if wrong := c.Remind.check(); wrong != "" {
		return wrong
	}
	if wrong := c.LLM.check(); wrong != "" {
		return wrong
	}
	if wrong := c.Console.check(); wrong != "" {
		return wrong
	}
	if wrong := c.Store.check(); wrong != "" {
		return wrong
	}
	seen := map[string]bool{}
	for _, g := range c.Groups {
		switch {
		case g.Name == "":
			return "有一个 [[group]] 没有写 name，请写上群名。"
		case len(g.Documents)+len(g.Reach) == 0:
			return fmt.Sprintf("群“%s”没有写 documents，也没有写 reach。请写上用哪些文件，编号用 knowledge list 看；或者写上走哪些渠道，像 reach = [\"企业微信\", \"微信\"] 这样。",
				g.Name)
		case seen[g.Name]:
			return fmt.Sprintf("群“%s”写了两遍，请合成一个。", g.Name)
		}
		seen[g.Name] = true
		if wrong := c.checkReach(g); wrong != "" {
			return wrong
		}
	}
	return ""
}

// openly gives an address without what may be a secret in it: a name and password,
// and what stands behind a question mark.
func openly(address string) string {
	address, _, _ = strings.Cut(address, "?")
	address, _, _ = strings.Cut(address, "#")
	at := strings.LastIndex(address, "@")
	if at < 0 {
		return address
	}
	scheme, _, found := strings.Cut(address[:at], "//")
	if !found {
		return "…" + address[at:]
	}
	return scheme + "//…" + address[at:]
}

// isLocal reports whether an address leads to this machine. A login must not
// be sent anywhere else than to WeChat.
func isLocal(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || (ip != nil && ip.IsLoopback())
}

// State is the folder of what the program writes down. A trial on a simulator
// has its own, so that it cannot touch the real login or the real record.
// While the service runs it stays where it is.
func (p *Office) State() string {
	if p.state != "" {
		return p.state
	}
	if slices.ContainsFunc(p.Config().Configured(), p.Config().simulated) {
		return filepath.Join(p.Data, "simulator")
	}
	return p.Data
}

// dialogExpiry is how long an open dialog waits for an answer.
func (c deskConfig) dialogExpiry() time.Duration {
	if c.DialogHours == 0 {
		return 2 * time.Hour
	}
	return time.Duration(c.DialogHours) * time.Hour
}
