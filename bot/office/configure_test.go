package office

import (
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
