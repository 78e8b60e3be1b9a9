package rule

import (
	"strconv"
	"strings"

	"zujian/knowledge/text"
)

// staffing is what one stretch says of the women on the staff.
type staffing struct {
	at     int
	n      text.Number
	number bool
	words  string
	value  string // none, many, few or not known, where no number is said
	casual bool   // of others than fixed staff
}

// women reads how many women are on the fixed staff: a number with the
// program's reading of it, a share, or a word. Seasonal and temporary staff
// are not fixed staff and are left to be asked. A total wins over parts, the
// latest year over those before, what puts an earlier number right over it.
func (r *reader) women() {
	said := r.staffings()
	said = since(said, func(s staffing) bool { return r.stretches[s.at].fixes })
	said = latest(r, said)
	said = only(said, func(s staffing) bool { return lasting(r.clauses[s.at]) })
	casual := false
	best := staffing{n: text.Number{Lo: -1}}
	word := staffing{}
	for _, s := range said {
		switch {
		case s.casual || casual && !lasting(r.clauses[s.at]):
			casual, best, word = true, staffing{n: text.Number{Lo: -1}}, staffing{}
		case s.number && s.n.Lo > best.n.Lo:
			best = s
		case !s.number && (word.value == "" || word.value == Unknown || s.value == "none"):
			word = s
		}
	}
	if best.n.Lo >= 0 {
		r.at = best.at
		r.sayWomen(best.n, "女性"+worded(best.n)+"人")
	} else if word.value != "" {
		r.at = word.at
		r.say(womenFact, word.value, word.words)
	}
	r.at = -1
}

func (r *reader) staffings() []staffing {
	var out []staffing
	for i, c := range r.clauses {
		if c == "" || !r.womenClause(i, c) {
			continue
		}
		s := staffing{at: i, words: c, casual: r.casual(i)}
		if r.noWomen(c) {
			s.value = "none"
		} else if n, ok := r.womenNumber(i, c); ok {
			s.n, s.number = n, true
		} else {
			s.value = r.womenWord(i, c)
		}
		if s.number || s.value != "" || s.casual {
			out = append(out, s)
		}
	}
	return out
}

// since gives the part of a list from the last that is so, all where none is.
func since(list []staffing, is func(staffing) bool) []staffing {
	for i := len(list) - 1; i >= 0; i-- {
		if is(list[i]) {
			return list[i:]
		}
	}
	return list
}

