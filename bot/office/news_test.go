package office

import (
	"bytes"
	"strings"
	"testing"
)

func TestQRCodeIsDrawnAndGivenAsText(t *testing.T) {
	var out bytes.Buffer
	s := &Service{Front: &Front{Office: &Office{Out: &out, Screen: true}}}
	const scan = "https://login.weixin.qq.com/l/abc=="
	s.showScan(scan)
	if got := out.String(); !strings.Contains(got, "▀") || !strings.Contains(got, scan) || !strings.Contains(got,
		"https://login.weixin.qq.com/qrcode/abc==") {
		t.Error(got)
	}
}
