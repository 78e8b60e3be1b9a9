package answer

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"zujian/knowledge"
)

const (
	mostShown = 3   // quotations on a small screen
	longText  = 420 // characters of quotations before the rest is left to the list
)

// render puts a resolved question into words and checks them.
func (a *Answerer) render(f found) Answer {
	out := Answer{Status: f.status, Citations: cite(f.cited), Related: cite(f.related), Worded: f.worded != ""}
	out.Clauses = names(f.cited)
	out.Lead, out.Basis = f.lead, f.basis
	if f.aside != nil {
		out.Related = append(out.Related, f.aside.cite())
	}
	if f.text != "" {
		out.Text = strings.TrimSpace(f.warn+"\n"+strings.TrimSpace(f.worded+"\n"+f.text)) + remark(f)
		return out
	}
	switch f.status {
	case Answered:
		out.Text = a.wordAnswer(f)
	case Unsure:
		out.Text = wordUnsure(f)
	case NotStated:
		out.Text = wordNotStated(f)
	default:
		out.Text = f.say
	}
	return out
}

func cite(refs []ref) []knowledge.Citation {
	out := make([]knowledge.Citation, 0, len(refs))
	for _, r := range refs {
		out = append(out, r.cite())
	}
	return out
}

func names(refs []ref) []string {
	out := make([]string, 0, len(refs))
	for _, r := range refs {
		out = append(out, fmt.Sprintf("%s#%d", r.doc.ID, r.clause))
	}
	return out
}

func (a *Answerer) wordAnswer(f found) string {
	if f.bare {
		return f.say
	}
	f.cited = from(f.cited)
	var b strings.Builder
	if f.warn != "" {
		b.WriteString(f.warn + "\n")
	}
	if f.worded != "" {
		b.WriteString(f.worded + "\n")
	}
	b.WriteString(a.lead(f))
	for i, r := range shownRefs(f) {
		b.WriteString("\n")
		if len(f.cited) > 1 {
			fmt.Fprintf(&b, "%d. ", i+1)
		}
		if r.label != "" {
			b.WriteString(r.label + "：\n")
		}
		b.WriteString(quote(r, f.whole))
	}
	if n := len(f.cited) - len(shownRefs(f)); n > 0 {
		fmt.Fprintf(&b, "\n还有%d处，见%s。", n, places(f.cited[len(f.cited)-n:]))
	}
	b.WriteString(remark(f))
	if f.hint != "" {
		b.WriteString("\n" + f.hint)
	}
	return b.String()
}

// remark is what a reader has to know of the document an answer is from. What is
// known of one that ships is said once a conversation, at its first question.
func remark(f found) string {
	if f.status != Answered || len(f.cited) == 0 {
		return ""
	}
	d := f.cited[0].doc
	if d.Shipped && !f.first || d.Note == "" {
		return ""
	}
	return "\n" + d.Note
}

// shownRefs cuts the list where the screen would be full; the first always
// stands.
func shownRefs(f found) []ref {
	n := 0
	for i, r := range f.cited {
		n += utf8.RuneCountInString(r.shown())
		if i > 0 && (n > longText || i >= max(mostShown, headings(f.cited))) {
			return f.cited[:i]
		}
	}
	return f.cited
}

// headings counts short ones, of which a screen takes more.
func headings(refs []ref) int {
	n := 0
	for _, r := range refs {
		if utf8.RuneCountInString(r.shown()) <= 25 {
			n++
		}
	}
	return n
}

func (a *Answerer) lead(f found) string {
	name := f.cited[0].doc.Name()
	if f.say != "" {
		return f.say
	}
	if f.lead != "" {
		return f.lead
	}
	if several(f.cited) {
		return saySeveral
	}
	return name + "里这样写："
}

// quote gives the words and where they stand. What is shown is a substring of
// the document.
func quote(r ref, whole bool) string {
	text := r.shown()
	if whole {
		text = r.text()
	}
	return "“" + text + "”（" + r.doc.Name() + r.locator() + "）"
}

func places(refs []ref) string {
	var out []string
	for _, r := range refs {
		out = append(out, r.locator())
	}
	return strings.Join(out, "、")
}

// wordUnsure shows the nearest sentences and says that they may not answer.
func wordUnsure(f found) string {
	var b strings.Builder
	b.WriteString(sayUnsure)
	for i, r := range f.related[:min(mostShown, len(f.related))] {
		fmt.Fprintf(&b, "\n%d. %s（%s%s）", i+1, short(r.text()), r.doc.Name(), r.locator())
	}
	b.WriteString("\n" + sayOpen)
	return b.String()
}

// longestNear is how many characters of a near sentence a list shows.
const longestNear = 70

// short cuts a text for a list at its last mark before the bound.
func short(s string) string {
	s = strings.ReplaceAll(s, "\n", "")
	r := []rune(s)
	if len(r) <= longestNear {
		return s
	}
	cut := string(r[:longestNear])
	if i := strings.LastIndexAny(cut, "，；、,;"); i > len(cut)/2 {
		cut = cut[:i]
	}
	return cut + "……"
}

func wordNotStated(f found) string {
	var b strings.Builder
	b.WriteString(f.say)
	if len(f.related) > 0 && !f.far {
		b.WriteString(sayNear)
		b.WriteString("\n" + quote(f.related[0], false))
	}
	if x := f.aside; x != nil {
		d := x.doc
		issuer := ""
		if d.Issuer != "" {
			issuer = "，" + d.Issuer
		}
		fmt.Fprintf(&b, "\n"+sayAside, d.Scope, x.text(), d.Name(), issuer, d.Source)
	}
	b.WriteString("\n" + sayAsk)
	return b.String()
}
