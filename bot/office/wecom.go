package office

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"zujian/bot/channel/wecom"
	simulator "zujian/bot/simulator/wecom"
)

// The names of WeCom's channels.
const (
	robotChannel   = "wecom"
	WebhookChannel = "wecom-webhook"
)

// wecomConfig is for WeCom: a smart robot, and group webhooks that only push.
type wecomConfig struct {
	Enabled    bool              `toml:"enabled"` // the robot
	BotID      string            `toml:"bot_id"`
	SecretFile string            `toml:"secret_file"` // a file that holds the secret and nothing else
	SecretEnv  string            `toml:"secret_env"`  // or the variable of the environment that holds it
	Address    string            `toml:"address"`     // of a private deployment; empty: WeCom's own
	Name       string            `toml:"name"`        // of the robot, as people mention it
	Groups     map[string]string `toml:"groups"`      // the chatid by the name that we call the group
	Webhooks   []webhookConfig   `toml:"webhook"`

	secret string // of the simulator's robot
}

type webhookConfig struct {
	Name    string `toml:"name"` // of the group
	URLFile string `toml:"url_file"`
	URLEnv  string `toml:"url_env"`

	url string // of the simulator
}

// check says in Chinese what is wrong; empty means nothing.
func (c wecomConfig) check() string {
	if c.Enabled {
		switch {
		case c.BotID == "":
			return "wecom 里没有写 bot_id，请照企业微信管理后台机器人页面上的写。"
		case (c.SecretFile == "") == (c.SecretEnv == "") && c.secret == "":
			return "wecom 里的 secret_file 和 secret_env 要写一个，也只写一个：密钥放在文件里，或者放在环境变量里，不要直接写在配置里。"
		case c.Address != "" && wecom.CheckAddress(c.Address) != nil:
			return fmt.Sprintf("wecom 里的 address 要像 %s 这样，现在是“%s”。用企业微信的服务器，请把这一行删掉。", wecom.Address, openly(c.Address))
		}
	}
	seen := map[string]bool{}
	for name, id := range c.Groups {
		if name == "" || id == "" || seen["id "+id] {
			return "wecom.groups 里每一行要像 \"东河镇网格员群\" = \"wr…\" 这样，一个群写一行。"
		}
		seen["id "+id] = true
	}
	for _, w := range c.Webhooks {
		switch {
		case w.Name == "":
			return "有一个 [[wecom.webhook]] 没有写 name，请写上群名。"
		case (w.URLFile == "") == (w.URLEnv == "") && w.url == "":
			return fmt.Sprintf("群“%s”的 url_file 和 url_env 要写一个，也只写一个：群机器人的地址等于钥匙，不要直接写在配置里。", w.Name)
		case seen[w.Name]:
			return fmt.Sprintf("群“%s”的群机器人写了两遍，请删掉一个。", w.Name)
		}
		seen[w.Name] = true
	}
	return ""
}

// simulated reports whether the robot is one on this machine.
func (c wecomConfig) simulated() bool { return c.Enabled && strings.HasPrefix(c.Address, "ws://") }

// Secret reads what must not stand in a configuration, from a file or else from a
// variable of the environment; what names it for the person.
func Secret(what, file, env string) (string, error) {
	if file != "" {
		data, err := os.ReadFile(file)
		if err != nil {
			return "", Refuse("%s的文件打不开：%v", what, err)
		}
		if text := strings.TrimSpace(string(data)); text != "" {
			return text, nil
		}
		return "", Refuse("%s的文件 %s 是空的，请把它写进去。", what, file)
	}
	if text := strings.TrimSpace(os.Getenv(env)); text != "" {
		return text, nil
	}
	return "", Refuse("%s要在环境变量 %s 里，可是没有它。", what, env)
}

// robot makes the channel of the smart robot; OnState and the like are the
// caller's.
func (c wecomConfig) robot(opts wecom.Options) (*wecom.Channel, error) {
	opts.Secret = c.secret
	if opts.Secret == "" {
		var err error
		if opts.Secret, err = Secret("配置里 wecom 的密钥", c.SecretFile, c.SecretEnv); err != nil {
			return nil, err
		}
	}
	opts.BotID, opts.Address, opts.Robot, opts.Names = c.BotID, c.Address, c.Name, map[string]string{}
	for name, id := range c.Groups {
		opts.Names[id] = name
	}
	return wecom.New(opts)
}

// webhooks makes the channel of the group webhooks.
func (c wecomConfig) webhooks(opts wecom.WebhookOptions) (*wecom.Webhook, error) {
	opts.Groups = map[string]string{}
	for _, w := range c.Webhooks {
		address := w.url
		if address == "" {
			var err error
			if address, err = Secret("配置里群“"+w.Name+"”的群机器人地址", w.URLFile, w.URLEnv); err != nil {
				return nil, err
			}
		}
		opts.Groups[w.Name] = address
	}
	return wecom.NewWebhook(opts)
}

// unnamedGroup tells the operator at the terminal how to name a group of which
// WeCom gives only an id.
func (s *Service) unnamedGroup(id string) {
	s.line("企业微信：有一个群还没有起名字，编号是 %s。想用群名设提醒，请在配置的 [wecom.groups] 下面写一行：\"群名\" = \"%s\"", id, id)
}

// Connects reports whether any channel is configured.
func (c Config) Connects() bool {
	return len(c.Configured()) > 0
}

// Configured gives the channels that are, in the order in which people read
// of them.
func (c Config) Configured() []string {
	var names []string
	for _, n := range []struct {
		name string
		is   bool
	}{{"wechat", c.Wechat.Enabled}, {ilinkChannel, c.Ilink.Enabled}, {robotChannel, c.Wecom.Enabled},
		{WebhookChannel, len(c.Wecom.Webhooks) > 0},
		{officialChannel, c.Official.Enabled}, {serviceChannel, c.Kf.Enabled}} {
		if n.is {
			names = append(names, n.name)
		}
	}
	return names
}

// known gives the channels of which the operator reads: those that are
// configured, and WeChat, which may be missed.
func (c Config) known() []string {
	names := c.Configured()
	if !slices.Contains(names, "wechat") {
		names = append([]string{"wechat"}, names...)
	}
	return names
}

// SimulateWecom points the program to a simulator of WeCom.
func (p *Office) SimulateWecom(address string) error {
	if !isLocal(address) {
		return Misuse("“%s”不是模拟企业微信的网址，要像 http://127.0.0.1:8792 这样。看说明：bot run --help", address)
	}
	address = strings.TrimSuffix(address, "/")
	p.Set(func(c *Config) {
		c.Wecom = wecomConfig{Enabled: true, BotID: simulator.ExampleBot, secret: simulator.ExampleSecret, Name: c.Wecom.Name,
			Address: "ws" + strings.TrimPrefix(address, "http") + "/",
			Groups:  map[string]string{simulator.ExampleName: simulator.ExampleGroup},
			Webhooks: []webhookConfig{
				{Name: simulator.ExamplePushName, url: address + simulator.WebhookPath + "?key=" + simulator.ExampleKey},
			}}
	})
	return nil
}
