package remind

import (
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"zujian/knowledge/text"
)

// Parse understands one sentence at a moment: when to remind whom of what.
// It fails with *Ambiguous where the person has to be asked, or with an error
// that wraps one of this package's and says in Chinese how to write it.
func (c *Calendar) Parse(text string, now time.Time) (Plan, error) {
	p, err := c.When(text, now)
	if err == nil && p.What == "" {
		err = ErrNoText
	}
	return p, err
}

// When is Parse for a sentence that need not say of what to remind.
func (c *Calendar) When(text string, now time.Time) (Plan, error) {
	p, _, err := c.Read(text, now)
	return p, err
}

// Part is what a span of a sentence is taken for.
type Part string

// The parts of a sentence. There is no other: what is none of them is asked
// about.
const (
	TimePart   Part = "time"
	VerbPart   Part = "verb"   // 提醒
	PolitePart Part = "polite" // 麻烦, 记得, a comma
	WhoPart    Part = "who"
	WhatPart   Part = "what"
)

// Span is a part of a sentence by the positions of its characters.
type Span struct {
	From, To int
	Part     Part
}

// Read is When that also gives what every character of the sentence was taken
// for: the spans follow each other without a gap.
func (c *Calendar) Read(text string, now time.Time) (Plan, []Span, error) {
	if utf8.RuneCountInString(text) > mostRunes {
		return Plan{}, nil, ErrTooLong
	}
	r := &reader{scan: newScan(fold(text), c, now)}
	if err := r.read(); err != nil {
		return Plan{}, nil, err
	}
	spans, err := r.spans()
	if err != nil {
		return Plan{}, nil, err
	}
	p, err := r.plan()
	p.Who, p.What = r.who, r.what
	return p, spans, err
}

// reader takes a sentence apart: the time, whom to remind, and of what.
type reader struct {
	*scan
	who  string
	what string
	part []Part // of each byte of the folded sentence; empty: none yet
}

func (r *reader) mark(from, to int, part Part) {
	if r.part == nil {
		r.part = make([]Part, len(r.norm))
	}
	for i := from; i < to; i++ {
		r.part[i] = part
	}
}

// spans joins what was marked. Where something was not, it asks.
func (r *reader) spans() ([]Span, error) {
	var all []Span
	r.mark(0, 0, "")
	for i := 0; i < len(r.norm); {
		j := i
		for j < len(r.norm) && r.part[j] == r.part[i] {
			j++
		}
		part := r.part[i]
		if part == "" {
			if strings.Trim(r.norm[i:j], marks) != "" {
				return nil, r.unclear(i, j)
			}
			part = PolitePart
		}
		all = append(all, Span{r.at[i], r.at[j], part})
		i = j
	}
	return all, nil
}

// marks stand between parts and say nothing.
const marks = ",、。:;.!-\"“”'()?~ "

// verb is what stands between the time and whom to remind.
var (
	verb  = text.NewPattern(`(?:发(?:一|个|条|出|送)*)?(?:的)?提醒(?:一下|下)?`)
	other = text.NewPattern(`通知|告诉|叫|喊|发给|发到`)
	// polite words and others that lead up to the time.
	polite = text.NewPattern(`^(?:请|麻烦|劳驾|帮我|帮忙|帮|您|你|给我设|给我定|记一下|记住|设置|设一下|定一下|暂定|预计|` +
		`设(?:一|个|条)*(?:提醒)?|定(?:一|个|条)+|我想|我要|能不能|可以|可不可以|到了?|等到?|在|于|从|的|记得|务必|按时|定时|都|就|要|各|` +
		`每次|那个|这个|嗯+|呃|哎|啊|哦|呢|吧|哈|左右|大概|大约|,|。|\.|:|;|、|-)`)
)

func (r *reader) read() error {
	at := r.plainVerb()
	if at == nil {
		at = r.otherVerb()
	}
	if at == nil {
		return r.withoutVerb()
	}
	r.mark(at[0], at[1], VerbPart)
	r.limit = at[0]
	if err := r.head(); err != nil {
		return err
	}
	r.limit = len(r.norm)
	return r.tail(at[1])
}

