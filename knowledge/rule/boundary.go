package rule

import (
	"strings"

	"zujian/knowledge/text"
)

// boundary gives where the stretch of a ends and that of b begins. from is where
// a's stretch begins and end where the thing after b stands.
func (r *reader) boundary(c string, from, end int, a, b mention) int {
	if a.topic == aboutParty && b.topic == aboutLeaders && c[a.to:b.from] == "的" {
		return from
	}
	gap := c[a.to:b.from]
	own := r.ownPredicate(a, c[from:a.from], gap)
	if own > 0 && a.topic != aboutWomen {
		return a.to + own
	}
	rest := gap[own:]
	if lead := r.leads(b, rest); lead != "" {
		return b.from - len(lead)
	}
	p, at := text.Before(rest)
	known := r.satisfied(c[from:], mention{a.topic, a.from - from, a.to - from})
	if at == len(rest) {
		return a.to + own + r.unclaimed(a, rest, known)
	}
	forward := a.to + own + at
	counts := b.topic == aboutWomen && staff(c, b)
	if p == text.Denied && counts && own == 0 && twoSided(a.topic) {
		return b.from // 一个支部也没有女的二十七个
	}
	if own > 0 || p == text.Silent || known {
		return forward
	}
	behind := c[b.to:end]
	q, _ := text.After(behind)
	closed := q != text.Silent && (end == len(c) || ownDenial.MatchString(behind))
	if closed && at == 0 && twoSided(a.topic) && twoSided(b.topic) {
		return b.from // both have it behind: 支部没有工会有
	}
	if at == 0 && a.topic != b.topic && twoSided(a.topic) && (twoSided(b.topic) || b.topic == aboutPark && p == text.Denied) {
		r.twofold = append(r.twofold, a.topic, b.topic)
	}
	return forward
}

// unclaimed gives how much of a gap that says nothing of the next thing belongs
// to the one before: a bare 没有 after a thing of which nothing was said, else all
// but a counting 一个 that opens the next.
func (r *reader) unclaimed(a mention, rest string, known bool) int {
	if bare := ownBare.FindString(rest); bare != "" && twoSided(a.topic) && !known {
		return len(bare)
	}
	for _, w := range []string{"一个", "半个", "任何"} {
		if strings.HasSuffix(rest, w) {
			return len(rest) - len(w)
		}
	}
	return len(rest)
}

// twoSided says whether 有 or 没有 after the thing may be said of it.
func twoSided(t topic) bool { return t != aboutWomen && t != aboutPark && t != aboutLeaders }

// satisfied says whether something is said of a thing before it is named.
func (r *reader) satisfied(c string, m mention) bool {
	before := c[:m.from]
	if p, _ := text.Before(before); p != text.Silent {
		return true
	}
	if m.topic == aboutRegister && text.EndsAny(before, "已经", "已", "早", "都", "民政", "工商", "刚", "办了", "办过") {
		return true
	}
	if m.topic == aboutParty && r.l.any(c[m.from:m.to], "party_joint") {
		return true
	}
	return m.topic == aboutWomen && r.leads(m, before) != "" || m.topic == aboutLeaders
}

var (
	measured  = text.NewPattern(`^(?:多|来|余|几)?(?:个|名|位|号|人|口)?(?:固定|长期|正式|全职|专职|常年|在编)?的?(?:都是|全是|全部是|基本是|清一色)?$`)
	ownClosed = text.NewPattern(`^(?:是)?(?:也|都|还|倒|就|目前|暂时|已经|早就|刚)*(?:是有的?|有的|有了|没有的|没搞|没弄|没办|建好了|撤销了?|撤了|撤掉了?|解散了?|注销了?|散了|不清楚|不知道` +
		`|说不准|不晓得|没听说过?)(?:呢|的|了|吧|哈|啊|呀)*`)
	ownVerb   = text.NewPattern(`^(?:也|都|还|倒|就|目前|暂时|已经|早就|刚)*(?:没建|没成立|没设|没登记|没备案|未建|未成立|未登记|建了|成立了|设了|登了|登记了|备了)(?:呢|的|了|吧|哈|啊|呀)*`)
	ownDenial = text.NewPattern(`^(?:也|都|还|倒|就|目前|暂时)*(?:没建|没成立|没设|未建|未成立)`)
	ownEntry  = text.NewPattern(`^(?:也|都|还|就)*(?:没进|没入|没搬进?|没去|进了|搬进去|进去)(?:的|了)?`)
	ownBare   = text.NewPattern(`^(?:也|都|还|倒|就|目前|暂时|已经)*(?:没有|没得|无|有)`)
	ownNone   = text.NewPattern(`^(?:也|都)(?:没有|没得|没|无)`)
	ownCount  = text.NewPattern(`^(?:的|大概|大约|约|有|就|才|只|也|共|一共|总共|得有|差不多|估摸|怎么也|是|个|为|将近|不到|超过|至少|起码)*`)
	counted   = text.NewPattern(`^(?:多|来|余|几)?(?:个|人|名|位|号|口)?(?:人|左右|上下|的样子|吧|哈|呢)*`)
)

// leads gives what stands right before a thing and counts it: 三十几个女的.
func (r *reader) leads(b mention, rest string) string {
	if b.topic != aboutWomen {
		return ""
	}
	all := text.Numbers(rest)
	for i := len(all) - 1; i >= 0; i-- {
		if measured.MatchString(rest[all[i].To:]) {
			before := rest[:all[i].From]
			return before[len(strings.TrimRight(before, "一共总大概约只有就才差不多")):] + rest[all[i].From:]
		}
	}
	return ""
}

// ownPredicate gives how much of the gap after a thing says something of it and
// cannot belong to the next. before is what stands before it in its stretch.
func (r *reader) ownPredicate(a mention, before, gap string) int {
	if text.EndsAny(before, "一个", "半个", "一位", "任何") {
		if at := ownNone.FindStringIndex(gap); at != nil {
			return at[1]
		}
	}
	if p, _ := text.Before(before); a.topic == aboutWomen && (p == text.Denied || r.leads(a, before) != "") {
		return 0
	}
	if a.topic == aboutWomen {
		return r.ownCount(gap)
	}
	if n := len(ownClosed.FindString(gap)); n > 0 {
		return n
	}
	if a.topic == aboutPark {
		return len(ownEntry.FindString(gap))
	}
	if p, _ := text.Before(before); p != text.Silent || a.topic != aboutParty && a.topic != aboutUnion {
		return 0
	}
	return len(ownVerb.FindString(gap))
}

// ownCount gives how much of the gap after the women counts them.
func (r *reader) ownCount(gap string) int {
	lead := len(ownCount.FindString(gap))
	if all := text.Numbers(gap[lead:]); len(all) > 0 && all[0].From <= len("近") {
		to := lead + all[0].To
		to += len(counted.FindString(gap[to:]))
		if none := ownNone.FindStringIndex(gap[to:]); none != nil && all[0].N == 1 {
			to += none[1]
		}
		return to
	}
	bare := strings.TrimLeft(gap, "的也还都就真挺")
	skip := len(gap) - len(bare)
	for _, list := range []string{"few", "many", "none"} {
		for _, w := range r.l.words[list] {
			if strings.HasPrefix(bare, w) {
				return skip + len(w)
			}
		}
	}
	return 0
}
