package parse

import (
	"errors"
	"fmt"
)

// Errors a caller tells apart. Each says what to do.
var (
	// ErrUnsupported means that the content is of a format not read here.
	ErrUnsupported = errors.New("这种格式还读不了")
	// ErrSecret means that the text bears a mark of secrecy and was not kept.
	ErrSecret = errors.New("文件有密级标志，或者写着不得外传，没有收，也没有存。请按保密规定保管，不要放在这台机器上，也不要在微信里传；要用的话，请向发文单位要可以公开的版本")
	// ErrScanned means that the file holds pictures of pages and no text.
	ErrScanned = errors.New("这是扫描件，里面只有图片，没有文字。请找发文单位要电子版；没有的话，用 WPS 的文字识别转成 Word，逐句核对后再放")
	// ErrPassword means that the file opens only with a password.
	ErrPassword = errors.New("文件加了密码。请打开后去掉密码，另存一份再放")
	// ErrDamaged means that the file is cut short or not what it begins as.
	ErrDamaged = errors.New("文件不完整或者已经损坏。请重新下载，或者让对方再发一次；能打开的话，用 WPS 或者 Word 另存一份再放")
	// ErrTooLarge means that the file is beyond what is read at once.
	ErrTooLarge = errors.New("文件太大，或者解压以后大得不正常。请确认来历，把正文单独另存一份再放")
	// ErrEmpty means that there is no text in the file.
	ErrEmpty = errors.New("没有读到正文，请看看文件是不是空的")
)

// errFrom is one of the errors above with what to do in this case.
func errFrom(base error, todo string) error { return fmt.Errorf("%w：%s", base, todo) }
