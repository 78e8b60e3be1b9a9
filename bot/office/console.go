package office

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"zujian/bot/answer"
	"zujian/bot/console"
	"zujian/bot/store"
	"zujian/bot/teach"
	"zujian/knowledge"
	"zujian/knowledge/catalogue"
	"zujian/knowledge/rule"
)

// pages is the office as the console shows and changes it.
type pages struct{ *Front }

var _ console.Office = pages{}

// openConsole opens the console and says where it is. It never keeps the
// service from running.
func (s *Service) openConsole() {
	c := s.Office.Config().Console
	if c.Off {
		return
	}
	password, err := c.password()
	if err == nil {
		s.Console, err = console.Listen(console.Options{Address: c.Address, Password: password, Figures: s.figures, Names: c.Names,
			TLS: c.certificate(s.Office.Data), Sessions: filepath.Join(s.Office.State(), "page.sessions"), Desk: s.desk,
			Office: pages{s.Front}, Now: s.Office.Now, Log: s.Log})
	}
	if err != nil {
		s.line("网页没有开起来：%s。其他照常。", sayConsole(err, c.Address))
		s.Log.Error("the console is not open", "error", err.Error())
		return
	}
	if err := os.WriteFile(s.Office.PageFile(), []byte(s.Console.URL()), 0o600); err != nil {
		s.Log.Error("where the page is was not written down", "error", err.Error())
	}
	if print := s.Console.Fingerprint(); print != "" && c.CertFile == "" {
		s.line("网页的证书是自己做的，浏览器会提醒。第一次打开时请核对证书的 SHA-256 指纹：%s", print)
	}
	s.line("网页：%s\n只在这台机器上打得开的网址带着口令，每次启动都换，不要转给别人。", s.Console.URL())
}

// certificate gives where the page's certificate is: the office's, or ours in the
// data folder.
func (c consoleConfig) certificate(data string) console.Certificate {
	switch {
	case c.CertFile != "":
		return console.Certificate{File: c.CertFile, Key: c.CertKey}
	case c.TLS:
		dir := filepath.Join(data, "certificate")
		return console.Certificate{File: filepath.Join(dir, "cert.pem"), Key: filepath.Join(dir, "key.pem"), Make: true}
	}
	return console.Certificate{}
}

func sayConsole(err error, address string) string {
	if errors.Is(err, console.ErrPassword) {
		return fmt.Sprintf("地址 %s 别的机器也打得开，要先在 [console] 里写 password_file 或者 password_env，口令至少 %d 个字符", address, console.ShortestPassword)
	}
	if errors.Is(err, console.ErrCertificate) {
		return "证书用不了，请核对 [console] 里的 cert_file 和 cert_key；自己做的，删掉数据文件夹里的 certificate 再启动，会重新做"
	}
	if f := (Failure{}); errors.As(err, &f) {
		return strings.TrimRight(f.text, "。")
	}
	return fmt.Sprintf("地址 %s 用不了，多半是被别的程序占着，请在 [console] 里换一个 address", cmp.Or(address, console.Usual))
}

// password reads the password from where the configuration says it is.
func (c consoleConfig) password() (string, error) {
	if c.PasswordFile+c.PasswordEnv == "" {
		return "", nil
	}
	return Secret("配置里 console 的口令", c.PasswordFile, c.PasswordEnv)
}

// told gives an error as the console shows it.
func told(err error) error {
	if f := (Failure{}); errors.As(err, &f) {
		return console.Told(InChinese(f.text))
	}
	return err
}

// Held gives every document and the catalogue they come from.
func (g pages) Held() (*knowledge.Library, *catalogue.Catalogue, *catalogue.State, error) {
	l, c, s, err := g.Office.Held()
	return l, c, s, told(err)
}

// Changed has answers follow a change at once, not with the next look.
func (g pages) Changed() {
	if err := g.refill(true); err != nil {
		g.Log.Error("the documents stay as they were", "error", err.Error())
	}
}

// Book gives the rules as they hold today.
func (g pages) Book() *rule.Book { return g.shelf.rules() }

// Look answers a question and shows what was looked at.
func (g pages) Look(ctx context.Context, question string) (answer.Look, error) {
	a, done, err := g.shelf.take(everything)
	if err != nil {
		return answer.Look{}, told(err)
	}
	defer done()
	return a.Look(ctx, question), nil
}

// mostShown is how many questions that were not answered are listed.
const mostShown = 200

