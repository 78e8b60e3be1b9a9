package parse

import (
	"strconv"

	"zujian/knowledge/text"
)

// numbering renders the automatic numbers of a Word document: they are not in
// the text, and citations would lose them. (ECMA-376 part 1, 17.9)
type numbering struct {
	lists  map[string]*list // by numId
	styles map[string]styleNum
}

// list is one abstract definition with its counters; all the numIds on it
// count together, as Word does, unless one restarts it.
type list struct {
	levels [9]level
	count  *[9]int
	start  map[int]int // this numId's own starts, each used once
}

type level struct {
	start  int
	format string
	text   string
}

type styleNum struct{ id, level, based string }

type numberingXML struct {
	Abstract []struct {
		ID     string     `xml:"abstractNumId,attr"`
		Levels []levelXML `xml:"lvl"`
	} `xml:"abstractNum"`
	Num []struct {
		ID       string `xml:"numId,attr"`
		Abstract value  `xml:"abstractNumId"`
		Override []struct {
			Level string    `xml:"ilvl,attr"`
			Start *value    `xml:"startOverride"`
			Own   *levelXML `xml:"lvl"`
		} `xml:"lvlOverride"`
	} `xml:"num"`
}

type levelXML struct {
	Level  string `xml:"ilvl,attr"`
	Start  value  `xml:"start"`
	Format value  `xml:"numFmt"`
	Text   value  `xml:"lvlText"`
}

type stylesXML struct {
	Style []struct {
		ID    string              `xml:"styleId,attr"`
		Based value               `xml:"basedOn"`
		P     paragraphProperties `xml:"pPr"`
	} `xml:"style"`
}

// readNumbering reads the parts that say how to number; a document without
// them has no automatic numbers.
func readNumbering(a *archive) *numbering {
	n := &numbering{lists: map[string]*list{}, styles: map[string]styleNum{}}
	var x numberingXML
	if data, err := a.read("word/numbering.xml"); err == nil && newXML(data).Decode(&x) == nil {
		n.define(x)
	}
	var s stylesXML
	if data, err := a.read("word/styles.xml"); err == nil && newXML(data).Decode(&s) == nil {
		for _, st := range s.Style {
			sn := styleNum{based: st.Based.Val}
			if st.P.Num != nil {
				sn.id, sn.level = st.P.Num.ID.Val, st.P.Num.Level.Val
			}
			n.styles[st.ID] = sn
		}
	}
	return n
}

func (n *numbering) define(x numberingXML) {
	abstract := map[string]*list{}
	for _, a := range x.Abstract {
		l := &list{count: new([9]int)}
		for _, v := range a.Levels {
			l.set(v)
		}
		abstract[a.ID] = l
	}
	for _, m := range x.Num {
		base := abstract[m.Abstract.Val]
		if base == nil {
			continue
		}
		own := &list{levels: base.levels, count: base.count, start: map[int]int{}}
		for _, o := range m.Override {
			if o.Own != nil {
				own.set(*o.Own)
			}
			if i, ok := levelIndex(o.Level); ok && o.Start != nil {
				own.start[i], _ = strconv.Atoi(o.Start.Val)
			}
		}
		n.lists[m.ID] = own
	}
}

func levelIndex(s string) (int, bool) {
	if s == "" {
		return 0, true
	}
	i, err := strconv.Atoi(s)
	return i, err == nil && i >= 0 && i < 9
}

func (l *list) set(v levelXML) {
	i, ok := levelIndex(v.Level)
	if !ok {
		return
	}
	start, err := strconv.Atoi(v.Start.Val)
	if err != nil {
		start = 1
	}
	l.levels[i] = level{start: start, format: v.Format.Val, text: v.Text.Val}
}

// next gives the number of the next paragraph with this style, list and level,
// or "" where it has none. numId 0 switches a style's number off.
func (n *numbering) next(style, id, lvl string) string {
	for hops := 0; id == "" && style != "" && hops < 10; hops++ {
		s := n.styles[style]
		if id = s.id; lvl == "" {
			lvl = s.level
		}
		style = s.based
	}
	l := n.lists[id]
	i, ok := levelIndex(lvl)
	if l == nil || !ok {
		return ""
	}
	l.step(i)
	return l.render(i)
}

// step counts level i on, and starts the levels under it again. A count of 0
// means not begun; n means start+n-1.
func (l *list) step(i int) {
	l.count[i]++
	if s, ok := l.start[i]; ok {
		l.count[i] = s - l.levels[i].start + 1
		delete(l.start, i)
	}
	for j := i + 1; j < 9; j++ {
		l.count[j] = 0
	}
}

var levelRef = text.NewPattern(`%[1-9]`)

func (l *list) render(i int) string {
	if f := l.levels[i].format; f == "bullet" || f == "none" {
		return ""
	}
	label := levelRef.ReplaceAllStringFunc(l.levels[i].text, func(ref string) string {
		j := int(ref[1] - '1')
		return numberAs(l.levels[j].format, l.levels[j].start+max(l.count[j], 1)-1)
	})
	if label != "" && !text.EndsAny(label, ".", ")", "、", "）", "．") {
		label += "　"
	}
	return label
}
