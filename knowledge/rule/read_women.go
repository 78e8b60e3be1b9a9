package rule

import (
	"regexp"
	"strings"
)

// women reads how many women are on the fixed staff: a number with the
// program's reading of it, a share, or a word. Seasonal and temporary staff
// are not fixed staff and are left to be asked.
func (r *reader) women() {
	best := count{lo: -1}
	bestWords, value, words, casual := "", "", "", false
	for i, c := range r.clauses {
		if !r.womenClause(i, c) {
			continue
		}
		if casual && !lasting(c) || r.casual(i) {
			casual = true
			best, value = count{lo: -1}, ""
			continue
		}
		if r.noWomen(c) {
			value, words = "none", c
			continue
		}
		if n, ok := r.womenNumber(i, c); ok && n.lo > best.lo {
			best, bestWords = n, "女性"+n.words()+"人"
			continue
		}
		if v := r.womenWord(i, c); v != "" && (value == "" || value == Unknown) {
			value, words = v, c
		}
	}
	if best.lo >= 0 {
		r.sayWomen(best, bestWords)
		return
	}
	if value != "" {
		r.say(womenFact, value, words)
	}
}

// sayWomen records the number as it was said and, where the office's headcount
// or the program's reading takes all of it one way, 较多 or 不多.
func (r *reader) sayWomen(n count, words string) {
	low, high := r.b.takeWomen(n.lo), r.b.takeWomen(n.hi)
	if low == high || low == r.b.takeWomen(n.n) && low == "many" {
		r.say(countFact, itoa(n.n), words)
		if low != "" {
			r.say(womenFact, low, words)
		}
	}
}

// takeWomen gives 较多 or 不多 for a number of women, or "" where it is to be
// asked.
func (b *Book) takeWomen(n int) string {
	switch {
	case b.Headcount == nil || n == 0:
		return b.Reading.women(n)
	case n >= b.Headcount.Women:
		return "many"
	}
	return "few"
}

// womenClause says whether a clause speaks of women, or men, on the staff.
func (r *reader) womenClause(i int, c string) bool {
	if !strings.Contains(c, "女") && !strings.Contains(c, "男") || r.leading(i, c) || r.l.any(c, "plan") {
		return false
	}
	return containsAny(r.strip(c), "女", "男")
}

// strip takes out words with 女 that mean something else.
func (r *reader) strip(c string) string {
	for _, w := range r.l.words["not_staff"] {
		c = strings.ReplaceAll(c, w, "")
	}
	return c
}

// noWomen says whether a clause denies every woman; 女的没有几个 does not.
func (r *reader) noWomen(c string) bool {
	bare := r.strip(c)
	w, at := r.l.has(bare, "none")
	if at < 0 || strings.Contains(w, "男") && containsAny(bare[:at], "司机", "骑手", "管理", "一线", "技术", "老板", "股东", "干部", "班组", "师傅", "保安") || r.l.any(bare, "question") || r.l.any(bare, "unsure") {
		return false
	}
	return !containsAny(headRunes(strings.TrimPrefix(bare[at+len(w):], "有"), 2), "几", "多", "够", "固", "到")
}

// lasting says whether a clause speaks of fixed staff in so many words; beside
// casual staff only such a clause counts.
func lasting(c string) bool {
	return containsAny(c, "固定", "正式", "长期", "在编", "在册", "签合同", "签了合同", "本部")
}

func (r *reader) casual(i int) bool {
	if r.l.any(r.clauses[i], "casual") {
		return true
	}
	return i+1 < len(r.clauses) && r.l.any(r.clauses[i+1], "casual") && containsAny(r.clauses[i+1], "都是", "多是", "全是", "大多", "基本")
}

// womenNumber reads a number of women, or a share of a total that was given.
func (r *reader) womenNumber(i int, c string) (count, bool) {
	if p, ok := share(c); ok {
		return r.shareOfTotal(i, c, p)
	}
	c = r.strip(c)
	at := strings.Index(c, "女")
	if at < 0 {
		return count{}, false
	}
	best, found := count{}, false
	for _, n := range counts(c) {
		if !r.countsWomen(c, at, n) {
			continue
		}
		n = less(c, n)
		if !found || n.from > at && best.from < at {
			best, found = n, true
		}
	}
	return best, found
}

