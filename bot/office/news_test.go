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

// TestOperatorsHearThatAPersonIsWanted tells of each chat at most every ten minutes.
func TestOperatorsHearThatAPersonIsWanted(t *testing.T) {
	d := beginDay(t)
	defer d.Close()
	var out bytes.Buffer
	d.Office.Out = &out
	d.service = &Service{Front: d.Front, runner: d.desk.NewRunner(func(string) {}, nil)}
	defer d.service.runner.Close()
	d.says("wechat", true, "li", "律所归谁管", "")
	if out.Len() > 0 {
		t.Fatalf("told of a question: %s", out.String())
	}
	d.says("wechat", true, "li", "转人工", "")
	d.says("wechat", true, "li", "人工客服", "")
	if n := strings.Count(out.String(), "群“东河群”里有人要找人工"); n != 1 {
		t.Errorf("told %d times: %s", n, out.String())
	}
	d.now = d.now.Add(personEvery)
	d.says("wechat", true, "li", "转人工", "")
	if n := strings.Count(out.String(), "有人要找人工"); n != 2 || strings.Contains(out.String(), "li") {
		t.Errorf("told %d times: %s", n, out.String())
	}
}
