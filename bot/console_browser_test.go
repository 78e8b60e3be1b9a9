package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// browser is a headless Chromium at a page of ours.
type browser struct {
	t    *testing.T
	base string
	ctx  context.Context

	mu      sync.Mutex
	outside []string // addresses asked for that are not the page's
}

// openBrowser starts Chromium and enters with the printed address.
func openBrowser(t *testing.T, address string) *browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("needs Debian's chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-gpu", true), chromedp.Flag("force-prefers-reduced-motion", true),
		// a click lands where the page no longer moves
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update",
			true), chromedp.Flag("disable-sync", true))
	limited, stop := context.WithTimeout(t.Context(), 6*time.Minute)
	allocator, end := chromedp.NewExecAllocator(limited, options...)
	ctx, shut := chromedp.NewContext(allocator)
	t.Cleanup(func() { shut(); end(); stop() })
	base, _, _ := strings.Cut(address, "?")
	b := &browser{t: t, base: strings.TrimSuffix(base, "/"), ctx: ctx}
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
		return err
	}))
	if err := chromedp.Listen(ctx, func(ev any) {
		if e, ok := ev.(*network.EventRequestWillBeSent); ok && !strings.HasPrefix(e.Request.URL, b.base) &&
			!strings.HasPrefix(e.Request.URL, "data:") {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.outside = append(b.outside, e.Request.URL)
		}
	}); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Navigate(address))
	return b
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// oneLook is how long one look at a page lasts. A look goes with its page where
// another comes meanwhile, sometimes without a word.
const oneLook = 5 * time.Second

// sees waits until the page holds the words, looking anew where another page
// came while it looked.
func (b *browser) sees(words string) {
	b.t.Helper()
	looked := fmt.Sprintf("document.body !== null && document.body.innerText.includes(%q)", words)
	var err error
	for until := time.Now().Add(4 * patience); time.Now().Before(until) && b.ctx.Err() == nil; {
		if _, err = chromedp.Run(b.ctx, chromedp.Poll[bool](looked, chromedp.WithPollingTimeout(oneLook))); err == nil {
			return
		}
		another := strings.Contains(err.Error(), "navigated") || strings.Contains(err.Error(), "find context") ||
			strings.Contains(err.Error(), "timeout")
		if !another {
			break
		}
	}
	b.t.Fatalf("no %q on the page: %v", words, err)
}

// goes opens a page of those that belong together.
func (b *browser) goes(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.base + path))
}

// picture keeps a picture of the page where a person wants to look at it.
func (b *browser) picture(name string) {
	b.t.Helper()
	dir := os.Getenv("ZUJIAN_PICTURES")
	if dir == "" {
		return
	}
	data, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), data, 0o600)
	}
	if err != nil {
		b.t.Error(err)
	}
}

// faults looks for what keeps people from reading or using a page: text whose
// contrast with what is behind it is under 4.5 : 1 (3 : 1 where it is large;
// WCAG 2.2, 1.4.3), fields and buttons without a name (4.1.2), pictures without
// words (1.1.1), things to tap under 24 pixels (2.5.8), a page wider than the
// screen (1.4.10).
const faults = `(() => {
  const out = [];
  const channel = (c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const parse = (s) => (s.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n; (n = walk.nextNode());) {
    const e = n.parentElement;
    if (!n.textContent.trim() || !e.checkVisibility() || ['SCRIPT', 'STYLE', 'OPTION'].includes(e.tagName)) continue;
    const style = getComputedStyle(e);
    const a = light(parse(style.color)), b = light(behind(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700;
    if (ratio < (large ? 3 : 4.5)) out.push('contrast ' + ratio.toFixed(2) + ': ' + n.textContent.trim().slice(0, 20));
  }
  for (const e of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
    if (!e.labels.length && !e.getAttribute('aria-label')) out.push('no label: ' + e.outerHTML.slice(0, 80));
  }
  for (const e of document.querySelectorAll('button, a')) {
    if (e.checkVisibility() && !e.innerText.trim() && !e.getAttribute('aria-label')) out.push('no name: ' + e.outerHTML.slice(0, 80));
  }
  for (const e of document.querySelectorAll('button, nav a, select, input:not([type=hidden]):not([type=radio])')) {
    const r = e.getBoundingClientRect();
    if (e.checkVisibility() && (r.height < 24 || r.width < 24)) out.push('small: ' + e.outerHTML.slice(0, 80));
  }
  for (const e of document.querySelectorAll('img')) if (!e.alt) out.push('no words: ' + e.outerHTML.slice(0, 60));
  if (!document.documentElement.lang || !document.title || document.querySelectorAll('h1').length !== 1) out.push('no language, title or single heading');
  if (document.documentElement.scrollWidth > innerWidth + 1) out.push('wider than the screen: ' + document.documentElement.scrollWidth + ' of ' + innerWidth);
  const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) out.push('twice: ' + id);
  return out;
})()`