// only gives those that are so, all where none is.
func only(list []staffing, is func(staffing) bool) []staffing {
	var out []staffing
	for _, s := range list {
		if is(s) {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return list
	}
	return out
}

var total = text.NewPattern(`一共|总共|合计|总计|共计|加起来|加一块|拢共|统共|共(?:有)?[0-9一二三四五六七八九十百两]`)

// latest keeps the numbers of the latest year, and a total before its parts.
func latest(r *reader, list []staffing) []staffing {
	year := func(s staffing) int { return yearOf(r.clauses[s.at]) }
	last := 0
	for _, s := range list {
		last = max(last, year(s))
	}
	if last > 0 {
		list = only(list, func(s staffing) bool { return year(s) == last })
	}
	return only(list, func(s staffing) bool { return s.number && total.MatchString(r.clauses[s.at]) })
}

// yearOf gives the year a clause speaks of; this year comes after all that are
// named, 0 is none.
func yearOf(c string) int {
	for i, w := range []string{"前年", "去年", "今年"} {
		if strings.Contains(c, w) {
			return 9001 + i
		}
	}
	if text.HasAny(c, "现在", "目前", "眼下", "如今", "当前") {
		return 9003
	}
	last := 0
	for _, d := range text.Dates(c) {
		last = max(last, d.Year)
	}
	return last
}

// sayWomen records the number as it was said and, where the office's headcount
// or the program's reading takes all of it one way, 较多 or 不多.
func (r *reader) sayWomen(n text.Number, words string) {
	low, high := r.b.takeWomen(n.Lo), r.b.takeWomen(n.Hi)
	if low == high || low == r.b.takeWomen(n.N) && low == "many" {
		r.say(countFact, strconv.Itoa(n.N), words)
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

const womenNames = `(?:小姑娘|大姑娘|姑娘|大姐|阿姨|妹子|小妹|大嫂|嫂子|大妈|婶子|大婶|宝妈|媳妇|娘子军|妇女)们?`

var (
	namedCounted = text.NewPattern(`((?:[0-9一二三四五六七八九十两几百]|多|来)(?:个|名|位|号)?(?:固定|长期)?)` + womenNames)
	namedMany    = text.NewPattern(`(?:` + womenNames + `|老板娘)((?:有|就|才|大概|约|差不多)*[0-9一二三四五六七八九十两几百]+|居多|多|占)`)
)

// couple is a man and a woman who do it all themselves.
var couple = text.NewPattern(`(?:小|老)?两口子|夫妻(?:俩|二人|两个|两人)`)

// spoken parts what speech runs together: 厂子女工 is no 子女, 专职女的两个 and
// 没有党员 begin something of their own.
var spoken = []struct {
	run *text.Pattern
	as  string
}{
	{text.NewPattern(`([厂铺摊店院园馆房班村])子女`), "${1}子，女"},
	{text.NewPattern(`([多少个名人百十千\d])((?:专职|全职|在编|坐班|固定)的?(?:就|只|才|女的[一二两三四五六七八九十\d]|[一二两三四五六七八九十\d]))`), "${1}，${2}"},
	{text.NewPattern(`([^有也都还连，])((?:也|都|还)?(?:没有|没得|没|无)党员)`), "${1}，${2}"},
	{text.NewPattern(`(女\p{Han}{0,3}一个(?:也|都)?(?:没有|没))(男)`), "${1}，${2}"},
	{text.NewPattern(`([^，])(党员(?:一个|半个)(?:也|都)?(?:没|无))`), "${1}，${2}"},
}

// womenByName puts 女工 for the names that women are called by where they are
// counted: 两个小姑娘, 大姐三十来个.
func womenByName(s string) string {
	for _, x := range spoken {
		s = x.run.ReplaceAllString(s, x.as)
	}
	s = couple.ReplaceAllString(s, "一个女工，")
	s = namedCounted.ReplaceAllString(s, "${1}女工")
	return namedMany.ReplaceAllString(s, "女工${1}")
}

// womenClause says whether a clause speaks of women, or men, on the staff.
func (r *reader) womenClause(i int, c string) bool {
	if !strings.Contains(c, "女") && !strings.Contains(c, "男") || r.leading(i, c) || r.l.any(c, "plan") {
		return false
	}
	return text.HasAny(r.strip(c), "女", "男")
}

// strip takes out words with 女 that mean something else.
func (r *reader) strip(c string) string {
	for _, w := range r.l.words["not_staff"] {
		c = strings.ReplaceAll(c, w, "")
	}
	return c
}

// notOne reads 女工一个也没有.
var notOne = text.NewPattern(`女[^，。]{0,4}(?:一个|半个|一位|一名)(?:也|都)?(?:没有|没得|没|无)(?:$|[^几多少够固到过])|(?:一个|半个|一位|一名)女[^，。]{0,4}(?:也|都)(?:没有` +
	`|没得|没|无)(?:$|[^几多少够固到过])`)

// noWomen says whether a clause denies every woman; 女的没有几个 does not.
func (r *reader) noWomen(c string) bool {
	bare := r.strip(c)
	if notOne.MatchString(bare) {
		return true
	}
	if i := strings.Index(bare, "女"); i >= 0 && denied(bare[:i]) && text.MoodOf(bare) == text.Stated && !r.amount(bare[i:]) {
		return true
	}
	w, at := r.l.has(bare, "none")
	if at < 0 || strings.Contains(w, "男") && text.HasAny(bare[:at], "司机", "骑手", "管理", "一线", "技术", "老板", "股东", "干部", "班组", "师傅",
		"保安") || r.l.any(bare, "question") || r.l.any(bare, "unsure") {
		return false
	}
	return !text.HasAny(headRunes(strings.TrimPrefix(bare[at+len(w):], "有"), 2), "几", "多", "够", "固", "到")
}

// amount says whether a stretch says how many.
func (r *reader) amount(s string) bool {
	return len(text.Numbers(s)) > 0 || r.l.any(s, "few") || r.l.any(s, "many")
}

// lasting says whether a clause speaks of fixed staff in so many words; beside
// casual staff only such a clause counts.
func lasting(c string) bool {
	return text.HasAny(c, "固定", "正式", "长期", "在编", "在册", "签合同", "签了合同", "签的", "本部", "坐班", "全职", "专职", "常年", "长年", "真正", "劳动合同")
}

// firmOfCasual are firms whose own staff may well be fixed.
var firmOfCasual = strings.NewReplacer("外包公司", "公司", "派遣公司", "公司", "劳务公司", "公司", "外包企业", "企业")

func (r *reader) casual(i int) bool {
	if r.l.any(firmOfCasual.Replace(r.clauses[i]), "casual") {
		return true
	}
	return i+1 < len(r.clauses) && r.l.any(r.clauses[i+1], "casual") && text.HasAny(r.clauses[i+1], "都是", "多是", "全是", "大多", "基本")
}

// womenNumber reads a number of women, or a share of a total that was given.
func (r *reader) womenNumber(i int, c string) (text.Number, bool) {
	if p, ok := share(c); ok {
		return r.shareOfTotal(i, c, p)
	}
	if n, ok := r.allWomen(i, c); ok {
		return n, true
	}
	c = r.strip(c)
	at := strings.Index(c, "女")
	if at < 0 {
		return text.Number{}, false
	}
	best, found := text.Number{}, false
	for _, n := range text.Numbers(c) {
		if !r.countsWomen(c, at, n) {
			continue
		}
		if !found || n.From > at && best.From < at {
			best, found = n, true
		}
	}
	return best, found
}

// wholly says that all who were counted are women.
var wholly = text.NewPattern(`(?:全都?|都|全部|清一色)(?:也|还)?是女`)

// allWomen reads 护士九个全是女的, 三个店员，都是女的.
func (r *reader) allWomen(i int, c string) (text.Number, bool) {
	at := wholly.FindStringIndex(c)
	if at == nil || r.l.any(c[:at[0]], "leaders") {
		return text.Number{}, false
	}
	before := c[:at[0]]
	if i > 0 && len(text.Numbers(before)) == 0 && len([]rune(before)) <= 4 {
		before = r.clauses[i-1]
	}
	all := text.Numbers(before)
	if len(all) == 0 || strings.Contains(before, "女") {
		return text.Number{}, false
	}
	last := all[len(all)-1]
	return last, text.StartsAny(before[last.To:], "个", "名", "位", "人", "号")
}

// countsWomen says whether a number counts the women of its clause: after the
// word, or just before it with a measure in between.
func (r *reader) countsWomen(c string, at int, n text.Number) bool {
	after := c[n.To:]
	if text.HasAny(headRunes(after, 1), "家", "户", "支", "岁", "年", "栋", "所", "间", "元", "万", "点", "班", "倍", "条", "届") {
		return false
	}
	if noPeople.MatchString(after) {
		return false
	}
	if n.From > at {
		return !text.HasAny(c[at:n.From], "建", "成立", "拢", "想", "搞", "办", "组织")
	}
	between := c[n.To:at]
	return len([]rune(between)) <= 5 && !text.HasAny(between, "家", "男", "员工里", "党员")
}

// noPeople follows a number of places or things: 两百来个摊位.
var noPeople = text.NewPattern(`^[个间处]?(?:摊位|摊子|铺面|铺子|商铺|店铺|门面|门店|店面|网店|档口|柜台|车间|工位|网点|站点|车位|床位|部门)`)

// worded gives a number the way it was said, without what stood around it.
func worded(n text.Number) string {
	if n.Say == "" {
		return "约" + strconv.Itoa(n.N)
	}
	return n.Say
}

var womenTenths = text.NewPattern(`女[^占，]{0,3}(?:有|近|约|快|超)?[一二三四五六七八九两]成`)

// share reads the women's share of the staff: 占七成, 占60%, 一半, 大半.
func share(c string) (int, bool) {
	all := text.Shares(c)
	if len(all) == 0 || !strings.Contains(c, "占") && !womenTenths.MatchString(c) && !text.HasAny(c, "半", "成是女", "%", "分之") {
		return 0, false
	}
	return all[0], true
}

// shareOfTotal takes a share of the staff where the description gave their
// number.
func (r *reader) shareOfTotal(i int, c string, p int) (text.Number, bool) {
	for _, j := range []int{i, i - 1, i + 1} {
		if j < 0 || j >= len(r.clauses) {
			continue
		}
		for _, n := range text.Numbers(r.clauses[j]) {
			if text.EndsAny(r.clauses[j][:n.From], "员工", "职工", "员工有", "职工有", "员工共", "职工共", "从业人员", "总人数") && n.Lo > 1 {
				return text.Number{N: n.N * p / 100, Lo: n.Lo * p / 100, Hi: n.Hi * p / 100}, true
			}
			if after := headRunes(r.clauses[j][n.To:], 2); text.HasAny(after, "人", "名", "号", "个员", "位", "个职", "个女") && n.Lo > 1 {
				return text.Number{N: n.N * p / 100, Lo: n.Lo * p / 100, Hi: n.Hi * p / 100}, true
			}
		}
	}
	return text.Number{}, false
}

// notFew takes out words that hold 少 or 不够 and mean no small number; notMany
// reads 不算多, 也没多少.
var (
	notFew  = strings.NewReplacer("不少", "", "多少", "", "至少", "", "少说", "", "少不了", "", "差不多", "约", "不算少", "", "不在少数", "")
	notMany = text.NewPattern(`(?:不(?:怎么|算|太|是很|是太|大|见得|会)?多|算不上多|谈不上多|没(?:有)?多少)`)
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
