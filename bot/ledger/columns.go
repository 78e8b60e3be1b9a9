package ledger

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/knowledge/rule"
	"zujian/knowledge/text"
)

// families are family names (百家姓, those of one character).
const families = `赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵` +
	`湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀段焦巴牧山谷车侯全班` +
	`仰秋仲伊宫宁栾祖武刘景龙叶司黎白蒲卓池乔闻党谭劳申冉桂牛燕尚温庄晏瞿习艾容向古易慎戈廖庾欧沃关东`

// What the values of a column look like.
var (
	nameEnd = regexp.MustCompile(`(?:公司|集团|厂|店|行|铺|坊|馆|部|社|所|院|园|校|学校|学院|中心|协会|商会|学会|研究会|促进会|联合会|基金会|合作社|工作室|` +
		`事务所|医院|诊所|门诊|门诊部|幼儿园|机构|站|超市|酒店|宾馆|饭店|农场|家庭农场|市场|广场|大厦|队|服务社|经营部|分公司|委员会|俱乐部|养老院|药房|图书馆|服务部|商行|专业市场|步行街|商城)(?:[（(][^）)]*[）)])?$`)
	phoneLike  = regexp.MustCompile(`^(?:\+?86)?1[3-9]\d{9}$|^0\d{2,3}-?\d{7,8}$|^\d{7,8}$`)
	idLike     = regexp.MustCompile(`^[1-8]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$`)
	codeLike   = regexp.MustCompile(`^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$`)
	personLike = regexp.MustCompile(`^[` + families + `]\p{Han}{1,2}$`)
	townEnd    = regexp.MustCompile(`(?:镇|乡|街道|街道办|办事处|街办)$`)
	villageEnd = regexp.MustCompile(`(?:村|社区|居委会|村委会)$`)
	partyLike  = regexp.MustCompile(`党支部|党委|党总支|联合支部|^支部`)
)

// judgeColumns compares each column's values with what its heading says, and
// guesses what a column without a telling heading is.
func (f *File) judgeColumns(t *table) {
	t.addHeadless()
	for i := range t.cols {
		c := &t.cols[i]
		if c.fixed {
			continue
		}
		values := t.sample(c.at)
		t.leanLeft(i)
		if c.Role == roleNone {
			f.guess(c, values)
		} else {
			f.weigh(c, values)
		}
	}
	t.onlyOne(roleName, roleKind, roleIndustry, roleWomen, roleStaff, roleTownship, roleVillage, roleShare, roleBuilt, roleSize)
	if t.column(roleName) < 0 {
		t.guessName()
	}
}

// sampled is how many values of a column are looked at.
const sampled = 200

func (t *table) sample(c int) []string {
	var out []string
	for _, r := range t.rows {
		if v := squeeze(t.sheet.cell(r, c)); v != "" {
			if out = append(out, v); len(out) == sampled {
				break
			}
		}
	}
	return out
}

// addHeadless adds columns that have values and no heading.
func (t *table) addHeadless() {
	for c := 0; c <= t.right(); c++ {
		if slices.ContainsFunc(t.cols, func(k Column) bool { return k.at == c }) || len(t.sample(c)) == 0 {
			continue
		}
		col := Column{Letter: letter(c), Hidden: t.sheet.hiddenC[c], at: c}
		col.take(roleNone, 0, "")
		t.cols = append(t.cols, col)
	}
	slices.SortFunc(t.cols, func(a, b Column) int { return a.at - b.at })
}

// leanLeft settles headings that lean on the column to their left: 性别 after
// 书记, 是否党员 after whose it is.
func (t *table) leanLeft(i int) {
	c := &t.cols[i]
	if i == 0 {
		return
	}
	left, bare := t.cols[i-1].Heading, bareHeading(c.Heading)
	secretary := strings.Contains(left, "书记") || strings.Contains(left, "支书")
	woman := strings.Contains(left, "妇联") || strings.Contains(left, "人选") || strings.Contains(left, "拟任") || strings.Contains(left, "主席")
	switch bare {
	case "性别":
		if secretary {
			c.take("secretary_gender", 0.7, "按左边“"+left+"”的性别读")
		}
	case "是否党员", "是否中共党员", "政治面貌", "是否为党员":
		switch {
		case woman:
			c.take("head_party_member", surePart, "")
		case secretary || t.cols[i-1].Role == rolePersonal:
			c.take(roleUnused, surePart, "")
		}
	}
}

// weigh lowers the confidence in a column whose values do not read as what its
// heading says.
func (f *File) weigh(c *Column, values []string) {
	fits := f.fit(c.Role)
	if fits == nil || len(values) < 3 {
		return
	}
	n := count(values, fits)
	if n*2 >= len(values) || c.Doubt != "" {
		return
	}
	c.take(c.Role, c.Sure*(0.3+float64(n)/float64(len(values))), "列名像“"+roleSays(c.Role)+"”，里面的内容多半读不出来")
	if n*5 < len(values) && c.Role == roleName {
		c.take(roleNone, 0, "列名像单位名称，里面的内容不像")
	}
}

// fit tells whether a value reads as what a role says; nil where any does.
func (f *File) fit(role string) func(string) bool {
	if _, ok := readWord(f.book, role, ""); ok {
		return func(v string) bool { c, _ := readWord(f.book, role, v); return !c.Strange }
	}
	switch role {
	case roleWomen, roleStaff, "units":
		return func(v string) bool { return !f.book.CountCell(v).Strange }
	case roleName:
		return func(v string) bool {
			return utf8.RuneCountInString(v) >= 2 && !numeric.MatchString(v) && !rule.MarkCell(v)
		}
	}
	return nil
}

