package wechat

import "testing"

func TestQuotationOfNewerWeChat(t *testing.T) {
	const reply = `&lt;?xml version="1.0"?&gt;<br/>&lt;msg&gt;&lt;appmsg appid="" sdkver="0"&gt;&lt;title&gt;@组建助手 这个归谁&lt;/title&gt;&lt;type&gt;57&lt;/type&gt;` +
		`&lt;refermsg&gt;&lt;type&gt;1&lt;/type&gt;&lt;displayname&gt;李姐&lt;/displayname&gt;&lt;content&gt;园区里有家律所&lt;/content&gt;&lt;/refermsg&gt;&lt;/appmsg&gt;&lt;/msg&gt;`
	if text, quote := quotation(reply); text != "@组建助手 这个归谁" || quote != "园区里有家律所" {
		t.Errorf("%q, %q", text, quote)
	}
	if text, quote := quotation("&lt;msg&gt;&lt;appmsg"); text != "" || quote != "" {
		t.Errorf("of a broken one: %q, %q", text, quote)
	}
}
