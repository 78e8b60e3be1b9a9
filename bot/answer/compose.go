package answer

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/bot/engine"
	"zujian/knowledge"
	"zujian/knowledge/text"
)

const (
	mostShown = 3   // quotations on a small screen
	longText  = 420 // characters of quotations before the rest is left to the list
)

// render puts a resolved question into words and checks them.
func (a *Answerer) render(f found) Answer {
	out := Answer{Status: f.status, Citations: cite(f.cited), Related: cite(f.related), Worded: f.worded != "", Person: f.wantsPerson}
	out.Clauses = names(f.cited)
	out.Lead, out.Basis = f.lead, f.basis
	if f.aside != nil {
		out.Related = append(out.Related, f.aside.cite())
	}
	if f.text != "" {
		out.Text = strings.TrimSpace(f.warn+"\n"+strings.TrimSpace(f.worded+"\n"+f.text)) + tellAside(f.aside) + remark(f)
		return out
	}
	switch f.status {
	case Answered:
		out.Text = a.wordAnswer(f)
	case Unsure:
		out.Text = a.wordUnsure(f.related[:min(mostShown, len(f.related))], f.query)
	case NotStated:
		out.Text = a.wordNotStated(f)
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
	shown := shownRefs(f)
	if r := f.cited[0]; len(f.cited) == 1 && f.say == "" && r.label == "" && f.lead != "" && saysAgain(f.lead, r.shown()) {
		verdict := strings.TrimSuffix(plain(f.lead), plain(r.shown()))
		b.WriteString(strings.TrimPrefix(verdict+"。", "。") + r.shown() + "（" + engine.NameOf(r.doc) + r.locator() + "）") // once is enough
		shown = nil
	} else {
		b.WriteString(a.lead(f))
	}
	for i, r := range shown {
		b.WriteString("\n")
		if len(f.cited) > 1 {
			fmt.Fprintf(&b, "%d. ", i+1)
		}
		if r.label != "" {
			b.WriteString(r.label + "：\n")
		}
		b.WriteString(quote(r, f.whole))
	}
	if n := len(f.cited) - max(1, len(shown)); n > 0 {
		fmt.Fprintf(&b, "\n还有%d处，见%s。", n, places(f.cited[len(f.cited)-n:]))
	}
	b.WriteString(remark(f))
	return b.String()
}

// longestVerdict is how many characters a yes or no has before what it rests on.
const longestVerdict = 6

// saysAgain says whether a first line is a quotation, marks aside, maybe behind a yes
// or no.
func saysAgain(lead, quote string) bool {
	verdict, same := strings.CutSuffix(plain(lead), plain(quote))
	return same && size(verdict) <= longestVerdict
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
	name := engine.NameOf(f.cited[0].doc)
	if f.say != "" {
		return f.say
	}
	if f.lead != "" {
		return f.lead
	}
	if several(f.cited) {
		return saySeveral
	}
	return name + sayWrites
}

// quote gives the words and where they stand. What is shown is a substring of
// the document.
func quote(r ref, whole bool) string {
	text := r.shown()
	if whole {
		text = r.text()
	}
	return "“" + text + "”（" + engine.NameOf(r.doc) + r.locator() + "）"
}

func places(refs []ref) string {
	var out []string
	for _, r := range refs {
		out = append(out, r.locator())
	}
	return strings.Join(out, "、")
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

func (a *Answerer) wordNotStated(f found) string {
	var b strings.Builder
	b.WriteString(f.say)
	switch {
	case len(f.related) == 0 || f.far:
	case quotes(f.say, f.related[0].text()): // once is enough
		b.WriteString("（" + engine.NameOf(f.related[0].doc) + f.related[0].locator() + "）")
	default:
		b.WriteString(sayNear)
		b.WriteString("\n" + quote(f.related[0], false))
	}
	if r := f.other; r != nil {
		fmt.Fprintf(&b, "\n"+sayElsewhere, a.guess(f.query, *r, longGuess), engine.NameOf(r.doc)+r.locator())
	}
	b.WriteString(tellAside(f.aside))
	b.WriteString("\n" + sayAsk)
	return b.String()
}

var quoted = text.NewPattern(`“([^“”]{6,})”`)

// quotes says whether what is said quotes a text already.
func quotes(said, of string) bool {
	return slices.ContainsFunc(quoted.FindAllStringSubmatch(said, -1), func(m []string) bool { return strings.Contains(of, m[1]) })
}

// tellAside tells a digest as one, on lines of its own; nothing where there is none.
func tellAside(x *ref) string {
	if x == nil {
		return ""
	}
	issuer := ""
	if x.doc.Issuer != "" {
		issuer = "，" + x.doc.Issuer
	}
	return fmt.Sprintf("\n"+sayAside, x.doc.Scope, x.text(), x.doc.Name(), issuer, x.doc.Source)
}

// from names the documents of an answer with what a reader weighs them by,
// where it has several.
func from(cited []ref) []ref {
	if !several(cited) {
		return cited
	}
	out := slices.Clone(cited)
	for i := range out {
		if d := out[i].doc; out[i].label == "" {
			out[i].label = origin(d)
		}
	}
	return out
}

func several(cited []ref) bool {
	return slices.ContainsFunc(cited, func(r ref) bool { return r.doc != cited[0].doc })
}

// origin is who issued a document, on what level, and when.
func origin(d *knowledge.Document) string {
	var parts []string
	if d.Issuer != "" {
		parts = append(parts, d.Issuer)
	}
	if l := level(d); l != "" {
		parts = append(parts, l)
	}
	if d.Issued != "" {
		parts = append(parts, longDay(d.Issued))
	}
	return d.Name() + strings.TrimSuffix("（"+strings.Join(parts, "，")+"）", "（）")
}

// levels are read off the issuer's name, the narrowest first.
var levels = []struct {
	name string
	is   *text.Pattern
}{
	{"乡镇街道", text.NewPattern(`镇|乡|街道`)},
	{"县级", text.NewPattern(`[县旗]|[^园开发新自治地社]区(?:委|妇|政|两|司|民|人|总)`)},
	{"市级", text.NewPattern(`市`)},
	{"省级", text.NewPattern(`省|自治区`)},
	{"全国", text.NewPattern(`中共中央|中央|国务院|全国|中华|民政部|司法部|最高`)},
}

// level says on which level a document was issued, where its issuer tells.
func level(d *knowledge.Document) string {
	for _, l := range levels {
		if l.is.MatchString(d.Issuer) {
			return l.name
		}
	}
	return ""
}

var (
	asksNation = text.NewPattern(`全国|国家(?:层面|规定|有没有|要求|政策|怎么)|中央(?:层面|规定|文件|怎么|有没有|要求)|全国统一`)
	locally    = text.NewPattern(`[我本全](?:省|市|县|区|镇|乡|街道)`)
)

const sayLocal = "下面是地方的文件，不是全国的规定。"

// local warns a reader who asks for what holds in the whole country that the
// words were written for one place.
func local(q string, cited []ref) string {
	if !asksNation.MatchString(q) || len(cited) == 0 {
		return ""
	}
	for _, r := range cited {
		if level(r.doc) == "全国" || strings.Contains(r.text(), "全国") {
			return ""
		}
	}
	for _, r := range cited {
		if l := level(r.doc); l != "" || r.doc.Scope != "" || locally.MatchString(r.text()) {
			return sayLocal
		}
	}
	return ""
}

// aside gives the digest of a public rule that a question is about, where the
// documents themselves do not answer. It is told beside the answer and never as
// one: it is another organisation's rule, in our words.
func (a *Answerer) aside(q string) (ref, bool) {
	for _, d := range a.library.Documents {
		if d.Kind != knowledge.Digest || d.Validity != knowledge.InForce {
			continue
		}
		if slices.ContainsFunc(d.About, func(words string) bool { return hasAll(q, words) }) {
			return ref{doc: d, clause: 0}, true
		}
	}
	return ref{}, false
}

// hasAll says whether a text has every word; 甲|乙 stands for either.
func hasAll(q, words string) bool {
	for _, w := range strings.Fields(words) {
		if !slices.ContainsFunc(strings.Split(w, "|"), func(o string) bool { return strings.Contains(q, o) }) {
			return false
		}
	}
	return true
}

// withAside puts the digest behind an answer that the documents do not give.
func (a *Answerer) withAside(f found, q string) found {
	if f.status != NotStated && f.status != OutOfScope {
		return f
	}
	r, ok := a.aside(q)
	if !ok {
		return f
	}
	if f.status == OutOfScope {
		f.status, f.say, f.far, f.searched = NotStated, sayNotOurs, true, false
	}
	f.aside = &r
	return f
}

const (
	sayNotOurs = "这件事手里的文件没有写。"
	sayAside   = "另有一条公开规定的摘编，管的是%s，不是妇联组织的标准：\n%s（%s%s。这是摘编，请核对原文：%s）"
)

// What a cadre reads where no sentence of a document is the answer.
const (
	sayUnreadable    = "这里面没有文字，我看不了。请直接打字问，比如：园区里的企业建妇联归谁管？"
	sayTooLong       = "这段话太长了，我一次只能看一个问题，这一段没有看，也没有保存。请把想问的写成一两句话再发；要我记住的文件，请交给管理员收进文件库。"
	sayUrgent        = "如果有人正处在危险中，请马上打 110。\n妇女维权热线 12338。\n请同时告诉身边的妇联干部或者社区民警，当面找人帮忙，不要只等我的回复。"
	saySecret        = "这里不能谈涉密的内容，我也不会保存。请不要在微信里发带密级的文件，按单位的保密规定处理；已经发出的，请马上撤回并报告保密工作人员。"
	sayTyped         = "您的话里有电话、证件号码或者住址，我没有处理，也不会保存。请去掉号码再问；已经发到群里的，建议撤回。"
	sayPrivate       = "个人的电话、住址、证件和家庭情况，我不掌握，也不提供。请通过单位正常的工作渠道联系。"
	sayOutside       = "这个不在我能答的范围。我只答两新组织组建妇联的事，比如：园区里的企业建妇联归谁管？想按一家单位的情况问，请回“组建”。"
	sayBoth          = "%s里两处都管，没有写谁先谁后："
	sayOnward        = "想按这家单位的情况问下去，请回“组建”。"
	sayWrites        = "里这样写："
	saySeveral       = "几份文件都写到这件事，分别列在下面，没有合在一起："
	sayLikely        = "可能是："
	sayAlso          = "也可能是："
	sayFairlySure    = "没有十分把握，"
	sayNotSure       = "没有把握，"
	sayPerhaps       = "没有把握，可能是这一句：%s（%s）。"
	sayOpenFirst     = "回1看原文。"
	sayLost          = "没有找到说这件事的话。您换个说法再问，或者说说是哪家单位、哪份文件。"
	sayNotFound      = "没有找到直接说这一点的话。"
	sayNotFoundOf    = "没有找到直接说这一点的话（您问的是：%s）。"
	sayNothing       = "%s里没有写到这件事。"
	sayNoOutcome     = "没有写到%s的情况，文件里写的是规定。"
	sayNear          = "最接近的是："
	sayElsewhere     = "别的文件里提到：%s（%s）。"
	sayNoIndex       = "文件的索引这会儿用不上，没有办法查。请稍后再问；一直这样，请告诉管理员。"
	sayUndefined     = "文件里没有解释这个词。"
	sayUnsure        = "没有把握，最接近的是"
	sayOpen          = "回数字看原文。"
	sayAsk           = "请向本级妇联核实。"
	sayAskOthers     = "请问管这件事的部门。"
	sayBlank         = "%s里这个数是空着的，写的是“x”，不是具体数字。"
	sayNoPlace       = "%s里没有您说的这个位置。请看一下是第几点、第几句。"
	sayNoneListed    = "上面没有编号可选。您想问什么，直接打字。"
	sayFewListed     = "上面只列了%d条。"
	sayOutsideToo    = "手里的文件没有写到这件事，我答不了。换个说法，或者说说是哪份文件，再问一次。"
	sayNoBefore      = "前面还没有引过原话。请先问一个问题，再让我念原文。"
	sayNoReason      = "文件里只这样写了，没有写为什么。"
	sayNothingBefore = "前面还没有说到哪件事。您想问什么，直接打字，比如：园区里的企业建妇联归谁管？"
)