func count(values []string, is func(string) bool) int {
	n := 0
	for _, v := range values {
		if is(v) {
			n++
		}
	}
	return n
}

// guess tells a column by its values alone. What it finds is always to be
// looked at, except what is only kept from being read.
func (f *File) guess(c *Column, values []string) {
	if len(values) < 2 {
		return
	}
	most := func(is func(string) bool, of float64) bool {
		return float64(count(values, is)) >= of*float64(len(values))
	}
	const by = "没有认得的列名，按里面的内容猜的"
	switch {
	case most(phoneLike.MatchString, 0.6), most(idLike.MatchString, 0.6), most(personLike.MatchString, 0.8) &&
		!most(townEnd.MatchString, 0.3):
		c.take(rolePersonal, 0.9, "")
	case most(codeLike.MatchString, 0.6):
		c.take(roleUnused, 0.9, "")
	case most(partyLike.MatchString, 0.6):
		c.take("party_form", 0.6, by)
	case most(townEnd.MatchString, 0.7):
		c.take(roleTownship, 0.6, by)
	case most(villageEnd.MatchString, 0.7):
		c.take(roleVillage, 0.6, by)
	case most(f.parkLike, 0.6):
		c.take(rolePark, 0.6, by)
	case most(f.kindLike, 0.8):
		c.take(roleKind, 0.6, by)
	}
}

// parkLike tells the name of a park.
func (f *File) parkLike(v string) bool {
	if utf8.RuneCountInString(v) > 16 {
		return false
	}
	return slices.ContainsFunc(f.book.Words["park"], func(w string) bool { return strings.HasSuffix(v, w) }) || strings.HasPrefix(v, "园区外")
}

// kindLike tells the word for a kind of organisation, alone.
func (f *File) kindLike(v string) bool {
	if utf8.RuneCountInString(v) > 8 {
		return false
	}
	kind, _ := f.book.Fact("kind")
	return slices.ContainsFunc(kind.Values, func(k rule.Value) bool { return slices.Contains(k.Say, v) })
}

// onlyOne keeps one column for a role that can have only one: the one whose
// heading says 固定, the latest year, the total, the surer, then the first.
func (t *table) onlyOne(roles ...string) {
	for _, role := range roles {
		best := -1
		for i, c := range t.cols {
			if c.Role != role || t.options[c.at] != "" {
				continue
			}
			if best < 0 || better(c, t.cols[best]) {
				best = i
			}
		}
		for i := range t.cols {
			c := &t.cols[i]
			if c.Role == role && i != best && t.options[c.at] == "" {
				c.take(roleUnused, c.Sure, "跟“"+t.cols[best].Heading+"”说的是一回事，用那一列")
			}
		}
	}
}

func better(c, than Column) bool {
	if c.fixed != than.fixed {
		return c.fixed
	}
	for _, more := range []func(string) int{fixedStaff, headingYear, wholeNotPart} {
		if x, y := more(c.Heading), more(than.Heading); x != y {
			return x > y
		}
	}
	return c.Sure > than.Sure+0.05
}

func fixedStaff(heading string) int {
	if strings.Contains(heading, "固定") {
		return 1
	}
	return 0
}

// headingYear gives the year a heading speaks of, 0 for none: the latest counts.
func headingYear(heading string) int {
	year := 0
	for _, d := range text.Dates(heading) {
		year = max(year, d.Year)
	}
	return year
}

var (
	wholeHeading = regexp.MustCompile(`合计|总计|总数|总人数|共计|小计|总`)
	partHeading  = regexp.MustCompile(`[（(](?:[^（）()]*(?:岁|线|管理|技术|后勤|车间|班组|以上|以下|学历|党员|临时|外包))[^（）()]*[）)]|` +
		`其中.{1,6}女|(?:一线|管理|车间|后勤|外包|临时|退休)女`)
)

// wholeNotPart ranks a total over a number of all over one of a part.
func wholeNotPart(heading string) int {
	switch {
	case wholeHeading.MatchString(heading):
		return 2
	case partHeading.MatchString(heading):
		return 0
	}
	return 1
}

// guessName takes the column whose values are most like names of
// organisations for that of the names.
func (t *table) guessName() {
	best, most := -1, 0.5
	for i, c := range t.cols {
		if c.Used() || c.Role == rolePersonal || c.Sure == sureExact {
			continue
		}
		values := t.sample(c.at)
		if len(values) < 2 {
			continue
		}
		if share := float64(count(values, nameEnd.MatchString)) / float64(len(values)); share > most {
			best, most = i, share
		}
	}
	if best >= 0 {
		t.cols[best].take(roleName, 0.6, "没有认得的列名，按里面的内容猜的")
	}
}

// remarks says what a person should know of the file as a whole.
func (f *File) remarks() []string {
	var out []string
	for _, s := range f.sheets {
		if s.formulas > 0 {
			out = append(out, "“"+s.name+"”里有"+itoa(s.formulas)+"个公式没有存结果，按公式算了来用，表里的公式没有动。")
		}
		if s.listed {
			out = append(out, "“"+s.name+"”是套用了表格样式的“超级表”，排序、筛选时请把右边新加的列一起选上。")
		}
	}
	for _, t := range f.tables {
		if t.beside {
			out = append(out, "“"+t.sheet.name+"”里有左右并排的表，只处理了左边的，请把右边的移到下面再试。")
		}
	}
	return out
}
