package parse

import (
	"errors"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"zujian/knowledge"
)

// TestForumPageGivesTheShippedSpeech reads the page as its owner has it and
// compares it with what ships, clause by clause.
func TestForumPageGivesTheShippedSpeech(t *testing.T) {
	data, err := os.ReadFile("../../../shared/corpus/speech-forum-page.txt")
	if err != nil {
		t.Skip("needs the owner's forum page beside the project, which a clone elsewhere does not have")
	}
	got, err := Parse("page.txt", data)
	if err != nil {
		t.Fatal(err)
	}
	l, err := knowledge.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	want := l.Document("speech")
	if got.Title != want.Title || len(got.Clauses) != len(want.Clauses) {
		t.Fatalf("%q with %d clauses, want %q with %d", got.Title, len(got.Clauses), want.Title, len(want.Clauses))
	}
	for i, c := range got.Clauses {
		if c.Text != want.Clauses[i].Text || c.Locator != want.Clauses[i].Locator {
			t.Errorf("clause %d: %s %q, want %s %q", i, c.Locator, c.Text, want.Clauses[i].Locator, want.Clauses[i].Text)
		}
	}
}

const page = "导航\n新书上架 电话0123-4567890\n关于做好工作的通知\n\n[复制链接]\n某人 发表于 2020-1-2 03:04:05 | 显示全部楼层 |阅读模式\n一、抓好落实。各单位要重视。\n二、按时报送。每季度报一次。\n您需要登录后才可以回帖 登录 | 立即注册\n全国服务热线:\n"

func TestForumTextLosesItsChrome(t *testing.T) {
	d, err := Parse("a.txt", []byte(page))
	if err != nil {
		t.Fatal(err)
	}
	if d.Title != "关于做好工作的通知" {
		t.Errorf("title %q", d.Title)
	}
	var all strings.Builder
	for _, c := range d.Clauses {
		all.WriteString(c.Locator + c.Text + "|")
	}
	if want := "一、标题一、抓好落实。|一、第1句各单位要重视。|二、标题二、按时报送。|二、第1句每季度报一次。|"; all.String() != want {
		t.Errorf("got %s", all.String())
	}
}

func TestForumHTML(t *testing.T) {
	html := `<!DOCTYPE html><html><body><div>广告 400-800</div><span id="thread_subject">一份通知</span>
<table><tr><td id="postmessage_12">一、抓好落实。各单位要重视。<font class="jammer">qz7</font><br />二、按时报送。每季度报一次。</td>
<td id="postmessage_13">谢谢楼主</td></tr></table></body></html>`
	d, err := Parse("a.html", []byte(html))
	if err != nil {
		t.Fatal(err)
	}
	if d.Title != "一份通知" || len(d.Clauses) != 4 || strings.Contains(d.Clauses[1].Text, "qz7") {
		t.Errorf("%q %v", d.Title, d.Clauses)
	}
}

func TestGBK(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("关于组建的通知\n各镇要抓好妇联组建。")
	if err != nil {
		t.Fatal(err)
	}
	d, err := Parse("a.txt", []byte(gbk))
	if err != nil || d.Clauses[0].Text != "各镇要抓好妇联组建。" {
		t.Fatalf("%v %v", d, err)
	}
}

func TestRefusals(t *testing.T) {
	if _, err := Parse("a.txt", []byte("机密★1年\n关于某事的通知\n内容。")); !errors.Is(err, ErrSecret) {
		t.Errorf("a secret mark gave %v", err)
	}
	if _, err := Parse("a.doc", []byte("\xd0\xcf\x11\xe0\x00\x00\x00\xff\xff")); !errors.Is(err, ErrDamaged) {
		t.Errorf("a binary gave %v", err)
	}
	if _, err := Parse("a.txt", nil); err == nil {
		t.Error("an empty file was accepted")
	}
	if _, err := Parse("a.txt", []byte("关于保密工作的通知\n要做好秘密文件管理。")); err != nil {
		t.Errorf("a text about secrecy was refused: %v", err)
	}
}

// TestPictureSaysWhatToDo is a page somebody photographed.
func TestPictureSaysWhatToDo(t *testing.T) {
	_, err := Parse("a.png", []byte("\x89PNG\r\n\x1a\n"))
	if !errors.Is(err, ErrScanned) || !strings.Contains(err.Error(), "核对后再放") {
		t.Errorf("%v", err)
	}
}
