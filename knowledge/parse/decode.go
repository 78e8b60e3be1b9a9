package parse

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// decode tells the encoding by strict rules, since no detector tried reads
// short GBK text right: a mark at the start, then UTF-8 without an error, then
// UTF-16 by where its zero bytes are, then GB18030 without an error.
func decode(data []byte) (string, error) {
	text, err := decodeAny(data)
	if err != nil {
		return "", err
	}
	if strings.ContainsRune(text, 0) {
		return "", fmt.Errorf("%w：请用 WPS 或者 Word 打开，另存为 DOCX 或者 TXT 再放", ErrUnsupported)
	}
	text = strings.TrimPrefix(text, "\ufeff")
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), nil
}

func decodeAny(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return with(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), data)
	case utf8.Valid(data) && !bytes.ContainsRune(data, 0):
		return string(data), nil
	}
	if e := bare16(data); e != nil {
		return with(e, data)
	}
	return with(simplifiedchinese.GB18030, data)
}

// bare16 is UTF-16 without a mark: the line breaks and digits of any text give
// zero bytes, most of them on one side.
func bare16(data []byte) encoding.Encoding {
	if len(data)%2 != 0 {
		return nil
	}
	var even, odd int
	for i := 0; i+1 < len(data); i += 2 {
		if data[i] == 0 {
			even++
		}
		if data[i+1] == 0 {
			odd++
		}
	}
	switch {
	case odd > even:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case even > odd:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

func with(e encoding.Encoding, data []byte) (string, error) {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return "", fmt.Errorf("%w：请用 WPS 或者 Word 打开，另存为 DOCX 或者 TXT 再放", ErrUnsupported)
	}
	return string(out), nil
}
