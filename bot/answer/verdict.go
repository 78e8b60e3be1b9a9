package answer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/text"
)

// How a question asks for yes or no: whether one may, must, need, gets something,
// or whether it counts.
var (
	asksMay = text.NewPattern(`能不能|可不可以|能否|可以[^，]{0,14}[吗么不吧]$|能[^，]{0,24}[吗么不吧啵]$|[行中成][不吗么吧]|行$|准不准|让不让|给不给` +
		`|[卖报用买领退]得不|让[^，]{1,6}吗$|有份|[得报推评领][得不]?[上到]不|(?:拿|领)得到吗|还(?:给|发|补)[^，]{0,4}[吗不]$|使得|允许`)
	asksMust   = text.NewPattern(`必须|非得|非要|硬性|一定[要得]|强制|都得|是不是[^，]{0,8}(?:得|要)`)
	asksNeed   = text.NewPattern(`要不要|用不用|需不需要|(?:要|得|还用|需要)[^，]{0,14}[吗么吧]$`)
	asksCounts = text.NewPattern(`算不算|算[^，]{0,8}[吗么吧不]$`)
	asksVerb   = text.NewPattern(`(?:发|补|收|罚|扣|退|排|报|填|换|占|查|审|登记)[^，]{0,8}[吗不么]$|排不排|占不占|发不发|收不收|退不退|报不报|查不查|扣不扣|补不补`)
	asksGrant  = text.NewPattern(`有没有[^，]{0,8}(?:补|奖|津贴|钱|份)|有[^，]{0,4}(?:补|奖|津贴|份)[^，]{0,3}[吗么不]$`)
	asksElse   = text.NewPattern(`多少|几[^乎]|谁|时候|哪|怎|咋|为啥|为什么|什么|啥|多久|还是|会不会`)
	twoWays    = text.NewPattern(`能不能|可不可以|行不行|中不中|成不成|要不要|用不用|是不是|算不算|给不给|需不需要|准不准|让不让|对不对|占不占|排不排|发不发|收不收|退不退|报不报` +
		`|查不查|扣不扣|补不补|有没有|得不得|[得]不[到上]?$|[不没]$`)
	asksDenied = text.NewPattern(`不|没|别|未|免`)
)

// sayings are what a stretch of a clause says of an act; one that stands before
// another is taken first.
var sayings = []struct {
	says saying
	re   *text.Pattern
}{
	{notCounted, text.NewPattern(`不(计入|算|视为|包括|占)`)},
	{needless, text.NewPattern(`不需要|不需|无须|无需|不必|不用|不要求|不论是否|可以不|可不|不得要求|免收`)},
	{denied, text.NewPattern(`不得|不能|不可以|不准|不许|严禁|禁止|不予|不再|暂停|不(享受|享有|接受|受理|适用|兼任|参评|参加|作为|列入|纳入|在|属于|兑换|办理|支持|领取|安排|评` +
		`|退|补|奖|换|填|报|收|发|领|排|转|登记|审|查)`)},
	{allowed, text.NewPattern(`可以|允许|准予|也予|仍可|也可|不影响|不冲突|不受[^，]{1,10}限制|继续有效`)},
	{urged, text.NewPattern(`提倡|鼓励|倡导`)},
	{bound, text.NewPattern(`应当|必须|须|一律|方可`)},
}

// saying is what a stretch says of an act.
type saying int

const (
	nothing saying = iota
	notCounted
	needless
	denied
	allowed
	urged
	bound
)

var (
	inAWay     = text.NewPattern(`^(?:在|通过|到|向|凭|按|以|由|从|登录|用|自)`)
	limitsOnly = text.NewPattern(`^(?:拒|限制|要求|妨碍|阻|强|以此|以[^，]{1,12}为由|因|推|拖|少于|低于|超过|早于|晚于)`)
	excepted   = text.NewPattern(`除|例外|才|只有|方可|原则上|确需|特殊|只能|限于|同意|批准|一般|未经|擅自`)
	exceptNext = text.NewPattern(`^(?:但|除|其中)|除外`)
	depends    = text.NewPattern(`(?:的|后|前|时|期间|以上|以下)$`)
	ofNumbers  = text.NewPattern(`[\d一二三四五六七八九十百千万半][\d.]*(?:个|名|人|家|户|周岁|岁|分|元|万|天|日|年|月|%|次|项)`)
)

// saysLittle are the characters that tell no act from another.
const saysLittle = "的了与在其因已也仍即如及和或等由被对于为是有要能不得可以行吗么吧呢啊没我你他她们这那个一就都还会去来上下里把给跟本各每向从"

// How much of an act, of its telling characters, a question has to have for a
// verdict, and how much less another stretch that says otherwise.
const (
	actSaid        = 0.4
	actSaidOfIt    = 0.3 // where what does it is the question's
	subjectSaid    = 0.6
	actAllowed     = 0.75 // for 可以, of which more has to be fulfilled
	subjectAllowed = 0.5
	othersBehind   = 0.6
)