// serious runs axe-core on the page and gives what it finds serious or critical, with
// the first place of each.
const serious = `axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
  .map((v) => v.id + ': ' + v.help + ' ' + v.nodes[0].html.slice(0, 120)))`

// axeScript gives axe-core's script, "" where none was brought.
func axeScript(t *testing.T) string {
	path := os.Getenv("ZUJIAN_AXE")
	if path == "" {
		t.Log("without axe-core: ZUJIAN_AXE names no script of it")
		return ""
	}
	script, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// axe checks the page with axe-core, whose script ZUJIAN_AXE names.
func (b *browser) axe(name string, width int64) {
	b.t.Helper()
	script := axeScript(b.t)
	if script == "" {
		return
	}
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](script+";true")); err != nil {
		b.t.Fatal(err)
	}
	found, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](serious, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatal(err)
	}
	for _, f := range found {
		b.t.Errorf("%s at %d: axe: %s", name, width, f)
	}
}

// looks checks the page that is open, as on a large screen and on a telephone.
func (b *browser) looks(name string) {
	b.t.Helper()
	for _, width := range []int64{1280, 360} {
		b.do(chromedp.EmulateViewport(width, 844))
		found, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](faults))
		if err != nil {
			b.t.Fatal(err)
		}
		for _, f := range found {
			b.t.Errorf("%s at %d: %s", name, width, f)
		}
		b.axe(name, width)
		b.picture(fmt.Sprintf("%s-%d", name, width))
	}
	b.do(chromedp.EmulateViewport(1280, 844))
}

// keptInside fails where a page asked for something from outside.
func (b *browser) keptInside() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.outside) > 0 {
		b.t.Errorf("asked for from outside: %q", b.outside)
	}
}

