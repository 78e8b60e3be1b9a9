package remind

import (
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"zujian/knowledge/text"
)

// scan reads pieces of time off a sentence from left to right. Every piece it
// reads counts: one that contradicts those before it is asked about, and what
// it cannot read is left for the reader to account for.
type scan struct {
	sentence
	cal     *Calendar
	now     time.Time
	pos     int
	limit   int // no piece reaches beyond it
	rules   [][]rule
	w       *when   // the time that is being read
	done    []*when // those before it
	set     bounds
	pieces  int
	joined  bool // a word that adds, as 和, stands before the piece
	listed  bool // that, or a comma
	bracket bool // the piece stands in brackets
	event   bool // what the time is of was said: a clock after it is another
	daytime bool // a clock without 上午 or 下午 had one reading only
}

func newScan(text sentence, cal *Calendar, now time.Time) *scan {
	return &scan{sentence: text, cal: cal, now: now, limit: len(text.norm), rules: [][]rule{clockRules, dayRules}, w: &when{instant: -1}}
}

var (
	// between are words that may stand between two pieces of time, and say
	// nothing.
	between = text.NewPattern(`^(?:的时候|的|也就是|就是|即|,|、|在|于|当天|当日|那天|左右|大约|大概|差不多|准时|统一|定时|定期|按时|固定|都|就|要|请|呢|吧|那个|以及|还有|和|及|与|跟|外加)`)
	joining = text.NewPattern(`^(?:、|以及|还有|和|及|与|跟|外加)`)
	// filler may also end a time.
	filler = text.NewPattern(`^(?:左右|的时候|呢|吧|哈|许|整|当天|当日|那天)`)
)

// run reads pieces of time from a position on, and gives where the last one
// ends.
func (s *scan) run(from int) (end int, err error) {
	s.pos, end, s.joined, s.listed = from, from, false, false
	for s.pos < s.limit {
		ok, err := s.next()
		if err != nil {
			return end, err
		}
		if ok {
			end, s.joined, s.listed = s.pos, false, false
			continue
		}
		word := between.FindString(s.norm[s.pos:s.limit])
		if word == "" || s.pieces == 0 {
			break
		}
		s.joined = s.joined || joining.MatchString(word)
		s.listed = s.listed || s.joined || word == ","
		s.pos += len(word)
	}
	for s.pieces > 0 {
		word := filler.FindString(s.norm[end:s.limit])
		if word == "" {
			break
		}
		end += len(word)
	}
	s.pos = end
	return end, nil
}

// next reads one piece, or what stands in brackets.
func (s *scan) next() (bool, error) {
	for _, rules := range s.rules {
		if ok, err := s.piece(rules); ok || err != nil {
			return ok, err
		}
	}
	if s.norm[s.pos] != '(' || s.pieces == 0 || s.bracket {
		return false, nil
	}
	return s.brackets()
}

// brackets reads a time in brackets. What is partly time is asked about; what
// is none at all belongs to the text.
func (s *scan) brackets() (bool, error) {
	open, limit := s.pos, s.limit
	size := strings.IndexByte(s.norm[open:s.limit], ')')
	if size < 0 {
		return false, nil
	}
	s.limit, s.bracket = open+size, true
	end, err := s.run(open + 1)
	s.limit, s.bracket = limit, false
	switch {
	case err != nil:
		return false, err
	case end == open+1:
		s.pos = open
		return false, nil
	case end < open+size:
		return false, s.unclear(end, open+size)
	}
	s.pos = open + size + 1
	return true, nil
}

// rule is a piece of time: what it looks like, and what it adds. errNot from
// do says that it is not this piece after all, errFull that it is another time
// than the one being read.
type rule struct {
	re   *text.Pattern
	open func() opening
	do   func(s *scan, m []string) error
	name bool // it names a day: after a clock, that of another time
}

// pattern writes a rule. In it N stands for a numeral, W for a day of the
// week, Z for the word week; it is matched at the position only.
func pattern(p string, do func(s *scan, m []string) error) rule {
	p = strings.NewReplacer("N", numeral, "W", "[一二三四五六日天1-7]", "Z", "(?:周|星期|礼拜)").Replace(p)
	p = "^(?:" + p + ")"
	return rule{re: text.NewPattern(p), open: sync.OnceValue(func() opening { return openingOf(p) }), do: do}
}

// named marks rules as such that name a day.
func named(rules []rule) []rule {
	for i := range rules {
		rules[i].name = true
	}
	return rules
}

type notThis struct{ text string }

func (n notThis) Error() string { return n.text }

var (
	errNot  error = notThis{"not this piece"}
	errFull error = notThis{"another time"}
)

// piece reads one piece of time by the first rule that fits.
func (s *scan) piece(rules []rule) (bool, error) {
	start := s.pos
	first, _ := utf8.DecodeRuneInString(s.norm[start:s.limit])
	for _, r := range rules {
		if !r.open().takes(first) {
			continue
		}
		m := r.re.FindStringSubmatch(s.norm[start:s.limit])
		if m == nil || m[0] == "" {
			continue
		}
		kept, w, done := *s.w, s.w, s.done
		err := s.apply(r, m, start)
		if err == errNot {
			s.pos, s.w, s.done = start, w, done
			*s.w = kept
			continue
		}
		if err == nil {
			s.pieces++
			s.w.note(start, s.pos)
			if r.name && !s.bracket {
				s.w.nameTo, s.w.inherited = s.pos, false
			}
		}
		return err == nil, err
	}
	return false, nil
}

// apply has a rule add its piece, to another time where it belongs to one.
func (s *scan) apply(r rule, m []string, start int) error {
	s.pos = start + len(m[0])
	if r.name && !s.bracket && s.w.hasDay() && s.w.hasClock() {
		s.other()
	}
	err := r.do(s, m)
	if err != errFull {
		return err
	}
	if !s.joined && !s.bracket {
		return s.unclear(min(s.w.from0, start), start+len(m[0]))
	}
	s.other()
	s.pos = start + len(m[0])
	if err = r.do(s, m); err == errFull {
		return s.unclear(start, start+len(m[0]))
	}
	return err
}

// other begins another time of the sentence.
func (s *scan) other() {
	s.done = append(s.done, s.w)
	s.w = s.w.heir()
	s.w.added = s.listed
}

// follows reports whether the text from the position begins with one of the
// runes.
func (s *scan) follows(runes string) bool {
	for _, r := range s.norm[s.pos:] {
		return strings.ContainsRune(runes, r)
	}
	return false
}

func (s *scan) today() Day { return dayOf(s.now) }

// ask makes a question whose answer goes in place of a part of the sentence.
func (s *scan) ask(from, to int, question string, options ...string) *Ambiguous {
	a := &Ambiguous{Question: question, Options: options}
	a.Before, a.After = s.around(from, to)
	return a
}

// here asks about the piece just matched.
func (s *scan) here(m []string, question string, options ...string) *Ambiguous {
	return s.ask(s.pos-len(m[0]), s.pos, question, options...)
}

// unclear asks about words of the time that were not understood.
func (s *scan) unclear(from, to int) error {
	said := s.original(from, to)
	a := s.ask(from, to, "“"+said+"”没有看懂。请把这几个字换个写法；不要这几个字，请回“不要”。", nothing)
	a.Fill = []string{""}
	return a
}

// nothing is the answer that leaves words out.
const nothing = "不要"

// skip passes over a word.
func (s *scan) skip(word string) bool {
	if s.pos < s.limit && strings.HasPrefix(s.norm[s.pos:s.limit], word) {
		s.pos += len(word)
		return true
	}
	return false
}
