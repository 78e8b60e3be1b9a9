package rule

import (
	"slices"
	"strings"

	"zujian/knowledge/text"
)

// statedIn reads a fact whose word is there or is denied.
func (r *reader) statedIn(i int, c, list string) string {
	w, at := r.l.has(c, list)
	switch {
	case at < 0:
		return ""
	case r.unsure(i):
		return Unknown
	case text.BothWays(c, at, at+len(w)):
		return ""
	case text.Negated(c, at, at+len(w)), gone.MatchString(c[at:]):
		return "no"
	case text.MoodOf(c) != text.Stated, r.l.any(c[:at], "question"), r.l.any(c, "plan"):
		return ""
	}
	return "yes"
}

// unionIn reads the trade union's women's committee. Without a union there is
// none; with one nothing is settled.
func (r *reader) unionIn(i int, c string) string {
	if r.l.any(c, "union") {
		return r.statedIn(i, c, "union")
	}
	at := strings.Index(c, "工会")
	if at < 0 || r.unsure(i) || !text.Negated(c, at, at+len("工会")) && !gone.MatchString(c) {
		return ""
	}
	return "no"
}

// supervisorIn reads whether a body is in charge. 归……管 says so too; a manager
// among the staff does not.
func (r *reader) supervisorIn(i int, c string) string {
	if text.HasAny(c, "直接登记", "没人主管", "无人主管", "没人管", "没有人主管", "没有单位管", "没有部门管", "没有主管", "没主管", "无主管") && !r.l.any(c, "question") {
		return "no"
	}
	w, at := r.l.has(c, "supervisor")
	if at < 0 && governed(c) {
		return "yes"
	}
	if at < 0 || strings.HasSuffix(c[:at], "行业") || strings.HasSuffix(c[:at], "女") || r.willingClause(c) || r.l.any(c, "unwilling") {
		return ""
	}
	switch {
	case r.unsure(i):
		return Unknown
	case text.Negated(c, at, at+len(w)), text.HasAny(c[at:], "脱钩", "脱了钩"):
		return "no"
	case r.l.any(c[:at], "question"):
		return ""
	}
	return "yes"
}

// inCharge reads 民政局主管, 教育局管着.
var inCharge = text.NewPattern(`(?:局|厅|工商联|文联|科协|残联|(?:民政|教育|卫健|司法|财政|税务|文旅|人社|体育|商务|科技|农业农村)(?:部门)?)(?:来|在|负责)?(?:主管|管着|管的|管$)`)

// governed reads 归教育局管, 归民政行业综合党委管.
func governed(c string) bool {
	if inCharge.MatchString(c) && !text.HasAny(c, "谁", "哪", "吗", "不") {
		return true
	}
	for _, by := range []string{"归", "由"} {
		i := strings.Index(c, by)
		if i < 0 || strings.Contains(c, "谁") || strings.Contains(c, "哪") {
			continue
		}
		rest := c[i:]
		if text.HasAny(rest, "管", "主管") && text.HasAny(rest, "局", "厅", "委", "部", "联") {
			return true
		}
	}
	return false
}

// registeredIn reads whether it is registered; what is only put on file, 备案, is
// not.
func (r *reader) registeredIn(i int, c string) string {
	w, at := r.l.has(c, "registered")
	if at < 0 {
		if text.HasAny(c, "备案", "备了案", "备过案") && text.MoodOf(c) == text.Stated {
			return "no"
		}
		return ""
	}
	switch {
	case person.MatchString(c[at+len(w):] + r.next(i)):
		return ""
	case r.unsure(i):
		return Unknown
	case r.l.any(c[:at], "question"), r.l.any(c[:at], "plan"):
		return ""
	case text.Negated(c, at, at+len(w)), text.HasAny(c[:at], "不用", "不需要", "不必", "免"), gone.MatchString(c[at:]):
		return "no"
	}
	return "yes"
}

// person reads 登记的阿姨: people are on a list, which registers no organisation.
var person = text.NewPattern(`^(?:在册)?的(?:女|阿姨|人|会员|司机|骑手|学员|保姆|月嫂|党员)`)

func (r *reader) chainIn(i int, c string) string { return r.statedIn(i, c, "chain") }

// industryIn reads that an industry's department can, or cannot, push.
func (r *reader) industryIn(_ int, c string) string {
	switch {
	case !r.l.any(c, "body") || r.l.any(c, "question") || strings.Contains(c, "谁"):
		return ""
	case r.l.any(c, "unwilling"):
		return "no"
	case r.willingClause(c):
		return "yes"
	}
	return ""
}

// canPush reads 能帮着推.
var canPush = text.NewPattern(`(?:能|能够|可以|愿意|肯|会|答应)[^没不无]{0,4}(?:推|牵头|带|组织|抓)`)

func (r *reader) willingClause(c string) bool {
	return r.l.any(c, "body") && (r.l.any(c, "willing") || canPush.MatchString(c)) && !r.l.any(c, "unwilling") && !text.HasAny(c, "妇联牵头")
}

// candidateIn reads whether the woman meant to head it is a party member; it
// takes a clause that says so near one that speaks of her.
func (r *reader) candidateIn(i int, c string) string {
	value := ""
	switch {
	case r.l.any(c, "not_member"):
		value = "no"
	case r.l.any(c, "member") && !strings.Contains(c, "不"):
		value = "yes"
	default:
		return ""
	}
	for _, near := range r.clauses[max(0, i-1):min(len(r.clauses), i+2)] {
		if r.l.any(near, "candidate") {
			return value
		}
	}
	return ""
}

// role reads whether an association forms for itself or for its members.
func (r *reader) role() {
	kind, _ := r.b.Fact(kindFact)
	i := kind.index(r.out.Facts[kindFact])
	if i < 0 || !slices.Contains(kind.Values[i].Groups, "行业社会组织") {
		return
	}
	if w, at := r.l.has(r.text, "platform"); at >= 0 {
		r.out.Facts["role"], r.out.Words["role"] = "platform", w
	} else if w, at := r.l.has(r.text, "self"); at >= 0 {
		r.out.Facts["role"], r.out.Words["role"] = "self", w
	}
}

func (r *reader) base() {
	for _, c := range r.clauses {
		if w, at := r.l.has(c, "base_weak"); at >= 0 && text.HasAny(r.text, "党", "支部") {
			r.say("party_base", "weak", w)
			return
		}
	}
	for _, c := range r.clauses {
		w, at := r.l.has(c, "base_good")
		if at >= 0 && text.HasAny(r.text, "党", "支部") && !text.HasAny(c[:at], "不", "没") && !r.l.any(c, "unsure") {
			r.say("party_base", "good", w)
			return
		}
	}
}

func (r *reader) ready() {
	if w, at := r.l.has(r.text, "ready_no"); at >= 0 {
		r.say("ready", "no", w)
	} else if w, at := r.l.has(r.text, "ready_yes"); at >= 0 && !r.l.ends(r.text[:at], "question") {
		r.say("ready", "yes", w)
	}
}
