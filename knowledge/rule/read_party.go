package rule

import (
	"strings"

	"zujian/knowledge/text"
)

// partyIn reads whether there is a party organisation. One shared with others,
// or one that only some units have, is partial. Another body's is not theirs.
func (r *reader) partyIn(i int, c string) string {
	w, at := r.partyWord(c)
	joint := (r.l.any(c, "party_joint") || shared.MatchString(c)) && (at >= 0 || strings.Contains(c, "党"))
	switch {
	case joint && at >= 0 && text.Negated(c, at, at+len(w)):
		return "no"
	case joint && !r.l.any(c, "question"):
		return "partial"
	case at < 0:
		return r.partyWithoutWord(i, c)
	case r.unsure(i):
		return Unknown
	case r.someHave(i, c):
		return "partial"
	case r.l.any(c, "question"):
		return ""
	case text.BothWays(c, at, at+len(w)):
		return ""
	case strings.Contains(c[:at], "别说"), strings.Contains(c[:at], "谈不上"):
		return "no"
	case text.Negated(c, at, at+len(w)), notSetUp.MatchString(c[:at]), gone.MatchString(c) && !revived.MatchString(c):
		return "no"
	case r.l.any(tailRunes(c[:at], 6), "plan"), r.l.begins(strings.TrimLeft(c[at+len(w):], "还正在"),
		"plan"), applied.MatchString(c) && !approved.MatchString(c):
		return "no"
	case r.l.any(c[:at], "past"), text.MoodOf(c) == text.Reported, text.MoodOf(c) == text.Supposed:
		return ""
	case bareDenial.MatchString(c[at+len(w):]):
		return "" // 支部没有归局里管: it may be the branch that is not there
	}
	return "yes"
}

// bareDenial is a 没有 right after a party organisation that may deny it or have
// an object of its own.
var bareDenial = text.NewPattern(`^(?:也|都|还|倒|就|目前|暂时|已经)*(?:没有|没得|无)(?:[^女书支委活换办专固怎什人]|$)`)

// shared reads 支部是跟商圈合建的.
var shared = text.NewPattern(`(?:跟|和|与|同).{1,24}(?:合建|共建|联建|合用|共用|合办|联合|合着(?:建|办|搞|弄)|一个(?:党)?支部)`)

// notSetUp is a setting up denied some words before: 没在我们这儿设支部.
var notSetUp = text.NewPattern(`(?:没|未|不曾)(?:有)?[^有、]{0,8}(?:设|建|成立|组建)(?:立|过|起)?(?:一个|自己的|独立的?|单独的?)?$`)

// gone reads 支部已撤销, applied 正在申请成立支部: there is none today.
var (
	gone    = text.NewPattern(`(?:撤销|撤了|撤掉|撤并|解散|取消|注销|散了|黄了|没了)`)
	applied = text.NewPattern(`(?:申请|报批|筹建|筹备|批复).{0,4}(?:成立|组建|建|设)?.{0,3}(?:党|支部)|(?:支部|党组织|党委|总支).{0,4}(?:还在|正在)?(?:批|报批|申请|筹建|筹备|等批)`)
)

// revived reads 撤了现在又重新建了.
var revived = text.NewPattern(`(?:又|重新|再次|后来)(?:重新)?(?:(?:建|成立|组建|恢复)(?:了|起来|好)|$)`)

// approved reads 支部刚批下来.
var approved = text.NewPattern(`(?:^|[^没未待等正])批(?:复)?(?:下来|准|过|了)`)

// builtTogether reads, after a party organisation was named, 是村里跟合作社联合建的.
var builtTogether = text.NewPattern(`(?:跟|和|与|同)[^，]{1,12}(?:联合|合|共|一起|联)(?:着)?(?:建|办|成立|搞)`)

// noMember reads 党员一个没有, 党员压根没.
var noMember = text.NewPattern(`党员(?:都|也|是|压根|根本|目前|暂时)*(?:一个|半个)?(?:都|也)?(?:没|无)`)

// partyWord finds a party organisation that is the organisation's own.
func (r *reader) partyWord(c string) (string, int) {
	c = strings.NewReplacer("团支部", "共青团", "团委", "青团", "党组织有关会议", "□□□□□□□").Replace(c)
	best, at := "", -1
	for _, w := range r.l.words["party"] {
		i := strings.Index(c, w)
		if i < 0 || (at >= 0 && i >= at) || r.l.ends(c[:i], "party_other") {
			continue
		}
		best, at = w, i
	}
	if at >= 0 {
		return best, at
	}
	if w, i := r.l.has(c, "leaders"); i >= 0 && w != "班子" && !r.l.ends(c[:i], "leaders_other") {
		return w, i
	}
	return "", -1
}

