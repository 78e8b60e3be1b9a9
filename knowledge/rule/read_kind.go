package rule

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zujian/knowledge/text"
)

// kind reads which kind of organisation a description is about. Where it names
// several, the most telling word wins, then the longer, then the earlier; a
// body that only rules, joins or houses it does not count.
func (r *reader) kind() {
	if owned := r.ownedPublic(); owned != "" {
		r.say(kindFact, owned, r.text)
		return
	}
	best, score := word{}, 0
	for _, c := range r.whole {
		for at := 0; at < len(c); {
			w, ok := r.kindAt(c, at)
			if !ok {
				_, n := utf8.DecodeRuneInString(c[at:])
				at += n
				continue
			}
			if s := r.kindScore(c, at, w); s > score {
				best, score = w, s
			}
			at += len(w.say)
		}
	}
	if r.ownedKind(best, score) {
		return
	}
	if score == 0 && office.MatchString(r.text) {
		r.say(kindFact, "机关", r.text)
		return
	}
	if score > 0 {
		value := r.kindOf(best).Value
		r.say(kindFact, r.plural(r.firmByLaw(value, best.say)), best.say)
	} else if shop := smallShop.FindString(r.text); shop != "" {
		r.say(kindFact, "个体工商户", shop)
	} else if words, ok := r.doingSomething(); ok {
		r.say(kindFact, "企业", words)
	}
}

// smallShop is a shop or workshop by its ending, where no word names the kind:
// 剧本杀店, 豆腐坊, 乐器行.
var smallShop = text.NewPattern(`[\p{Han}]{1,3}(?:店|坊|铺|摊)(?:[，。；]|$|[^镇村乡街里路市县区家面])|[器具车车鱼米布][行](?:[，。老里]|$)`)

// office is a public office named by itself and nothing more: 区财政局.
var office = text.NewPattern(`^(?:我们是|我是|这是|我们)?[\p{Han}]{1,8}(?:局|厅|政府|党校|法院|检察院)(?:的|机关)?[。]?$`)

func (r *reader) kindAt(c string, at int) (word, bool) {
	first, _ := utf8.DecodeRuneInString(c[at:])
	for _, w := range r.l.kinds[first] {
		if strings.HasPrefix(c[at:], w.say) {
			return w, true
		}
	}
	return word{}, false
}

// kindOf gives the kind that a word stands for.
func (r *reader) kindOf(w word) *Value { return &r.b.Facts[r.b.facts[kindFact]].Values[w.value] }

func (r *reader) kindScore(c string, at int, w word) int {
	if w.value < 0 || r.public(w) && r.l.any(r.text, "never_public") {
		return 0
	}
	before, after := c[:at], c[at+len(w.say):]
	if r.public(w) && onlyBeside(before, after) {
		return 0
	}
	score := r.weight(w, before, after)*10 + utf8.RuneCountInString(w.say)
	switch {
	case text.StartsAny(after, "协会", "商会", "联合会", "公会", "学会", "促进会", "自治会"):
		return 0 // an association of them, which is a kind of its own
	case r.counted(before, w.say):
		return score / 20
	case denied(before):
		return 0
	case text.StartsAny(after, "联合支部", "联合党支部", "的联合"):
		return score / 8
	case text.StartsAny(after, "管理公司", "管理有限公司", "运营公司", "物业公司"):
		return score / 20 // a firm that runs it
	case strings.HasPrefix(after, "局") || r.l.begins(after, "member_of") || r.l.ends(before, "ruled_by"):
		return score / 20
	case r.within(after) && !houses(after):
		return score / 8
	}
	return score
}

// denied says whether what follows a stretch is denied by it.
func denied(before string) bool {
	p, _ := text.Before(before)
	return p == text.Denied
}

// weight gives a word's weight. A place counts as any other kind where it is
// named as the thing itself, 一栋写字楼, or for all that stand in it, 综合体里二十家
// 商户.
func (r *reader) weight(w word, before, after string) int {
	if !r.kindOf(w).Place || strings.Contains(before, "在") {
		return w.weight
	}
	switch {
	case after == "" && (before == "" || text.EndsAny(before, "栋", "幢", "座", "条", "个", "我们",
		"我们这")), before == "" && slices.Contains([]string{"一栋", "一幢", "一座", "一条"}, after):
		return 40
	case houses(after):
		return 45
	}
	return w.weight
}

// houses says whether what follows a place counts more units in it than form
// jointly.
func houses(after string) bool {
	after = strings.TrimLeft(after, "里内头中的有入驻共一")
	ns := text.Numbers(after)
	return len(ns) > 0 && ns[0].From <= len("大大小小") && ns[0].N > 5 && unitAfter(strings.TrimLeft(after[ns[0].To:], "多来余"))
}

// counted says whether what follows is only counted as a part: 下面有12家门店.
func (r *reader) counted(before, say string) bool {
	tail := tailRunes(before, 10)
	part := say == "门店" || r.l.any(tail, "not_units")
	return part && text.EndsAny(tail, "家", "个", "间", "所") && len(text.Numbers(tail)) > 0
}

func (r *reader) public(w word) bool {
	return slices.Contains(r.kindOf(w).Groups, "范围外")
}

// within says whether what stands before is a place something else is in.
func (r *reader) within(after string) bool {
	if text.StartsAny(after, "里", "内", "中的", "楼上", "旁", "门口", "附近", "对面") {
		return true
	}
	cs := text.Numbers(after)
	return len(cs) == 0 && len(after) > 0 && strings.ContainsAny(headRunes(after, 4), "层楼")
}

// ownedKind reads hospitals, schools and offices, whose kind hangs on who owns
// them, wherever in the text that is said.
func (r *reader) ownedKind(best word, score int) bool {
	if score >= 300 && r.kindOf(best).Value != "公立单位" {
		return false
	}
	public := r.l.any(r.text, "public") && !r.l.any(r.text, "never_public")
	private := r.l.any(r.text, "private")
	for _, k := range []struct{ list, public, private string }{
		{"kindergarten", "公立学校", "民办幼儿园"},
		{"hospital", "公立医院", "民办医院"},
		{"school", "公立学校", "民办学校"},
	} {
		w, at := r.l.has(r.text, k.list)
		switch {
		case at < 0:
			continue
		case private:
			r.say(kindFact, k.private, w)
		case public:
			r.say(kindFact, k.public, w)
		}
		return true // not said whose: it is asked
	}
	if w, at := r.l.has(r.text, "self_office"); at >= 0 && score < 100 {
		r.say(kindFact, "机关", w)
		return true
	}
	return false
}

// plural turns enterprises without a number into several of them.
func (r *reader) plural(value string) string {
	if value != "企业" {
		return value
	}
	for _, many := range []string{"几家", "多家", "一些企业", "一批企业", "好些"} {
		if i := strings.Index(r.text, many); i >= 0 && !strings.HasSuffix(r.text[:i], "十") && !r.l.any(r.text[:i], "not_units") {
			return "企业群"
		}
	}
	return value
}
