package remind

import (
	"regexp"
	"strings"
	"time"
	"unicode"
)

const mostRunes = 200

// folds maps other writings of the words of the grammar to one, rune for rune.
var folds = strings.NewReplacer(
	"：", ":", "，", ",", "。", ".", "；", ";", "、", "、", "～", "~", "—", "-", "－", "-", "／", "/", "（", "(", "）", ")", "．", ".",
	"週", "周", "點", "点", "號", "号", "後", "后", "個", "个", "節", "节", "農", "农", "曆", "历", "兩", "两", "時", "时", "鐘", "钟", "鍾", "钟",
	"間", "间", "從", "从", "隔", "隔", "禮", "礼", "陰", "阴", "臘", "腊", "興", "兴", "壹", "一", "贰", "二", "叁", "三", "來", "来", "群", "群", "羣", "群",
	"國", "国", "慶", "庆", "婦", "妇", "連", "连", "續", "续", "過", "过", "遇", "遇", "順", "顺", "長", "长", "這", "这", "們", "们", "給", "给", "請", "请",
)

// sentence is a text folded for matching, without spaces, that can give back
// the original words of any part.
type sentence struct {
	src  []rune
	norm string
	at   []int // byte of norm → rune of src; one more for the end
}

func fold(text string) sentence {
	s := sentence{src: []rune(text)}
	var b strings.Builder
	for i, r := range s.src {
		folded := folds.Replace(string(narrow(r)))
		if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			if !s.parts(i) {
				continue
			}
			folded = ","
		}
		b.WriteString(folded)
		for range len(folded) {
			s.at = append(s.at, i)
		}
	}
	s.norm = b.String()
	s.at = append(s.at, len(s.src))
	return s
}

// parts reports whether a space keeps two numbers apart: 3/8 15:00.
func (s *sentence) parts(i int) bool {
	return i > 0 && i+1 < len(s.src) && unicode.IsDigit(s.src[i-1]) && unicode.IsDigit(s.src[i+1])
}

// narrow gives the ASCII form of full-width letters and digits, in lower case.
func narrow(r rune) rune {
	if r >= '０' && r <= '９' || r >= 'ａ' && r <= 'ｚ' || r >= 'Ａ' && r <= 'Ｚ' {
		r -= '０' - '0'
	}
	return unicode.ToLower(r)
}

// original is the text of a part of norm, trimmed of space.
func (s *sentence) original(from, to int) string {
	if from >= to {
		return ""
	}
	end := s.at[to]
	return strings.TrimSpace(string(s.src[s.at[from]:end]))
}

// around is the text before and after a part of norm.
func (s *sentence) around(from, to int) (before, after string) {
	end := s.at[to]
	if from == to && to > 0 { // stay with the word before, not beyond a space
		end = s.at[to-1] + 1
	}
	start := end
	if from < to {
		start = s.at[from]
	}
	return string(s.src[:start]), string(s.src[end:])
}

// scan reads pieces of time off a sentence from left to right.
type scan struct {
	sentence
	cal   *Calendar
	now   time.Time
	pos   int
	limit int // no piece reaches beyond it
	rules [][]rule
	w     when
}

func newScan(text sentence, cal *Calendar, now time.Time) *scan {
	s := &scan{cal: cal, now: now, rules: [][]rule{clockRules, dayRules}}
	return s.of(text)
}

// of begins to read another text with the same rules.
func (s *scan) of(text sentence) *scan {
	return &scan{sentence: text, cal: s.cal, now: s.now, limit: len(text.norm), rules: s.rules, w: when{instant: -1}}
}

// between are words that may stand between two pieces of time, and say nothing.
var between = regexp.MustCompile(`^(?:的时候|\([^()]*\)|的|,|、|在|于|当天|当日|那天|左右|大约|大概|准时|统一|定时|定期|按时|固定|都|就|要|请|和)`)

// run reads pieces of time from a position on, and gives where the last one
// ends.
func (s *scan) run(from int) (end int, err error) {
	s.pos, end = from, from
	for s.pos < s.limit {
		ok, err := false, error(nil)
		for _, rules := range s.rules {
			if ok, err = s.piece(rules); ok || err != nil {
				break
			}
		}
		if err != nil {
			return end, err
		}
		if ok {
			end = s.pos
			continue
		}
		word := between.FindString(s.norm[s.pos:s.limit])
		if word == "" || s.w.pieces == 0 {
			break
		}
		s.pos += len(word)
	}
	s.pos = end
	return end, nil
}

// rule is a piece of time: what it looks like, and what it adds. errNot from
// do says that it is not this piece after all.
type rule struct {
	re *regexp.Regexp
	do func(s *scan, m []string) error
}

// pattern writes a rule. In it N stands for a numeral, W for a day of the
// week, Z for the word week; it is matched at the position only.
func pattern(p string, do func(s *scan, m []string) error) rule {
	p = strings.NewReplacer("N", numeral, "W", "[一二三四五六日天1-7]", "Z", "(?:周|星期|礼拜)").Replace(p)
	return rule{regexp.MustCompile("^(?:" + p + ")"), do}
}

type notThis struct{}

func (notThis) Error() string { return "not this piece" }

var errNot error = notThis{}

// piece reads one piece of time by the first rule that fits.
func (s *scan) piece(rules []rule) (bool, error) {
	start := s.pos
	for _, r := range rules {
		m := r.re.FindStringSubmatch(s.norm[start:s.limit])
		if m == nil || m[0] == "" {
			continue
		}
		s.pos = start + len(m[0])
		err := r.do(s, m)
		if err == errNot {
			s.pos = start
			continue
		}
		if err == nil {
			s.w.note(start, s.pos)
		}
		return err == nil, err
	}
	return false, nil
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
func (s *scan) here(m []string, question string, options ...string) error {
	return s.ask(s.pos-len(m[0]), s.pos, question, options...)
}
