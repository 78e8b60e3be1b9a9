package office

import (
	"regexp"
	"strings"
)

// foreign are the words of the system that come with a cause.
var foreign = strings.NewReplacer(
	"no such file or directory", "没有这个文件",
	"The system cannot find the file specified.", "没有这个文件", "The system cannot find the path specified.", "没有这个文件夹",
	"file does not exist", "没有这个文件", "permission denied", "没有权限", "Access is denied.", "没有权限", "operation not permitted", "没有权限",
	"is a directory", "这是一个文件夹", "not a directory", "这不是文件夹",
	"directory not empty", "文件夹不是空的", "file exists", "已经有了", "file already exists", "已经有了",
	"no space left on device", "磁盘满了", "There is not enough space on the disk.", "磁盘满了",
	"disk quota exceeded", "磁盘配额用完了", "read-only file system", "磁盘是只读的",
	"too many open files", "打开的文件太多", "file name too long", "文件名太长", "input/output error", "磁盘读写出错", "text file busy", "程序正在运行",
	"context canceled", "中断了", "context deadline exceeded", "等得太久",
	"connection refused", "连不上", "network is unreachable", "网络不通", "no such host", "找不到这个网址",
	"database is locked", "存储正被别的程序用着", "unexpected EOF", "没有读完就断了", "invalid argument", "参数不对", "address already in use", "地址被别的程序占着",
)

var systemCall = regexp.MustCompile(`\b(?:open|openat|stat|lstat|mkdir|read|write|remove|rename|unlink|unlinkat|chdir|` +
	`chmod|sync|readdirent|CreateFile|GetFileAttributesEx) (\S+(?: \S+)?): `)

// InChinese gives an error's text without the system's English.
func InChinese(text string) string {
	return foreign.Replace(systemCall.ReplaceAllString(text, "$1："))
}