// partyWithoutWord reads clauses that lean on the one before: 一个党员都没有,
// 党员挂在社区支部.
func (r *reader) partyWithoutWord(i int, c string) string {
	if strings.Contains(c, "党员") && text.HasAny(c, "没有党员", "无党员", "党员都没", "党员也没", "没党员", "没一个党员") || noMember.MatchString(c) {
		return "no"
	}
	if i > 0 && builtTogether.MatchString(c) {
		if _, at := r.partyWord(r.clauses[i-1]); at >= 0 {
			return "partial"
		}
	}
	if i > 0 && r.l.any(c, "rest_not") && text.HasAny(c, "没", "无", "未") {
		if _, at := r.partyWord(r.clauses[i-1]); at >= 0 {
			return "partial"
		}
	}
	return ""
}

// someHave reads that only some of several units have one.
func (r *reader) someHave(i int, c string) bool {
	if r.l.any(c, "partial") {
		return true
	}
	for _, n := range text.Numbers(c) {
		after := strings.TrimPrefix(c[n.To:], "家")
		if after != c[n.To:] && text.StartsAny(strings.TrimLeft(after, "才已也是经就"), "有", "建", "成立") && !text.HasAny(c, "都有", "都建", "全部") {
			return true
		}
	}
	if someOf.MatchString(c) && !text.HasAny(c, "都有", "都建", "全部") {
		return true
	}
	return strings.Contains(c, "有的") && text.HasAny(c, "没", "无", "未") && strings.Count(c, "有的") > 1
}

// someOf reads 有几家建了支部.
var someOf = text.NewPattern(`(?:有|只有|就|个别|少数|部分)(?:那么)?(?:几|一些|些|一两|两三|三两|三四|四五|个别)?(?:家|个单位|户)(?:才|是|已经|已)?(?:有|建|成立|设)`)

// committeeIn reads whether a woman is on the party organisation's committee.
// One man on it settles nothing.
func (r *reader) committeeIn(i int, c string) string {
	if !r.leading(i, c) {
		return ""
	}
	switch {
	case r.unsure(i):
		return Unknown
	case r.l.any(c, "question"), r.l.any(c, "plan"), r.l.any(c, "past"):
		return ""
	case r.noWoman(c):
		return "no"
	case r.l.any(r.ofLeaders(c), "woman") && !strings.Contains(c, "不是女"), sheIs.MatchString(r.next(i)):
		return "yes"
	}
	return ""
}

// ofLeaders gives a clause from a few characters before who leads: 女的当书记.
func (r *reader) ofLeaders(c string) string {
	_, at := r.l.has(c, "leaders")
	if at < 0 {
		return c
	}
	for _, w := range r.l.words["leaders"] {
		if i := strings.Index(c, w); i >= 0 {
			at = min(at, i)
		}
	}
	return tailRunes(c[:at], 5) + c[at:]
}

// sheIs reads 书记是院长，她是女的.
var sheIs = text.NewPattern(`^(?:她|也|还|正好|恰好)*(?:是|就是)?(?:个|位|名)?女(?:的|同志|性|士)?$`)

// leading says whether a clause speaks of who leads the party organisation.
func (r *reader) leading(i int, c string) bool {
	c = strings.NewReplacer("团支部", "团", "团委", "团", "女职工委员会", "", "女工委员会", "", "女职工委", "", "女职委", "", "女工委", "", "村委员会", "").Replace(c)
	w, at := r.l.has(c, "leaders")
	if at >= 0 {
		return !r.l.ends(strings.TrimSuffix(c[:at], "副"), "leaders_other") && (w != "班子" || !text.HasAny(c, "妇联班子", "领导班子", "董事",
			"行政班子") || strings.Contains(c, "党"))
	}
	if sitsIn.MatchString(c) {
		return true
	}
	if r.l.any(c, "committee") {
		return r.l.any(c, "party") || i > 0 && (r.l.any(r.clauses[i-1], "party") || r.l.any(r.clauses[i-1], "leaders"))
	}
	return false
}

// sitsIn reads 党委里没有女的.
var sitsIn = text.NewPattern(`(?:党委|支部|总支|党组织)(?:班子)?(?:成员)?(?:里面?|里头|当?中|班子)[^，]{0,8}(?:女|男)`)

func (r *reader) noWoman(c string) bool {
	return text.HasAny(c, "没女", "没有女", "没一个女", "没有一个女", "无女", "清一色男", "都是男", "全是男", "全男", "没有妇女", "女的没有", "女同志没有", "清一色的男", "全部是男",
		"没得女", "不是女的一个", "一个女的都没", "一个女的也没", "一个女同志都没", "一个女同志也没", "没位女", "是清一色", "全是爷们", "都是爷们", "老爷们", "一水儿男", "一色男", "没有任何女")
}