// TestConsoleInABrowser goes the ways an operator goes, in a real browser.
func TestConsoleInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("the pages are looked at without -short; what they ask of the console at the same time is tried by TestConsoleTalkKeepsPeopleApart")
	}
	v := opensConsole(t, nil)
	b := openBrowser(t, v.s.Console.URL())
	b.sees("还没有设好")
	b.looks("overview-new")
	b.goes("/start")
	b.looks("start")
	b.goes("/talk")

	b.do(chromedp.SendKeys("#text", "律所在园区里，归谁管？\r"))
	b.sees("第3点第2句")
	b.do(chromedp.Click(".starters button[value=有用]"))
	b.sees("记下了，谢谢")
	b.looks("talk")
	b.do(chromedp.Reload())
	b.sees("第3点第2句") // what was said is still there

	b.goes("/lead")
	b.do(chromedp.SendKeys("#description", "开发区里的电子厂，有支部"))
	b.sees("责任主体") // without sending anything
	b.do(chromedp.SetValue("select#f-woman_on_party_committee", "yes"), chromedp.SendKeys("#description", "，女工六百来人"))
	b.sees("兼任")
	b.looks("lead")

	dir := t.TempDir()
	notice := filepath.Join(dir, "关于做好报送工作的通知.txt")
	write(t, notice, "某某街道妇联文件\n关于做好报送工作的通知\n第一条 各园区每季度末报送一次组建进度。\n第二条 报送用统一的表格。\n")
	b.goes("/documents")
	b.do(chromedp.SetUploadFiles("#files", []string{notice}), chromedp.Click("#drop button"))
	b.sees("收了：")
	b.sees("关于做好报送工作的通知")
	b.looks("documents")
	b.goes("/documents/speech")
	b.sees("读出来的正文")
	b.looks("document")
	b.goes("/search?q=多久报送一次组建进度")
	b.sees("每季度末报送一次组建进度") // the answer follows the document at once
	b.looks("search")

	table := filepath.Join(dir, "台账.csv")
	write(t, table, "单位名称,所在园区,有无党组织,女职工数\n甲公司,东河园区,有,30\n乙公司,无,无,2\n")
	b.goes("/ledger")
	b.do(chromedp.SetUploadFiles("#file", []string{table}), chromedp.Click("#drop button"))
	b.sees("一共 2 家")
	b.do(chromedp.Click("#job summary"))
	b.sees("拿不准的") // it is open
	b.looks("ledger")

	b.goes("/reminders")
	b.do(chromedp.SendKeys("#sentence", "每月25日上午十点提醒园区妇建群报送组建进度"), chromedp.SendKeys("#by", "组织科"), chromedp.Click("form.card button"))
	b.sees("请核对")
	b.do(chromedp.Click("section.card button"))
	b.sees("设好了 1 条")
	b.looks("reminders")

	b.goes("/questions?q=建妇联要不要统一的牌子样式")
	b.do(chromedp.SendKeys("#topic", "牌子的样式"), chromedp.Click("form:has(#topic) button"))
	b.sees("记下了")
	b.looks("questions")

	b.goes("/channels")
	b.do(chromedp.Click("section.card form button"))
	b.sees("配对 ")
	b.looks("channels")
	b.goes("/settings?open=desk")
	b.looks("settings-desk")
	for _, path := range []string{"/", "/nowhere", "/record", "/settings?check=1", "/help", "/help/commands", "/help/settings"} {
		b.goes(path)
		b.looks(cmp.Or(strings.ReplaceAll(strings.Trim(strings.SplitN(path, "?", 2)[0], "/"), "/", "-"), "overview"))
	}
	b.goes("/")
	b.do(chromedp.Click(".wide button"))
	b.sees("口令每次启动都换")
	b.looks("enter")
	b.keptInside()
}

// TestConsoleWithoutScripts reads every page and asks a question with
// JavaScript off.
func TestConsoleWithoutScripts(t *testing.T) {
	v := opensConsole(t, nil)
	b := openBrowser(t, v.s.Console.URL())
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
	text := func() string {
		body, err := chromedp.Run(b.ctx, chromedp.OuterHTML("body"))
		if err != nil {
			t.Fatal(err)
		}
		return body
	}
	b.goes("/")
	b.do(chromedp.SendKeys("#text", "园区里的企业归谁管"), chromedp.Click("form.ask button"), chromedp.WaitVisible(".line.mine"))
	if !strings.Contains(text(), "第3点第2句") {
		t.Errorf("no answer without scripts:\n%s", text())
	}
	for path, words := range map[string]string{"/lead": "看建议", "/documents": "手里的文件", "/documents/speech": "读出来的正文",
		"/search?q=几家": "看过的句子", "/reminders": "这个月哪天发什么", "/ledger": "逐家判断", "/settings": "整份配置", "/help/reminders": "晚上九点到早上七点半不发"} {
		b.goes(path)
		if !strings.Contains(text(), words) {
			t.Errorf("%s without scripts lacks %s", path, words)
		}
	}
}
