package parse

import (
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime/debug"
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
	// ErrTooSlow means that the file was not read in its time.
	ErrTooSlow = errors.New("这份文件读了很久还没有读完，没有收。" + resave + "；还不行的，把正文复制成 TXT")
	// ErrCrashed means that the reader failed on the file: a fault of the program.
	ErrCrashed = errors.New("读这份文件的时候程序出了错，没有收，别的文件照常。" + resave + "；还不行的，把正文复制成 TXT")
)

// Refusals with what to do.
const resave = "请用 WPS 或者 Word 打开，另存为 DOCX 再放"

var (
	errEncoding = errFrom(ErrUnsupported, "认不出是哪种文字编码。"+resave)
	errResave   = errFrom(ErrUnsupported, resave)
	errOldSheet = errFrom(ErrUnsupported, "这是旧的 Excel 表格。请打开后另存为 XLSX 再放")
	errSlides   = errFrom(ErrUnsupported, "这是幻灯片。请把正文复制到 Word 里再放")
)

// kinds are the errors above by the number that a reader in another process
// gives for them; 0 is none of them.
var kinds = []error{nil, ErrUnsupported, ErrSecret, ErrScanned, ErrPassword, ErrDamaged, ErrTooLarge, ErrEmpty, ErrTooSlow, ErrCrashed}

// Failure is a fault with where in the program it was, for the log.
type Failure struct {
	Why   error // for the person
	Trace string
}

func (f *Failure) Error() string { return f.Why.Error() }

func (f *Failure) Unwrap() error { return f.Why }

// errFrom is one of the errors above with what to do in this case.
func errFrom(base error, todo string) error { return fmt.Errorf("%w：%s", base, todo) }

// said is an error as another process told it.
type said struct {
	text string
	kind error
}

func (e said) Error() string { return e.text }

func (e said) Unwrap() error { return e.kind }

// tell makes an error ready to be sent; nothing of nil.
func tell(err error) told {
	if err == nil {
		return told{}
	}
	t := told{Kind: len(kinds), Say: err.Error()}
	for i, k := range kinds {
		if k != nil && errors.Is(err, k) {
			t.Kind = i
		}
	}
	if f := (*Failure)(nil); errors.As(err, &f) {
		t.Trace = f.Trace
	}
	return t
}

// failed is the error that was sent.
func failed(t told) error {
	err := error(said{text: t.Say})
	if t.Kind < len(kinds) {
		err = said{t.Say, kinds[t.Kind]}
	}
	if t.Trace != "" {
		err = &Failure{err, t.Trace}
	}
	return err
}

// caught makes the fault that a person is told of a panic that was caught. What
// was thrown is told by its type only, since it may hold words of the file. It is
// for the deferred function that recovered.
func caught(thrown any, why error) *Failure {
	return &Failure{why, fmt.Sprintf("%T\n%s", thrown, debug.Stack())}
}

// noteFailure writes to the log where the program failed on a file. It is for the
// process that sent for the file: the one that reads has no log, and its streams
// are for what it tells.
func noteFailure(name string, r *Reading, err error) {
	trace := ""
	if f := (*Failure)(nil); errors.As(err, &f) {
		trace = f.Trace
	} else if r != nil {
		trace = r.Trace
	}
	if trace != "" {
		slog.Error("a file brought its reader down", "kind", filepath.Ext(name), "stack", trace)
	}
}

// safely makes a panic of a reader the file's own failure.
func safely(read ReadFunc, name string, data []byte, progress func(string)) (r *Reading, err error) {
	defer func() {
		if v := recover(); v != nil {
			r, err = nil, fmt.Errorf("%s：%w", filepath.Base(name), caught(v, ErrCrashed))
		}
	}()
	return read(name, data, progress)
}
