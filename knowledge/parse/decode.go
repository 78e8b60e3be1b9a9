package parse

import (
	"bytes"
	"slices"
	"strings"
	gounicode "unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"zujian/knowledge/text"
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
		return "", errResave
	}
	text = strings.TrimPrefix(text, "\ufeff")
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), nil
}

func decodeAny(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return with(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), data)
	case bytes.Contains(data, []byte("~{")) && bytes.Contains(data, []byte("~}")) && ascii(data):
		return with(simplifiedchinese.HZGB2312, data)
	case ascii(data) && seven.Match(data):
		return "", errEncoding
	case utf8.Valid(data) && !bytes.ContainsRune(data, 0):
		return string(data), nil
	}
	if nul := bytes.Count(data, []byte{0}); nul > 0 && 20*nul < len(data) && utf8.Valid(data) {
		return string(bytes.ReplaceAll(data, []byte{0}, nil)), nil
	}
	if e := bare16(data); e != nil {
		return with(e, data)
	}
	return legacy(data)
}

// legacy reads the encodings of before Unicode. Most bytes can be read as any
// of them, so that the one is taken whose text is made of common characters.
func legacy(data []byte) (string, error) {
	if text, err := with(simplifiedchinese.GB18030, data); err == nil && isJapanese(text) {
		return "", errEncoding
	}
	best, most := "", 0.0
	for _, e := range []encoding.Encoding{simplifiedchinese.GB18030, traditionalchinese.Big5} {
		if text, err := with(e, data); err == nil {
			if share := commonShare(text); share > most {
				best, most = text, share
			}
		}
	}
	if most < 0.1 {
		return "", errEncoding
	}
	return best, nil
}

// isJapanese says whether much of a text is kana, which have the same place in
// the Chinese and the Japanese code while characters have not.
func isJapanese(text string) bool {
	kana, all := 0, 0
	for _, r := range text {
		if gounicode.In(r, gounicode.Hiragana, gounicode.Katakana) {
			kana++
		} else if !gounicode.Is(gounicode.Han, r) {
			continue
		}
		all++
	}
	return 4*kana > all
}

// common are characters of which every Chinese text has many, in both scripts.
const common = "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們到作地于於出就分对對成会會可主发發年动動同工也能下过過说說产產种種面而方后後多定行学學法所民得经經十三之进進着等部度家理起小物现現实實加量" +
	"都两兩体體制机機当當使点點从從业業本好应應开開合由其些前外政四日社事平全间間与與关關各重新内內数數妇婦联聯组組织織委党黨单單位通知办辦区區县縣市镇鎮街道村第条條章月号號及按请請将將"

// commonShare is how many of a text's characters beyond ASCII are common ones.
func commonShare(text string) float64 {
	n, all := 0, 0
	for _, r := range text {
		if gounicode.Is(gounicode.Han, r) || r > gounicode.MaxLatin1 && !gounicode.IsPunct(r) && !gounicode.IsSpace(r) {
			all++
			if strings.ContainsRune(common, r) {
				n++
			}
		}
	}
	if all == 0 {
		return 1
	}
	return float64(n) / float64(all)
}

// seven tells text that hides Chinese behind seven-bit characters.
var seven = text.NewPattern(`(?:\+[A-Za-z0-9+/]{5,}-[^+]{0,40}){3}`)

func ascii(data []byte) bool {
	return !slices.ContainsFunc(data, func(b byte) bool { return b >= utf8.RuneSelf || b == 0 })
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
		return "", errResave
	}
	return string(out), nil
}
