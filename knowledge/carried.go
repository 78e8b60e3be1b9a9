package knowledge

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"zujian/knowledge/text"
)

// Carried says what a line states that the spans do not carry; nil where they
// carry all of it. A line may leave words out of a span and add those of a small
// vocabulary that states nothing. What it takes over it takes over in the span's
// own order, sentence by sentence (at 。 and ；) from one span each, with every
// number and its unit, date, body, modal word and negation, and with what limits
// the words taken: 一般, 可以, 除…外, the condition before them, the 但 behind.
// Numbers are the same in any writing. Brackets that limit nothing may go, and
// so may items of a list that ends in 等 and names bodies or things.
//
// Verdicts (是, 不是, 不可以, 不是必须 …) stand only where the caller answers for
// them: vouched are those it does. The error is Chinese and names what is amiss.
func Carried(line string, spans []string, vouched ...string) error {
	l := carriedLine{line: line}
	for _, s := range spans {
		for _, form := range bracketForms(comparedForm(s)) {
			l.forms = append(l.forms, []rune(form))
		}
	}
	l.taken = make([][]stretch, len(l.forms))
	stated := false
	for _, sentence := range strings.Split(noBrackets.Replace(comparedForm(line)), "。") {
		segments := strings.FieldsFunc(sentence, func(r rune) bool { return r == ';' })
		for i, s := range segments {
			said, err := l.take(s, segments[i+1:], vouched)
			if err != nil {
				return err
			}
			stated = stated || said
		}
	}
	if !stated {
		return errors.New("这句话没有说什么")
	}
	return l.limits()
}

// carriedLine is a line on its way: what of each form of a span it took.
type carriedLine struct {
	line   string // as it was written
	forms  [][]rune
	taken  [][]stretch // by form, of all sentences
	placed [][]placing // by sentence, the forms that carry it
}

type stretch struct{ from, to int } // of a form, in characters

type placing struct {
	form  int
	taken []stretch
}

// take finds the forms that carry a sentence; said is false where it states
// nothing.
func (l *carriedLine) take(s string, later []string, vouched []string) (said bool, err error) {
	if topic, ok := absent(s); ok {
		return true, l.mayBeAbsent(topic)
	}
	if m := onlyAbout.FindStringSubmatch(s); m != nil && l.names(m[1]) {
		return true, nil
	}
	var best fault
	for _, reading := range l.readings(s, later, vouched) {
		switch {
		case reading == "":
			return false, nil
		case verdicts.MatchString(reading):
			return true, l.mayBeSaid(reading, vouched)
		}
		var at []placing
		for f, form := range l.forms {
			taken, why := align([]rune(reading), form)
			if taken == nil {
				taken = responsible(reading, form)
			}
			if taken == nil {
				best = best.or(why)
				continue
			}
			at = append(at, placing{f, taken})
			l.taken[f] = append(l.taken[f], taken...)
		}
		if len(at) > 0 {
			l.placed = append(l.placed, at)
			return true, nil
		}
	}
	return false, l.amiss(s, best)
}

// onlyAbout says which thing a sentence before it is about.
var onlyAbout = text.NewPattern(`^只?(?:说|讲|指|写)的(?:只?是|都是)([\p{Han}]{2,12})$`)

// names says whether a span has a thing by these words.
func (l *carriedLine) names(thing string) bool {
	return !restricts.MatchString(thing) && slices.ContainsFunc(l.forms, func(f []rune) bool { return strings.Contains(string(f), thing) })
}

// mayBeSaid fails for a verdict that stands alone where nobody answers for it and
// no span says it so.
func (l *carriedLine) mayBeSaid(verdict string, vouched []string) error {
	alone := text.NewPattern(`(?:^|[,;。])` + verdict + `(?:$|[,;。])`)
	if slices.Contains(vouched, verdict) || slices.ContainsFunc(l.forms, func(f []rune) bool { return alone.MatchString(string(f)) }) {
		return nil
	}
	return fmt.Errorf("“%s”要有人担保才能说", verdict)
}

// readings are what a sentence may state: itself, without the verdicts that are
// answered for, without words that state nothing, without a label before ':'.
func (l *carriedLine) readings(s string, later, vouched []string) []string {
	out := []string{s}
	add := func(r string) {
		if r = strings.Trim(r, ",:、"); r != out[len(out)-1] {
			out = append(out, r)
		}
	}
	add(withoutVerdicts(s, vouched))
	add(ownWords.ReplaceAllString(out[len(out)-1], ""))
	if label, rest, ok := strings.Cut(out[len(out)-1], ":"); ok && l.isLabel(label, rest, later) {
		add(rest)
	}
	return out
}

func withoutVerdicts(s string, vouched []string) string {
	for _, v := range vouched {
		v = comparedForm(v)
		if !verdicts.MatchString(v) {
			continue
		}
		if rest, ok := strings.CutPrefix(s, v); ok && (rest == "" || strings.ContainsAny(rest[:1], ",:")) {
			s = rest
		} else if rest, ok := strings.CutSuffix(s, v); ok {
			s = rest
		}
	}
	return s
}