// withVerdict puts the yes or no before an answer that has none, where the stretch
// that it rests on is told.
func (a *Answerer) withVerdict(f found, question string) found {
	if f.status != Answered || f.text == "" || len(f.cited) == 0 {
		return f
	}
	if v := begunByVerdict.FindString(f.lead); v != "" {
		return unlessHollow(f, v)
	}
	asked := yesNo(question)
	if asked == "" {
		return f
	}
	s, sure := a.decisive(question, f.cited[0].text())
	if v := s.answers(asked); sure && v != "" && strings.Contains(f.text, s.piece) {
		f.lead, f.text = v+"。"+f.lead, v+"。"+f.text
	}
	return f
}

var begunByVerdict = text.NewPattern(`^(?:不?[\p{Han}]{1,3}|不能这么说|不一定)[。，]`)

// grounds are what a clause has to say for a verdict that is told of it.
var grounds = map[string][]saying{"不用。": {needless}, "不可以。": {denied}, "可以。": {allowed}, "不是必须。": {urged, allowed}}

// unlessHollow takes a verdict back for which a clause has nothing but a condition
// or the description of a thing.
func unlessHollow(f found, verdict string) found {
	clause, of := f.cited[0].text(), grounds[verdict]
	if of == nil || strings.HasPrefix(clause, verdict) {
		return f
	}
	for _, part := range partsOf(clause) {
		if slices.ContainsFunc(stretchesOf(part), func(s stretch) bool { return slices.Contains(of, s.says) }) {
			return f
		}
	}
	if e := f.cited[0].entry; e != nil && e.Kind == knowledge.EntryAnswer {
		return f
	}
	f.lead, f.text = strings.TrimPrefix(f.lead, verdict), strings.TrimPrefix(f.text, verdict)
	return f
}

func partsOf(clause string) []string {
	return strings.FieldsFunc(clause, func(r rune) bool { return strings.ContainsRune("。；;\n", r) })
}

// decisive gives what a clause says of the act that is asked, and whether that is
// sure: one stretch says one thing of the very act, nothing is excepted, and no
// number decides that the question does not have.
func (a *Answerer) decisive(question, clause string) (best stretch, sure bool) {
	second, said := 0.0, a.sayable(question)
	for _, part := range partsOf(clause) {
		for _, s := range stretchesOf(part) {
			s.rate(said)
			switch {
			case s.near > best.near:
				if s.says != best.says {
					second = max(second, best.near)
				}
				best = s
			case s.says != best.says:
				second = max(second, s.near)
			}
		}
	}
	about := best.does >= actSaid || best.does >= actSaidOfIt && best.names >= subjectSaid
	return best, about && !best.limited && second <= best.near*othersBehind && numbersMet(best.condition+best.own, question)
}

// answers words what a stretch says as the answer to how it was asked.
func (s *stretch) answers(asked string) string {
	may := s.says == allowed && !inAWay.MatchString(s.act) && s.does >= actAllowed
	switch {
	case asksCounts.MatchString(asked):
		if s.says == notCounted {
			return "不算"
		}
	case asksMust.MatchString(asked) && (s.says == urged || may):
		return "不是必须"
	case asksMust.MatchString(asked) && s.says == needless && strings.Contains(s.piece, "要求"):
		return "不是必须"
	case (asksMust.MatchString(asked) || asksNeed.MatchString(asked)) && s.says == needless:
		return "不用"
	case asksGrant.MatchString(asked) && s.says == denied:
		return "没有"
	case asksMay.MatchString(asked) && s.says == denied && !limitsOnly.MatchString(s.act):
		if strings.Contains(asked, "能") {
			return "不能"
		}
		return "不可以"
	case asksNeed.MatchString(asked) && s.says == denied && s.verb != "":
		return "不用"
	case s.verb != "" && utf8.RuneCountInString(s.verb) == 1 && asksVerb.MatchString(asked) && strings.Contains(asked, s.verb):
		return "不" + s.verb
	case asksMay.MatchString(asked) && may && s.names >= subjectAllowed:
		return "可以"
	}
	return ""
}

// stretch is a piece of a clause that says one thing of an act.
type stretch struct {
	says              saying
	piece             string // where it stands
	own, prior        string // what stands before it, in its piece and before that
	act, verb         string // what it says it of; its verb, where the denial is one word with it
	condition         string
	limited           bool    // something is excepted
	near, does, names float64 // how much of it, of the act and of what stands before it the question has
}

