package dialog

import (
	"regexp"
	"strconv"
	"strings"

	"zujian/knowledge/rule"
)

// Unit is one of several organisations told of in one message.
type Unit struct {
	Facts rule.Facts `json:"facts"`
	Line  string     `json:"line"` // who pushes and guides, the form, and what is missing
	Push  []string   `json:"push"`
	Guide []string   `json:"guide"`
	Form  []string   `json:"form"`
}

const (
	mostUnits = 5 // more are for a ledger
	mostLine  = 90
)

var (
	numbered  = regexp.MustCompile(`(?:^|[\n；;。，, ])\s*(?:[（(]?[0-9]{1,2}[)）.、．]|[①②③④⑤⑥⑦⑧⑨]|第[一二三四五六七八九]家(?:是|：|:)?|[一二三四五六七八九]是)`)
	contrast  = regexp.MustCompile(`(?:^|[，,。；;])\s*(?:有)?(?:一家|一个)是|(?:[，,。；;]|^)?(?:另外?|还有)(?:一家|一个)(?:是)?|[，,。；;](?:一家|一个)是`)
	together  = regexp.MustCompile(`一起|合建|联合|共同|一块|抱团|合着`)
	lineBreak = regexp.MustCompile(`\n+`)
)

// Several takes a message apart that tells of more than one organisation: by
// lines, by numbers, or by 一个是……另一个是……. It gives nil where it tells of one,
// also of one that is made up of several.
func Several(b *rule.Book, message string) []Unit {
	for _, by := range []*regexp.Regexp{lineBreak, numbered, contrast} {
		if parts := tellEach(b, by.Split(message, -1)); len(parts) > 1 {
			if together.MatchString(message) && by != lineBreak && by != numbered {
				return nil
			}
			return units(b, parts)
		}
	}
	return nil
}

// tellEach gives the readings of the parts where each of them names a kind and
// says something of it; an opening without any fact is left out.
func tellEach(b *rule.Book, parts []string) []rule.Reading {
	var out []rule.Reading
	for i, p := range parts {
		if p = strings.TrimSpace(p); p == "" {
			continue
		}
		r := b.Read(p)
		switch {
		case r.Facts["kind"] != "" && len(r.Facts) > 1:
			out = append(out, r)
		case i == 0 && r.Facts["kind"] == "":
		default:
			return nil
		}
	}
	return out
}

func units(b *rule.Book, readings []rule.Reading) []Unit {
	var out []Unit
	for _, r := range readings {
		d := rule.Decide(b, r.Facts)
		out = append(out, Unit{Facts: r.Facts, Line: unitLine(b, r.Facts, d), Push: d.Push, Guide: d.Guide, Form: d.Form})
	}
	return out
}

func unitLine(b *rule.Book, f rule.Facts, d rule.Recommendation) string {
	name := b.ValueName("kind", f["kind"])
	if d.Status == rule.OutOfScope {
		return name + "：不在两新组织里，问本级妇联。"
	}
	var parts []string
	for _, l := range d.Lines {
		if l.Layer != "owner" && l.Layer != "head" {
			parts = append(parts, l.Name+l.Text)
		}
	}
	line := name + "：" + strings.Join(parts, "；") + "。"
	if len([]rune(line)) > mostLine {
		line = name + "：推动" + orAsk(b, d.Push) + "；指导" + orAsk(b, d.Guide) + "；形式" + orAsk(b, d.Form) + "。"
	}
	if len(d.Unknown) > 0 {
		f, _ := b.Fact(d.Unknown[0])
		line += "还差：" + f.Name + "。"
	}
	return line
}

func orAsk(b *rule.Book, results []string) string {
	if len(results) == 0 {
		return "讲话没有写"
	}
	var out []string
	for _, r := range results {
		out = append(out, b.Say(r))
	}
	return strings.Join(out, "或")
}

// tellSeveral answers a message that tells of several organisations, a line
// each; the number of one goes on with it alone.
func (m *Machine) tellSeveral(s Session, all []Unit) (Session, Reply) {
	if len(all) > mostUnits {
		return s, Reply{Text: "一次说了" + strconv.Itoa(len(all)) + "家，用台账更快：做成一张表（单位名称、类型、园区、党组织、女职工数各一列），发来一次全看。一家一家问，请先说一家。"}
	}
	out := []string{"您说了" + strconv.Itoa(len(all)) + "家，分开看："}
	for i, u := range all {
		out = append(out, strconv.Itoa(i+1)+". "+u.Line)
		s.Units = append(s.Units, u.Facts)
	}
	return s, Reply{Text: lines(append(out, "要细问哪一家，请回它的编号。")...)}
}

// pickUnit goes on with one of the organisations that were told of together.
func (m *Machine) pickUnit(s Session, text string) (Session, Reply, bool) {
	n, ok := choice(bare(text))
	if !ok || n > len(s.Units) {
		s.Units = nil
		return s, Reply{}, false
	}
	t := m.about(s.Units[n-1], s.At)
	t, r := m.put(t, "好的，看第"+strconv.Itoa(n)+"家："+m.Book.Describe(s.Units[n-1])+"。")
	return t, r, true
}
