package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// fourOffices is a city of three levels, with names as long as they are.
const fourOffices = `name = "云岚市妇女联合会系统"
[page]
address = "127.0.0.1:0"
[[office]]
name = "云岚市妇女联合会"
folder = "shi"
calls = "市里"
[[office]]
name = "松岭县妇女联合会"
folder = "songling"
above = "云岚市妇女联合会"
[[office]]
name = "青榆镇妇女联合会"
folder = "zhen"
above = "松岭县妇女联合会"
[[office]]
name = "葛川经济技术开发区妇女联合会（筹备组）"
folder = "gechuan"
above = "云岚市妇女联合会"
`

// TestCityInABrowser goes the ways of whoever looks after a city, in a real browser:
// in with the key that was printed, to the office in trouble and to what one could not
// get answered, and gives a notice to some, to one that is none, and to none any more.
func TestCityInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("the pages are looked at without -short; what they ask of the city is tried by TestPageOfTheCity")
	}
	home(t)
	t.Setenv("ZUJIAN_DATA", "")
	dir := t.TempDir()
	write(t, filepath.Join(dir, "city.toml"), fourOffices)
	write(t, filepath.Join(dir, "gechuan", "zujian.toml"), "[wechat\n")
	write(t, filepath.Join(dir, "zhen", "zujian.toml"), "[wechat]\nenabled = true\nbase_url = \"http://127.0.0.1:1\"\n")
	tr := try(t, strings.NewReader(""), "run", "--city", dir)
	defer tr.stop()
	line := tr.sees("管这些单位的网页")
	address, key := line[strings.Index(line, "http://"):], line[strings.Index(line, "token=")+len("token="):]
	did(t, exitDone, "妇联组织的人数标准是多少\n", "chat", "--city", dir, "--office", "松岭")

	b := openBrowser(t, strings.Split(address, "?")[0])
	b.sees("口令每次启动都换")
	b.looks("city-enter")
	b.do(chromedp.SendKeys("#key", "不对的口令\r"))
	b.sees("口令不对")
	b.looks("city-refused")
	b.goes("/")
	b.do(chromedp.SendKeys("#key", key+"\r"))
	b.sees("云岚市妇女联合会系统")
	b.sees("4 个单位")
	b.looks("city")
	b.do(chromedp.Click(`a[href="/offices/gechuan"]`))
	b.sees("zujian.toml")
	b.looks("city-in-trouble")
	b.goes("/offices/songling")
	b.sees("妇联组织的人数标准是多少")
	b.looks("city-member")
	b.goes("/offices/zhen")
	b.sees("微信")
	b.looks("city-channels")

	b.do(chromedp.Click(`.wide a[href="/notices"]`))
	b.sees("还没有给下级看的文件")
	b.looks("city-notices-none")
	b.givesNotice("走访慰问", "东海县妇联")
	b.sees("下级里没有“东海县妇联”")
	b.looks("city-notices-wrong")
	b.givesNotice("家庭教育", "松岭县妇女联合会、青榆镇妇女联合会")
	b.sees("发了：")
	b.sees("松岭县妇女联合会、青榆镇妇女联合会")
	b.looks("city-notices")
	b.do(chromedp.Click("td button.quiet"))
	b.sees("不再给下级看")
	b.sees("还没有给下级看的文件")
	b.goes("/help")
	b.looks("city-help")
	b.goes("/offices/nowhere")
	b.sees("没有这个单位")
	b.looks("city-nowhere")
	b.goes("/")
	b.do(chromedp.Click(".wide button"))
	b.sees("口令每次启动都换")
	b.keptInside()
	tr.ends(exitDone)
}

// givesNotice fills in the form and sends it.
func (b *browser) givesNotice(about, to string) {
	b.t.Helper()
	file := filepath.Join(b.t.TempDir(), about+".txt")
	write(b.t, file, "云岚市妇女联合会关于"+about+"的通知\n\n各单位：\n　　"+about+"每户补助标准为380元。\n\n云岚市妇女联合会\n2025年3月1日\n")
	b.do(chromedp.SetUploadFiles("#file", []string{file}), chromedp.SetValue("#from", "shi"), chromedp.SetValue("#to", to),
		chromedp.Click("form.card button"))
}
