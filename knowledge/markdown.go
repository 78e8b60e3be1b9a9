package knowledge

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"zujian/knowledge/text"
)

// frontMatter is what stands between the two --- lines of a document's file.
type frontMatter struct {
	ID       string `yaml:"id"`
	Title    string `yaml:"title"`
	Short    string `yaml:"short"`
	Issuer   string `yaml:"issuer"`
	Number   string `yaml:"number"`
	Kind     string `yaml:"kind"`
	Issued   string `yaml:"issued"`
	Validity string `yaml:"validity"`
	Scope    string `yaml:"scope"`
	Source   string `yaml:"source"`
	Note     string `yaml:"note"`

	Effective string   `yaml:"effective"`
	About     []string `yaml:"about"`
}

// ReadMarkdown reads a document from Markdown with front matter. Paragraphs
// are separated by line breaks; # before a heading is dropped. It fails, in
// Chinese, when the front matter is missing, has an unknown key, or lacks id
// or title, and when there is no text.
func ReadMarkdown(data []byte) (*Document, error) {
	head, body, ok := cutFrontMatter(data)
	if !ok {
		return nil, errors.New("文件开头要有用两行 --- 围起来的文件信息（id、title 等）")
	}
	var f frontMatter
	if err := text.ReadYAML(head, &f); err != nil {
		return nil, fmt.Errorf("文件信息写得不对：%w", err)
	}
	if f.ID == "" || f.Title == "" {
		return nil, errors.New("文件信息里要写 id 和 title")
	}
	d := &Document{
		ID: f.ID, Title: f.Title, Short: f.Short, Issuer: f.Issuer, Number: f.Number,
		Kind: Kind(f.Kind), Issued: f.Issued, Validity: Validity(f.Validity), Scope: f.Scope,
		Source: f.Source, Note: f.Note, Hash: hash(data), Effective: f.Effective, About: f.About,
	}
	if d.Validity == "" {
		d.Validity = InForce
	}
	d.Sections, d.Clauses = Structure(bodyLines(body))
	if len(d.Clauses) == 0 {
		return nil, errors.New("文件里没有读到正文")
	}
	return d, nil
}

func cutFrontMatter(data []byte) (head, body []byte, ok bool) {
	data = bytes.ReplaceAll(bytes.TrimPrefix(data, []byte("\ufeff")), []byte("\r\n"), []byte("\n"))
	rest, ok := bytes.CutPrefix(data, []byte("---\n"))
	if !ok {
		return nil, nil, false
	}
	return bytes.Cut(rest, []byte("\n---\n"))
}

func bodyLines(body []byte) []string {
	lines := strings.Split(string(body), "\n")
	for i, l := range lines {
		if h := strings.TrimLeft(l, "#"); h != l {
			lines[i] = strings.TrimSpace(h)
		}
	}
	return lines
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
