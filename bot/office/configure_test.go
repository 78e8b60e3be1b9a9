package office

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAddressesAreShownWithoutSecrets has addresses with a secret in them be
// wrong: what is said names the place and not the secret.
func TestAddressesAreShownWithoutSecrets(t *testing.T) {
	for _, address := range []string{"htps://me:geheim@model.example/v1", "me:geheim@model.example", "ftp://model.example/v1?key=geheim",
		"http://169.254.169.254/latest?token=geheim", "https://me:geheim@model.example/v1#geheim", "https://model.example/v1?key=geheim"} {
		for _, say := range []string{llmConfig{BaseURL: address, Model: "m"}.check(),
			Config{Wechat: wechatConfig{BaseURL: address}}.check(),
			ilinkConfig{BaseURL: address}.check(wechatConfig{}), wecomConfig{Enabled: true, BotID: "b", SecretFile: "f",
				Address: address}.check()} {
			if say == "" || strings.Contains(say, "geheim") {
				t.Errorf("%s: %q", address, say)
			}
		}
	}
}

// TestFaultsOfTheConfigurationAreSaidInChinese writes it wrongly in ways that
// people do.
func TestFaultsOfTheConfigurationAreSaidInChinese(t *testing.T) {
	file := filepath.Join(t.TempDir(), "zujian.toml")
	for text, want := range map[string]string{
		"[desk]\nqueue = = 1\n":                      "第2行附近：queue = = 1",
		"[desk]\nqueue = 1\nqueue = 2\n":             "“desk.queue”前面已经写过了",
		"[desk]\nqueue = \"1\"\n":                    "第2行的“desk.queue”，值的类型不对",
		"[wechat]\nname = “组建”\n":                    "第2行用了中文的引号",
		"[console]\naddress = \"127.0.0.1:99999\"\n": "要像 127.0.0.1:8791 这样",
		"[wechat]\nenable = true\n":                  "第2行里的“wechat.enable”不认识",
		"[remind]\nquiet = \"九点到七点\"\n":              "quiet",
		"[[group]]\nname = \"甲\"\n[desk\nqueue=1":    "第3行的方括号没有写完：[desk",
		"[desk\nqueue = 1\n":                         "第1行的方括号没有写完：[desk",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := configIn(file)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		} else if strings.Contains(err.Error(), "expected") || strings.Contains(err.Error(), "found") {
			t.Errorf("%s: %v", text, err)
		}
	}
}
