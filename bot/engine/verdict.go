package engine

import (
	"strings"
	"unicode/utf8"

	"zujian/index"
	"zujian/knowledge"
	"zujian/knowledge/text"
)

var (
	exempting   = text.NewPattern(`除[^，。；,;]{1,30}外|除外|除非|原则上|例外|确需|特殊|只有|方可|才能|经[^，。；,;]{1,14}(?:同意|批准)`)
	narrowing   = text.NewPattern(`^(?:但|其中|确因)|一般`)
	otherAsked  = text.NewPattern(`多少|几|谁|时候|哪|怎么|咋|为啥|为什么|什么|啥`)
	choiceAsked = text.NewPattern(`能不能|可不可以|行不行|中不中|要不要|用不用|是不是|算不算|给不给|需不需要|准不准|让不让|成不成|对不对|归不归|占不占|不$`)
	denialAsked = text.NewPattern(`不|没|别|未`)
	mustAsked   = text.NewPattern(`必须|非得|非要|硬性|一定[要得]|强制|都得|只能|只可以|还是[要得]|得先`)
	needAsked   = text.NewPattern(`要不要|用不用|需不需要|需要.{0,14}[吗不么]$|(?:要|得|还用).{0,12}[吗不么吧]$`)
	permitAsked = text.NewPattern(`能不能|可不可以|可以|[行中]不[行中]?$|行[吗么吧]|能.{0,16}[吗么不啵吧]$|准不准|让不让|能否|允许`)
	countAsked  = text.NewPattern(`算不算|算.{0,8}[吗么吧不]$|占不占`)
	grantAsked  = text.NewPattern(`有没有.{0,8}(?:补|奖|津贴|钱)|(?:发|补|奖).{0,6}[吗么]$`)
	askedIn     = text.NewPattern(mustAsked.String() + "|" + needAsked.String() + "|" + permitAsked.String() + "|" +
		countAsked.String() + "|" + grantAsked.String())
	attached = text.NewPattern(`(?:的|后|前|时|期间|以上|以下)[，：,:]$`)
)

// The least share of a question's words for a verdict.
const (
	aboutIt          = 0.4  // in the entry with its headings and title
	actNamed         = 0.1  // in the segment that has the modality
	actPermitted     = 0.34 // in one that permits or obliges: more has to be fulfilled
	subjectPermitted = 0.7
	conditionMet     = 0.3 // characters of the condition before it
	subjectMet       = 0.4 // and of what stands before the modal word
	clearlyAhead     = 0.6 // how far one that says otherwise has to be behind
)

// verdict answers yes or no where it is sure: one segment has what is asked
// and one modality, nothing is excepted, its condition is the question's own.
// It is empty otherwise: a wrong verdict is far worse than none.
func (c *comparison) verdict(e *knowledge.Entry) string {
	asked, ok := c.q.choice()
	if !ok || exempting.MatchString(e.Text) || strings.HasPrefix(e.After, "但") || strings.HasPrefix(e.After, "除") {
		return ""
	}
	around := strings.Join(e.Path, "。") + "。" + e.Lead + "。" + e.Document.Title
	if c.named(e.Text+"。"+around) < aboutIt*c.total() {
		return ""
	}
	word, best, second, differ := "", decisive{}, 0.0, false
	for _, d := range c.deciding(e) {
		w := said(asked, d.segment, modalityOf(d.segment))
		switch {
		case w == "" && modalityOf(d.segment) != several:
			continue
		case d.named > best.named:
			if w != word && word != "" {
				second, differ = best.named, true
			}
			word, best = w, d
		case w != word:
			second, differ = max(second, d.named), true
		}
	}
	least := actNamed
	if best.modality == permits || best.modality == obliges {
		least = actPermitted
		if modalityOf(e.Text) != best.modality {
			return "" // something is denied beside it
		}
	}
	if differ && best.named < actPermitted*c.total() {
		return "" // the other may be what is asked of
	}
	if word == "" || best.named < least*c.total() || second > clearlyAhead*best.named ||
		narrowing.MatchString(best.segment) || narrowing.MatchString(best.behind) || !c.meets(best) {
		return ""
	}
	return word
}

