package rule

import (
	"regexp"
	"strings"
)

// clauseFact reads a fact whose word is there or is denied.
func (r *reader) clauseFact(fact, list string, skip ...string) {
	for i, c := range r.clauses {
		w, at := r.l.has(c, list)
		if at < 0 || containsAny(c, skip...) {
			continue
		}
		switch {
		case r.unsure(i):
			r.say(fact, Unknown, c)
		case r.l.any(c[:at], "question"), r.l.any(c, "plan"):
			continue
		case r.negated(c, at, at+len(w)), strings.HasSuffix(c[:at], "不是"):
			r.say(fact, "no", c)
		default:
			r.say(fact, "yes", c)
		}
		return
	}
}

func (r *reader) union() {
	for _, c := range r.clauses {
		if containsAny(c, "没有工会", "没工会", "无工会", "没建工会", "未建工会", "没成立工会", "工会也没有", "工会都没有", "工会还没") && !r.l.any(c, "union") {
			r.say("union_women_committee", "no", c)
			return
		}
	}
	r.clauseFact("union_women_committee", "union")
}

// supervisor reads whether a body is in charge. 归……管 says so too; a manager
// among the staff does not.
func (r *reader) supervisor() {
	for i, c := range r.clauses {
		if containsAny(c, "直接登记", "没人主管", "无人主管", "没人管", "没有人主管", "没有单位管", "没有部门管", "没有主管", "没主管", "无主管") && !r.l.any(c, "question") {
			r.say("supervisor", "no", c)
			return
		}
		w, at := r.l.has(c, "supervisor")
		if at < 0 || strings.HasSuffix(c[:at], "行业") || strings.HasSuffix(c[:at], "女") || r.willingClause(c) || r.l.any(c, "unwilling") {
			if at < 0 && governed(c) {
				r.say("supervisor", "yes", c)
			}
			continue
		}
		switch {
		case r.unsure(i):
			r.say("supervisor", Unknown, c)
		case r.l.any(c[:at], "question"):
			continue
		case r.negated(c, at, at+len(w)):
			r.say("supervisor", "no", c)
		default:
			r.say("supervisor", "yes", c)
		}
		return
	}
}

// inCharge reads 民政局主管, 教育局管着.
var inCharge = regexp.MustCompile(`(?:局|厅|工商联|文联|科协|残联|(?:民政|教育|卫健|司法|财政|税务|文旅|人社|体育|商务|科技|农业农村)(?:部门)?)(?:来|在|负责)?(?:主管|管着|管的|管$)`)

// governed reads 归教育局管, 归民政行业综合党委管.
func governed(c string) bool {
	if inCharge.MatchString(c) && !containsAny(c, "谁", "哪", "吗", "不") {
		return true
	}
	for _, by := range []string{"归", "由"} {
		i := strings.Index(c, by)
		if i < 0 || strings.Contains(c, "谁") || strings.Contains(c, "哪") {
			continue
		}
		rest := c[i:]
		if containsAny(rest, "管", "主管") && containsAny(rest, "局", "厅", "委", "部", "联") {
			return true
		}
	}
	return false
}

func (r *reader) registered() {
	for i, c := range r.clauses {
		w, at := r.l.has(c, "registered")
		if at < 0 {
			if strings.Contains(c, "备案") || strings.Contains(c, "备了案") || strings.Contains(c, "备过案") {
				r.say("registered", "no", c)
			}
			continue
		}
		switch {
		case r.unsure(i):
			r.say("registered", Unknown, c)
		case r.l.any(c[:at], "question"), r.l.any(c[:at], "plan"):
			continue
		case r.negated(c, at, at+len(w)), containsAny(c[:at], "不用", "不需要", "不必", "免"):
			r.say("registered", "no", c)
		default:
			r.say("registered", "yes", c)
		}
		return
	}
}

func (r *reader) chain() { r.clauseFact("industry_chain", "chain") }

// industry reads that an industry's department can, or cannot, push.
func (r *reader) industry() {
	for _, c := range r.clauses {
		if !r.l.any(c, "body") || r.l.any(c, "question") || strings.Contains(c, "谁") {
			continue
		}
		switch {
		case r.l.any(c, "unwilling"):
			r.say("industry_can_push", "no", c)
		case r.willingClause(c):
			r.say("industry_can_push", "yes", c)
		default:
			continue
		}
		return
	}
}

// canPush reads 能帮着推.
var canPush = regexp.MustCompile(`(?:能|能够|可以|愿意|肯|会|答应)[^没不无]{0,4}(?:推|牵头|带|组织|抓)`)

func (r *reader) willingClause(c string) bool {
	return r.l.any(c, "body") && (r.l.any(c, "willing") || canPush.MatchString(c)) && !r.l.any(c, "unwilling") && !containsAny(c, "妇联牵头")
}

// candidate reads whether the woman meant to head it is a party member; it
// takes a clause that says so near one that speaks of her.
func (r *reader) candidate() {
	for i, c := range r.clauses {
		value := ""
		switch {
		case r.l.any(c, "not_member"):
			value = "no"
		case r.l.any(c, "member") && !strings.Contains(c, "不"):
			value = "yes"
		default:
			continue
		}
		if r.l.any(c, "candidate") || i > 0 && r.l.any(r.clauses[i-1], "candidate") || i+1 < len(r.clauses) && r.l.any(r.clauses[i+1], "candidate") {
			r.say("head_party_member", value, c)
			return
		}
	}
}

// role reads whether an association forms for itself or for its members.
func (r *reader) role() {
	kind, _ := r.b.Fact(kindFact)
	i := kind.index(r.out.Facts[kindFact])
	if i < 0 || !contains(kind.Values[i].Groups, "行业社会组织") {
		return
	}
	if w, at := r.l.has(r.text, "platform"); at >= 0 {
		r.say("role", "platform", w)
	} else if w, at := r.l.has(r.text, "self"); at >= 0 {
		r.say("role", "self", w)
	}
}

func (r *reader) base() {
	for _, c := range r.clauses {
		if w, at := r.l.has(c, "base_weak"); at >= 0 && containsAny(r.text, "党", "支部") {
			r.say("party_base", "weak", w)
			return
		}
	}
	for _, c := range r.clauses {
		w, at := r.l.has(c, "base_good")
		if at >= 0 && containsAny(r.text, "党", "支部") && !containsAny(c[:at], "不", "没") && !r.l.any(c, "unsure") {
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