// plainVerb finds 提醒 where it is the verb: 只提醒三次 and 不提醒 are part of
// the time.
func (r *reader) plainVerb() []int {
	for _, at := range verb.FindAllStringIndex(r.norm, -1) {
		before := r.norm[:at[0]]
		denied := strings.HasSuffix(before, "不") || strings.HasSuffix(before, "不用")
		counts := countAt.MatchString(r.norm[at[1]:]) && !strings.HasSuffix(before, "各")
		if !denied && !counts {
			return at
		}
	}
	return nil
}

var countAt = text.NewPattern(`^` + numeral + `次(?:$|[,.;为)]|(?:记得|请)?提醒)`)

// otherVerb finds a verb less plain than 提醒: it must follow a time at once.
func (r *reader) otherVerb() []int {
	for _, at := range other.FindAllStringIndex(r.norm, -1) {
		probe := &reader{scan: newScan(r.sentence, r.cal, r.now)}
		probe.limit = at[0]
		if err := probe.head(); err == nil && probe.pieces > 0 && probe.who == "" && probe.what == "" || errors.As(err, new(*Ambiguous)) {
			return at
		}
	}
	return nil
}

// head reads what stands before the verb: the time, and perhaps the group or
// what the time is of.
func (r *reader) head() error {
	for pos := 0; pos < r.limit; {
		end, err := r.run(pos)
		if err != nil {
			return err
		}
		if end > pos {
			r.mark(pos, end, TimePart)
			pos = end
			continue
		}
		if word := polite.FindString(r.norm[pos:r.limit]); word != "" && (r.pieces == 0 || !strings.Contains("到在从于", word)) {
			r.mark(pos, pos+len(word), PolitePart)
			pos += len(word)
			continue
		}
		if pos, err = r.leftover(pos); err != nil {
			return err
		}
	}
	return nil
}

var (
	toward = text.NewPattern(`^(?:给|向|往|在|到|对|由|让|把|@|,)+`)
	event  = text.NewPattern(`^(.*?)(?:到期|届满|期满)?(?:的)?(?:提前|之前|以前|之后|以后|前|后)(?:的)?(?:第)?` + numeral + `?个?(?:工作日|天|日|周|星期|月|年|一)`)
	ahead  = text.NewPattern(strings.ReplaceAll(`^[,.;]?(?:提前|之前|以前|前)?(?:的)?(?:N|半)个?半?(?:天|日|周|工作日|小时|钟头|刻钟|分钟)`, "N", numeral))
	vague  = text.NewPattern(`^(?:吃?完?(?:早饭|午饭|晚饭|饭)|开?完?会|散会|下班|上班|下课|放学)(?:之|以)?[前后]$|` +
		`^(?:过?一?(?:会儿|阵子)|晚[点些](?:时候)?|早[点些]|有空(?:的时候)?|尽快|过?几天(?:后|以后)?|改天|哪天|某天|不久(?:后|以后)?)$`)
)

// eventEnd gives where the words for what happens end, before how long ahead
// of it to remind; 0 where that is not said.
func eventEnd(said string) int {
	for at := range said {
		parted := strings.ContainsAny(said[at:at+1], ",.;") || begins(said[at:], []string{"提前", "之前", "以前", "前"})
		if at > 0 && parted && ahead.MatchString(said[at:]) {
			return at
		}
	}
	return 0
}

