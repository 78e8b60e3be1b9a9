package parse

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
)

// odt reads the content of an OpenDocument text.
type odt struct {
	walker
	styles map[string]*odtList
	open   []*odtOpen            // the lists that are open, outermost first
	counts map[*odtList]*[10]int // where the last list of each style left off
	cells  budget
	notes  []string
}

// odtList is how a list style numbers its levels.
type odtList struct{ levels [10]odtLevel }

type odtLevel struct {
	prefix, suffix, format string
	start, display         int
	numbered               bool
}

// odtOpen is a list being read: its style and the counts of all its levels.
type odtOpen struct {
	style *odtList
	count *[10]int
	fresh bool // its item has no paragraph yet, which will bear the number
}

func readODT(a *archive) (*source, error) {
	if m, err := a.read("META-INF/manifest.xml"); err == nil && bytes.Contains(m, []byte("encryption-data")) {
		return nil, ErrPassword
	}
	kind, _ := a.read("mimetype")
	if s := string(kind); strings.Contains(s, "spreadsheet") || strings.Contains(s, "presentation") {
		return nil, errFrom(ErrUnsupported, "这是表格或者幻灯片。请另存为 XLSX 或者 DOCX 再放")
	}
	data, err := a.read("content.xml")
	if err != nil {
		return nil, err
	}
	styles, _ := a.read("styles.xml")
	return odtContent(data, styles)
}

// odtContent reads the part that holds the text; styles may be empty.
func odtContent(data, styles []byte) (*source, error) {
	o := &odt{walker: walker{Decoder: newXML(data)}, styles: map[string]*odtList{}, counts: map[*odtList]*[10]int{}}
	o.readStyles(styles)
	o.readStyles(data)
	lines, err := o.lines("", o.block)
	if err != nil {
		return nil, err
	}
	return &source{Format: "ODT", Lines: lines, Notes: o.notes}, nil
}

func (o *odt) readStyles(data []byte) {
	w := walker{Decoder: newXML(data)}
	var l *odtList
	_ = w.inside("", func(e xml.StartElement) error { // damage is met again where the text is read
		switch e.Name.Local {
		case "list-style":
			l = &odtList{}
			o.styles[attr(e, "name")] = l
		case "list-level-style-number":
			if i, err := strconv.Atoi(attr(e, "level")); err == nil && l != nil && i >= 1 && i <= 10 {
				l.levels[i-1] = odtLevel{prefix: attr(e, "num-prefix"), suffix: attr(e, "num-suffix"), format: attr(e, "num-format"),
					start: atLeast(attr(e, "start-value")), display: atLeast(attr(e, "display-levels")), numbered: true}
			}
		}
		return nil
	}, nil)
}

func atLeast(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 1
	}
	return max(n, 1)
}

func (o *odt) block(e xml.StartElement) ([]string, error) {
	switch e.Name.Local {
	case "tracked-changes", "annotation", "forms", "sequence-decls", "automatic-styles", "master-styles", "styles", "meta", "settings",
		"font-face-decls", "table-of-content", "scripts", "binary-data":
		return nil, o.Skip()
	case "p", "h":
		text, boxes, err := o.paragraph(e.Name.Local)
		if strings.TrimSpace(text) == "" {
			return boxes, err
		}
		return append(strings.Split(o.label()+strings.TrimLeft(text, " \u3000"), "\n"), boxes...), err
	case "list":
		return o.list(e)
	case "list-item":
		if len(o.open) > 0 {
			o.open[len(o.open)-1].fresh = true
		}
	case "table":
		rows, err := o.table()
		return tableLines(rows), err
	}
	return nil, nil
}

// list opens a list; one inside another counts with it.
func (o *odt) list(e xml.StartElement) ([]string, error) {
	l := &odtOpen{style: o.styles[attr(e, "style-name")], count: new([10]int)}
	if len(o.open) > 0 {
		outer := o.open[len(o.open)-1]
		l.count = outer.count
		if l.style == nil {
			l.style = outer.style
		}
		if n := len(o.open); n < 10 && !outer.fresh { // an item without text of its own only leads on to its list
			l.count[n] = 0
		}
	} else if c := o.counts[l.style]; c != nil && (attr(e, "continue-numbering") == "true" || attr(e, "continue-list") != "") {
		l.count = c
	}
	o.open = append(o.open, l)
	defer func() { o.open = o.open[:len(o.open)-1] }()
	if len(o.open) == 1 && l.style != nil {
		o.counts[l.style] = l.count
	}
	return o.lines("list", o.block)
}

// label gives the number of the paragraph that begins a list item.
func (o *odt) label() string {
	n := len(o.open)
	if n == 0 || n > 10 || !o.open[n-1].fresh {
		return ""
	}
	l := o.open[n-1]
	l.fresh = false
	if l.style == nil || !l.style.levels[n-1].numbered || l.style.levels[n-1].format == "" {
		return ""
	}
	l.count[n-1]++
	level := l.style.levels[n-1]
	var parts []string
	for i := max(0, n-level.display); i < n; i++ {
		v := l.style.levels[i]
		parts = append(parts, numberAs(odtFormat(v.format), v.start+max(l.count[i], 1)-1))
	}
	return level.prefix + strings.Join(parts, ".") + level.suffix
}

func odtFormat(f string) string {
	switch {
	case strings.HasPrefix(f, "一"):
		return "chineseCounting"
	case strings.HasPrefix(f, "壹"):
		return "chineseLegalSimplified"
	case strings.HasPrefix(f, "甲"):
		return "ideographTraditional"
	case strings.HasPrefix(f, "①"):
		return "decimalEnclosedCircle"
	case strings.HasPrefix(f, "１"):
		return "decimalFullWidth"
	}
	return map[string]string{"A": "upperLetter", "a": "lowerLetter", "I": "upperRoman", "i": "lowerRoman"}[f]
}
