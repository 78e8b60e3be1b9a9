package office

import (
	"cmp"
	"fmt"
	"net"
	"os"

	"github.com/BurntSushi/toml"

	"zujian/bot/channel/official"
	"zujian/bot/channel/wecom"
)

// The names of what WeChat allows an organisation.
const (
	officialChannel = "official"
	serviceChannel  = "kf"
)

// officialConfig is for an official account (公众号).
type officialConfig struct {
	Enabled  bool   `toml:"enabled"`
	AppID    string `toml:"app_id"`
	KeysFile string `toml:"keys_file"`
	Customer bool   `toml:"customer"` // it may send 客服消息
	Menu     bool   `toml:"menu"`     // we set its menu
	Template string `toml:"template"` // for reminders after 48 hours
	Listen   string `toml:"listen"`   // for callbacks; empty: 127.0.0.1:8795
	BaseURL  string `toml:"base_url"` // of a simulator
}

// serviceConfig is for WeChat's customer service (微信客服).
type serviceConfig struct {
	Enabled  bool   `toml:"enabled"`
	CorpID   string `toml:"corp_id"`
	Account  string `toml:"account"` // open_kfid
	KeysFile string `toml:"keys_file"`
	Listen   string `toml:"listen"` // for callbacks; empty: 127.0.0.1:8796
	BaseURL  string `toml:"base_url"`
}

// keys is a file that holds what must not stand in the configuration.
type keys struct {
	Secret string `toml:"secret"`
	Token  string `toml:"token"`
	AESKey string `toml:"aes_key"`
}

// check says in Chinese what is wrong; empty means nothing.
func (c officialConfig) check() string {
	return checkCallbacks("official", c.Enabled, map[string]string{"app_id": c.AppID, "keys_file": c.KeysFile}, c.Listen, c.BaseURL)
}

// check says in Chinese what is wrong; empty means nothing.
func (c serviceConfig) check() string {
	return checkCallbacks("kf", c.Enabled, map[string]string{"corp_id": c.CorpID, "account": c.Account, "keys_file": c.KeysFile},
		c.Listen, c.BaseURL)
}

func checkCallbacks(section string, enabled bool, needed map[string]string, listen, base string) string {
	if !enabled {
		return ""
	}
	for key, value := range needed {
		if value == "" {
			return fmt.Sprintf("%s 里没有写 %s，请照管理后台上的写；密钥、令牌和加解密密钥写在 keys_file 的那个文件里。", section, key)
		}
	}
	if _, port, err := net.SplitHostPort(listen); listen != "" && (err != nil || port == "") {
		return fmt.Sprintf("%s 里的 listen 要像 127.0.0.1:8795 这样，现在是“%s”。", section, listen)
	}
	if base != "" && !isLocal(base) {
		return fmt.Sprintf("%s 里的 base_url 只用来接模拟的，要像 http://127.0.0.1:8794 这样，现在是“%s”。接真微信请把这一行删掉。", section, base)
	}
	return ""
}

// readKeys reads a file of keys; what names it for the person.
func readKeys(what, file string) (keys, error) {
	var k keys
	if _, err := toml.DecodeFile(file, &k); err != nil {
		if os.IsNotExist(err) {
			return k, Refuse("%s的 keys_file %s 没有找到，请看看路径。", what, file)
		}
		return k, Refuse("%s的 keys_file %s 写得不对：一行一个，secret = \"…\"，token = \"…\"，aes_key = \"…\"。", what, file)
	}
	return k, nil
}

// account makes the channel of the official account.
func (c officialConfig) account(opts official.Options) (*official.Account, error) {
	k, err := readKeys("公众号", c.KeysFile)
	if err != nil {
		return nil, err
	}
	opts.Name, opts.ID, opts.Secret, opts.Token, opts.Key = officialChannel, c.AppID, k.Secret, k.Token, k.AESKey
	opts.Customer, opts.Menu, opts.Template, opts.BaseURL = c.Customer, c.Menu, c.Template, c.BaseURL
	opts.Listen = cmp.Or(c.Listen, "127.0.0.1:8795")
	return official.New(opts)
}

// service makes the channel of the customer service.
func (c serviceConfig) service(opts official.ServiceOptions) (*official.Service, error) {
	k, err := readKeys("微信客服", c.KeysFile)
	if err != nil {
		return nil, err
	}
	opts.Name, opts.ID, opts.Secret, opts.Token, opts.Key = serviceChannel, c.CorpID, k.Secret, k.Token, k.AESKey
	opts.Account, opts.BaseURL = c.Account, c.BaseURL
	opts.Listen = cmp.Or(c.Listen, "127.0.0.1:8796")
	return official.NewService(opts)
}

const sayKfWelcome = "您好，我是组建助手，按手里的文件回答两新组织建妇联的问题。请直接问；想按一家单位的情况一步步问，请回“组建”。"

// readable reports whether the keys of a channel can be read and may be right;
// nothing is connected.
func (c Config) readable(channel string) error {
	var err error
	switch channel {
	case officialChannel:
		_, err = c.Official.account(official.Options{})
	case serviceChannel:
		_, err = c.Kf.service(official.ServiceOptions{})
	case robotChannel:
		_, err = c.Wecom.robot(wecom.Options{})
	case WebhookChannel:
		_, err = c.Wecom.webhooks(wecom.WebhookOptions{})
	}
	return err
}
