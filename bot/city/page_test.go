package city

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"

	"zujian/knowledge/catalogue"
)

// reader is somebody at a page.
type reader struct {
	t      *testing.T
	base   string
	client *http.Client
}

func reads(t *testing.T) *reader {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar, Transport: &http.Transport{}}
	t.Cleanup(c.CloseIdleConnections)
	return &reader{t, "", c}
}

// enters opens a page by the address that was printed.
func (v *reader) enters(address string) string {
	base, _, _ := strings.Cut(address, "?")
	v.base = strings.TrimSuffix(base, "/")
	return v.does(http.MethodGet, address, "", nil)
}

func (v *reader) does(method, address, kind string, body io.Reader) string {
	v.t.Helper()
	r, err := http.NewRequest(method, address, body)
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	resp, err := v.client.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	if p := resp.Header.Get("Content-Security-Policy"); !strings.Contains(p, "default-src 'none'") {
		v.t.Errorf("%s: policy %q", address, p)
	}
	return string(data)
}

func (v *reader) gets(path string) string { return v.does(http.MethodGet, v.base+path, "", nil) }

// gives sends a notice by the form.
func (v *reader) gives(from, to, name, data string) string {
	v.t.Helper()
	return v.sends("/notices", map[string]string{"from": from, "to": to}, name, data)
}

// sends sends a file by the form of a page.
func (v *reader) sends(path string, fields map[string]string, name, data string) string {
	v.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for field, value := range fields {
		if err := w.WriteField(field, value); err != nil {
			v.t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = io.WriteString(part, data)
	}
	if err != nil {
		v.t.Fatal(err)
	}
	w.Close()
	return v.does(http.MethodPost, v.base+path, w.FormDataContentType(), &b)
}

func (v *reader) has(body string, want ...string) {
	v.t.Helper()
	for _, w := range want {
		if !strings.Contains(body, w) {
			v.t.Errorf("no %q on the page: %s", w, body)
		}
	}
}

// TestPageOfTheCity looks at the offices, one of them in trouble, at what one could
// not get answered, gives a notice to one and takes it back.
func TestPageOfTheCity(t *testing.T) {
	t.Parallel()
	c, address, _ := lives(t, folder(t, map[string]string{File: three, "gechuan/zujian.toml": "[wechat\n"}))
	question := "松岭的菜地几月份翻，找13800138000问行不行"
	asks(t, c.runs(t, "songling"), "妇联组织的人数标准是多少")
	asks(t, c.runs(t, "songling"), question)
	v := reads(t)
	first := v.enters(address)
	v.has(first, "云岚市妇联系统", "4 个单位", "葛川县妇联</a>：", "一共问了")
	if strings.Contains(first, `<p class="of">`) {
		t.Error("the menu has a heading with nothing under it")
	}
	v.has(v.gets("/offices/gechuan"), "zujian.toml")
	v.has(v.gets("/offices/songling"), "上级：云岚市妇联", "妇联组织的人数标准是多少", "还没有接渠道")
	if strings.Contains(v.gets("/offices/songling"), "13800138000") {
		t.Error("a number is shown")
	}
	v.has(v.gives("shi", "松岭县妇联", "走访.txt", notice("云岚市妇女联合会", "走访慰问", "走访困难妇女", 380)), "发了：", "走访慰问", "<td data-of=\"给谁\">松岭县妇联")
	lessons := notice("云岚市妇女联合会", "家庭教育", "家庭教育指导站", 900)
	v.has(v.gives("shi", "东海县妇联", "家教.txt", lessons), "下级里没有“东海县妇联”", ">东海县妇联</textarea>")
	v.has(v.gives("songling", "东海县妇联", "家教.txt", lessons), `value="songling" selected`)
	for _, key := range []string{"shi", "songling"} {
		_, _, state, err := c.keyed(key).lends.Held()
		if err != nil || slices.ContainsFunc(state.Entries, func(e catalogue.Entry) bool { return strings.Contains(e.Title, "家庭教育") }) {
			t.Errorf("%s took in what was for one that is none: %v", key, err)
		}
	}
	given, err := c.keyed("shi").lends.Given()
	if err != nil || len(given) != 1 {
		t.Fatalf("%d are given: %v", len(given), err)
	}
	form := url.Values{"id": {given[0].ID}}
	v.has(v.does(http.MethodPost, v.base+"/notices/shi", "application/x-www-form-urlencoded", strings.NewReader(form.Encode())), "不再给下级看", "还没有给下级看的文件")
	v.has(v.gets("/help"), "帮助")
}

// TestPageOfTheCityIsShut has neither a stranger nor an operator of one office get
// into the page of the city, and keeps both pages open in one browser.
func TestPageOfTheCityIsShut(t *testing.T) {
	t.Parallel()
	c, address, _ := lives(t, folder(t, map[string]string{File: three, "songling/zujian.toml": "[console]\naddress = \"127.0.0.1:0\"\n"}))
	of := c.runs(t, "songling").Console.URL()
	v := reads(t)
	v.has(v.enters(of), "总览")
	city, _, _ := strings.Cut(address, "?")
	_, key, _ := strings.Cut(of, "token=")
	for _, path := range []string{"", "offices/songling", "notices", "?token=" + key} {
		if got := v.does(http.MethodGet, city+path, "", nil); strings.Contains(got, "葛川县妇联") {
			t.Errorf("%q is open to an operator of one office", path)
		}
	}
	w := &reader{t, "", v.client}
	w.has(w.enters(address), "葛川县妇联")
	v.has(v.gets("/documents"), "手里的文件")
	if got := v.gets("/notices"); strings.Contains(got, "葛川县妇联") {
		t.Error("an office's page shows the city's")
	}
}
