package parse

import (
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"zujian/knowledge/text"
)

var mimeHead = text.NewPattern(`(?i)\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,30}\n`)

// isMHT tells a page that a browser or Word saved as one file.
func isMHT(text string) bool {
	head := mimeHead.FindString(text[:min(len(text), 8000)])
	return head != "" && strings.Contains(strings.ToLower(head), "content-type:")
}

// readMHT reads the page in such a file.
func readMHT(text string) (*source, error) {
	m, err := mail.ReadMessage(strings.NewReader(text))
	if err != nil {
		return nil, ErrDamaged
	}
	page, err := pageIn(textproto.MIMEHeader(m.Header), m.Body, 0)
	if err != nil {
		return nil, err
	}
	s, err := readHTML(page)
	if s != nil {
		s.Format = "MHT"
	}
	return s, err
}

// pageIn finds the first part that is a page, in parts within parts.
func pageIn(head textproto.MIMEHeader, body io.Reader, depth int) (string, error) {
	kind, params, err := mime.ParseMediaType(head.Get("Content-Type"))
	if err != nil || depth > 5 {
		return "", ErrDamaged
	}
	if !strings.HasPrefix(kind, "multipart/") {
		if kind != "text/html" && kind != "text/plain" {
			return "", ErrEmpty
		}
		return partText(head.Get("Content-Transfer-Encoding"), params["charset"], body)
	}
	parts := multipart.NewReader(body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err != nil {
			return "", ErrEmpty
		}
		if page, err := pageIn(p.Header, p, depth+1); err == nil {
			return page, nil
		}
	}
}

func partText(transfer, charset string, body io.Reader) (string, error) {
	switch strings.ToLower(strings.TrimSpace(transfer)) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	default: // it stands there as it is, and was decoded with the whole
		charset = ""
	}
	data, err := io.ReadAll(io.LimitReader(body, Largest))
	if err != nil && len(data) == 0 {
		return "", ErrDamaged
	}
	if e, err := htmlindex.Get(charset); err == nil && charset != "" {
		return with(e, data)
	}
	return decode(data)
}