// leftover makes sense of what is no time, and gives where it ends: the group,
// what happens then, or something whose day only the person knows, as the end
// of a term of office.
func (r *reader) leftover(pos int) (int, error) {
	from := pos + len(toward.FindString(r.norm[pos:r.limit]))
	if end := r.groups(from); end > from && r.who == "" {
		r.mark(pos, end, WhoPart)
		r.who = r.original(from, end)
		next := end + len(within.FindString(r.norm[end:r.limit]))
		r.mark(end, next, PolitePart)
		return next, nil
	}
	said := r.norm[pos:r.limit]
	if m := event.FindStringSubmatchIndex(said); m != nil && !r.w.hasDay() && m[3] > 0 {
		end := pos + m[3]
		for _, word := range []string{"到期", "届满", "期满"} {
			if strings.HasPrefix(r.norm[end:], word) {
				end += len(word)
			}
		}
		return pos, r.askDay(pos, end)
	}
	if end := eventEnd(said); end > 0 && !joining.MatchString(r.norm[max(pos-len("、"), 0):]) &&
		r.pieces > 0 && r.what == "" && r.w.hasDay() {
		r.what, r.event = strings.TrimSuffix(trimmed(r.original(pos, pos+end)), "，会"), true
		r.mark(pos, pos+end, WhatPart)
		return pos + end, nil
	}
	if r.pieces == 0 && vague.MatchString(said) && utf8.RuneCountInString(said) < 12 {
		return pos, r.askDay(pos, r.limit)
	}
	if r.pieces == 0 {
		return pos, unclear(r.original(pos, r.limit))
	}
	return pos, r.unclear(pos, r.limit)
}

// withoutVerb reads a sentence that does not say 提醒: the time, the group and
// what to do there, or what to do and then the time.
func (r *reader) withoutVerb() error {
	pos := 0
	for word := "-"; word != ""; pos += len(word) {
		word = polite.FindString(r.norm[pos:])
		if end, err := newScan(r.sentence, r.cal, r.now).run(pos); err != nil || end > pos {
			break
		}
	}
	r.mark(0, pos, PolitePart)
	if end := r.groups(pos); end > pos {
		probe := newScan(r.sentence, r.cal, r.now)
		if after, err := probe.run(pos); err == nil && after == pos {
			r.who = r.original(pos, end)
			r.mark(pos, end, WhoPart)
			pos = end
		}
	}
	end, err := r.run(pos)
	if err != nil {
		return err
	}
	if end > pos {
		r.mark(pos, end, TimePart)
		return r.plainText(end)
	}
	if m := event.FindStringSubmatchIndex(r.norm[pos:]); m != nil && m[3] > m[2] && utf8.RuneCountInString(r.norm[pos:pos+m[3]]) < 12 {
		return r.askDay(pos, pos+m[3])
	}
	return r.timeLast(pos)
}

// timely are beginnings and ends of words about time. Where no 提醒 stands
// between the time and the text, a text that begins or ends so is asked about.
var timely = text.NewPattern(`^(?:` + timelyBegins + `|[\d一二两三四五六七八九十]+(?:次|天|周|月|年|号|日|点|个|分|刻|秒))|(?:` + timelyEnds + `)$`)

const (
	timelyBegins = `多|几|来钟|差|起|止|前|之|以|后|除|遇|逢|每|共|隔|和|或|及|与|跟|、|左|不|别|再|又|也|同|下班|饭|开始|结束|为止|截|直|按|` +
		`各|其|另|外|至|段|期|内|间|分|点|时|半|整|钟|刻|号|日|月|年|周|星期|礼拜|天|旬|初|底|末`
	timelyEnds = `前|后|时|期间|之间|以内|之内|之前|以前|以后|为止|止|次|起|除外|不发|顺延`
)

// plainText reads what follows a time without a verb: the group, and the text.
func (r *reader) plainText(from int) error {
	if r.who == "" && !strings.HasPrefix(r.norm[from:], "一下") {
		from = r.to(from)
	}
	left := strings.Trim(r.norm[from:], marks)
	if m := timely.FindString(left); m != "" && !strings.HasPrefix(left, "前往") && !strings.HasPrefix(left, "日常") {
		end := from + strings.IndexAny(r.norm[from:]+",", ",;。")
		if end == from {
			end = len(r.norm)
		}
		return r.unclear(from, end)
	}
	return r.rest(from)
}

// askDay asks for the day of something that is on no calendar: the end of a
// term of office differs from place to place, so there is no default.
func (r *reader) askDay(from, to int) error {
	a := r.ask(from, to, "“"+r.original(from, to)+"”是哪一天？请写年月日，例如：2027年6月30日。")
	a.Example = "2027年6月30日"
	return a
}