// countsWomen says whether a number counts the women of its clause: after the
// word, or just before it with a measure in between.
func (r *reader) countsWomen(c string, at int, n count) bool {
	after := c[n.to:]
	if containsAny(headRunes(after, 1), "家", "户", "支", "岁", "年", "栋", "所", "间", "元", "万", "点", "班", "倍", "条", "届") {
		return false
	}
	if n.from > at {
		return true
	}
	between := c[n.to:at]
	return len([]rune(between)) <= 5 && !containsAny(between, "家", "男", "员工里", "党员")
}

// words gives a number the way it was said, without what stood around it.
func (n count) words() string {
	if n.say == "" {
		return "约" + itoa(n.n)
	}
	return n.say
}

// less reads 不到十个, 近三十人.
func less(c string, n count) count {
	before := tailRunes(c[:n.from], 2)
	if containsAny(before, "不到", "不足", "近", "将近", "没到") {
		return count{n: n.lo - 1, lo: max(n.lo*4/5, 1), hi: n.lo - 1, from: n.from, to: n.to, say: "不到" + n.say}
	}
	return n
}

var womenTenths = regexp.MustCompile(`女[^占，]{0,3}(?:有|近|约|快|超)?[一二三四五六七八九两]成`)

// share reads 占七成, 占60%, 一半, 大半.
func share(c string) (int, bool) {
	i := strings.Index(c, "占")
	if i < 0 && !womenTenths.MatchString(c) && !containsAny(c, "一半", "大半", "过半", "半数", "成是女", "%", "％") {
		return 0, false
	}
	for _, s := range []struct {
		say     string
		percent int
	}{{"一多半", 60}, {"一大半", 60}, {"大半", 60}, {"小半", 30}, {"过半", 55}, {"半数以上", 55}, {"一半以上", 55}, {"一半", 50}, {"半数", 50}, {"三分之二", 66}, {"三分之一", 33}, {"四分之一", 25}, {"多数", 60}} {
		if strings.Contains(c, s.say) {
			return s.percent, true
		}
	}
	return percent(c)
}

func percent(c string) (int, bool) {
	runes := []rune(c)
	for i := range runes {
		n, width := readPlain(runes[i:])
		if width == 0 || i+width >= len(runes) {
			continue
		}
		switch runes[i+width] {
		case '成':
			return n.lo * 10, n.lo <= 10
		case '%', '％':
			return n.lo, n.lo <= 100
		}
	}
	return 0, false
}

// shareOfTotal takes a share of the staff where the description gave their
// number.
func (r *reader) shareOfTotal(i int, c string, p int) (count, bool) {
	for _, j := range []int{i, i - 1, i + 1} {
		if j < 0 || j >= len(r.clauses) {
			continue
		}
		for _, n := range counts(r.clauses[j]) {
			if endsWithAny(r.clauses[j][:n.from], "员工", "职工", "员工有", "职工有", "员工共", "职工共", "从业人员", "总人数") && n.lo > 1 {
				return count{n: n.n * p / 100, lo: n.lo * p / 100, hi: n.hi * p / 100}, true
			}
			if after := headRunes(r.clauses[j][n.to:], 2); containsAny(after, "人", "名", "号", "个员", "位", "个职") && n.lo > 1 {
				return count{n: n.n * p / 100, lo: n.lo * p / 100, hi: n.hi * p / 100}, true
			}
		}
	}
	return count{}, false
}

// notFew takes out words that hold 少 or 不够 and mean no small number; notMany
// reads 不算多, 也没多少.
var (
	notFew  = strings.NewReplacer("不少", "", "多少", "", "至少", "", "少说", "", "少不了", "", "差不多", "约", "不算少", "", "不在少数", "")
	notMany = regexp.MustCompile(`(?:不(?:怎么|算|太|是很|是太|大|见得|会)?多|算不上多|谈不上多|没(?:有)?多少)`)
)

func (r *reader) womenWord(i int, c string) string {
	bare := r.strip(c)
	if p, ok := share(c); ok && strings.Contains(bare, "女") {
		if p >= 50 {
			return "many"
		}
		return ""
	}
	woman := strings.Contains(bare, "女")
	scarce := notFew.Replace(bare)
	switch {
	case woman && r.unsure(i):
		return Unknown
	case r.l.any(bare, "question"):
		return ""
	case r.l.any(bare, "few_of"):
		return "few"
	case r.l.any(bare, "many_of"):
		return "many"
	case woman && (r.l.any(scarce, "few") || notMany.MatchString(strings.ReplaceAll(bare, "差不多", "约"))):
		return "few"
	case woman && r.l.any(bare, "many"):
		return "many"
	}
	return ""
}
