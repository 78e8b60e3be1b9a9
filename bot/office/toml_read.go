package office

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// configIn reads a configuration; an empty one where there is no file.
func configIn(file string) (c Config, err error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return c, Refuse("配置文件 %s 打不开：%v", file, err)
	}
	return configFrom(file, data)
}

// configFrom reads what stands in a configuration, whole and once: a key that is
// not known is refused with its name, and so is a value out of its bounds.
func configFrom(file string, data []byte) (c Config, err error) {
	if line := notUTF8(data); line > 0 {
		return c, Refuse("配置文件 %s 第%d行的字不是 UTF-8，多半是记事本存成了 ANSI 或者 Unicode。请用记事本打开，选“另存为”，编码选 UTF-8，再保存；"+
			"或者打开网页的“设置”，在“整份配置”里直接保存。", file, line)
	}
	if err := DecodeTOML("配置文件 "+file, data, &c); err != nil {
		return c, err
	}
	if wrong := c.check(); wrong != "" {
		return c, Refuse("配置文件 %s：%s", file, wrong)
	}
	return c, nil
}

// DecodeTOML reads what stands in a file of settings, whole and once, into what a
// pointer points to. name is what its error, which is for the person, calls the file:
// it says in which line what is wrong, and how it should be; a key that is not known
// is refused with its name.
func DecodeTOML(name string, data []byte, into any) error {
	if line := notUTF8(data); line > 0 {
		return Refuse("%s 第%d行的字不是 UTF-8，请用记事本打开，选“另存为”，编码选 UTF-8，再保存。", name, line)
	}
	text := string(bytes.TrimPrefix(data, []byte("\ufeff")))
	meta, err := toml.Decode(text, into)
	if err != nil {
		return Refuse("%s 写得不对：%s", name, tomlInChinese(err, text))
	}
	if extra := meta.Undecoded(); len(extra) > 0 {
		return Refuse("%s %s里的“%s”不认识，请看看是不是写错了。", name, lineNaming(text, extra[0]), extra[0])
	}
	return nil
}

// lineNaming says in which line a key first stands; empty where that is not seen.
func lineNaming(text string, key toml.Key) string {
	n := 0
	for line := range strings.Lines(text) {
		n++
		if name, _, _ := strings.Cut(strings.Trim(line, "[ \t"), "="); strings.Trim(name, "] \t\r\n\"") == key[len(key)-1] {
			return fmt.Sprintf("第%d行", n)
		}
	}
	return ""
}

// notUTF8 gives the first line that is not, 0 where all are.
func notUTF8(data []byte) int {
	if wide(data) {
		return 1
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size < 2 {
			return 1 + bytes.Count(data[:i], []byte("\n"))
		}
		i += size
	}
	return 0
}

// wide says whether a file is what Notepad calls Unicode.
func wide(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff"))
}

// asUTF8 gives a text that Notepad may have written in an encoding of its own.
func asUTF8(data []byte) string {
	e := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
	if !wide(data) {
		e = simplifiedchinese.GB18030.NewDecoder()
		if utf8.Valid(data) {
			return strings.TrimPrefix(string(data), "\ufeff")
		}
	}
	out, _ := e.Bytes(data)
	return string(out)
}

// tomlInChinese says in which line what is wrong, and how it should be.
func tomlInChinese(err error, text string) string {
	if m := wrongType.FindStringSubmatch(err.Error()); m != nil {
		return fmt.Sprintf("第%s行的“%s”，值的类型不对。true、false 和数不加引号，文字加引号，几个的放在方括号里。", m[1], m[2])
	}
	e := toml.ParseError{}
	if !errors.As(err, &e) {
		return err.Error()
	}
	n := e.Position.Line
	line := strings.TrimSpace(lineOf(text, n))
	if m := definedTwice.FindStringSubmatch(e.Message); m != nil {
		return fmt.Sprintf("第%d行的“%s”前面已经写过了，请合成一个。", n, m[1])
	}
	if before := strings.TrimSpace(lineOf(text, n-1)); unclosed(before) {
		return fmt.Sprintf("第%d行的方括号没有写完：%s\n开头有几个 [，后面就要有几个 ]，像 [wechat]、[[group]] 这样。", n-1, before)
	}
	if before := lineOf(text, n-1); strings.ContainsAny(before, curly) && !strings.ContainsAny(line, curly) {
		n, line = n-1, strings.TrimSpace(before) // the fault shows where the next line begins
	}
	if strings.ContainsAny(line[:tomlEnd(line)], curly) {
		return fmt.Sprintf("第%d行用了中文的引号或者等号：%s\n请换成英文输入法下的 \" 和 =，像 name = \"组建助手\" 这样。", n, line)
	}
	return fmt.Sprintf("第%d行附近：%s\n要像 name = \"组建助手\" 这样：左边是名字，中间是英文的等号，文字两边加英文的引号，数和 true、false 不加。", n, line)
}

// unclosed says whether a line begins the name of a table and does not end it.
func unclosed(line string) bool {
	code := line[:tomlEnd(line)]
	return strings.HasPrefix(code, "[") && strings.Count(code, "[") > strings.Count(code, "]")
}

// curly are the signs that a Chinese keyboard types for those that are meant.
const curly = "“”‘’＂＝［］，"

// wrongType and definedTwice are toml's errors that have no types of their own.
var (
	wrongType    = regexp.MustCompile(`^toml: line (\d+) \(last key "(.*?)"\): incompatible types`)
	definedTwice = regexp.MustCompile(`^Key '(.*)' has already been defined`)
)

// lineOf gives the nth line, counted from 1.
func lineOf(text string, n int) string {
	lines := strings.Split(text, "\n")
	if n < 1 || n > len(lines) {
		return ""
	}
	return lines[n-1]
}

// notepadName says what to do where Notepad has put .txt behind the name of the
// configuration; empty: it has not.
func notepadName(file string) string {
	if exists(file) || !exists(file+".txt") {
		return ""
	}
	return fmt.Sprintf("没有 %s，倒有一个 %[1]s.txt：记事本保存的时候多加了 .txt，里面写的没有用上。请把它改名，去掉后面的 .txt；"+
		"或者打开网页的“设置”，在“整份配置”里直接保存", file)
}
