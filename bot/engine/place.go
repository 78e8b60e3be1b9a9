package engine

import (
	"strings"

	"zujian/knowledge"
	"zujian/knowledge/text"
)

// place is a place of a document that a question names, by what numbers it;
// nil where it names none.
type place map[string]int

var placePatterns = []struct {
	key string
	re  *text.Pattern
}{
	{"article", text.NewPattern(`第([一二三四五六七八九十百零\d]+)条`)},
	{"paragraph", text.NewPattern(`第([一二三四五六七八九十\d]+)款`)},
	{"item", text.NewPattern(`第?[（(]?([一二三四五六七八九十\d]+)[)）]?项`)},
	{"attachment", text.NewPattern(`附件\s*([\d一二三四五六七八九十]+)`)},
	{"part", text.NewPattern(`第([一二三四五六七八九十\d]+)(?:个?部分|大条|章|大?点)`)},
	{"sub", text.NewPattern(`第?[（( ]([一二三四五六七八九十]+)[)） ]`)},
}

// betweenArticles finds an article that was put in later: 第十条之一.
var betweenArticles = text.NewPattern(`条之([一二三四五六七八九十\d]+)`)

var readsPlace = text.NewPattern(`讲|说|是啥|啥内容|写|什么表|啥表|什么$|内容|怎么规定|改了|规定|表|里|是什么|哪`)

func placeOf(text, last string) place {
	p := place{}
	for _, x := range placePatterns {
		m := x.re.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		if n, ok := numberOf(m[1]); ok && n > 0 {
			p[x.key] = int(n)
		}
	}
	if p["article"] > 0 && p["part"] > 0 && !strings.Contains(text, "部分") {
		delete(p, "part") // a chapter says nothing that the article does not
	}
	if p["part"] > 0 && p["article"] > 0 {
		p["number"] = p["article"]
		delete(p, "article")
	}
	if m := betweenArticles.FindStringSubmatch(text); m != nil && p["article"] > 0 {
		if n, ok := numberOf(m[1]); ok {
			p["between"] = int(n)
		}
	}
	if p["sub"] > 0 && (p["item"] == 0 || p["article"] > 0) {
		delete(p, "sub")
	}
	if len(p) == 0 || !readsPlace.MatchString(last) {
		return nil
	}
	return p
}

// placed is where the entries of a section stand, by what numbers it.
type placed map[string]int

var labelKinds = []struct {
	key string
	re  *text.Pattern
}{
	{"article", text.NewPattern(`^第([一二三四五六七八九十百零〇\d]+)条`)},
	{"paragraph", text.NewPattern(`^第([一二三四五六七八九十百零〇\d]+)款`)},
	{"attachment", text.NewPattern(`^附件([一二三四五六七八九十\d]*)`)},
	{"part", text.NewPattern(`^([一二三四五六七八九十]+)、`)},
	{"part", text.NewPattern(`^第([一二三四五六七八九十百零〇\d]+)章`)},
	{"part", text.NewPattern(`^第(\d+)点`)},
	{"sub", text.NewPattern(`^[（(]([一二三四五六七八九十]+)[)）]`)},
	{"number", text.NewPattern(`^(\d{1,3})[.．、]`)},
}

func placedAt(d *knowledge.Document, section int) placed {
	p := placed{}
	for s := section; s >= 0; s = d.Sections[s].Parent {
		for _, l := range labelKinds {
			m := l.re.FindStringSubmatch(d.Sections[s].Label)
			if m == nil || p[l.key] > 0 {
				continue
			}
			if n, ok := numberOf(m[1]); ok {
				p[l.key] = int(n)
			} else {
				p[l.key] = 1
			}
			if b := betweenArticles.FindStringSubmatch(d.Sections[s].Label); b != nil {
				n, _ := numberOf(b[1])
				p["between"] = int(n)
			}
			break
		}
	}
	if p["article"] > 0 && p["paragraph"] == 0 {
		p["paragraph"] = 1
	}
	return p
}

// names says whether a question's place is where an entry stands.
func (p place) names(v *view) bool {
	at, text := v.at, v.entry.Text
	if p["article"] > 0 && p["between"] != at["between"] {
		return false
	}
	for key, n := range p {
		ok := at[key] == n
		switch key {
		case "item":
			ok = at["sub"] == n || at["number"] == n && at["sub"] == 0 || p["article"] == 0 && at["number"] == n
		case "number":
			ok = at["number"] == n && at["sub"] == 0 || at["sub"] == n
		case "attachment":
			ok = ok || strings.Contains(strings.ReplaceAll(text, " ", ""), "附件"+itoa(n)) ||
				v.entry.Kind == knowledge.EntryAttached && strings.HasPrefix(text, itoa(n)+".")
		}
		if !ok {
			return false
		}
	}
	return len(p) > 0
}

func itoa(n int) string { return strings.TrimLeft(string(rune('0'+n/10))+string(rune('0'+n%10)), "0") }
