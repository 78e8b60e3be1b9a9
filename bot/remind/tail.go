package remind

import (
	"strings"
	"unicode/utf8"

	"zujian/knowledge/text"
)

// tail reads whom to remind of what, and the time where the verb begins the
// sentence.
func (r *reader) tail(from int) error {
	timed := r.pieces > 0
	from = r.to(r.softly(from))
	if timed {
		return r.rest(from)
	}
	from = r.softly(from)
	end, err := r.run(from)
	if err != nil {
		return err
	}
	if end > from && (r.w.hasClock() || !r.timedLast(from)) {
		r.mark(from, end, TimePart)
		return r.rest(r.to(r.softly(end)))
	}
	*r.scan = *newScan(r.sentence, r.cal, r.now)
	return r.timeLast(from)
}

// softly passes over 一下 after the verb.
func (r *reader) softly(from int) int {
	end := from + len(soft.FindString(r.norm[from:]))
	r.mark(from, end, VerbPart)
	return end
}

// timedLast reports whether a day and a time of day stand at the end of the
// sentence: then a day before them belongs to what is done.
func (r *reader) timedLast(from int) bool {
	probe := &reader{scan: newScan(r.sentence, r.cal, r.now)}
	return probe.timeLast(from) == nil && probe.w.hasDay() && probe.w.hasClock()
}

// timeLast reads a sentence whose time stands at its end: all of what follows
// the first comma after which nothing but time stands.
func (r *reader) timeLast(from int) error {
	var first error
	for at := from; at < len(r.norm); at++ {
		if !strings.ContainsRune(",.;", rune(r.norm[at])) {
			continue
		}
		probe := newScan(r.sentence, r.cal, r.now)
		end, err := probe.run(at + 1)
		if end == at+1 && err == nil {
			continue
		}
		if err == nil && strings.Trim(r.norm[end:], marks) == "" {
			r.scan = probe
			r.text(from, at)
			r.mark(at, len(r.norm), TimePart)
			return nil
		}
		if err == nil {
			err = probe.unclear(end, len(r.norm))
		}
		first = err
	}
	if first != nil {
		return first
	}
	return ErrNoTime
}

// text takes a part of the sentence for what to remind of.
func (r *reader) text(from, to int) {
	if said := trimmed(r.original(from, to)); said != "" {
		r.what = strings.Trim(r.what+"，"+said, "，")
	}
	r.mark(from, to, WhatPart)
}

// rest takes what is left as what to remind of. A time of day at its beginning
// may be when to remind, or belong to what is done then.
func (r *reader) rest(from int) error {
	if m := countOnly.FindString(r.norm[from:]); m != "" && r.pieces > 0 {
		size := strings.Index(m, "次") + len("次")
		if said := m[:size-len("次")]; number(said) != 1 {
			if err := r.times(said); err != nil {
				return err
			}
		}
		r.mark(from, from+size, TimePart)
		from += size
	}
	to, err := r.amended(from)
	if err != nil {
		return err
	}
	if !r.w.hasClock() && len(r.done) == 0 {
		probe := newScan(r.sentence, r.cal, r.now)
		if end, err := probe.run(from); err == nil && end > from && end <= to && len(probe.w.clocks) > 0 && !probe.w.hasDay() {
			said := r.original(from, end)
			return r.ask(r.w.to0, r.w.to0, "“"+said+"”是提醒的时间吗？请选几点提醒。", said, "上午9:00")
		}
	}
	r.text(from, to)
	return nil
}

var countOnly = text.NewPattern(`^` + numeral + `次`)

// amendment is the beginning or the end of a clause that says more of the time.
// Where such a clause is not understood, it is asked about.
var amendment = text.NewPattern(`^(?:除了|(?:遇到?|逢|碰到)(?:法定|节|周|双休|假|休|放假)|节假日|法定|周末|双休日|到.*为止|直到|截至|持续|连续|` +
	`一?共.*次|只(?:发|提醒)|提前(?:[半\d一二两三四五六七八九十])|每(?:天|日|周|星期|月|年|季|个|逢)|从.*(?:起|开始))|` +
	`(?:除外|为止|不发|不用发|不必发|不要发|别发|不提醒|不用提醒|不必提醒|别提醒|顺延|跳过|停发|不算|[0-9一二两三四五六七八九十]+次)$`)

