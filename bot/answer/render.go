package answer

import (
	"fmt"
	"regexp"
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
		out.Text = a.wordUnsure(f.related[:min(mostShown, len(f.related))], f.query)
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

// guessed words what is not sure, or not stated, by what of the nearest sentences
// has to do with the question.
func (a *Answerer) guessed(f found, question string) found {
	if f.text == "" || len(f.related) == 0 {
		return f
	}
	words := a.tellingWords(question)
	near := func(r ref) int { return words.in(r.text() + headingsOf(r.doc, max(r.clause, 0)) + r.doc.Title) }
	first := near(f.related[0])
	switch f.status {
	case Unsure:
		n := 1
		for n < min(mostShown, len(f.related)) && first*5 >= 2*len(words) && near(f.related[n]) >= first {
			n++
		}
		if same := sameGuess(f.text); same != "" {
			f.text = same
			return f
		}
		f.text = a.wordUnsure(f.related[:n], question)
	case NotStated:
		head, _, ok := strings.Cut(f.text, "最接近的是：")
		switch {
		case !ok:
		case first*2 > len(words):
			f.text = sayNotFound + a.wordNearest(f.related[0], question) + "\n" + askOf(f.related[0].doc)
		default:
			f.text = head + "\n" + askOf(f.related[0].doc)
		}
	}
	return f
}

// sameGuess is a list of guesses with the first alone, where the second says the same:
// items of one list.
func sameGuess(text string) string {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 {
		return ""
	}
	body := func(line string) string { return line[len("1. "):strings.LastIndex(line, "（")] }
	if !strings.Contains(lines[1], "（") || !strings.Contains(lines[2], "（") || body(lines[1]) != body(lines[2]) {
		return ""
	}
	return lines[0] + "\n" + lines[1] + "\n" + lines[len(lines)-1]
}

// wordUnsure shows the nearest sentences and says that they may not answer.
func (a *Answerer) wordUnsure(refs []ref, question string) string {
	var b strings.Builder
	one := !several(refs)
	b.WriteString(sayUnsure)
	if one {
		fmt.Fprintf(&b, "（%s）", briefName(refs[0].doc))
	}
	b.WriteString("：")
	for i, r := range refs {
		most, place := laterGuess, r.locator()
		if i == 0 {
			most = longGuess
		}
		if !one {
			place = briefName(r.doc) + place
		}
		fmt.Fprintf(&b, "\n%d. %s（%s）", i+1, a.guess(question, r, most), place)
	}
	b.WriteString("\n" + sayOpen)
	return b.String()
}

// briefName is a document's name without who issues it and that it does.
func briefName(d *knowledge.Document) string {
	title := d.Title
	if m := innerTitle.FindStringSubmatch(title); m != nil {
		title = m[1]
	} else if s := issuing.ReplaceAllString(title, ""); size(s) >= 4 {
		title = s
	}
	if d.Short != "" {
		return d.Short
	}
	return "《" + title + "》"
}

var (
	innerTitle = regexp.MustCompile(`《([^《》]{3,40})》`)
	issuing    = regexp.MustCompile(`^.{0,40}?关于(?:印发|做好|开展)?|的(?:通知|函|公告|通告|意见)$`)
)

// listed is the number that a sentence is listed under.
var listed = regexp.MustCompile(`^\s*(?:(?:序号：\d+；|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[．、]|第[一二三四五六七八九十百零\d]+[章节条]|[一二三四五六七八九十]+、)[\s　]*)+`)

// guess is what of a near sentence a list shows.
func (a *Answerer) guess(question string, r ref, most int) string {
	text := listed.ReplaceAllString(strings.ReplaceAll(r.text(), "\n", ""), "")
	if size(text) <= most {
		return strings.TrimRight(text, "；，;,。")
	}
	if s := a.piecesOf(question, text, most, false); s != "" {
		return s
	}
	return short(text, most)
}

// wordNearest shows the nearest sentence.
func (a *Answerer) wordNearest(r ref, question string) string {
	return sayNear + a.guess(question, r, longGuess) + "（" + briefName(r.doc) + r.locator() + "）。"
}

// askOf says whom to ask.
func askOf(d *knowledge.Document) string {
	if d.Issuer == "" {
		return sayAsk
	}
	return "可以问" + d.Issuer + "。"
}

// short cuts a text for a list at its last mark before a bound, in characters.
func short(s string, most int) string {
	s = strings.ReplaceAll(s, "\n", "")
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	cut := string(r[:most])
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