// Unanswered gives the questions that were not answered, alike ones together.
func (g pages) Unanswered(ctx context.Context) ([]console.Question, error) {
	all, err := g.DB.Unanswered(ctx, mostShown)
	if err != nil {
		return nil, err
	}
	a, done, err := g.shelf.take(everything)
	if err != nil {
		return nil, told(err)
	}
	defer done()
	asked := make([]teach.Counted, len(all))
	last := map[string]time.Time{}
	for i, q := range all {
		asked[i], last[q.Text] = teach.Counted{Text: q.Text, Times: q.Times}, q.Last
	}
	groups, _ := teach.Gather(ctx, a.WithoutModel(), asked)
	var out []console.Question
	for _, c := range groups {
		q := console.Question{Text: c.Questions[0], Times: c.Times, Alike: c.Questions[1:]}
		for _, text := range c.Questions {
			if last[text].After(q.Last) {
				q.Last = last[text]
			}
		}
		out = append(out, q)
	}
	return out, nil
}

// Messages gives the counts, and what did not go out or may not have.
func (g pages) Messages(ctx context.Context) (string, []console.Message, error) {
	counts, err := g.DB.Counts(ctx)
	if err != nil {
		return "", nil, err
	}
	items, err := g.DB.Troubled(ctx, mostShown)
	if err != nil {
		return "", nil, err
	}
	var out []console.Message
	for _, it := range items {
		to := "私聊"
		if it.Target.Group {
			to = "群“" + it.Target.Chat + "”"
		}
		out = append(out, console.Message{ID: it.ID, To: to, Text: beginning(it.Text), Why: it.Reason, At: it.Created})
	}
	return countsInChinese(counts), out, nil
}

// Settle does 重发 or 放弃.
func (g pages) Settle(ctx context.Context, id int64, do string) (string, error) {
	switch do {
	case "重发":
		return g.settle(ctx, fmt.Sprint(id), g.DB.Resend, "放回去了，会接着发。")
	case "放弃":
		return g.settle(ctx, fmt.Sprint(id), g.DB.Discard, "不再管这一条了。")
	}
	return "", console.Told("只能重发或者放弃。")
}

// Week says what was asked and answered in the last days.
func (g pages) Week(ctx context.Context, days int) (console.Week, error) {
	w, err := WeekOf(ctx, g.DB, g.Office.Now(), days)
	out := console.Week{Asked: w.Asked, Answered: w.Answered, NotStated: w.NotStated, Useful: w.Useful, Useless: w.Useless, Whys: w.Whys}
	for _, q := range w.Unanswered {
		out.Unanswered = append(out.Unanswered, console.Question{Text: q.Question, Times: q.Times})
	}
	return out, err
}

// ExportRecord writes the record of answers as CSV.
func (g pages) ExportRecord(ctx context.Context, w io.Writer, from, to time.Time) error {
	_, err := g.DB.ExportAudit(ctx, w, from, to)
	return err
}

// Code gives a pairing code.
func (g pages) Code(ctx context.Context) (string, int, error) {
	code, err := g.DB.NewPairingCode(ctx, g.Office.Now())
	return code, int(store.PairingLasts.Minutes()), err
}

// forPage says on the page what is to be done there, where the terminal names a
// command.
var forPage = strings.NewReplacer("请用 bot chat 发“管理 不明”，看一眼再决定补不补", "请到“渠道”里看一眼再决定补不补",
	"用 bot pair 要一个配对码", "到“渠道”里要一个配对码", "要接，看 bot run", "要接，到“设置”里打开", "，不影响在终端里用", "，不影响在网页里用",
	"要接，看 bot help 语言模型", "要接，到“设置”里写上地址", "；没算的，服务开着会自己算，也可以用 bot knowledge vectors 现在算", "；没算的会自己算",
	"请用 bot knowledge add 再加一次", "请到“文件”里再加一次", "请一份一份用 knowledge retire", "请到“文件”里一份一份标为废止",
	"请把原来的文件用 bot knowledge add 再加一次", "请到“文件”里把原来的文件再加一次")

// Findings looks at everything, as doctor does.
func (g pages) Findings(context.Context) []console.Finding {
	var out []console.Finding
	for _, f := range g.Office.Findings() {
		out = append(out, console.Finding{What: f.What, Say: forPage.Replace(f.Say), OK: f.OK, Unused: f.Unused})
	}
	return out
}

// PageFile is where the running service keeps the address of its page, for the
// same person on this machine.
func (p *Office) PageFile() string { return filepath.Join(p.State(), "page.url") }