// choice gives the part of the question that asks yes or no, and false where
// none does, something else is asked too, or it is asked by a denial.
func (q *question) choice() (string, bool) {
	if q.several() {
		return "", false
	}
	asked := ""
	for _, s := range strings.FieldsFunc(q.last, func(r rune) bool { return strings.ContainsRune("，,。 ？?；;", r) }) {
		switch {
		case !askedIn.MatchString(s) && doubled(s) == "" && !strings.HasSuffix(s, "吗") && !strings.HasSuffix(s, "呢"):
		case asked != "":
			return "", false // two questions
		default:
			asked = s
		}
	}
	if asked == "" || !askedIn.MatchString(asked) && doubled(asked) == "" || denialAsked.MatchString(withoutChoice(asked)) {
		return "", false
	}
	return asked, !otherAsked.MatchString(choiceAsked.ReplaceAllString(q.last, ""))
}

// doubled gives what is asked by saying it twice: 排 of 排不排; empty where
// nothing is.
func doubled(s string) string {
	r := []rune(s)
	for i := 1; i+1 < len(r); i++ {
		if r[i] == '不' && r[i-1] == r[i+1] && !strings.ContainsRune("能是要用可会对行准让成中算", r[i-1]) {
			return string(r[i-1])
		}
	}
	return ""
}

// withoutChoice is a question without the words that offer yes or no.
func withoutChoice(s string) string {
	if d := doubled(s); d != "" {
		s = strings.ReplaceAll(s, d+"不"+d, d)
	}
	return choiceAsked.ReplaceAllString(strings.ReplaceAll(s, "有没有", ""), "")
}

// decisive is a segment that has a modality, with what stands around it.
type decisive struct {
	segment  string
	before   string // its condition
	prior    string // all of its part before it that has no modality of its own
	behind   string
	modality modality
	named    float64
}

func (c *comparison) deciding(e *knowledge.Entry) []decisive {
	var out []decisive
	for _, part := range marked(withoutNumber(e.Text), "；。") {
		segments := marked(part, "，：")
		for i, s := range segments {
			d := decisive{segment: s, modality: modalityOf(s), named: c.named(s)}
			if d.modality == none {
				continue
			}
			for k := i - 1; k >= 0 && modalityOf(segments[k]) == none; k-- {
				d.prior = segments[k] + d.prior
				if attached.MatchString(segments[k]) {
					d.before = segments[k] + d.before
				}
			}
			if i+1 < len(segments) {
				d.behind = segments[i+1]
			}
			out = append(out, d)
		}
	}
	if lead := e.Document.Clauses[e.From].Lead; len(out) == 0 && e.Kind == knowledge.EntryItem && lead > 0 {
		if s := e.Document.Clauses[lead-1].Text; anyOf.MatchString(s) && modalityOf(s) == forbids {
			out = append(out, decisive{segment: s, before: withoutNumber(e.Text), prior: withoutNumber(e.Text),
				modality: forbids, named: c.named(e.Text)})
		}
	}
	return out
}

// anyOf tells a lead-in each of whose items is enough by itself.
var anyOf = text.NewPattern(`(?:情形|情况|条件|行为)之一`)

// total is the weight of all the question's words.
func (c *comparison) total() float64 {
	sum := 1e-6
	for i := range c.words {
		sum += c.words[i].weight
	}
	return sum
}

// named is how much of the question's words a stretch has.
func (c *comparison) named(s string) float64 {
	t, sum := index.Compact(s), 0.0
	for i := range c.words {
		sum += c.words[i].weight * c.words[i].presence(t)
	}
	return sum
}

var measuredBy = text.NewPattern(numeral + `(?:个|名|人|家|户|周岁|岁|分|元|万元|天|日|年|月|%)`)