// amended reads what is added to the time at the end of the sentence, after
// commas or in brackets: 遇周末提前, 共三次, 12月7日这次除外. It gives where the
// text before it ends.
func (r *reader) amended(from int) (end int, err error) {
	end = len(r.norm)
	for {
		stop := from + len(strings.TrimRight(r.norm[from:end], marks))
		at := from + max(strings.LastIndexAny(r.norm[from:stop], ",;("), 0)
		clause := strings.TrimLeft(r.norm[at:stop], ",;(")
		if clause == "" || stop == from {
			return end, nil
		}
		ok, err := r.amends(stop-len(clause), stop)
		if err != nil {
			return end, err
		}
		if !ok {
			if amendment.MatchString(clause) && r.pieces > 0 && (at > from || r.what != "") {
				return end, r.unclear(stop-len(clause), stop)
			}
			return end, nil
		}
		r.mark(at, end, TimePart)
		if end = at; end <= from {
			return from, nil
		}
	}
}

// amends adds a clause to the time, if all of it says more of the time and no
// new day. A clock is one where none was said.
func (r *reader) amends(from, stop int) (bool, error) {
	probe := newScan(r.sentence, r.cal, r.now)
	probe.limit, probe.pieces = stop, r.pieces
	to, err := probe.run(from)
	plain := err == nil && to == stop && len(probe.done) == 0
	switch {
	case !plain || r.pieces == 0 || probe.w.recurs || probe.w.hasDay():
		return false, nil
	case probe.w.hasClock() && (r.w.hasClock() || len(r.done) > 0 || probe.w.instant >= 0):
		return false, nil
	}
	r.limit = stop
	_, err = r.run(from)
	r.limit = len(r.norm)
	return true, err
}

// trimmed leaves out what only ends a sentence.
func trimmed(s string) string {
	s = strings.Trim(s, "，,：:。；;、！! 　")
	for _, word := range []string{"谢谢您", "谢谢", "哈", "啦", "哦"} {
		s = strings.TrimSuffix(s, word)
	}
	return strings.Trim(s, "，,：:。；;、！! 　")
}

// to reads whom to remind, and gives where the rest begins.
func (r *reader) to(from int) int {
	pos := from + len(toward.FindString(r.norm[from:]))
	rest := r.norm[pos:]
	end := pos
	switch {
	case person.MatchString(rest):
		end += len(person.FindString(rest))
		r.who = aliases.Replace(r.original(pos, end))
	case quoted.MatchString(rest):
		m := quoted.FindStringSubmatchIndex(rest)
		end += m[1]
		r.who = r.original(pos+m[2], pos+m[3])
	default:
		if end = r.groups(pos); end == pos {
			return from
		}
		r.who = r.original(pos, end)
		end += len(within.FindString(r.norm[end:]))
	}
	r.mark(from, end, WhoPart)
	return end
}

var (
	soft    = text.NewPattern(`^(?:一下|下|一次)?[:,]?`)
	within  = text.NewPattern(`^[里内]的?`)
	person  = text.NewPattern(`^(?:我自己|我们群|咱们群|我们|咱们|我|本人|本群|这个群|群里|大家|各位)`)
	aliases = strings.NewReplacer("我们群", "本群", "咱们群", "本群", "我们", "本群", "咱们", "本群", "各位", "大家")
	quoted  = text.NewPattern(`^群?[“"「『《]([^”"」』》]{1,30})[”"」』》]群?`)
	andAlso = text.NewPattern(`^(?:和|、|及|与|跟|以及|,)`)
)

// groups gives where the names of groups end that begin at a position: 妇建群和
// 工会群; the position itself where there is none.
func (r *reader) groups(pos int) int {
	end := pos + groupName(r.norm[pos:r.limit])
	for end > pos {
		next := end + len(andAlso.FindString(r.norm[end:r.limit]))
		size := groupName(r.norm[next:r.limit])
		if next == end || size == 0 || utf8.RuneCountInString(r.norm[next:next+size]) > 8 {
			return end
		}
		end = next + size
	}
	return end
}

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
