package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"zujian/bot/city"
	"zujian/bot/office"
	"zujian/bot/store"
	"zujian/knowledge/parse"
)

// Exit statuses.
const (
	exitDone   = 0
	exitFailed = 1 // a refusal or failure, explained on standard error
	exitUsage  = 2
)

// cli is every command and its flags. Its help is what an operator reads.
type cli struct {
	Data    string      `help:"放数据的文件夹" env:"ZUJIAN_DATA" placeholder:"文件夹"`
	Version versionFlag `name:"version" help:"看是哪一版"`
	Config  string      `help:"配置文件，没有也能用" env:"ZUJIAN_CONFIG" placeholder:"文件"`
	City    string      `help:"几个单位一起用的文件夹，里面有 city.toml" env:"ZUJIAN_CITY" placeholder:"文件夹"`
	Office  string      `help:"是其中哪个单位，写名字" placeholder:"单位"`

	Ask       askCmd           `cmd:"" help:"问一个问题；几个参数是一段对话，回答最后一句"`
	Chat      chatCmd          `cmd:"" help:"在这里一问一答；也可以用管道一行一问"`
	Lead      leadCmd          `cmd:"" help:"一家单位建妇联，该由谁牵头"`
	Ledger    ledgerCmd        `cmd:"" help:"整本台账逐家给建议：XLSX 或者 CSV 进，加了建议的表格出"`
	Knowledge knowledgeCmd     `cmd:"" help:"文件：加、看、比、废止、恢复"`
	Rules     rulesCmd         `cmd:"" help:"看组建规则：表格或者流程图"`
	Remind    remindCmd        `cmd:"" help:"按时提醒群里：设、看、停、取消"`
	Eval      evalCmds         `cmd:"" help:"用判好的题目检验回答、推荐和检索"`
	Doctor    doctorCmd        `cmd:"" help:"检查哪里正常，哪里要处理"`
	Run       runCmd           `cmd:"" help:"作为服务运行，接上配置好的微信、企业微信"`
	Simulator simulatorCmd     `cmd:"" name:"wechat-simulator" help:"没有微信号，在网页里扮演群成员试一试"`
	Pair      pairCmd          `cmd:"" help:"要一个配对码，让一个人当管理员"`
	Weekly    weeklyCmd        `cmd:"" help:"这一周问了多少、答了多少、有用没用、哪些没答上"`
	Audit     auditCmd         `cmd:"" help:"导出问答记录"`
	Backup    backupCmd        `cmd:"" help:"备份文件、设置和记录；作为服务运行时每天自己做一份"`
	Restore   restoreBackupCmd `cmd:"" help:"用备份恢复，先说会变什么"`
	Store     storeCmd         `cmd:"" help:"把记录和文件搬到 PostgreSQL，或者搬回来"`
	Password  passwordCmd      `cmd:"" help:"把网页的口令变成可以存在文件里的样子"`
	Help      helpCmd          `cmd:"" help:"看手册：有哪些题目，或者一个题目的一页"`
	Suppliers suppliersCmd     `cmd:"" help:"程序里用了哪些别人的东西，各是什么许可"`
	Open      openCmd          `cmd:"" help:"在浏览器里打开网页；没有在运行就运行起来"`
	Service   serviceCmd       `cmd:"" help:"装成开机自己启动的服务，卸掉，看状态"`
	Update    updateCmd        `cmd:"" help:"换成新的程序，留着原来的"`
	VersionOf versionCmd       `cmd:"" name:"version" help:"看是哪一版"`
	Bare      bareCmd          `cmd:"" default:"1" hidden:"" help:"不写命令"`

	Unanswered     unansweredCmd `cmd:"" help:"没答上的问题：列出来，写草稿补上"`
	IlinkSimulator simulatorCmd  `cmd:"" name:"ilink-simulator" help:"没有微信号，在网页里试微信机器人（一对一的私聊）"`
	WecomSimulator simulatorCmd  `cmd:"" name:"wecom-simulator" help:"没有企业微信，在网页里扮演群成员试一试"`
}

// run parses the arguments, runs the command and gives the exit status. apart,
// where it is not nil, makes the program that documents are read with.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer, apart func() *exec.Cmd) int {
	var c cli
	status := -1
	screen := office.IsTerminal(out)
	out, errs = namedRight{out}, namedRight{errs}
	parser, err := kong.New(&c, kong.Name("bot"), kong.Writers(out, errs), kong.Help(printHelp),
		kong.Exit(func(int) { status = exitDone }), kong.ShortHelp(printHelp))
	if err != nil {
		return report(errs, err)
	}
	parsed, err := parser.Parse(args)
	if status >= 0 {
		return status
	}
	if err != nil {
		return report(errs, office.Misuse("%s", usageInChinese(err, parser.Model)))
	}
	p := &office.Office{Ctx: ctx, In: in, Out: &office.InTurn{To: out}, Err: errs, Screen: screen, Now: time.Now}
	if apart != nil {
		p.Apart = parse.NewApart(apart)
	}
	if c.City+c.Office != "" {
		there := city.Call{Dir: c.City, Office: c.Office, Command: parsed.Command(), Placed: c.Data+c.Config != "", Own: apart != nil,
			Show: func(url string) { browse(p, url) }}
		return report(errs, there.Run(p, func(p *office.Office, whole string) error { return parsed.Run(p, wholeCity(whole)) }))
	}
	if err := p.Configure(c.Data, c.Config); err != nil {
		return report(errs, err)
	}
	if apart != nil { // not in a test, which shares its environment
		p.KeepTempInside()
	}
	defer p.Close()
	return report(errs, parsed.Run(p, wholeCity("")))
}

// report writes what a person has to know and gives the exit status.
func report(w io.Writer, err error) int {
	if err == nil {
		return exitDone
	}
	fmt.Fprintln(w, office.InChinese(err.Error()))
	if f := (office.Failure{}); errors.As(err, &f) && f.Usage {
		return exitUsage
	}
	return exitFailed
}

// show gives what a command found: as one JSON object, or in words.
func show(p *office.Office, asJSON bool, found any, words string) error {
	if asJSON {
		return writeJSON(p.Out, found)
	}
	if words != "" {
		fmt.Fprintln(p.Out, words)
	}
	return nil
}

// withStore opens the store for a command.
func withStore(p *office.Office, do func(*store.DB) error) error {
	db, err := p.OpenStore()
	if err != nil {
		return err
	}
	defer db.Close()
	return do(db)
}

// calledAs is the name that the program was started with.
var calledAs = "bot"

// ownName is where the program names itself with one of its commands.
var ownName = regexp.MustCompile(`(^|[^\w./-])bot( (?:-|\[|<|run|open|service|update|version|doctor|chat|ask|` +
	`knowledge|remind|lead|ledger|pair|weekly|audit|backup|restore|rules|eval|unanswered|help|` +
	`password|suppliers|wechat-simulator|ilink-simulator|wecom-simulator|draft))`)

// namedRight writes what a person at the terminal reads: the program bears the
// name by which he called it.
type namedRight struct{ io.Writer }

// Unwrap gives the stream that is written on to.
func (w namedRight) Unwrap() io.Writer { return w.Writer }

func (w namedRight) Write(b []byte) (int, error) {
	if calledAs == "bot" {
		return w.Writer.Write(b)
	}
	_, err := w.Writer.Write(ownName.ReplaceAll(b, []byte("${1}"+strings.ReplaceAll(calledAs, "$", "$$")+"${2}")))
	return len(b), err
}
