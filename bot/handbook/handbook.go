// Package handbook is what an operator reads, a page a topic. The pages are
// written once, in pages; the console shows them under 帮助 and bot help prints
// them, so that an office has them without the project.
package handbook

import (
	"bytes"
	"embed"
	"html/template"
	"regexp"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

//go:embed pages/*.md
var files embed.FS

// Page is one topic.
type Page struct {
	Name  string // in an address: reminders
	Title string // 提醒
	text  string // Markdown, without the title
}

// Pages gives all pages in the order in which they are read.
var Pages = sync.OnceValue(func() []Page {
	names, err := files.ReadDir("pages")
	if err != nil {
		panic(err) // they are embedded
	}
	var out []Page
	for _, f := range names {
		data, err := files.ReadFile("pages/" + f.Name())
		if err != nil {
			panic(err)
		}
		_, name, _ := strings.Cut(strings.TrimSuffix(f.Name(), ".md"), "-")
		title, text, _ := strings.Cut(string(data), "\n")
		out = append(out, Page{Name: name, Title: strings.TrimPrefix(title, "# "), text: strings.TrimSpace(text)})
	}
	return out
})

// Find gives the page of a topic, by its name, its title or a part of that.
func Find(topic string) (Page, bool) {
	for _, is := range []func(Page) bool{
		func(p Page) bool { return topic == p.Name || topic == p.Title },
		func(p Page) bool { return topic != "" && strings.Contains(p.Title, topic) },
	} {
		for _, p := range Pages() {
			if is(p) {
				return p, true
			}
		}
	}
	return Page{}, false
}

// HTML gives the page for a browser, without its title.
func (p Page) HTML() (template.HTML, error) {
	var b bytes.Buffer
	err := goldmark.New(goldmark.WithExtensions(extension.Table)).Convert([]byte(p.text), &b)
	return template.HTML(b.String()), err // it is our own text
}

var (
	rule  = regexp.MustCompile(`^\|[-|: ]+\|$`)
	marks = strings.NewReplacer("`", "", "**", "")
)

// Plain gives the page for a terminal: what stands in a box stays as it is, and
// a row of a table becomes a line.
func (p Page) Plain() string {
	lines := []string{p.Title, ""}
	boxed := false
	for _, line := range strings.Split(p.text, "\n") {
		switch trimmed := strings.TrimSpace(line); {
		case strings.HasPrefix(trimmed, "```"):
			boxed = !boxed
		case boxed:
			lines = append(lines, "    "+trimmed)
		case rule.MatchString(trimmed):
		case strings.HasPrefix(trimmed, "|"):
			cells := strings.Split(strings.Trim(marks.Replace(trimmed), "| "), "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			lines = append(lines, strings.Join(cells, "　"))
		default:
			lines = append(lines, marks.Replace(strings.TrimLeft(line, "# ")))
		}
	}
	return strings.Join(lines, "\n") + "\n"
}