// meets says whether the question itself fulfils the condition of a segment:
// its characters are the question's, its numbers hold for the question's.
func (c *comparison) meets(d decisive) bool {
	if measuredBy.MatchString(d.prior + d.segment) {
		ok := false
		for _, r := range intervals(d.prior + d.segment) {
			for _, n := range c.q.numbers {
				ok = ok || r.unit == n.unit && r.holds(n.value)
			}
		}
		if !ok {
			return false
		}
	}
	least := subjectMet
	if d.modality == permits || d.modality == obliges {
		least = subjectPermitted
	}
	return c.asked(d.before) >= conditionMet && c.asked(subjectOf(d)) >= least
}

// asked is how much of a stretch, by characters, the question has: of the best
// part of it where it names several; 1 where nothing is in it.
func (c *comparison) asked(s string) float64 {
	best := -1.0
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、和或及", r) }) {
		met, all := 0, 0
		t := index.Compact(p)
		for i, r := range t {
			if !strings.ContainsRune("的了与在其因已也仍即如", r) {
				all++
				met += c.hasRune(t, i, r)
			}
		}
		if all > 0 {
			best = max(best, float64(met)/float64(all))
		}
	}
	if best < 0 {
		return 1
	}
	return best
}

var anybody = text.NewPattern(`任何(?:单位|个人|人|组织)?|所有|一切`)

// subjectOf is what stands before the modal word of a segment.
func subjectOf(d decisive) string {
	for _, m := range modalities {
		if m.is == d.modality {
			if at := m.re.FindStringIndex(d.segment); at != nil {
				return anybody.ReplaceAllString(d.segment[:at[0]], "")
			}
		}
	}
	return ""
}

// hasRune is 1 where a character stands in a word that is the question's.
func (c *comparison) hasRune(t string, at int, r rune) int {
	if strings.ContainsRune(c.q.text, r) {
		return 1
	}
	for i := range c.words {
		for _, n := range c.words[i].near {
			if n.Weight < 0.7 {
				continue
			}
			if from := strings.Index(t, n.Word); from >= 0 && from <= at && at+utf8.RuneLen(r) <= from+len(n.Word) {
				return 1
			}
		}
	}
	return 0
}

var (
	neednt     = text.NewPattern(`不需要|不需|无须|无需|不必|不用|可以不|可不|免于|不要求|有权不`)
	grantsNone = text.NewPattern(`不发|不奖补|不补|不享受|不再发放|不领取|不安排[^，。]{0,6}(?:补|奖|资金)`)
	countsIn   = text.NewPattern(`视为|视同|包括|属于|纳入|计入`)
	countsOut  = text.NewPattern(`不视为|不包括|不属于|不纳入|不计入|不记|不占`)
)

// said words a modality as the answer to how it was asked.
func said(q, segment string, m modality) string {
	d := doubled(q)
	switch {
	case d != "" && strings.Contains(segment, "不"+d):
		return "不" + d
	case grantAsked.MatchString(q):
		if grantsNone.MatchString(segment) {
			return "没有"
		}
	case countAsked.MatchString(q):
		if countsOut.MatchString(segment) {
			return "不算"
		}
		if countsIn.MatchString(segment) {
			return "算"
		}
	case mustAsked.MatchString(q):
		switch {
		case m == urges:
			return "不是必须"
		case m == frees && neednt.MatchString(segment):
			return "不用"
		case m == obliges:
			return "要"
		}
	case permitAsked.MatchString(q):
		switch m {
		case forbids:
			return "不可以"
		case permits:
			return "可以"
		}
	case needAsked.MatchString(q):
		switch {
		case m == frees && neednt.MatchString(segment):
			return "不用"
		case m == obliges:
			return "要"
		}
	}
	return ""
}

// carriedBy is what the document says where a verdict is given.
var carriedBy = map[string]*text.Pattern{
	"没有":   grantsNone,
	"不算":   countsOut,
	"算":    countsIn,
	"不是必须": modalities[urges-1].re,
	"不用":   neednt,
	"要":    modalities[obliges-1].re,
	"不可以":  modalities[forbids-1].re,
	"可以":   modalities[permits-1].re,
}

// carried says whether stretches say what a verdict says; of none it is true.
func carried(verdict, spans string) bool {
	if re := carriedBy[verdict]; re != nil {
		return re.MatchString(spans)
	}
	return strings.Contains(spans, verdict)
}
