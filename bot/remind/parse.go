package remind

import (
	"errors"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
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
	if utf8.RuneCountInString(text) > mostRunes {
		return Plan{}, ErrTooLong
	}
	r := &reader{scan: newScan(fold(text), c, now)}
	if err := r.read(); err != nil {
		return Plan{}, err
	}
	p, err := r.plan()
	p.Who, p.What = r.who, r.what
	return p, err
}

// reader takes a sentence apart: the time, whom to remind, and of what.
type reader struct {
	*scan
	who  string
	what string
	over int // where what lies before the verb and is no time begins; -1 none
	end  int // and ends
}

// verb is what stands between the time and whom to remind.
var (
	verb  = regexp.MustCompile(`(?:发(?:一|个|条|出|送)*)?提醒(?:一下|下)?`)
	other = regexp.MustCompile(`通知|告诉|叫|喊|发给|发到`)
	// polite words and others that lead up to the time.
	polite = regexp.MustCompile(`^(?:请|麻烦|劳驾|帮我|帮忙|帮|您|你|设(?:一|个|条)*(?:提醒)?|定(?:一|个|条)+|我想|我要|能不能|可以|可不可以|到了?|等到?|在|于|从|的|记得|务必|按时|定时|都|就|要|每次|,|。|:|;|、|-)`)
)

func (r *reader) read() error {
	at := verb.FindStringIndex(r.norm)
	if at == nil {
		at = r.otherVerb()
	}
	if at == nil {
		return r.withoutVerb()
	}
	r.limit = at[0]
	if err := r.head(0); err != nil {
		return err
	}
	r.limit = len(r.norm)
	return r.tail(at[1])
}

// otherVerb finds a verb less plain than 提醒: it must follow a time at once.
func (r *reader) otherVerb() []int {
	for _, at := range other.FindAllStringIndex(r.norm, -1) {
		probe := &reader{scan: newScan(r.sentence, r.cal, r.now)}
		probe.limit = at[0]
		if err := probe.head(0); err == nil && probe.w.pieces > 0 && probe.who == "" || errors.As(err, new(*Ambiguous)) {
			return at
		}
	}
	return nil
}

// head reads what stands before the verb: the time, and perhaps the group.
func (r *reader) head(from int) error {
	r.over, r.end = -1, -1
	for pos := from; pos < r.limit; {
		end, err := r.run(pos)
		if err != nil {
			return err
		}
		if end > pos {
			pos = end
			continue
		}
		if word := polite.FindString(r.norm[pos:r.limit]); word != "" && r.over < 0 {
			pos += len(word)
			continue
		}
		_, size := utf8.DecodeRuneInString(r.norm[pos:])
		if r.over < 0 {
			r.over = pos
		}
		pos += size
		r.end = pos
	}
	return r.leftover()
}

var (
	toward = regexp.MustCompile(`^(?:给|向|往|在|到|对|由|让|把|@|,)+`)
	event  = regexp.MustCompile(`^(.*?)(?:到期|届满|期满)?(?:的)?(?:提前|之前|以前|之后|以后|前|后)(?:的)?(?:第)?` + numeral + `?个?(?:工作日|天|日|周|星期|月|年|一)`)
	group  = regexp.MustCompile(`群(?:里|内|聊)?[,:、]*$`)
)

// leftover makes sense of what is no time: the group, or something whose day
// only the person knows, as the end of a term of office.
func (r *reader) leftover() error {
	if r.over < 0 {
		return nil
	}
	said := r.norm[r.over:r.end]
	from := r.over + len(toward.FindString(said))
	said = r.norm[from:r.end]
	switch {
	case strings.Trim(said, ",、。:;") == "":
		return nil
	case group.MatchString(said):
		r.who = strings.Trim(r.original(from, r.end), "，、：,: ")
		return nil
	}
	if m := event.FindStringSubmatchIndex(said); m != nil && !r.w.hasDay() {
		end := from + m[3]
		for _, word := range []string{"到期", "届满", "期满"} {
			if strings.HasPrefix(r.norm[end:], word) {
				end += len(word)
			}
		}
		if end > from {
			return r.askDay(from, end)
		}
	}
	return unclear(r.original(from, r.end))
}

// tail reads whom to remind of what, and the time where the verb begins the
// sentence.
func (r *reader) tail(from int) error {
	timed := r.w.pieces > 0
	from = r.to(from)
	if timed {
		return r.rest(from)
	}
	end, err := r.run(from)
	if err != nil {
		return err
	}
	if end > from && (r.w.hasClock() || !r.timedLast(from)) {
		return r.rest(r.to(end))
	}
	return r.timeLast(from)
}

// timedLast reports whether a day and a time of day stand at the end of the
// sentence: then a day before them belongs to what is done.
func (r *reader) timedLast(from int) bool {
	probe := &reader{scan: newScan(r.sentence, r.cal, r.now)}
	return probe.timeLast(from) == nil && probe.w.hasDay() && probe.w.hasClock()
}

