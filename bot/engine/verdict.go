package engine

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"zujian/knowledge"
)

// modality is how binding a stretch is.
type modality int

const (
	none modality = iota
	forbids
	frees   // it need not be, or does not matter
	obliges
	permits
	urges   // 提倡, 鼓励
	several // more than one of these
)

var modalities = []struct {
	is modality
	re *regexp.Regexp
}{
	{forbids, regexp.MustCompile(`不领取|不领|不得|不能|不可以|不准|不许|严禁|禁止|不予|不再|不享受|不接受|不受理|不发|不安排|不列入|不属于|不适用|不纳入|不计入|不占|不兼任|不参加|不退|不办理|不补|不报销|不视为|不在.{0,4}范围|不作|不奖补|不享有|不支持|不收|暂不|不记|不评|不排|不转`)},
	{frees, regexp.MustCompile(`不需要|不需|无须|无需|不必|不用|可以不|可不|不受.{0,14}限制|不影响|自愿|均可|免于|不要求|有权不`)},
	{obliges, regexp.MustCompile(`应当|必须|须|一律|方可|才能|应(?:在|于|按|由|向|提|先|附)`)},
	{permits, regexp.MustCompile(`可以|可(?:按|由|在|向|申|报|凭|用|直|享|参|先|兼)|允许|准予|有权|予以受理|也予受理`)},
	{urges, regexp.MustCompile(`提倡|鼓励|倡导`)},
}

// modalityOf gives the one modality of a stretch.
func modalityOf(s string) modality {
	got := none
	for _, m := range modalities {
		if !m.re.MatchString(s) {
			continue
		}
		if got != none {
			return several
		}
		got = m.is
		s = m.re.ReplaceAllString(s, "＊") // 不得 is no 得, 可以不 no 可以
	}
	return got
}

var (
	exempting   = regexp.MustCompile(`除[^，。；]{1,30}外|除外|原则上|一般|确需|特殊|例外|但|只有|仅|方可|才能|经.{1,14}(?:同意|批准)`)
	otherAsked  = regexp.MustCompile(`多少|几|谁|什么时候|啥时候|哪|怎么|咋|为啥|为什么|什么|啥`)
	choiceAsked = regexp.MustCompile(`能不能|可不可以|行不行|要不要|用不用|是不是|算不算|给不给|需不需要|准不准|让不让|成不成|对不对|归不归|占不占|[吗么]?不$|不[?？]`)
	denialAsked = regexp.MustCompile(`不|没|别|未`)
	mustAsked   = regexp.MustCompile(`必须|非得|非要|硬性|一定[要得]|强制|都得|只能|只可以|还是[要得]|得先`)
	needAsked   = regexp.MustCompile(`要不要|用不用|需不需要|需要.{0,14}(?:吗|不|么)$|还?[要得].{0,12}(?:吗|不|么|吧)$`)
	permitAsked = regexp.MustCompile(`能不能|可不可以|可以|行不行|[中行成]不$|行[吗么吧]|能.{0,16}[吗么不啵吧]$|准不准|让不让|能否|允许`)
	countAsked  = regexp.MustCompile(`算不算|算.{0,8}[吗么吧不]$|占不占|记不|计不`)
)

// The least share of a question's words that the stretch with the modality has,
// and that it has with the condition before it.
const (
	actNamed     = 0.34
	wholeNamed   = 0.6
	conditionMet = 0.5
)

// verdict answers yes or no where it is sure: one segment has what is asked
// and one modality, nothing is excepted, every condition is the question's own.
// It is empty otherwise: a wrong verdict is far worse than none.
func (c *comparison) verdict(e *knowledge.Entry) string {
	q := strings.TrimRight(c.q.last, "?？。 ")
	if !c.q.yesNo || c.q.several() || otherAsked.MatchString(choiceAsked.ReplaceAllString(q, "")) {
		return ""
	}
	if denialAsked.MatchString(choiceAsked.ReplaceAllString(q, "")) {
		return ""
	}
	segment, before, ok := c.decisive(e)
	if !ok || !c.meets(before, segment) {
		return ""
	}
	return said(q, segment, modalityOf(segment))
}

// decisive gives the segment of an entry that speaks of what is asked, and
// what stands before it in its part.
func (c *comparison) decisive(e *knowledge.Entry) (segment, before string, ok bool) {
	text := withoutNumber(e.Text)
	if exempting.MatchString(text) || exempting.MatchString(firstOf(e.After, 12)) && strings.HasPrefix(e.After, "但") {
		return "", "", false
	}
	total, best := 1e-6, 0.0
	for i := range c.words {
		total += c.words[i].weight
	}
	for _, part := range marked(text, "；。") {
		segments := marked(part, "，：")
		for i, s := range segments {
			if m := modalityOf(s); m == none {
				continue
			}
			v := c.named(s) / total
			if v > best {
				best, segment, before = v, s, strings.Join(segments[:i], "")
			}
		}
	}
	return segment, before, best >= actNamed && c.named(before+segment)/total >= wholeNamed
}

// named is how much of the question's words a stretch has.
func (c *comparison) named(s string) float64 {
	t, sum := plainOf(s).text, 0.0
	for i := range c.words {
		sum += c.words[i].weight * c.words[i].presence(t)
	}
	return sum
}

var numbered = regexp.MustCompile(numeral + `(?:个|名|人|家|户|周岁|岁|分|元|万元|天|日|年|月|%)`)

// meets says whether the question itself fulfils what stands before the
// segment: its words are the question's, its numbers hold for the question's.
func (c *comparison) meets(before, segment string) bool {
	if numbered.MatchString(before + segment) {
		ok := false
		for _, r := range intervals(before + segment) {
			for _, n := range c.q.numbers {
				ok = ok || r.unit == n.unit && r.holds(n.value)
			}
		}
		if !ok {
			return false
		}
	}
	if before == "" {
		return true
	}
	met, all := 0, 0
	for w := range strings.SplitSeq(before, "，") {
		t := plainOf(w).text
		for i, r := range t {
			if strings.ContainsRune("的了和与或在", r) {
				continue
			}
			all += 1
			met += c.hasRune(t, i, r)
		}
	}
	return all == 0 || float64(met)/float64(all) >= conditionMet
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
	countsIn  = regexp.MustCompile(`视为|视同|包括|属于|纳入|计入`)
	countsOut = regexp.MustCompile(`不视为|不包括|不属于|不纳入|不计入|不记|不占`)
)

// said words a modality as the answer to how it was asked.
func said(q, segment string, m modality) string {
	switch {
	case countAsked.MatchString(q):
		if countsOut.MatchString(segment) {
			return "不算"
		}
		if countsIn.MatchString(segment) {
			return "算"
		}
	case mustAsked.MatchString(q):
		switch m {
		case urges:
			return "不是必须"
		case frees:
			return "不用"
		case obliges:
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
		switch m {
		case frees:
			return "不用"
		case obliges:
			return "要"
		}
	}
	return ""
}

// carriedBy is what the document says where a verdict is given.
var carriedBy = map[string]*regexp.Regexp{
	"不算":   countsOut,
	"算":    countsIn,
	"不是必须": modalities[urges-1].re,
	"不用":   modalities[frees-1].re,
	"要":    modalities[obliges-1].re,
	"不可以":  modalities[forbids-1].re,
	"可以":   modalities[permits-1].re,
}