// isLabel says whether what stands before a colon only names what follows: a
// word of the program's own, or how many follow (四个带, 两个负责). A label of the
// document's own words is carried like the rest or not at all.
func (l *carriedLine) isLabel(label, rest string, later []string) bool {
	m := leadingCount.FindStringSubmatch(label)
	if m == nil {
		return ownLabel.MatchString(label)
	}
	if n, _ := strconv.Atoi(m[1]); n != len(later)+1 && n != strings.Count(rest, ",")+1 && n != strings.Count(rest, "、")+1 {
		return false
	}
	return ownLabel.MatchString(m[2]) || slices.ContainsFunc(l.forms, func(f []rune) bool { return strings.Contains(string(f), m[2]) })
}

var (
	leadingCount = text.NewPattern(`^(\d+)(?:个|条|种|项|点|类|句|处|样|步|件)([\p{Han}]{0,6})$`)
	ownLabel     = text.NewPattern(`^(?:事|条件|材料|程序|步骤|时间|金额|标准|对象|范围|责任|分工|形式|情况|办法|依据|要点|要求|意义|内容|例外|注意)?$`)
)

// absent gives the topic of a sentence that says that something is not written.
func absent(s string) (topic string, ok bool) {
	m := notWritten.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	return m[1], true
}

var notWritten = text.NewPattern(`^(?:讲话|文件|原文|通知|办法|规定|这份材料)?(?:里|中)?(?:都|也|还)?没有?写(?:明|到|过)?(.{0,30})$`)

// longestCommon is how many characters of a topic that is said to be absent may
// stand in a span: 人数 does where 人数标准 does not.
const longestCommon = 3

// mayBeAbsent fails where the spans do have what is said not to be written, or
// where more is said than that.
func (l *carriedLine) mayBeAbsent(topic string) error {
	if strings.ContainsAny(topic, ",:") || binds.MatchString(topic) || verdicts.MatchString(topic) {
		return fmt.Errorf("“没有写”后面多说了：“%s”", topic)
	}
	for _, f := range l.forms {
		whole := text.NewPattern(`(?:^|[,;:。])` + regexp.QuoteMeta(topic) + `(?:$|[,;:。])`)
		held := utf8.RuneCountInString(topic) > longestCommon && strings.Contains(string(f), topic)
		if topic != "" && (held || whole.MatchString(string(f))) {
			return fmt.Errorf("“%s”原文写了", topic)
		}
	}
	return nil
}

// responsible reads 由…负责, in the program's own words: whoever is named does
// something about it in the form.
func responsible(s string, form []rune) []stretch {
	m := bySomebody.FindStringSubmatch(s)
	if m == nil {
		return nil
	}
	taken, _ := align([]rune(m[1]), form)
	if taken == nil {
		return nil
	}
	before, behind := string(form[:taken[0].from]), string(form[taken[len(taken)-1].to:])
	if !opensPart.MatchString(before) || !acts.MatchString(behind) {
		return nil
	}
	return taken
}

var (
	bySomebody = text.NewPattern(`^由(.+)负责$`)
	opensPart  = text.NewPattern(`(?:^|[,;。:]|由)$`)
	acts       = text.NewPattern(`^,?(?:要|将)?(?:负责|牵头|统筹|指导|推动|协调|承担|直接|切实|加强|具体|是.{0,8}责任)`)
)

// limits fails where what limits the words taken was left behind in the parts
// beside them by every form that carries them.
func (l *carriedLine) limits() error {
	for _, at := range l.placed {
		why := ""
		for _, p := range at {
			if why = limitBeside(l.forms[p.form], p.taken, l.taken[p.form]); why == "" {
				break
			}
		}
		if why != "" {
			return fmt.Errorf("少了原文的“%s”", why)
		}
	}
	return nil
}

// amiss words what a sentence states that no span carries: what is not in them
// at all comes first.
func (l *carriedLine) amiss(s string, best fault) error {
	all := ""
	for _, f := range l.forms {
		all += string(f) + ";"
	}
	for _, kind := range []struct {
		name string
		find *text.Pattern
	}{{"数字", numberWithUnit}, {"单位", body}, {"要求", binds}, {"否定", denies}} {
		for _, m := range kind.find.FindAllString(s, -1) {
			if !strings.Contains(all, m) {
				return fmt.Errorf("%s“%s”原文没有", kind.name, l.asWritten(m))
			}
		}
	}
	if best.lost != "" {
		return fmt.Errorf("少了原文的“%s”", best.lost)
	}
	return fmt.Errorf("“%s”原文没有这样写", string([]rune(s)[min(best.at, utf8.RuneCountInString(s)):]))
}

var writtenNumber = text.NewPattern(`[\d` + chineseDigits + `][\d.` + chineseDigits + `]*(?:%|[\p{Han}])?`)

// asWritten gives words of the compared form with their number as the line has it:
// 2万元, not 20000元.
func (l *carriedLine) asWritten(words string) string {
	for _, m := range writtenNumber.FindAllString(l.line, -1) {
		if comparedForm(m) == words {
			return m
		}
	}
	return words
}