// stretchesOf gives those of a part of a clause.
func stretchesOf(part string) []stretch {
	var out []stretch
	prior, condition := "", ""
	pieces := strings.FieldsFunc(part, func(r rune) bool { return strings.ContainsRune("，,：:", r) })
	for i, p := range pieces {
		found := stretch{piece: p, prior: prior, condition: condition, limited: excepted.MatchString(p) || excepted.MatchString(condition)}
		found.limited = found.limited || i+1 < len(pieces) && exceptNext.MatchString(pieces[i+1])
		rest := p
		for _, m := range sayings {
			at := m.re.FindStringSubmatchIndex(rest)
			if at == nil {
				continue
			}
			if found.says != nothing {
				found.says = nothing
				break
			}
			found.says, found.own, found.act = m.says, rest[:at[0]], rest[at[1]:]
			if len(at) > 2 && at[2] >= 0 {
				found.verb, found.act = rest[at[2]:at[3]], rest[at[2]:]
			}
			rest = rest[:at[0]] + "＊" + rest[at[1]:]
		}
		if found.says != nothing && !(i+1 < len(pieces) && onlyIf.MatchString(p)) && !ofAThing(found) {
			if found.act == "" {
				found.act = found.own
			}
			out = append(out, found)
		}
		if prior += p; depends.MatchString(p) || excepted.MatchString(p) && exceptNext.MatchString(p) {
			condition += p
		}
	}
	return out
}

// plain is a text in its normal form without blanks.
func plain(s string) string { return strings.ReplaceAll(index.Normalise(s), " ", "") }

// onlyIf is a condition, which denies nothing itself: 如不能单独建立的.
var onlyIf = text.NewPattern(`^(?:如|若|因|凡|对|属)[^的]*[\p{Han}]+的$|[^的]的$`)

// ofAThing says whether a stretch only tells which thing is meant: 不需要登记的社会组织.
func ofAThing(s stretch) bool {
	return (s.says == needless || s.says == allowed || s.verb != "") && ofThing.MatchString(s.act)
}

var ofThing = text.NewPattern(`^[^的、]{1,8}的[\p{Han}]`)

func (s *stretch) rate(said sayable) {
	var n, m, k int
	var prior float64
	s.does, n = said.share(s.act)
	s.names, m = said.share(s.own)
	prior, k = said.share(s.prior)
	s.near = 2*s.does*float64(n) + s.names*float64(m) + 0.25*prior*float64(k)
	if m == 0 && k > 0 {
		s.names = prior
	}
}

// numbersMet says whether a question itself has every number of a stretch.
func numbersMet(stretch, question string) bool {
	for _, n := range ofNumbers.FindAllString(stretch, -1) {
		if !strings.Contains(question, n) {
			return false
		}
	}
	return true
}

// sayable is what of a clause counts as said by a question: its characters, and
// the words that are near to its own.
type sayable struct {
	text string
	near []string
}

// sayableFrom is how near a word has to be to one of the question's.
const sayableFrom = 0.7

func (a *Answerer) sayable(question string) sayable {
	out := sayable{text: plain(question)}
	for _, w := range index.Cut(out.text, a.thesaurus.Knows) {
		for _, n := range a.thesaurus.Near(w) {
			if n.Weight >= sayableFrom {
				out.near = append(out.near, n.Word)
			}
		}
	}
	return out
}

// share is how much of a stretch a question says, of the best of its pieces where
// it lists several, and how many telling characters it has.
func (q sayable) share(stretch string) (best float64, telling int) {
	pieces := []string{stretch}
	if !ofSomebody.MatchString(stretch) {
		pieces = append(pieces, strings.FieldsFunc(stretch, func(r rune) bool { return strings.ContainsRune("、或", r) })...)
	}
	for _, p := range pieces {
		said, n := q.shareOf(plain(p))
		if telling = max(telling, n); n > 1 || p == stretch {
			best = max(best, said)
		}
	}
	return best, telling
}

// ofSomebody begins a list that what stands before it belongs to.
var ofSomebody = text.NewPattern(`^(?:由|以|对|向|将|因)`)

// shareOf is that of one piece, by its telling characters.
func (q sayable) shareOf(stretch string) (float64, int) {
	covered := stretch
	for _, w := range q.near {
		covered = strings.ReplaceAll(covered, w, strings.Repeat("＊", utf8.RuneCountInString(w)))
	}
	met, all := 0, 0
	for _, r := range covered {
		switch {
		case r == '＊':
			met, all = met+1, all+1
		case unicode.Is(unicode.Han, r) && !strings.ContainsRune(saysLittle, r):
			all++
			met += one(strings.ContainsRune(q.text, r))
		}
	}
	return float64(met) / float64(max(all, 1)), all
}

// yesNo gives the one part of a question that asks for yes or no; "" where none
// does, another thing is asked as well, or it is asked by a denial.
func yesNo(question string) string {
	asked := ""
	if asksElse.MatchString(twoWays.ReplaceAllString(question, "")) {
		return ""
	}
	for _, s := range strings.FieldsFunc(question, func(r rune) bool { return strings.ContainsRune(" ，,。?？;；!！", r) }) {
		s = strings.TrimRight(s, "啊呀呢嘛")
		if !asksMay.MatchString(s) && !asksMust.MatchString(s) && !asksNeed.MatchString(s) &&
			!asksCounts.MatchString(s) && !asksGrant.MatchString(s) && !asksVerb.MatchString(s) {
			continue
		}
		if asked != "" || asksDenied.MatchString(twoWays.ReplaceAllString(s, "")) {
			return ""
		}
		asked = s
	}
	return asked
}
