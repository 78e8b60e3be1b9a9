package main

import (
	"cmp"
	_ "embed"
	"fmt"
	"regexp"
	"runtime"
	"strings"

	"github.com/alecthomas/kong"

	"zujian/bot/handbook"
	"zujian/bot/office"
)

// printHelp writes a command's help in Chinese.
func printHelp(_ kong.HelpOptions, ctx *kong.Context) error {
	w := ctx.Stdout
	node := ctx.Selected()
	if node == nil {
		node = ctx.Model.Node
		fmt.Fprintln(w, "组建助手：从文件里找原话，回答两新组织组建妇联的问题。")
		fmt.Fprintln(w, "\n用法：bot [命令] [选项]。不写命令时，在终端里就是对话，别处等于 run。")
	} else {
		fmt.Fprintf(w, "%s\n\n用法：bot %s\n", node.Help, strings.TrimPrefix(node.Path()+positionals(node), "bot "))
	}
	printCommands(ctx, node)
	printFlags(ctx, node)
	return nil
}

func positionals(n *kong.Node) string {
	var b strings.Builder
	for _, p := range n.Positional {
		name := "<" + p.Name + ">"
		if p.IsCumulative() {
			name += "…"
		}
		if !p.Required {
			name = "[" + name + "]"
		}
		b.WriteString(" " + name)
	}
	return b.String()
}

func printCommands(ctx *kong.Context, node *kong.Node) {
	title := "\n命令：\n"
	for _, n := range node.Children {
		if n.Type != kong.CommandNode || n.Hidden {
			continue
		}
		fmt.Fprintf(ctx.Stdout, "%s  %-18s %s\n", title, n.Name, n.Help)
		title = ""
	}
}

func printFlags(ctx *kong.Context, node *kong.Node) {
	fmt.Fprintln(ctx.Stdout, "\n选项：")
	for _, group := range node.AllFlags(true) {
		for _, f := range group {
			name, help := "--"+f.Name, f.Help
			if f.Name == "help" {
				help = "看说明"
			}
			if !f.IsBool() && f.PlaceHolder != "" {
				name += " " + f.PlaceHolder
			}
			if len(f.Envs) > 0 {
				help += "（也可以用环境变量 " + f.Envs[0] + "）"
			}
			fmt.Fprintf(ctx.Stdout, "  %-18s %s\n", name, help)
		}
	}
}

//go:generate go run ../.ci/suppliers.go

type helpCmd struct {
	Topic string `arg:"" optional:"" name:"题目" help:"不写就列出题目"`
}

// Run prints a page of the handbook, or what pages there are.
func (c *helpCmd) Run(p *office.Office) error {
	page, ok := handbook.Find(c.Topic)
	if ok {
		fmt.Fprint(p.Out, page.Plain())
		return nil
	}
	var titles []string
	for _, x := range handbook.Pages() {
		titles = append(titles, x.Title)
	}
	if c.Topic != "" {
		return office.Misuse("手册里没有“%s”。有：%s。", c.Topic, strings.Join(titles, "、"))
	}
	fmt.Fprintf(p.Out, "手册有这些题目，用 bot help 题目 看一页：\n%s\n", strings.Join(titles, "\n"))
	return nil
}

// usages are the ways in which kong refuses arguments, and what is said instead.
var usages = []struct {
	was *regexp.Regexp
	say string
}{
	{regexp.MustCompile(`^unexpected argument (\S+?),? ?(?:did you mean (?:one of )?(.*)\?)?$`), "不认识“$1”，您是不是想写 $2"},
	{regexp.MustCompile(`^unknown flag (\S+?),? ?(?:did you mean (?:one of )?(.*)\?)?$`), "没有这个选项：$1，您是不是想写 $2"},
	{regexp.MustCompile(`^missing flags?: (.*)$`), "还缺选项：$1"},
	{regexp.MustCompile(`^(?:expected one of|missing command,? ?\S*) (.*)$`), "还要写上做什么：$1"},
	{regexp.MustCompile(`^expected "([a-z][a-z-]*)[^"]*"$`), "还要写上做什么：$1"},
	{regexp.MustCompile(`^(?:expected|missing positional arguments?) (.*)$`), "还缺内容：$1"},
	{regexp.MustCompile(`^(?:flag )?(--\S+?|<.+?>): .*but got "EOL".*$`), "选项 $1 后面要写内容"},
	{regexp.MustCompile(`^(?:flag )?(--\S+?|<.+?>):? .*?must be one of (.*) but got "(.*)"$`), "$1 只能写 $2，现在是“$3”"},
	{regexp.MustCompile(`^(?:flag )?(--\S+?|<.+?>): expected a valid .*(?:int|float).* but got "?([^"]*)"?.*$`), "$1 要写数字，现在是“$2”"},
	{regexp.MustCompile(`^(--\S+) (?:and|or) (--\S+) can't be used together$`), "$1 和 $2 不能一起用"},
	{regexp.MustCompile(`^(?:flag )?(--\S+?|<.+?>): .*$`), "$1 后面写得不对"},
}

// usageInChinese says what is wrong with the arguments and what would be right.
func usageInChinese(err error, app *kong.Application) string {
	text := err.Error()
	for _, u := range usages {
		if u.was.MatchString(text) {
			out := strings.TrimSuffix(u.was.ReplaceAllString(text, u.say), "，您是不是想写 ")
			return listed.Replace(out) + choices(text, app) + "。看说明：bot --help"
		}
	}
	return "命令写得不对。看说明：bot --help"
}

// choices says what may stand where something is missing that has few values.
func choices(missing string, app *kong.Application) string {
	if strings.Contains(missing, "must be one of") {
		return ""
	}
	for _, leaf := range app.Leaves(true) {
		for _, p := range leaf.Positional {
			if p.Enum != "" && (strings.Contains(missing, "<"+p.Name+">") || missing == `expected "`+leaf.Name+`"`) {
				return "，" + leaf.Help
			}
		}
	}
	return ""
}

// listed writes a list of words as Chinese does.
var listed = strings.NewReplacer(` or `, "、", `", "`, "、", `","`, "、", `"`, "", ", ...", "…", ", ", "、")

// suppliers has a line for each module whose code is in the program: its path,
// version, the day of that version, its licence; and for what came compiled its
// checksum. go generate ./bot writes it.
//
//go:embed suppliers.txt
var suppliers string

type suppliersCmd struct{}

// Run says whose code is in the program.
func (suppliersCmd) Run(p *office.Office) error {
	fmt.Fprintf(p.Out, "程序里用了别人写的 %d 样东西。每行是：名字、版本、这一版的日期、许可；编译好的带着 SHA-256。\n", strings.Count(suppliers, "\n"))
	fmt.Fprint(p.Out, suppliers)
	return nil
}

// releaseName is what a release is called; the release script sets it.
var releaseName string

type versionCmd struct{}

// Run says which release this is, and of which commit.
func (c *versionCmd) Run(p *office.Office) error {
	_, err := fmt.Fprintln(p.Out, versionLine())
	return err
}

// versionFlag is versionCmd as a flag.
type versionFlag bool

// BeforeReset answers before anything that a command needs is missed.
func (versionFlag) BeforeReset(k *kong.Kong) error {
	fmt.Fprintln(k.Stdout, versionLine())
	k.Exit(exitDone)
	return nil
}

func versionLine() string {
	return fmt.Sprintf("组建助手 %s（提交 %s；%s/%s，%s）", cmp.Or(releaseName, "开发版"), office.Version(),
		runtime.GOOS, runtime.GOARCH, runtime.Version())
}
