// Package parse reads a file in an office's format into a document.
package parse

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"zujian/knowledge"
)

// Errors a caller tells apart.
var (
	// ErrUnsupported means that the content is of a format not read here.
	ErrUnsupported = errors.New("这种格式还读不了")
	// ErrSecret means that the text bears a mark of secrecy and was not kept.
	ErrSecret = errors.New("文件有密级标志，不能放进来")
)

// largest is how many bytes a file may have.
const largest = 50 << 20

// Parse reads a file. The name serves only to name the document; what format
// it is, is told by content: Markdown with front matter, a forum page (HTML,
// or the text copied from a browser), or plain text in UTF-8 or GB18030. It
// fails with ErrUnsupported or ErrSecret, or in Chinese with what to do.
func Parse(name string, data []byte) (*knowledge.Document, error) {
	if len(data) > largest {
		return nil, fmt.Errorf("%s 超过 50 MB，请拆开再放", name)
	}
	text, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", name, err)
	}
	if Secret(text) {
		return nil, fmt.Errorf("%s：%w。请按保密规定处理，不要在联网的电脑上打开", name, ErrSecret)
	}
	if strings.HasPrefix(text, "---\n") {
		return knowledge.ReadMarkdown([]byte(text))
	}
	d, err := readText(name, text)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", name, err)
	}
	sum := sha256.Sum256(data)
	d.Hash = hex.EncodeToString(sum[:])
	if d.ID == "" {
		d.ID = "f" + d.Hash[:8]
	}
	return d, nil
}

func readText(name, text string) (*knowledge.Document, error) {
	switch {
	case isHTML(text):
		return readForumHTML(text)
	case isForumText(text):
		return readForumText(text)
	}
	return readPlain(name, text)
}

// readPlain takes the first line as the title when it reads like one.
func readPlain(name, text string) (*knowledge.Document, error) {
	lines := strings.Split(text, "\n")
	title := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	for i, l := range lines {
		l = strings.TrimSpace(l)
		if l == "" {
			continue
		}
		if utf8.RuneCountInString(l) <= 60 && !strings.ContainsAny(l, "。；;") {
			title, lines = strings.TrimLeft(l, "# "), lines[i+1:]
		}
		break
	}
	return build(title, lines)
}

func build(title string, lines []string) (*knowledge.Document, error) {
	d := &knowledge.Document{Title: title, Kind: kindOf(title), Validity: knowledge.InForce}
	d.Sections, d.Clauses = knowledge.Structure(lines)
	if len(d.Clauses) == 0 {
		return nil, errors.New("没有读到正文，请看看文件是不是空的或者是扫描件")
	}
	return d, nil
}

func kindOf(title string) knowledge.Kind {
	switch {
	case strings.Contains(title, "讲话"):
		return knowledge.Speech
	case strings.HasSuffix(title, "条例"), strings.HasSuffix(title, "法"), strings.HasSuffix(title, "章程"):
		return knowledge.Regulation
	}
	return knowledge.Notice
}

// decode tells the encoding by strict rules: no detector tried reads short
// GBK text right.
func decode(data []byte) (string, error) {
	data = []byte(strings.TrimPrefix(string(data), "\ufeff"))
	if !utf8.Valid(data) {
		out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil || strings.ContainsRune(string(out), utf8.RuneError) {
			return "", fmt.Errorf("%w：请另存为 TXT 再试", ErrUnsupported)
		}
		data = out
	}
	if strings.ContainsRune(string(data), 0) {
		return "", fmt.Errorf("%w：请另存为 TXT 再试", ErrUnsupported)
	}
	return strings.ReplaceAll(string(data), "\r\n", "\n"), nil
}