// timeLast reads a sentence whose time stands at its end, after a comma.
func (r *reader) timeLast(from int) error {
	for at := strings.LastIndexAny(r.norm, ",。;"); at >= from; at = strings.LastIndexAny(r.norm[:at], ",。;") {
		probe := newScan(r.sentence, r.cal, r.now)
		end, err := probe.run(at + 1)
		if end == at+1 && err == nil {
			continue
		}
		if err != nil || strings.Trim(r.norm[end:], "。,;") != "" {
			return err
		}
		r.scan = probe
		r.what = trimmed(r.original(from, at))
		return nil
	}
	return ErrNoTime
}

// rest takes what is left as what to remind of. A time of day at its beginning
// may be when to remind, or belong to what is done then.
func (r *reader) rest(from int) error {
	if !r.w.hasClock() {
		probe := newScan(r.sentence, r.cal, r.now)
		if end, err := probe.run(from); err == nil && end > from && len(probe.w.clocks) > 0 && !probe.w.hasDay() {
			said := r.original(from, end)
			return r.ask(r.w.to0, r.w.to0, "“"+said+"”是提醒的时间吗？请选几点提醒。", said, "上午9:00")
		}
	}
	to, err := r.amended(from)
	if err != nil {
		return err
	}
	r.what = trimmed(r.original(from, to))
	return nil
}

// amended reads what is added to the time at the end of the sentence, after a
// comma: 遇周末提前, 共三次. It gives where the text before it ends.
func (r *reader) amended(from int) (end int, err error) {
	end = len(strings.TrimRight(r.norm, "。.;!"))
	at := strings.LastIndex(r.norm[:max(end, from)], ",")
	if at < from {
		return len(r.norm), nil
	}
	probe := newScan(r.sentence, r.cal, r.now)
	probe.limit = end
	to, err := probe.run(at + 1)
	if err != nil || to < end || probe.w.hasDay() || probe.w.hasClock() {
		return len(r.norm), nil
	}
	r.limit = end
	_, err = r.run(at + 1)
	r.limit = len(r.norm)
	return at, err
}

func trimmed(s string) string { return strings.Trim(s, "，,：:。；;、！! 　") }

// to reads whom to remind, and gives where the rest begins.
func (r *reader) to(from int) int {
	from += len(softly.FindString(r.norm[from:]))
	pos := from + len(toward.FindString(r.norm[from:]))
	rest := r.norm[pos:]
	if m := person.FindString(rest); m != "" {
		r.who = strings.NewReplacer("我们群", "本群", "咱们群", "本群", "我们", "本群", "咱们", "本群", "各位", "大家").Replace(r.original(pos, pos+len(m)))
		return pos + len(m)
	}
	if m := quoted.FindStringSubmatchIndex(rest); m != nil {
		r.who = r.original(pos+m[2], pos+m[3])
		return pos + m[1]
	}
	if end := groupName(rest); end > 0 {
		r.who = r.original(pos, pos+end)
		pos += end
		return pos + len(within.FindString(r.norm[pos:]))
	}
	return from
}

var (
	softly = regexp.MustCompile(`^(?:一下|下)?[:,]?`)
	within = regexp.MustCompile(`^[里内]的?`)
	person = regexp.MustCompile(`^(?:我自己|我们群|咱们群|我们|咱们|我|本人|本群|这个群|群里|大家|各位)`)
	quoted = regexp.MustCompile(`^群?[“"「『《]([^”"」』》]{1,30})[”"」』》]群?`)
)

const longestName = 30

// groupName gives the length of a group's name at the beginning of a text: up
// to the first 群 that is not the beginning of a word as 群众; 0 where there is
// none.
func groupName(rest string) int {
	for at, r := range rest {
		if strings.ContainsRune(",。;:?", r) || utf8.RuneCountInString(rest[:at]) > longestName {
			return 0
		}
		if r != '群' {
			continue
		}
		end := at + len("群")
		if next, _ := utf8.DecodeRuneInString(rest[end:]); !strings.ContainsRune("众体团英岛", next) || rest[end:] == "" {
			if at == 0 {
				return 0
			}
			return end
		}
	}
	return 0
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
	if end := groupName(r.norm[pos:]); end > 0 {
		probe := newScan(r.sentence, r.cal, r.now)
		if after, err := probe.run(pos); err == nil && after == pos {
			r.who = r.original(pos, pos+end)
			pos += end
		}
	}
	end, err := r.run(pos)
	if err != nil {
		return err
	}
	if end > pos {
		if r.who == "" {
			end = r.to(end)
		}
		return r.rest(end)
	}
	if m := event.FindStringSubmatchIndex(r.norm[pos:]); m != nil && m[3] > m[2] && utf8.RuneCountInString(r.norm[pos:pos+m[3]]) < 12 {
		return r.askDay(pos, pos+m[3])
	}
	return r.timeLast(pos)
}

// askDay asks for the day of something that is on no calendar: the end of a
// term of office differs from place to place, so there is no default.
func (r *reader) askDay(from, to int) error {
	a := r.ask(from, to, "“"+r.original(from, to)+"”是哪一天？请写年月日，例如：2027年6月30日。")
	a.Example = "2027年6月30日"
	return a
}
